/// The words of an image in reading order, in pixels of the image turned upright and straightened.
package struct RecognisedPage: Equatable, Sendable {
  /// A word, where it stands, and how surely it was read: 0...100.
  package struct Word: Equatable, Sendable {
    package var text: String
    package var x0: Int
    package var y0: Int
    package var x1: Int
    package var y1: Int
    package var confidence: Int
    /// What stands between it and the word before: a space, a new line, or a new block.
    package var gap: Gap

    package init(text: String, x0: Int, y0: Int, x1: Int, y1: Int, confidence: Int, gap: Gap) {
      self.text = text
      self.x0 = x0
      self.y0 = y0
      self.x1 = x1
      self.y1 = y1
      self.confidence = confidence
      self.gap = gap
    }
  }

  package enum Gap: Int, Sendable { case space, line, block }

  /// Of the image turned upright.
  package var width: Int
  package var height: Int
  package var turn: Int
  package var slope: Int
  package var words: [Word]

  package init(width: Int, height: Int, turn: Int = 0, slope: Int = 0, words: [Word] = []) {
    self.width = width
    self.height = height
    self.turn = turn
    self.slope = slope
    self.words = words
  }

  /// The mean over all letters, 0...100; 0 for no letters.
  package var confidence: Int {
    let letters = words.reduce(0) { $0 + $1.text.utf8.count }
    return words.reduce(0) { $0 + $1.text.utf8.count * $1.confidence } / max(1, letters)
  }
}
