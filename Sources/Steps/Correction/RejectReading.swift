import Domain
import Glibc
package import Records

/// Reads files of rejects as `extract`, `map` and `stage` write them.
///
/// Rows refused before they were mapped are handed on at once. Records that `stage` refused are gathered by their source
/// row: their original cells stand in the source only.
package struct RejectReading: ~Copyable {
  package private(set) var source: FaultySource?
  /// Issues of records by source row, to be joined with the source's cells.
  package private(set) var staged: [Int: [Issue]] = [:]
  package private(set) var hasExtra = false
  package private(set) var count = 0
  private var cells = CellPicker([])
  /// Whether a table's own columns are known, and not only those of records made of it.
  package private(set) var hasRaw = false

  package init() {}

  /// Reads one file to its end; `body` is called with each row of a raw table.
  package mutating func read(_ path: String, _ body: (FaultyRow) throws -> Void) throws {
    try pass(path) { try body($0.rawRow($1)) }
  }

  /// Reads one file to its end without handing on its rows.
  package mutating func survey(_ path: String) throws {
    try pass(path) { $0.look($1) }
  }

  private mutating func pass(_ path: String, _ raw: (inout Self, borrowing StreamReader) throws -> Void) throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw CorrectionError.unreadable(path: path, errno: errno) }
    defer { close(file) }
    switch GivenFile(file) {
    case .text: throw CorrectionError.tableForRejects(path: path)
    case .container: throw CorrectionError.workbookForRejects(path: path)
    case .stream, .empty: break
    }
    var reader = StreamReader(descriptor: file)
    var isRaw = false
    while let event = try reader.next() {
      switch event {
      case .schema(let schema):
        guard schema.stream.hasSuffix(RejectWriter.suffix) else {
          throw CorrectionError.notRejects(path: path, stream: schema.stream)
        }
        isRaw = schema.stream == "rows" + RejectWriter.suffix
        try take(FaultySource(schema), isRaw: isRaw, path)
      case .record:
        count += 1
        if isRaw { try raw(&self, reader) } else { gather(reader) }
      case .state, .end: break
      }
    }
  }

  /// One workbook is about one table.
  private mutating func take(_ found: FaultySource, isRaw: Bool, _ path: String) throws(CorrectionError) {
    if let known = source, !known.isSameTable(as: found) || isRaw && hasRaw && !known.hasSameColumns(as: found) {
      let names = known.told(from: found)
      throw .twoSources(names.0, names.1)
    }
    guard isRaw else {
      if source == nil { source = found }
      return
    }
    hasRaw = true
    cells = CellPicker(found.columns.map(\.property))
    let mapping = found.mapping == .null ? source?.mapping : found.mapping
    source = found.mapped(by: mapping ?? .null)
  }

  private mutating func rawRow(_ reader: borrowing StreamReader) -> FaultyRow {
    let picked = cells.pick(reader)
    let own = Self.issues(reader, picked.trailer)
    let isRagged = own.contains { $0.code == "E_RAGGED" }
    if isRagged { hasExtra = true }
    return FaultyRow(
      row: picked.trailer["_row"].flatMap { Int($0) } ?? reader.row, status: .rejected, cells: picked.cells,
      extra: isRagged ? picked.trailer["_value"] ?? "" : "", issues: own)
  }

  private mutating func look(_ reader: borrowing StreamReader) {
    for index in 0..<reader.fields.count where reader.key(reader.fields[index]).elementsEqual(Self.codeKey) {
      let codes = String(decoding: reader.bytes(reader.fields[index]), as: UTF8.self)
      if codes.contains("E_RAGGED") { hasExtra = true }
    }
  }

  private static let codeKey = Array("_code".utf8)

  private mutating func gather(_ reader: borrowing StreamReader) {
    var trailer: [String: String] = [:]
    for member in reader.members where RejectWriter.ownColumns.contains(member.name) {
      trailer[member.name] = member.value.text
    }
    // What is said of a sibling is said of the same source row already.
    let issues = Self.issues(reader, trailer).filter { $0.code != "E_SIBLING" }
    staged[reader.row, default: []] += issues
  }

  /// Issues whose texts hold what stands between them in a trailer are there one by one as well.
  private static func issues(_ reader: borrowing StreamReader, _ trailer: [String: String]) -> [Issue] {
    let apart = reader.issues.compactMap { Issue(json: $0) }
    return apart.map(\.code).joined(separator: RejectWriter.separator) == trailer["_code"] ? apart : issues(trailer)
  }

  /// The parts of a trailer belong together where each has as many pieces as there are codes.
  static func issues(_ trailer: [String: String]) -> [Issue] {
    let codes = RejectWriter.pieces(trailer["_code"] ?? "")
    func parts(_ name: String) -> [String] {
      let text = trailer[name] ?? ""
      if codes.count == 1 { return [text] }
      let all = RejectWriter.pieces(text)
      return all.count == codes.count ? all : codes.map { _ in text }
    }
    let (fields, messages, hints, values) = (parts("_field"), parts("_message"), parts("_hint"), parts("_value"))
    return codes.indices.map { index in
      Issue(
        codes[index], codes[index].hasPrefix("W_") ? .warn : .error, field: fields[index], message: messages[index],
        hint: hints[index], value: values[index])
    }
  }
}

/// Picks the cells of a table's record in the order of its columns.
struct CellPicker {
  private let names: [[UInt8]]
  private var scratch: [UInt8] = []

  init(_ properties: [String]) {
    names = properties.map { Array(JSON.quote($0).utf8.dropFirst().dropLast()) }
  }

  mutating func pick(_ reader: borrowing StreamReader) -> (cells: [String], trailer: [String: String]) {
    var cells = Array(repeating: "", count: names.count)
    var trailer = [String: String](minimumCapacity: RejectWriter.ownColumns.count)
    var expected = 0
    for index in 0..<reader.fields.count {
      let token = reader.fields[index]
      let key = reader.key(token)
      if key.first == 0x5F {
        let name = String(decoding: key, as: UTF8.self)
        if RejectWriter.ownColumns.contains(name) {
          trailer[name] = text(token, reader)
          continue
        }
      }
      guard let column = column(key, expected) else { continue }
      expected = column + 1
      cells[column] = text(token, reader)
    }
    return (cells, trailer)
  }

  private func column(_ key: Bytes, _ expected: Int) -> Int? {
    for step in names.indices {
      let index = (expected + step) % names.count
      if names[index].count == key.count, names[index].elementsEqual(key) { return index }
    }
    return nil
  }

  private mutating func text(_ token: Token, _ reader: borrowing StreamReader) -> String {
    if token.kind == .null { return "" }
    guard token.kind == .string, token.escaped else { return String(decoding: reader.bytes(token), as: UTF8.self) }
    let length = Int(token.length)
    if scratch.count < length { scratch = Array(repeating: 0, count: length) }
    return scratch.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let plain = reader.unescape(token, into: base) else { return "" }
      return String(decoding: plain, as: UTF8.self)
    }
  }
}
