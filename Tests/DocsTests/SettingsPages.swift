import CLI

/// docs/exit-status.md, from the one table of exit statuses.
enum ExitStatusPage {
  static var text: String {
    let common = Set(ExitStatus.common)
    var lines = [
      "# Exit status", "",
      "One table for every command, written from `CLI.ExitStatus` by a test (`make record`): do not edit. 0, 2, 3 and 10 mean",
      "that the step completed; a script may go on. Each command's `--help` lists the ones it uses.", "",
      "| status | meaning | used by |", "| --- | --- | --- |",
    ]
    for status in ExitStatus.allCases {
      let who = common.contains(status) ? "every command" : "see its `--help`"
      lines.append("| \(status.rawValue) | \(status.meaning) | \(who) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// docs/configuration.md, from the one table of settings.
enum ConfigurationPage {
  static var text: String {
    var lines = [
      "# Configuration", "",
      "A value comes from its option, else its environment variable, else `trunkline.yaml` in the current folder (or the file",
      "of `--config`), else its default. `trunkline config show` prints each value with where it came from. An unknown key is",
      "an error with a suggestion. Written from `CLI.Settings` by a test (`make record`): do not edit.", "",
      "| key in trunkline.yaml | environment | default | meaning |", "| --- | --- | --- | --- |",
    ]
    for setting in Settings.all {
      let words = setting.choices.isEmpty ? "" : "; one of \(setting.choices.joined(separator: ", "))"
      let name = Settings.environmentName(setting.key)
      let fallback = setting.fallback.map { "`\($0)`" } ?? ""
      lines.append("| `\(setting.key)` | `\(name)` | \(fallback) | \(setting.help)\(words) |")
    }
    lines += [
      "", "A dot in a key is a section of the file:", "", "```yaml", "db: postgres://inventory.example/trunkline",
      "db_password: file:/etc/trunkline/password", "currency: USD", "map:", "  max_rejects: 100", "```", "",
      "A password is never written itself, only where it stands: `env:NAME` or `file:PATH` (a file no one else can read). A",
      "password in an argument or a URL is refused, since others can read the process list.", "",
    ]
    return lines.joined(separator: "\n")
  }
}
