/// Why a mapping does not fit the table it is given; nothing is mapped then.
package enum MappingError: Error, Equatable {
  /// Columns of the table that the mapping neither maps nor ignores.
  case unknownColumns([String], mapping: String)
  /// Required columns of the mapping that the table lacks.
  case missingColumns([String], mapping: String)
  /// The table is nearly, but not quite, one that a saved mapping was made for.
  case moved(String, [SignatureChange])
  /// More than one saved mapping is for tables of these headings.
  case severalMappings([String])
  /// A record whose key no column gives.
  case incompleteKey(entity: String, field: String)
  /// A file was left unread because it was loaded, but not by the mapping it now comes to.
  case loadedOtherwise(file: String, by: [String], mapping: String)
  /// No table came in.
  case noTable
  /// A model was to be asked while a table is mapped; what it proposes is for a person to decide first.
  case assistedTable

  package var message: String {
    switch self {
    case .unknownColumns(let names, let mapping): "\(mapping) does not name the columns \(Self.list(names))"
    case .missingColumns(let names, let mapping):
      "the table lacks columns that \(mapping) requires: \(Self.list(names))"
    case .moved(let path, let changes):
      "the table is not quite the one of \(path): " + changes.map(\.text).joined(separator: ", ")
    case .severalMappings(let paths): "several mappings are for these headings: " + paths.joined(separator: ", ")
    case .incompleteKey(let entity, let field): "no column gives \(entity).\(field), which is part of its key"
    case .loadedOtherwise(let file, let by, let mapping):
      "\(file) was not read, as it was loaded by \(by.joined(separator: ", ")); \(mapping) is not that mapping"
    case .noTable: "no table on standard input"
    case .assistedTable: "a model proposes, and what is proposed for a table is not used before a person agrees"
    }
  }

  package var hint: String {
    switch self {
    case .unknownColumns: "map them, write NAME: ignore for each, or \"*\": ignore for all others"
    case .missingColumns: "check the header row of the file, or take required: true away"
    case .moved(let path, _):
      "run trunkline map suggest --save on the same table and look at what it says, or give --mapping \(path)"
    case .severalMappings: "give one of them with --mapping FILE"
    case .incompleteKey(let entity, let field): "add a column or a constant with to: \(entity).\(field)"
    case .loadedOtherwise: "run the chain again, extract without --known"
    case .noTable: "feed this program what trunkline extract prints"
    case .assistedTable: "run trunkline map suggest --ai --save, decide, then trunkline map"
    }
  }

  private static func list(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }
}
