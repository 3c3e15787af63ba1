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

  /// The surest quote that says so, as a line of its own.
  func line(_ evidence: [FieldEvidence], _ field: Field, _ value: JSON) -> String {
    guard let best = evidence.supporting(field, value).first else { return "" }
    return "        source: " + place(best) + "\n"
  }

  /// `so-88121.pdf p.4 "..." conf 0.93`, with what makes it doubtful.
  private func place(_ item: FieldEvidence) -> String {
    let evidence = item.evidence
    let doubts = evidence.doubts.isEmpty ? "" : "  " + evidence.doubts.joined(separator: " ")
    return "\(VisibleText.of(file(evidence.document))) p.\(evidence.page) \"\(VisibleText.of(evidence.quote))\" conf "
      + Self.confidence(evidence.confidence) + doubts
  }

  private func file(_ document: String) -> String { files?[document] ?? String(document.prefix(12)) }

  /// The mandatory values of a new record, which has no changes to list, each with its source.
  func created(_ entity: Entity, _ evidence: [FieldEvidence]) -> String {
    let currency = evidence.first { $0.field == entity.currencyField?.name }?.value.text ?? ""
    var text = ""
    for field in entity.fields where field.approval?.mandatoryWhenNew == true || field.type == .money {
      let own = evidence.filter { $0.field == field.name }
      // Two documents may state it, or two states of one record stand side by side.
      var stated: [JSON] = []
      for item in own where !stated.contains(item.value) {
        stated.append(item.value)
        let name = field.name + String(repeating: " ", count: max(1, 22 - field.name.count))
        let approval = field.approval.flatMap { $0.mandatoryWhenNew ? "   needs approval: \($0.rawValue)" : nil } ?? ""
        text += "      \(name)\(ValueText.of(item.value, field, currency: currency))\(approval)\n"
        text += line(own, field, item.value)
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

  /// Thousandths as `0.93`.
  private static func confidence(_ permille: Int) -> String {
    let hundredths = (permille + 5) / 10
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
  }
}
