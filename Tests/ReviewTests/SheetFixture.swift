import Model
import Pages
import Review
import Wire

/// A change set read from two papers: a charge, a term, a name, and a value that no paper says.
enum SheetFixture {
  static let first = String(repeating: "a", count: 64)
  static let second = String(repeating: "b", count: 64)
  static let digest = String(repeating: "d", count: 64)

  static func quote(
    _ text: String, _ confidence: Int, document: String = first, page: Int = 1, doubts: [String] = []
  ) -> ReviewItem.Quote {
    ReviewItem.Quote(
      evidence: Evidence(
        document: document, page: page, boxes: [PageBox(72_000, 100_000, 200_000, 112_000)], quote: text,
        method: "sentence/term", confidence: confidence, doubts: doubts),
      digest: String(text.utf8.reduce(0) { $0 &* 31 &+ Int($1) }.magnitude), before: "before it", after: "after it")
  }

  /// How a field of any entity of contracts is written anew.
  static func form(_ name: String, currency: String = "USD") -> EditForm? {
    for entity in ["contract_terms", "contract_lines", "circuits"] {
      if let field = Inventory.entity(entity)?.field(name) { return EditForm(field, currency: currency) }
    }
    return nil
  }

  static func item(
    _ number: Int, _ field: String, _ value: String, mandatory: String? = nil, quote: ReviewItem.Quote? = nil,
    isWithheld: Bool = false
  ) -> ReviewItem {
    ReviewItem(
      number: number, seq: number * 10, entity: "circuit", key: "K\(number)", action: "create", mandatory: mandatory,
      values: [.init(field: field, before: nil, after: value, form: form(field), fixed: "it has no form here")],
      quote: quote, isWithheld: isWithheld)
  }

  static func sheet(_ items: [ReviewItem], names: [String] = ["order.pdf", "terms.pdf"]) -> ReviewSheet {
    ReviewSheet(
      changeSet: "CS-0001", digest: digest, title: "two papers", author: "ingest@operator.example",
      createdAt: "2026-11-21T09:00:00Z",
      documents: [
        .init(digest: first, name: names[0], pages: 3), .init(digest: second, name: names[1], pages: nil),
      ], items: items)
  }

  static var sheet: ReviewSheet {
    sheet([
      item(1, "name", "Northline", quote: quote("between Northline and", 950)),
      item(2, "mrc", "USD 1,150.00", mandatory: "mrc", quote: quote("$1,150.00", 980, document: second, page: 2)),
      item(3, "term_months", "36", mandatory: "term", quote: quote("three (3) years", 640, doubts: ["W_WORD_FIGURE"])),
      item(4, "status", "ordered"),
    ])
  }

  static func decision(
    _ item: ReviewItem, _ verdict: Decision.Verdict = .approve, acknowledged: Bool = true, content: String = digest,
    set: String = "CS-0001", quote: String? = nil, comment: String = "", edits: [(String, String)] = []
  ) -> Decision {
    Decision(
      changeSet: set, content: content, seq: item.seq, fields: item.fields, verdict: verdict,
      edits: edits.map { Decision.Edit(field: $0.0, text: $0.1) }, isAcknowledged: acknowledged, comment: comment,
      principal: "", at: "2026-11-21T10:00:00Z", surface: .html,
      quote: quote ?? item.quote?.digest ?? "")
  }
}
