import Pages

/// Everything a person reviews of one change set, in the order it is shown: what was read least surely comes first.
package struct ReviewSheet: Equatable, Sendable {
  /// An original that quotes stand in.
  package struct Document: Equatable, Sendable {
    /// SHA-256.
    package let digest: String
    package let name: String
    /// How many pages it has, where that is known.
    package let pages: Int?
    /// True where the reader may not see its pages, because they show prices.
    package let isClosed: Bool

    package init(digest: String, name: String, pages: Int? = nil, isClosed: Bool = false) {
      self.digest = digest
      self.name = name
      self.pages = pages
      self.isClosed = isClosed
    }
  }

  /// `CS-0001`.
  package let changeSet: String
  /// SHA-256 of the change set's content; decisions are about it and no other.
  package let digest: String
  package let title: String
  package let author: String
  package let createdAt: String
  package let documents: [Document]
  package let items: [ReviewItem]
  /// Said above all else, as that scripts may approve here; empty for nothing.
  package let banner: String

  /// `items` come in any order.
  package init(
    changeSet: String, digest: String, title: String, author: String, createdAt: String, documents: [Document],
    items: [ReviewItem], banner: String = ""
  ) {
    self.changeSet = changeSet
    self.digest = digest
    self.title = title
    self.author = author
    self.createdAt = createdAt
    self.documents = documents
    self.banner = banner
    // Without a quote there is no confidence; such items come last.
    self.items = items.sorted {
      ($0.confidence ?? 1001, $0.mandatory == nil ? 1 : 0, $0.number)
        < ($1.confidence ?? 1001, $1.mandatory == nil ? 1 : 0, $1.number)
    }
  }

  package func document(_ digest: String) -> Document? { documents.first { $0.digest == digest } }

  /// `so-88121.pdf, page 4`.
  package func place(of quote: ReviewItem.Quote) -> String {
    let name = document(quote.evidence.document)?.name ?? String(quote.evidence.document.prefix(12))
    return "\(name), page \(quote.evidence.page)"
  }

  /// The item a decision is about, if there is one.
  package func item(seq: Int, fields: [String]) -> ReviewItem? {
    items.first { $0.seq == seq && $0.fields == fields }
  }
}

/// How far a review has come.
package struct ReviewProgress: Equatable, Sendable {
  package let decided: Int
  package let total: Int
  /// Items that need an act of their own and have none.
  package let mandatoryLeft: Int

  package init(_ sheet: ReviewSheet, _ decisions: [Decision]) {
    let done = sheet.items.filter { item in decisions.contains { $0.isAbout(item) && $0.verdict != .skip } }
    total = sheet.items.count
    decided = done.count
    mandatoryLeft = sheet.items.count { $0.mandatory != nil } - done.count { $0.mandatory != nil }
  }

  /// `17/43, 3 mandatory left`.
  package var text: String { "\(decided)/\(total), \(mandatoryLeft) mandatory left" }
}
