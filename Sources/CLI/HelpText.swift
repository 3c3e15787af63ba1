/// `--help`, made from a command's declaration and nothing else.
package enum HelpText {
  /// The whole page, ending in a line break.
  package static func page(_ spec: CommandSpec) -> String {
    var lines = ["\(spec.name): \(spec.summary)", "", "usage: \(spec.typed) \(spec.usage)"]
    if !spec.arguments.isEmpty {
      lines += ["", "arguments:"]
      lines += table(spec.arguments.map { ($0.isRepeatable ? "\($0.name)..." : $0.name, describe($0)) })
    }
    if !spec.options.isEmpty {
      lines += ["", "options:"]
      lines += options(spec.options, section: spec.section)
    }
    lines += ["", "common options:"]
    lines += options(Option.common, section: spec.section)
    if !spec.examples.isEmpty { lines += ["", "examples:"] }
    for example in spec.examples { lines += ["  # \(example.comment)", "  \(example.command)"] }
    if !spec.notes.isEmpty { lines += [""] + spec.notes }
    lines += ["", "exit status:"]
    lines += table(spec.allExits.map { (String($0.rawValue), $0.meaning) })
    return lines.joined(separator: "\n") + "\n"
  }

  private static func options(_ options: [Option], section: String) -> [String] {
    table(
      options.map { option in
        let short = option.short.map { "-\($0), " } ?? "    "
        let metavar = option.metavar.isEmpty ? "" : " \(option.metavar)"
        return (short + "--" + option.long + metavar, describe(option, section))
      })
  }

  private static func describe(_ option: Option, _ section: String) -> String {
    var text = option.help
    if !option.choices.isEmpty { text += "; one of \(option.choices.joined(separator: ", "))" }
    if option.kind == .list { text += "; may be repeated" }
    if let fallback = option.fallback, option.kind != .flag { text += " (default: \(fallback))" }
    return option.environmentName(section: section).map { "\(text) [\($0)]" } ?? text
  }

  private static func describe(_ argument: Argument) -> String {
    argument.choices.isEmpty ? argument.help : "\(argument.help); one of \(argument.choices.joined(separator: ", "))"
  }

  /// Two columns; a left cell too wide for its column stands on its own line.
  static func table(_ rows: [(left: String, right: String)], width limit: Int = 26) -> [String] {
    let width = min(limit, rows.map(\.left.count).max() ?? 0)
    return rows.flatMap { row in
      if row.left.count > width {
        return ["  " + row.left, "  " + String(repeating: " ", count: width + 2) + row.right]
      }
      return ["  " + row.left + String(repeating: " ", count: width + 2 - row.left.count) + row.right]
    }
  }
}
