import Digest
import Records

/// Where the rows of a table come from, as every record's SCHEMA says it.
struct TableOrigin {
  /// SHA-256 of the file.
  let digest: String
  let file: String
  /// Name and number of the sheet; nil for a delimited file.
  var sheet: (name: String, number: Int)?
  var headerRows: [Int] = []
  /// How many files the command was given.
  var sources = 1
  let options: ExtractionOptions

  /// The id of the run: the same for the same bytes and options.
  var run: String {
    let place = sheet.map { "sheet \($0.number)\n" } ?? ""
    return String(SHA256.hex(of: "extract\n\(digest)\n\(options.identity)\n\(place)").prefix(16))
  }

  /// The last of the rows that name the columns.
  var headerRow: JSON { headerRows.last.map { .int($0) } ?? .null }

  /// All of several rows that name the columns.
  var severalHeaderRows: [(String, JSON)] {
    headerRows.count > 1 ? [("header_rows", .array(headerRows.map { .int($0) }))] : []
  }

  var json: JSON {
    let name: [(String, JSON)] = sheet.map { [("sheet", .string($0.name))] } ?? []
    let read: [(String, JSON)] = options.said.isEmpty ? [] : [("read", .object(options.said))]
    return .fields(
      [("src", .string("sha256:" + digest)), ("file", .string(file))] + name
        + [("header_row", headerRow)] + severalHeaderRows + read + [("of", .int(sources))])
  }

  /// A SCHEMA of texts by these names.
  func schema(_ properties: [String]) -> SchemaMessage {
    let text = JSON.fields([("type", .array([.string("null"), .string("string")]))])
    var message = SchemaMessage(
      stream: TableStream.stream, keyProperties: [], properties: properties.map { JSON.Member($0, text) })
    message.run = run
    message.origin = json
    return message
  }
}
