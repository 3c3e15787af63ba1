import Pictures

/// Whether a page has columns of amounts, whose digits are worth a second, finer reading.
enum MoneyColumns {
  /// Amounts that end below each other make a column.
  private static let fewest = 3

  static func are(in page: RecognisedPage) -> Bool {
    let edges = page.words.filter { isAmount(Array($0.text.utf8)) }.map(\.x1).sorted()
    // A column's right edge is as straight as the scan: a hundredth of the page's width.
    let width = max(1, page.width / 100)
    guard edges.count >= fewest else { return false }
    return (0...edges.count - fewest).contains { edges[$0 + fewest - 1] - edges[$0] <= width }
  }

  /// `1,234.50`, `$ 80.00` without its sign, `(12,00)`: digits, then a mark and two digits.
  static func isAmount(_ text: [UInt8]) -> Bool {
    let body = text.drop { !isDigit($0) }.reversed().drop { !isDigit($0) }
    guard text.count - body.count <= 4, body.count >= 4 else { return false }
    let digits = Array(body)
    return isDigit(digits[0]) && isDigit(digits[1]) && isMark(digits[2])
      && digits[3...].allSatisfy { isDigit($0) || isMark($0) } && digits[3...].contains(where: isDigit)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }
}
