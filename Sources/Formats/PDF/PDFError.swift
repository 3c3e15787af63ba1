/// Why a document or a page of it cannot be read.
package enum PDFError: Error, Equatable, Sendable {
  /// It is encrypted, and the password is missing or wrong.
  case password
  /// It is no PDF, or too broken to be one.
  case damaged
  case noPage(Int)
  /// More pages than are read, or a picture larger than is drawn.
  case tooLarge
}
