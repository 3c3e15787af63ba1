/// A command line with environment and settings file already applied: flag > environment > file > default.
///
/// Asking for an option the command did not declare stops the program: it is a mistake in the command.
package struct Invocation: Sendable {
  package let spec: CommandSpec
  package let arguments: [String]
  package let console: Console
  package let environment: Environment
  package let configuration: Configuration
  private let resolvedOptions: [String: Resolved]

  init(
    spec: CommandSpec, parsed: ParsedArguments, environment: Environment, configuration: Configuration
  ) throws(Failure) {
    self.spec = spec
    arguments = parsed.arguments
    self.environment = environment
    self.configuration = configuration
    var resolved: [String: Resolved] = [:]
    for option in spec.allOptions {
      let values = try option.resolve(parsed, spec.section, environment, configuration)
      if option.isOutput, let path = values?.values.last { try OutputFile.check(path, of: option.long) }
      resolved[option.long] = values
    }
    resolvedOptions = resolved
    console = Console(
      program: spec.name, log: resolved["log"]?.values.last.flatMap { Console.Log(rawValue: $0) } ?? .text,
      quiet: resolved["quiet"]?.values.last == "true")
  }

  /// True when the flag is on.
  package func flag(_ name: String) -> Bool { value(name) == "true" }

  /// The value of an option, nil when neither given nor defaulted.
  package func value(_ name: String) -> String? { resolved(name)?.values.last }

  /// All values of a repeatable option, in the order given.
  package func values(_ name: String) -> [String] { resolved(name)?.values ?? [] }

  /// A whole number; anything else is a usage failure naming the option.
  package func integer(_ name: String) throws(Failure) -> Int? {
    guard let resolved = resolved(name), let text = resolved.values.last else { return nil }
    guard let number = Int(text) else {
      throw Failure(.usage, "--\(name) takes a whole number, not \"\(text)\"", hint: "it came from \(resolved.source)")
    }
    return number
  }

  /// The value together with where it came from.
  package func resolved(_ name: String) -> Resolved? {
    precondition(spec.option(long: name) != nil, "\(spec.name) declares no --\(name)")
    return resolvedOptions[name]
  }

  /// The database's password by its reference in `db_password`, nil when none is set. Status 78.
  package func databasePassword() throws(Failure) -> String? { try secret("db_password")?.text }

  /// The reference a setting holds and the secret behind it, nil when none is set. Status 78.
  package func secret(_ key: String) throws(Failure) -> (reference: Secret.Reference, text: String)? {
    guard let reference = try setting(key)?.values.last.flatMap({ Secret.Reference($0) }) else { return nil }
    return (reference, try Secret.read(reference, environment: environment))
  }

  /// A setting that need not be an option of this command.
  package func setting(_ key: String) throws(Failure) -> Resolved? {
    guard let setting = Settings.named(key) else { preconditionFailure("no setting \(key)") }
    if let option = spec.allOptions.first(where: { $0.key == key }) { return resolved(option.long) }
    let probe = Option.value(key, "", setting.help, choices: setting.choices, fallback: setting.fallback, key: key)
    return try probe.resolve(ParsedArguments(), spec.section, environment, configuration)
  }
}

extension Option {
  fileprivate func resolve(
    _ parsed: ParsedArguments, _ section: String, _ environment: Environment, _ configuration: Configuration
  ) throws(Failure) -> Resolved? {
    if let given = parsed.options[long] { return Resolved(values: given, source: .flag("--" + long)) }
    if let name = environmentName(section: section), let text = environment[name] {
      let values = kind == .list ? text.split(separator: "\n").map(String.init) : [kind == .flag ? spelled(text) : text]
      for value in values { try check(value, from: .environment(name)) }
      return Resolved(values: values, source: .environment(name))
    }
    if let key, let entry = configuration.entries[key] {
      return Resolved(values: [entry.text], source: .file(configuration.path, line: entry.line))
    }
    return fallback.map { Resolved(values: [$0], source: .fallback) }
  }

  /// `1` and `0`, as environments often have it, are `true` and `false`.
  private func spelled(_ flag: String) -> String { flag == "1" ? "true" : flag == "0" ? "false" : flag }
}
