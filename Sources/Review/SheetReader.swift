import Model
package import Pages
package import Warehouse
import Wire

/// Why a change set cannot be reviewed; nothing was written.
package enum ReviewRefusal: Error, Equatable {
  /// It was read from tables, which have no quotes.
  case fromTables(set: String)
  case committed(set: String)
  case rejected(set: String)
  case superseded(set: String, by: String)
  case tampered(set: String, what: String)

  package var message: String {
    switch self {
    case .fromTables(let set): "\(set) was read from tables: there are no quotes to review"
    case .committed(let set): "\(set) is committed; there is nothing left to review"
    case .rejected(let set): "\(set) was rejected; there is nothing left to review"
    case .superseded(let set, let by): "\(set) was reviewed, and \(by) took its place"
    case .tampered(let set, let what): "\(set) is not what was proposed: \(what)"
    }
  }

  package var hint: String {
    switch self {
    case .fromTables(let set): "see it with: trunkline changes show \(set), and approve it field by field"
    case .committed(let set), .rejected(let set): "who decided what: trunkline changes log \(set)"
    case .superseded(_, let by): "review that one: trunkline review \(by)"
    case .tampered: "somebody wrote to the database by other means; look at it with: trunkline audit verify"
    }
  }
}

/// The sheet of a change set as one person may see it.
package struct SheetReader {
  private let warehouse: OpenWarehouse
  private let reader: User

  package init(_ warehouse: OpenWarehouse, for reader: User) {
    self.warehouse = warehouse
    self.reader = reader
  }

  /// Reads the values of a proposed change set; throws `ReviewRefusal`.
  ///
  /// Who may not read prices gets no amount, no quote of one, and of a document with amounts no page and no context.
  package func sheet(of name: String, pages: [DocumentPages] = []) throws -> ReviewSheet {
    let set = try warehouse.changeSet(name)
    try check(set)
    let changes = try warehouse.quotedChanges(of: set)
    let names = try warehouse.documentNames(of: set)
    let withheld = changes.filter(isWithheld).compactMap(\.evidence)
    let closed = Set(withheld.map(\.document))
    return ReviewSheet(
      changeSet: set.name, digest: set.digest, title: set.title, author: set.author, createdAt: set.createdAt,
      documents: names.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { digest, name in
        ReviewSheet.Document(
          digest: digest, name: name, pages: pages.first { $0.document == digest }?.count,
          isClosed: closed.contains(digest))
      },
      items: changes.map { item($0, withheld, pages) },
      banner: warehouse.isTest ? "TEST DATABASE: scripted approvals are accepted here" : "")
  }

  /// The pages of each document that something of the change set is quoted from.
  package func quotedPages(of name: String) throws -> [String: Set<Int>] {
    let set = try warehouse.changeSet(name)
    try check(set)
    var pages: [String: Set<Int>] = [:]
    for evidence in try warehouse.quotedChanges(of: set).compactMap(\.evidence) {
      pages[evidence.document, default: []].insert(evidence.page)
    }
    return pages
  }

  private func check(_ set: ChangeSet) throws {
    switch set.state {
    case .committed: throw ReviewRefusal.committed(set: set.name)
    case .rejected: throw ReviewRefusal.rejected(set: set.name)
    case .superseded, .proposed:
      if let by = try warehouse.acts(of: set).successor { throw ReviewRefusal.superseded(set: set.name, by: by) }
    }
    guard try warehouse.isFromDocuments(set) else { throw ReviewRefusal.fromTables(set: set.name) }
    if let what = try warehouse.tampering(with: set) { throw ReviewRefusal.tampered(set: set.name, what: what) }
  }

  private func isWithheld(_ change: QuotedChange) -> Bool {
    guard let entity = Inventory.entity(number: change.entity) else { return false }
    return change.changes.contains { !reader.mayRead(entity.fields[$0.field].sensitivity) }
  }

  private func item(_ change: QuotedChange, _ withheld: [Evidence], _ pages: [DocumentPages]) -> ReviewItem {
    let isWithheld = isWithheld(change)
    let overwrite = change.kind == .overwrite ? " overwrite" : ""
    return ReviewItem(
      number: change.number, seq: change.seq, entity: Inventory.entity(number: change.entity)?.singular ?? "",
      key: change.key, action: change.action.word, mandatory: change.field.map { $0.rawValue + overwrite },
      values: isWithheld
        ? change.values.map { ReviewItem.Value(field: $0.field, before: nil, after: nil) } : values(change),
      quote: isWithheld ? nil : quote(change, withheld, pages), isWithheld: isWithheld)
  }

  private func values(_ change: QuotedChange) -> [ReviewItem.Value] {
    guard let entity = Inventory.entity(number: change.entity) else { return [] }
    return change.values.map { value in
      let field = entity.index(of: value.field)
      let fixed = field.flatMap { entity.refusesEdit(of: $0) } ?? ""
      let form = field.flatMap { fixed.isEmpty ? EditForm(entity.fields[$0], currency: change.currencies.after) : nil }
      return ReviewItem.Value(field: value.field, before: value.before, after: value.after, form: form, fixed: fixed)
    }
  }

  private func quote(
    _ change: QuotedChange, _ withheld: [Evidence], _ pages: [DocumentPages]
  ) -> ReviewItem.Quote? {
    guard let evidence = change.evidence, !withheld.contains(where: { $0.shares(evidence) }) else { return nil }
    var quote = ReviewItem.Quote(evidence: evidence, digest: change.quote)
    let page = pages.first { $0.document == evidence.document }?.pages.first { $0.number == evidence.page }
    if !withheld.contains(where: { $0.document == evidence.document }),
      let context = page.flatMap({ QuoteContext(evidence, on: $0) })
    {
      quote.before = context.before
      quote.after = context.after
    }
    return quote
  }
}

extension Evidence {
  /// Whether the other shows some of the same words: on the same place of a page, or one text within the other.
  fileprivate func shares(_ other: Evidence) -> Bool {
    guard document == other.document, page == other.page else { return false }
    return quote.contains(other.quote) || other.quote.contains(quote)
      || boxes.contains { box in
        other.boxes.contains { $0.x0 < box.x1 && box.x0 < $0.x1 && $0.y0 < box.y1 && box.y0 < $0.y1 }
      }
  }
}

/// The quoted pages of one document, and how many it has.
package struct DocumentPages: Sendable {
  package let document: String
  package let count: Int
  package let pages: [Page]

  package init(document: String, count: Int, pages: [Page]) {
    self.document = document
    self.count = count
    self.pages = pages
  }
}
