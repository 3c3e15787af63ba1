/// The words of a page in reading order. Lines end in `\n`, blocks in an empty line.
package struct PDFText: Sendable {
  /// Which bytes of the text a word is, and where it stands.
  package struct Word: Equatable, Sendable {
    package let start: Int
    package let length: Int
    package let box: PDFBox
  }

  /// UTF-8, without control characters.
  package var bytes: [UInt8] = []
  package var words: [Word] = []
  /// Characters that are no white space.
  package var characters = 0
  /// Of these, those that stand for none: U+FFFD, private use, controls.
  package var broken = 0
}
