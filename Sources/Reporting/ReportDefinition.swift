import Digest
import Model
import YAML

/// A report as a file describes it: its sheets, their columns, filters and order.
package struct ReportDefinition {
  package let title: String
  /// SHA-256 of the file.
  package let digest: String
  package let file: String
  let sheets: [SheetDefinition]

  /// Reads and checks a whole file; throws `SpecMistakes` with every mistake and its line.
  package init(file: String, bytes: [UInt8]) throws {
    let root = try SpecReader.parse(file: file, bytes: bytes)
    var reader = SpecReader(file: file)
    let fields = reader.mapping(root, allowed: ["title", "sheets"], required: ["title", "sheets"])
    title = reader.string(fields["title"]) ?? ""
    var sheets: [SheetDefinition] = []
    var taken = ReservedSheet.names
    for node in reader.sequence(fields["sheets"]) {
      guard let sheet = SheetDefinition.read(node, &reader) else { continue }
      if !taken.insert(sheet.name.lowercased()).inserted {
        reader.mistake(
          at: node["name"] ?? node, "the name \"\(sheet.name)\" is taken",
          hint: "Cover, Provenance and Dictionary are always made")
      }
      sheets.append(sheet)
    }
    if let node = fields["sheets"], sheets.isEmpty, reader.mistakes.isEmpty {
      reader.mistake(at: node, "a report has at least one sheet")
    }
    try reader.finish()
    self.sheets = sheets
    self.file = file
    digest = SHA256.hex(of: bytes)
  }
}

/// The sheets every workbook has, whatever its definition says.
enum ReservedSheet {
  static let cover = "Cover"
  static let provenance = "Provenance"
  static let dictionary = "Dictionary"
  static let names: Set<String> = Set([cover, provenance, dictionary].map { $0.lowercased() })
}

/// One sheet of a definition.
struct SheetDefinition {
  enum Source {
    case entity(Entity)
    case builtin(BuiltinTable)
  }

  let name: String
  let note: String
  let source: Source
  let columns: [ColumnDefinition]
  let filter: [Condition]
  let sort: [SortKey]
  let group: [FieldPath]
  /// How many columns stay in sight.
  let freeze: Int

  var entity: Entity? {
    if case .entity(let entity) = source { return entity }
    return nil
  }
}

/// A column of an ordered result.
struct SortKey {
  let path: FieldPath
  let isDescending: Bool
}

/// One column of a sheet.
struct ColumnDefinition {
  enum Content {
    case path(FieldPath)
    /// The sum of an amount or number over the rows of a group.
    case sum(FieldPath)
    /// The number of rows of a group.
    case count
    case builtin(Int)
  }

  let content: Content
  let caption: String
  let format: ColumnFormat
  let width: Int
  /// Whether its totals stand above the header.
  let isTotal: Bool

  var path: FieldPath? {
    switch content {
    case .path(let path), .sum(let path): path
    case .count, .builtin: nil
    }
  }

  var isSum: Bool {
    if case .sum = content { return true }
    return false
  }
}
