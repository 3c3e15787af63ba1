import Pages

/// A page as a picture, and its size in thousandths of a point, which boxes are measured in.
package struct PageImage: Equatable, Sendable {
  /// The bytes of a PNG file.
  package let png: [UInt8]
  package let width: Int32
  package let height: Int32

  package init(png: [UInt8], width: Int32, height: Int32) {
    self.png = png
    self.width = width
    self.height = height
  }
}

/// What can be shown of a page beside its fields.
package enum PageView: Equatable, Sendable {
  case image(PageImage)
  /// Why there is no picture, as a sentence for the reader.
  case none(String)
}

/// One page that something was quoted from.
package struct QuotedPage: Hashable, Comparable, Sendable {
  /// Place in the sheet's documents.
  let order: Int
  package let document: String
  package let number: Int

  package static func < (left: Self, right: Self) -> Bool { (left.order, left.number) < (right.order, right.number) }
}

extension ReviewSheet {
  /// The pages with quotes in the order of the documents.
  package var pages: [QuotedPage] {
    let quoted = items.compactMap { item in
      item.quote.map { quote in
        QuotedPage(
          order: documents.firstIndex { $0.digest == quote.evidence.document } ?? documents.count,
          document: quote.evidence.document, number: quote.evidence.page)
      }
    }
    return Set(quoted).sorted()
  }
}
