/// One option of a command, declared as data; its environment twin and its place in trunkline.yaml follow from it.
package struct Option: Sendable {
  /// Whether it stands alone, takes a value, or takes one each time it is given.
  package enum Kind: Sendable, Equatable { case flag, value, list }

  package let kind: Kind
  /// Without the dashes, words joined by `-`.
  package let long: String
  package let short: Character?
  package let metavar: String
  package let help: String
  /// The only values accepted; empty for any.
  package let choices: [String]
  package let fallback: String?
  /// Its key in trunkline.yaml (`Settings`); nil when it cannot be set in a file.
  package let key: String?
  /// False for acts of a person (approval totals), which no environment may perform.
  package let hasTwin: Bool
  /// The value when none of the choices follows; nil where a value has to.
  package var bare: String? = nil
  /// True for a file to be written.
  package var isOutput = false

  /// True when given, false when not; the twin takes `true` or `false`.
  package static func flag(
    _ long: String, short: Character? = nil, _ help: String, key: String? = nil, hasTwin: Bool = true
  ) -> Option {
    Option(
      kind: .flag, long: long, short: short, metavar: "", help: help, choices: [], fallback: nil, key: key,
      hasTwin: hasTwin)
  }

  /// Takes one value; given twice, the last counts.
  package static func value(
    _ long: String, _ metavar: String, short: Character? = nil, _ help: String, choices: [String] = [],
    fallback: String? = nil, key: String? = nil, hasTwin: Bool = true
  ) -> Option {
    Option(
      kind: .value, long: long, short: short, metavar: metavar, help: help, choices: choices, fallback: fallback,
      key: key, hasTwin: hasTwin)
  }

  /// Takes the name of a file to be written; a device, a pipe or a folder of that name is refused, not replaced.
  package static func output(_ long: String, _ metavar: String, short: Character? = nil, _ help: String) -> Option {
    var option = Option.value(long, metavar, short: short, help)
    option.isOutput = true
    return option
  }

  /// Takes one of its choices, or stands alone for `bare`; no environment gives it.
  package static func choice(
    _ long: String, _ metavar: String, _ help: String, choices: [String], bare: String
  ) -> Option {
    var option = Option.value(long, metavar, help, choices: choices, hasTwin: false)
    option.bare = bare
    return option
  }

  /// Takes a value each time it is given; the twin holds one per line.
  package static func list(
    _ long: String, _ metavar: String, short: Character? = nil, _ help: String, choices: [String] = [],
    key: String? = nil, hasTwin: Bool = true
  ) -> Option {
    Option(
      kind: .list, long: long, short: short, metavar: metavar, help: help, choices: choices, fallback: nil, key: key,
      hasTwin: hasTwin)
  }

  /// An option whose help, default and choices are those of a setting.
  package static func setting(_ key: String, _ metavar: String, short: Character? = nil) -> Option {
    guard let setting = Settings.named(key) else { preconditionFailure("no setting \(key)") }
    let long = String((key.split(separator: ".").last ?? "").map { $0 == "_" ? "-" : $0 })
    if setting.kind == .flag { return .flag(long, short: short, setting.help, key: key) }
    return .value(
      long, metavar, short: short, setting.help, choices: setting.choices, fallback: setting.fallback, key: key)
  }

  /// `--db URL`, for every command that opens a database.
  package static var database: Option { .setting("db", "URL") }
  /// `--documents DIR`, where originals are kept by digest.
  package static var documents: Option { .setting("documents", "DIR") }
  /// `--as-of DATE`, the day everything is reckoned from.
  package static var asOf: Option { .setting("as_of", "DATE") }
  /// `--tenant NAME`.
  package static var tenant: Option { .setting("tenant", "NAME") }

  /// The ones every command has, after its own.
  package static var common: [Option] {
    [
      .setting("quiet", "", short: "q"),
      .setting("log", "text|json"),
      .value("config", "FILE", "settings file (default: trunkline.yaml here, if there is one)"),
      .flag("help", short: "h", "show this help", hasTwin: false),
      .flag("version", "show the version", hasTwin: false),
    ]
  }

  /// The variable that stands for this option, nil where none may.
  package func environmentName(section: String) -> String? {
    guard hasTwin else { return nil }
    if long == "config", key == nil { return "TRUNKLINE_CONFIG" }
    return Settings.environmentName(key ?? "\(section).\(long)")
  }
}
