/// Everything a command promises on its command line; `--help`, completions and the docs test are made from it.
package struct CommandSpec: Sendable {
  /// A line to type and what it does.
  package struct Example: Sendable {
    package let command: String
    package let comment: String

    package init(_ command: String, _ comment: String) {
      self.command = command
      self.comment = comment
    }
  }

  /// The executable: `trunkline-extract`.
  package let name: String
  /// One line, lower case, no full stop.
  package let summary: String
  /// What follows `trunkline extract` in the usage line.
  package let usage: String
  package let arguments: [Argument]
  /// Without the common ones.
  package let options: [Option]
  package let examples: [Example]
  /// Beyond `ExitStatus.common`.
  package let exits: [ExitStatus]
  package let notes: [String]
  /// Said when a signal ends the command: how to go on.
  package let afterInterrupt: String

  package init(
    name: String, summary: String, usage: String, arguments: [Argument] = [], options: [Option] = [],
    examples: [Example], exits: [ExitStatus] = [], notes: [String] = [],
    afterInterrupt: String = "run the same command again"
  ) {
    self.name = name
    self.summary = summary
    self.usage = usage
    self.arguments = arguments
    self.options = options
    self.examples = examples
    self.exits = exits
    self.notes = notes
    self.afterInterrupt = afterInterrupt
  }

  /// The command's own options, then the common ones.
  package var allOptions: [Option] { options + Option.common }

  /// `extract` of `trunkline-extract`: its section of environment names and settings.
  package var section: String {
    name.hasPrefix("trunkline-") ? String(name.dropFirst("trunkline-".count)) : name
  }

  /// How a person types it: `trunkline extract`.
  package var typed: String { name == section ? name : "trunkline \(section)" }

  /// Every status the command may end with, in order.
  package var allExits: [ExitStatus] {
    Set(exits + ExitStatus.common).sorted { $0.rawValue < $1.rawValue }
  }

  func option(long: String) -> Option? { allOptions.first { $0.long == long } }
  func option(short: Character) -> Option? { allOptions.first { $0.short == short } }
}

/// One positional argument of a command.
package struct Argument: Sendable {
  /// `FILE`.
  package let name: String
  package let help: String
  package let isRequired: Bool
  /// True for the last one when it takes all that follow.
  package let isRepeatable: Bool
  /// The only words accepted; empty for any.
  package let choices: [String]

  package init(
    _ name: String, _ help: String, isRequired: Bool = true, isRepeatable: Bool = false, choices: [String] = []
  ) {
    self.name = name
    self.help = help
    self.isRequired = isRequired
    self.isRepeatable = isRepeatable
    self.choices = choices
  }
}
