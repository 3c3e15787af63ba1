/// What a document may take before it, or a page of it, is given up.
package enum ReadingLimits {
  /// Processor time of one page, or of opening the document.
  package static let pageSeconds = 5
  /// Processor time of drawing a page.
  package static let pictureSeconds = 30
  package static let pages = 10_000
  package static let bytes = 1 << 29
}
