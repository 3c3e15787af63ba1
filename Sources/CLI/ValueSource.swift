/// Where a value came from; an earlier case wins over a later one.
package enum ValueSource: Equatable, Sendable, CustomStringConvertible {
  case flag(String)
  case environment(String)
  case file(String, line: Int)
  case fallback

  /// As `config show` prints it: `--db`, `environment TRUNKLINE_DB`, `trunkline.yaml:3`, `default`.
  package var description: String {
    switch self {
    case .flag(let written): written
    case .environment(let name): "environment \(name)"
    case .file(let path, let line): "\(path):\(line)"
    case .fallback: "default"
    }
  }

  /// `flag`, `environment`, `file` or `default`.
  package var kind: String {
    switch self {
    case .flag: "flag"
    case .environment: "environment"
    case .file: "file"
    case .fallback: "default"
    }
  }
}

/// A value with its source; `values` has more than one element only for repeatable options.
package struct Resolved: Equatable, Sendable {
  package let values: [String]
  package let source: ValueSource

  package init(values: [String], source: ValueSource) {
    self.values = values
    self.source = source
  }
}

/// The environment variables a program sees; tests give their own.
package struct Environment: Sendable {
  private let lookup: @Sendable (String) -> String?

  package init(_ lookup: @escaping @Sendable (String) -> String?) { self.lookup = lookup }

  /// From a table, for tests.
  package init(_ variables: [String: String]) { lookup = { variables[$0] } }

  /// The value of a variable; an empty one counts as absent.
  package subscript(_ name: String) -> String? { lookup(name).flatMap { $0.isEmpty ? nil : $0 } }
}
