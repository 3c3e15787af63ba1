import YAML

/// A command line split into options and arguments, before environment and file have their say.
struct ParsedArguments: Equatable {
  /// Values in the order given, by long name; a flag has one `true` each time.
  var options: [String: [String]] = [:]
  var arguments: [String] = []
}

/// Turns words into options and arguments by a command's declaration; each mistake is a `Failure` with status 64.
///
/// `--x v`, `--x=v`, `-x v`, `-xv`, bundled short flags, `--` ends options, `-` is an argument.
struct ArgumentParser {
  private let spec: CommandSpec
  private var words: ArraySlice<String>
  private var parsed = ParsedArguments()

  static func parse(_ words: [String], spec: CommandSpec) throws(Failure) -> ParsedArguments {
    var parser = ArgumentParser(spec: spec, words: words[...])
    return try parser.run()
  }

  private init(spec: CommandSpec, words: ArraySlice<String>) {
    self.spec = spec
    self.words = words
  }

  private mutating func run() throws(Failure) -> ParsedArguments {
    if let word = words.first(where: { Secret.inlinePassword(in: $0) }) {
      throw Secret.refusal(of: "an argument", given: word)
    }
    while let word = words.popFirst() {
      if word == "--" {
        parsed.arguments += words
        break
      } else if word.hasPrefix("--") {
        try long(word.dropFirst(2))
      } else if word.hasPrefix("-"), word != "-" {
        try short(word.dropFirst())
      } else {
        parsed.arguments.append(word)
      }
    }
    if parsed.options["help"] == nil, parsed.options["version"] == nil { try checkArguments() }
    return parsed
  }

  private mutating func long(_ word: Substring) throws(Failure) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = spec.option(long: name) else {
      throw unknown("--" + name, among: spec.allOptions.map { "--" + $0.long })
    }
    try take(option, as: "--" + name, attached: parts.count == 2 ? String(parts[1]) : nil)
  }

  private mutating func short(_ letters: Substring) throws(Failure) {
    var rest = letters
    while let letter = rest.popFirst() {
      guard let option = spec.option(short: letter) else { throw unknown("-\(letter)", among: []) }
      if option.kind == .flag {
        try take(option, as: "-\(letter)", attached: nil)
      } else {
        try take(option, as: "-\(letter)", attached: rest.isEmpty ? nil : String(rest))
        return
      }
    }
  }

  private mutating func take(_ option: Option, as written: String, attached: String?) throws(Failure) {
    if option.kind == .flag {
      guard attached == nil else { throw usage("option \(written) takes no value") }
      parsed.options[option.long, default: []].append("true")
      return
    }
    if let bare = option.bare, attached == nil, words.first.map({ !option.choices.contains($0) }) ?? true {
      parsed.options[option.long, default: []].append(bare)
      return
    }
    guard let value = attached ?? words.popFirst() else {
      throw usage("option \(written) needs a value: \(written) \(option.metavar)")
    }
    if attached == nil, value.hasPrefix("--"), value.utf8.count > 2,
      spec.option(long: String(value.dropFirst(2))) != nil
    {
      throw usage("option \(written) needs a value before \(value)")
    }
    try option.check(value, from: .flag(written))
    parsed.options[option.long, default: []].append(value)
  }

  private func checkArguments() throws(Failure) {
    let declared = spec.arguments
    for (index, argument) in parsed.arguments.enumerated() {
      let last = declared.last.flatMap { $0.isRepeatable ? $0 : nil }
      guard let expected = index < declared.count ? declared[index] : last else {
        throw usage("unexpected argument \"\(argument)\"")
      }
      if !expected.choices.isEmpty, !expected.choices.contains(argument) {
        let hint = Suggestion.hint(for: argument, in: expected.choices)
        throw Failure(
          .usage, "\"\(argument)\" is not one of \(expected.choices.joined(separator: ", "))", hint: hint ?? help)
      }
    }
    if parsed.arguments.count < declared.count, declared[parsed.arguments.count].isRequired {
      throw usage("missing \(declared[parsed.arguments.count].name)")
    }
  }

  private var help: String { "see \(spec.typed) --help" }

  private func usage(_ message: String) -> Failure { Failure(.usage, message, hint: help) }

  private func unknown(_ word: String, among words: [String]) -> Failure {
    Failure(.usage, "unknown option \(word)", hint: general(word) ?? Suggestion.hint(for: word, in: words) ?? help)
  }

  /// Of a setting that other programs take as an option: how to say it once for every program of a pipe.
  private func general(_ word: String) -> String? {
    let key = String(word.drop { $0 == "-" }.map { $0 == "-" ? "_" : $0 })
    guard !key.contains("."), let setting = Settings.named(key), setting.kind != .secret else { return nil }
    let name = Settings.environmentName(key)
    return "\(spec.typed) takes it as a setting, for every program of a pipe at once: export \(name)=..., or "
      + "\(key): ... in trunkline.yaml"
  }
}
