import Domain
import Model
import Pages
import Records
import Warehouse

/// The quotes a record read from a document comes with, held against its values.
///
/// A value that needs an approval has to have one; each is of the document that the stream names.
enum RecordEvidence {
  /// One quote, and the property it is about.
  struct Quote {
    /// Place in the shape's properties.
    let property: Int
    /// Of the whole field.
    let value: JSON
    let evidence: Evidence
  }

  private static let prefix = "sha256:"

  /// SHA-256 of the document that a stream says it was read from; nil for a stream of table rows.
  static func document(of schema: SchemaMessage) -> String? {
    guard schema.extra.first(where: { $0.name == "x-mapping" })?.value["source"]?.text == "documents" else {
      return nil
    }
    let source = schema.origin?["src"]?.text ?? ""
    return source.hasPrefix(prefix) ? String(source.dropFirst(prefix.count)) : source
  }

  /// Reads `prov` and holds it against the row's values.
  static func read(
    _ provenance: JSON?, of row: borrowing StagedRow, _ shape: WireShape, document: String?
  ) -> (quotes: [Quote], issues: [Issue]) {
    var quotes: [Quote] = []
    var issues: [Issue] = []
    for member in provenance?.members ?? [] {
      guard let property = shape.properties.firstIndex(where: { $0.name == member.name }) else {
        issues.append(fault(member.name, "a quote of no property", "quotes are named like the property they are about"))
        continue
      }
      guard let evidence = Evidence(json: member.value), !evidence.quote.isEmpty else {
        issues.append(fault(member.name, "not a page with a quote", "see prov in docs/protocol.md"))
        continue
      }
      guard evidence.document == document else {
        let hint =
          document == nil ? "such a stream says \"source\":\"documents\" in x-mapping" : "it is that of x-origin"
        issues.append(fault(member.name, "a quote of another document than the stream's", hint))
        continue
      }
      guard evidence.editor == nil else {
        let hint = "only a review writes that: trunkline review"
        issues.append(fault(member.name, "a quote that says a person wrote its value", hint))
        continue
      }
      let value = RowMerge.value(row, shape.properties[property].field)
      if value != .null { quotes.append(Quote(property: property, value: value, evidence: evidence)) }
    }
    let quoted = Set(quotes.map { shape.properties[$0.property].field })
    return (quotes, issues + unquoted(row, quoted))
  }

  private static func unquoted(_ row: borrowing StagedRow, _ quoted: Set<Int>) -> [Issue] {
    var issues: [Issue] = []
    for (index, field) in row.entity.fields.enumerated()
    where field.approval != nil && row.kind(index) != .absent && !quoted.contains(index) {
      issues.append(
        Issue(
          "E_NO_QUOTE", .error, field: field.name, message: "read from a document, and no quote says it",
          hint: "a value that a person has to approve needs its page and words"))
    }
    return issues
  }

  private static func fault(_ field: String, _ message: String, _ hint: String) -> Issue {
    Issue("E_PROV", .error, field: field, message: message, hint: hint)
  }

  // MARK: On the way into the staging area

  static func encode(_ quotes: [Quote], into bytes: inout [UInt8]) {
    if quotes.isEmpty { return }
    let items = quotes.map { JSON.array([.int($0.property), $0.value, $0.evidence.json]) }
    bytes += Array(JSON.array(items).line.utf8)
  }

  static func decode(_ bytes: Bytes, entity number: Int, key: String, staged: Int64) -> [FieldEvidence] {
    guard let entity = Inventory.entity(number: number) else { return [] }
    let properties = WireShape(entity).properties
    return (JSON.parse(bytes)?.items ?? []).compactMap { item in
      guard item.items.count == 3, let index = item.items[0].int, let evidence = Evidence(json: item.items[2]) else {
        return nil
      }
      let property = properties[index]
      return FieldEvidence(
        entity: number, key: key, staged: staged, field: entity.fields[property.field].name, place: property.part + 1,
        value: item.items[1], evidence: evidence)
    }
  }

  /// The members of `prov` again, as a rejected record keeps them.
  static func members(_ evidence: [FieldEvidence], _ entity: Entity) -> [JSON.Member] {
    WireShape(entity).properties.compactMap { property in
      let field = entity.fields[property.field].name
      return evidence.first { $0.field == field && $0.place == property.part + 1 }
        .map { JSON.Member(property.name, $0.evidence.json) }
    }
  }
}
