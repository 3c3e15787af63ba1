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
package struct CorrectedRows {
  enum Outcome: Equatable {
    case handedOn(cells: [String], extra: String, isEdited: Bool)
    case skipped
    case deleted
    /// Taken before with a warning, and not edited now.
    case settled
  }

  private let workbook: ReturnedWorkbook
  private(set) var outcomes: [(row: Int, isRagged: Bool, outcome: Outcome)] = []
  package private(set) var edits: [CorrectionEdit] = []

  /// The workbook must be without faults.
  package init(_ workbook: ReturnedWorkbook) {
    self.workbook = workbook
    for decision in workbook.decisions {
      edits.append(
        CorrectionEdit(kind: .map, row: 0, column: decision.column, before: "", after: decision.target, comment: ""))
    }
    for id in workbook.order {
      guard let original = workbook.originals[id] else { continue }
      outcomes.append((original.row, original.isRagged, outcome(id, original)))
    }
  }

  private mutating func outcome(_ id: String, _ original: ReturnedWorkbook.Original) -> Outcome {
    let row = original.row
    func act(_ kind: CorrectionEdit.Kind, _ comment: String) {
      edits.append(CorrectionEdit(kind: kind, row: row, column: "", before: "", after: "", comment: comment))
    }
    guard workbook.rows[id] != nil else {
      act(.delete, "")
      return .deleted
    }
    let columns = workbook.columns
    let comment = workbook.cell(id, columns.commentColumn)?.text ?? ""
    switch workbook.action(id) {
    case "skip":
      act(.skip, comment)
      return .skipped
    case "accept-as-is":
      act(.accept, comment)
      return .handedOn(cells: original.cells, extra: original.extra, isEdited: false)
    default: break
    }
    let before = edits.count
    let cells = original.cells.enumerated().map { column, text in
      settle(text, workbook.verdict(id, column, text), workbook.cell(id, column), columns.headers[column], row, comment)
    }
    let extra = columns.extraColumn.map {
      settle(
        original.extra, CellVerdict.of(original.extra, workbook.cell(id, $0)), workbook.cell(id, $0), FixColumns.extra,
        row, comment)
    }
    let isEdited = edits[before...].contains { $0.kind == .edit }
    if !isEdited, !comment.isEmpty { act(.note, comment) }
    if !isEdited, original.status == .warning || original.status == .stub { return .settled }
    return .handedOn(cells: cells, extra: extra ?? "", isEdited: isEdited)
  }

  private mutating func settle(
    _ text: String, _ verdict: CellVerdict, _ cell: ReturnedCell?, _ column: String, _ row: Int, _ comment: String
  ) -> String {
    switch verdict {
    case .same, .damaged: return text
    case .undone(let what):
      edits.append(
        CorrectionEdit(
          kind: .undo, row: row, column: column, before: text, after: cell?.text ?? "", comment: what))
      return text
    case .edited(let now):
      edits.append(
        CorrectionEdit(kind: .edit, row: row, column: column, before: text, after: now, comment: comment))
      return now
    }
  }

  /// What was decided about columns that were not mapped.
  package var decisions: [ColumnDecision] { workbook.decisions }

  package func count(_ kind: CorrectionEdit.Kind) -> Int { edits.count { $0.kind == kind } }
  package var handedOn: Int {
    outcomes.count { entry in
      if case .handedOn = entry.outcome { return true }
      return false
    }
  }

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
    for entry in outcomes {
      counts.input += 1
      switch entry.outcome {
      case .skipped: counts.skipped["skip", default: 0] += 1
      case .settled: counts.skipped["settled", default: 0] += 1
      case .deleted: counts.rejected += 1
      case .handedOn(let cells, let extra, let isEdited):
        counts.accepted += 1
        let stillRagged = entry.isRagged && (!extra.isEmpty || !isEdited)
        write(zip(properties, cells).filter { !$0.1.isEmpty }, stillRagged ? extra : nil, entry.row, stream, &writer)
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
