/// One word of a page: which bytes of the page's text it is, and where it stands.
package struct PageWord: Equatable, Sendable {
  /// Bytes of `Page.text`.
  package var start: Int
  package var length: Int
  package var box: PageBox
  /// 0...100: 100 for the text of a digital page, what recognition says for a scanned one.
  package var confidence: Int

  package init(start: Int, length: Int, box: PageBox, confidence: Int = 100) {
    self.start = start
    self.length = length
    self.box = box
    self.confidence = confidence
  }

  package var range: Range<Int> { start..<start + length }
}

/// One page of a document: its text in reading order and each word's place.
///
/// Lines end in `\n`, blocks in an empty line. Lengths are in thousandths of a point, of the page as it is shown.
package struct Page: Equatable, Sendable {
  /// Where the words come from.
  package enum Method: String, Sendable {
    /// The document's own text.
    case text
    /// Recognised from the image.
    case ocr
    /// The page could not be read: no words.
    case none
  }

  /// What says whether the text can be relied on, in thousandths: of the page's area, of its characters.
  package struct Signs: Equatable, Sendable {
    /// Area covered by the largest image.
    package var image = 0
    /// Characters that are drawn invisibly, as recognition programs add them over an image.
    package var hidden = 0
    /// Characters that stand for none: U+FFFD, private use, controls.
    package var broken = 0

    package init(image: Int = 0, hidden: Int = 0, broken: Int = 0) {
      self.image = image
      self.hidden = hidden
      self.broken = broken
    }
  }

  /// SHA-256 of the document, 64 hexadecimal digits.
  package var document: String
  /// From 1.
  package var number: Int
  package var width: Int32
  package var height: Int32
  /// Degrees clockwise by which the document says it is turned when shown; boxes are already turned.
  package var rotation: Int
  /// Degrees clockwise by which the page as it is shown was turned for its words to stand upright; width, height and
  /// boxes are those of the page so turned.
  package var turn: Int
  /// How far the lines of the shown page fall to the right, in millionths of their length; boxes are straightened.
  package var slope: Int
  package var method: Method
  package var signs: Signs
  /// UTF-8.
  package var text: [UInt8]
  package var words: [PageWord]

  package init(
    document: String, number: Int, width: Int32, height: Int32, rotation: Int = 0, turn: Int = 0, slope: Int = 0,
    method: Method = .text, signs: Signs = Signs(), text: [UInt8] = [], words: [PageWord] = []
  ) {
    self.document = document
    self.number = number
    self.width = width
    self.height = height
    self.rotation = rotation
    self.turn = turn
    self.slope = slope
    self.method = method
    self.signs = signs
    self.text = text
    self.words = words
  }
}
