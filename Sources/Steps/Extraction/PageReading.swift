/// Runs the reader of PDFs where its end is not ours: on the descriptor of a document, its SHA-256 and the first page
/// wanted, into the descriptor of a file that takes the lines of pages.
package typealias PageReading = (_ source: Int32, _ digest: String, _ first: Int, _ lines: Int32) -> PageReadingEnd

/// How the reader of PDFs ended.
package enum PageReadingEnd: Equatable, Sendable {
  case done
  /// The document is encrypted, and no password or a wrong one was given.
  case password
  case damaged
  /// More pages than are read.
  case tooLarge
  /// A page, or the opening, took more than its seconds.
  case timedOut
  /// It broke off; what it says of that.
  case broken(String)
  /// It is not there or could not write.
  case failed(String)
}
