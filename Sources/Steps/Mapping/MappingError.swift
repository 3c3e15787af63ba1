/// Why a mapping does not fit the table it is given; nothing is mapped then.
package enum MappingError: Error, Equatable {
  /// Columns of the table that the mapping neither maps nor ignores.
  case unknownColumns([String], mapping: String)
  /// Required columns of the mapping that the table lacks.
  case missingColumns([String], mapping: String)
  /// Columns `auto` has no certain target for.
  case unplacedColumns([String])
  /// A record whose key no column gives.
  case incompleteKey(entity: String, field: String)
  /// No table came in.
  case noTable

  package var message: String {
    switch self {
    case .unknownColumns(let names, let mapping): "\(mapping) does not name the columns \(Self.list(names))"
    case .missingColumns(let names, let mapping):
      "the table lacks columns that \(mapping) requires: \(Self.list(names))"
    case .unplacedColumns(let names): "no certain target for the columns \(Self.list(names))"
    case .incompleteKey(let entity, let field): "no column gives \(entity).\(field), which is part of its key"
    case .noTable: "no table on standard input"
    }
  }

  package var hint: String {
    switch self {
    case .unknownColumns: "map them, write NAME: ignore for each, or \"*\": ignore for all others"
    case .missingColumns: "check the header row of the file, or take required: true away"
    case .unplacedColumns: "run trunkline map suggest, correct what it prints, and give it with --mapping FILE"
    case .incompleteKey(let entity, let field): "add a column or a constant with to: \(entity).\(field)"
    case .noTable: "feed this program what trunkline extract prints"
    }
  }

  private static func list(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }
}
