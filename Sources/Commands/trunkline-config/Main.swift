import CLI

@main struct Main {
  nonisolated static func main() {
    Program.main(spec) { invocation in
      let lines = try SettingsTable(invocation)
      try invocation.console.out(invocation.flag("json") ? lines.json : lines.text)
      return .done
    }
  }

  nonisolated static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-config", summary: "settings in force and where each came from", usage: "show [options]",
      arguments: [Argument("show", "the settings with their origin", choices: ["show"])],
      options: [.flag("json", "as a JSON array")] + settings,
      examples: [
        .init("trunkline config show", "every setting with its origin"),
        .init("trunkline config show --json --config night.yaml", "the same for another file, for scripts"),
      ],
      exits: [.noInput],
      notes: [
        "a setting comes from its option, else its environment variable, else trunkline.yaml, else its default;",
        "passwords are shown as their reference (env:NAME, file:PATH), never read; of an API key, the last four characters",
      ])
  }

  /// An option for each setting that a person may give on the command line.
  nonisolated private static var settings: [Option] {
    let common = Set(Option.common.compactMap(\.key))
    return Settings.all
      .filter { !common.contains($0.key) && ![.secret, .key].contains($0.kind) && !$0.key.contains(".") }
      .map { .setting($0.key, metavar($0.kind)) }
  }

  nonisolated private static func metavar(_ kind: Setting.Kind) -> String {
    switch kind {
    case .path: "DIR"
    case .date: "DATE"
    case .currency: "CODE"
    default: "VALUE"
    }
  }
}
