import Domain
import Model
import Pages
import Records
import Warehouse

/// What a plan says of the pages that its values were read from; nothing for a run of tables.
struct PlanEvidence {
  private let warehouse: OpenWarehouse
  private let set: ChangeSet
  /// File names by the digest of the document; nil for a run of tables.
  private let files: [String: String]?

  init(_ warehouse: OpenWarehouse, _ set: ChangeSet, _ run: Run?) {
    self.warehouse = warehouse
    self.set = set
    files = run.flatMap { $0.kind == .documents ? $0.documentFiles : nil }
  }

  var isOfDocuments: Bool { files != nil }

  func found(_ entity: Entity, _ key: String) throws -> [FieldEvidence] {
    files == nil ? [] : try warehouse.evidence(of: set, entity, key: key)
  }

  /// The quotes of one item that were said in full, each by the name of the first value it was said of.
  struct SaidQuotes {
    private struct Place: Hashable {
      let document: String
      let page: Int
      let quote: String
    }

    private var names: [Place: String] = [:]

    /// The value that the same words were said of before.
    fileprivate mutating func earlier(_ item: FieldEvidence) -> String? {
      let place = Place(document: item.evidence.document, page: item.evidence.page, quote: item.evidence.quote)
      defer { if names[place] == nil { names[place] = item.field } }
      return names[place]
    }
  }

  /// The surest quote that says so, as a line of its own; words that were said of another value of the item are not repeated.
  func line(_ evidence: [FieldEvidence], _ field: Field, _ value: JSON, _ said: inout SaidQuotes) -> String {
    guard let best = evidence.supporting(field, value).first else { return "" }
    let words = said.earlier(best).map { "as \($0), " } ?? place(best.evidence) + " "
    return Self.lines(words + Self.standing(best.evidence), after: "        source: ")
  }

  /// `so-88121.pdf p.4 "..."`
  private func place(_ evidence: Evidence) -> String {
    "\(VisibleText.of(file(evidence.document))) p.\(evidence.page) \"\(VisibleText.of(evidence.quote))\""
  }

  /// `conf 0.93`, or who wrote it in a review, with what makes it doubtful.
  private static func standing(_ evidence: Evidence) -> String {
    let doubts = evidence.doubts.isEmpty ? "" : "  " + evidence.doubts.joined(separator: " ")
    let writer = evidence.editor.map { "written by \(VisibleText.of($0))" }
    return (writer ?? "conf \(ValueText.confidence(evidence.confidence))") + doubts
  }

  private func file(_ document: String) -> String { files?[document] ?? String(document.prefix(12)) }

  /// A line of 80 columns at most, and the next ones below its text.
  private static func lines(_ text: String, after first: String) -> String {
    if first.count + text.count <= 80 { return first + text + "\n" }
    return TextLines.wrap(text, width: 80, after: first).map { $0 + "\n" }.joined()
  }

  /// A value and what approval it needs, which stands below where both do not fit.
  private static func value(_ value: String, _ approval: String, after first: String) -> String {
    if approval.isEmpty { return lines(value, after: first) }
    if first.count + value.count + approval.count + 3 <= 80 { return "\(first)\(value)   \(approval)\n" }
    return lines(value, after: first) + "        \(approval)\n"
  }

  /// The values of a new record, which has no changes to list, each with its source: all that were read, or only the
  /// mandatory ones and amounts.
  func created(_ entity: Entity, _ evidence: [FieldEvidence], all: Bool) -> String {
    var said = SaidQuotes()
    let currency = evidence.first { $0.field == entity.currencyField?.name }?.value.text ?? ""
    var text = ""
    for field in entity.fields where all || field.approval?.mandatoryWhenNew == true || field.type == .money {
      let own = evidence.filter { $0.field == field.name }
      // Two documents may state it, or two states of one record stand side by side.
      var stated: [JSON] = []
      for item in own where !stated.contains(item.value) {
        stated.append(item.value)
        let name = field.name + String(repeating: " ", count: max(1, 22 - field.name.count))
        let approval = field.approval.flatMap { $0.mandatoryWhenNew ? "needs approval: \($0.rawValue)" : nil } ?? ""
        let value = ValueText.of(item.value, field, currency: currency)
        text += Self.value(value, approval, after: "      \(name)")
        text += line(own, field, item.value, &said)
      }
    }
    return text
  }

  /// For programs: every quote of a record.
  func json(_ evidence: [FieldEvidence]) -> JSON {
    .array(
      evidence.map { item in
        .fields(
          [("field", .string(item.field)), ("value", item.value), ("file", .string(file(item.evidence.document)))]
            + item.evidence.json.members.map { ($0.name, $0.value) })
      })
  }
}
