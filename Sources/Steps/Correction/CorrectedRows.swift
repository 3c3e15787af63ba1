import Digest
import Records

/// One thing that a returned workbook says about a row: an edit of a cell, an action, or what was undone.
package struct CorrectionEdit: Equatable, Sendable {
  package enum Kind: String, Sendable { case edit, undo, skip, accept, delete, map, note }

  package let kind: Kind
  /// In the source; 0 for what is said of a column as a whole.
  package let row: Int
  package let column: String
  package let before: String
  package let after: String
  /// What the person wrote beside it; of an undone change what the program had done.
  package let comment: String

  var json: JSON {
    let texts = [("column", column), ("before", before), ("after", after), ("comment", comment)]
    return .fields(
      [("kind", .string(kind.rawValue)), ("row", .int(row))]
        + texts.filter { !$0.1.isEmpty }.map { ($0.0, .string($0.1)) }
    )
  }
}

/// What a returned workbook asks for, row by row, in the order of the source.
///
/// Its edits are held, its rows are read once more when they are written.
package struct CorrectedRows {
  private enum Outcome {
    case handedOn(cells: [String], extra: String, isEdited: Bool)
    case skipped
    case deleted
    /// Taken before with a warning, and not edited now.
    case settled
  }

  private let workbook: ReturnedWorkbook
  package private(set) var edits: [CorrectionEdit] = []
  package private(set) var handedOn = 0

  /// The workbook must be without faults.
  package init(_ workbook: ReturnedWorkbook) throws {
    self.workbook = workbook
    for decision in workbook.decisions {
      edits.append(
        CorrectionEdit(kind: .map, row: 0, column: decision.column, before: "", after: decision.target, comment: ""))
    }
    for id in workbook.order {
      let (original, returned) = try workbook.row(id)
      if case .handedOn = Self.outcome(original, returned, &edits) { handedOn += 1 }
    }
  }

  /// Adds what was done to the row to `edits`.
  private static func outcome(
    _ original: OriginalRow, _ returned: ReturnedRow?, _ edits: inout [CorrectionEdit]
  ) -> Outcome {
    func act(_ kind: CorrectionEdit.Kind, _ comment: String) {
      edits.append(CorrectionEdit(kind: kind, row: original.row, column: "", before: "", after: "", comment: comment))
    }
    guard let returned else {
      act(.delete, "")
      return .deleted
    }
    switch returned.action {
    case "skip":
      act(.skip, returned.comment)
      return .skipped
    case "accept-as-is":
      act(.accept, returned.comment)
      return .handedOn(cells: original.cells, extra: original.extra, isEdited: false)
    default: break
    }
    let before = edits.count
    let columns = returned.columns
    let cells = original.cells.enumerated().map { column, text in
      settle(text, returned.verdict(column), column, columns.headers[column], returned, &edits)
    }
    let extra = columns.extraColumn.map {
      settle(original.extra, returned.extraVerdict($0), $0, FixColumns.extra, returned, &edits)
    }
    let isEdited = edits[before...].contains { $0.kind == .edit }
    if !isEdited, !returned.comment.isEmpty { act(.note, returned.comment) }
    if !isEdited, original.status == .warning || original.status == .stub { return .settled }
    return .handedOn(cells: cells, extra: extra ?? "", isEdited: isEdited)
  }

  /// The text a cell ends up with.
  private static func settle(
    _ text: String, _ verdict: CellVerdict, _ column: Int, _ name: String, _ row: ReturnedRow,
    _ edits: inout [CorrectionEdit]
  ) -> String {
    switch verdict {
    case .same, .damaged: return text
    case .undone(let what):
      edits.append(
        CorrectionEdit(
          kind: .undo, row: row.original.row, column: name, before: text, after: row.cell(column)?.text ?? "",
          comment: what))
      return text
    case .edited(let now):
      edits.append(
        CorrectionEdit(
          kind: .edit, row: row.original.row, column: name, before: text, after: now, comment: row.comment))
      return now
    }
  }

  /// What was decided about columns that were not mapped.
  package var decisions: [ColumnDecision] { workbook.decisions }

  package func count(_ kind: CorrectionEdit.Kind) -> Int { edits.count { $0.kind == kind } }

  /// The name of the table the workbook is about.
  package var file: String { origin["file"]?.text ?? "" }
  /// Of the mapping that refused the rows; nil where no mapping was involved.
  package var mappingFile: String? { mapping["file"]?.text }
  package var mappingDigest: String? { mapping["sha256"]?.text }

  /// The run that accepted the other rows of the table, if it is known.
  package var run: String? { mapping["run"]?.text }

  private var origin: JSON { meta("source") }
  private var mapping: JSON { meta("mapping") }

  private func meta(_ name: String) -> JSON { workbook.meta[name].flatMap { JSON.parse($0) } ?? .null }

  /// Every edit as one JSON array, the same for the same workbook.
  var editsJSON: JSON { .array(edits.map(\.json)) }

  // MARK: Handing on

  /// Writes the rows as a file of rejects that `map` takes: corrected cells, the rows of the source, and in `x-origin` who
  /// corrected them. `digest` is that of the workbook's bytes.
  package func write(to descriptor: Int32, name: String, digest: String, author: String) throws {
    var writer = StreamWriter(descriptor: descriptor)
    let properties = meta("properties").items.compactMap(\.text)
    let text = JSON.fields([("type", .array([.string("null"), .string("string")]))])
    var schema = SchemaMessage(
      stream: "rows" + RejectWriter.suffix, keyProperties: [], properties: properties.map { JSON.Member($0, text) })
    schema.run = String(SHA256.hex(of: "fix\n" + digest).prefix(16))
    var members: [(String, JSON)] = [
      ("src", .string("sha256:" + digest)), ("file", .string(name)), ("header_row", .null),
      ("corrects", .object(origin.members.filter { $0.name != "comments" })), ("by", .string(author)),
      ("edits", .int(edits.count)),
      ("edits_sha256", .string(SHA256.hex(of: editsJSON.line))),
    ]
    let comments = edits.filter { $0.kind == .note }.map { (String($0.row), JSON.string($0.comment)) }
    if !comments.isEmpty { members.append(("comments", .fields(comments))) }
    schema.origin = .fields(members)
    if workbook.meta["evidence"] != "null" { schema.columns = meta("evidence") }
    let stream = writer.schema(schema)
    var counts = StreamCounts(run: schema.run ?? "", step: "fix")
    var known: [CorrectionEdit] = []
    for id in workbook.order {
      let (original, returned) = try workbook.row(id)
      known.removeAll(keepingCapacity: true)
      counts.input += 1
      switch Self.outcome(original, returned, &known) {
      case .skipped: counts.skipped["skip", default: 0] += 1
      case .settled: counts.skipped["settled", default: 0] += 1
      case .deleted: counts.rejected += 1
      case .handedOn(let cells, let extra, let isEdited):
        counts.accepted += 1
        let stillRagged = original.isRagged && (!extra.isEmpty || !isEdited)
        write(
          zip(properties, cells).filter { !$0.1.isEmpty }, stillRagged ? extra : nil, original.row, stream, &writer)
      }
    }
    try writer.finish(counts)
  }

  /// `extra` is given for a row whose cells still stand in the wrong columns: `map` keeps it rejected.
  private func write(
    _ cells: [(String, String)], _ extra: String?, _ row: Int, _ stream: Int, _ writer: inout StreamWriter
  ) {
    var members = cells
    if let extra {
      members += [
        ("_code", "E_RAGGED"), ("_message", "cells stand in the wrong columns"),
        ("_value", extra.isEmpty ? "(blank)" : extra),
      ]
    }
    writer.begin(stream)
    for (place, member) in members.enumerated() {
      if place > 0 { writer.out.byte(0x2C) }
      writer.out.string(member.0)
      writer.out.byte(0x3A)
      writer.out.string(member.1)
    }
    writer.end(row: row)
  }
}
