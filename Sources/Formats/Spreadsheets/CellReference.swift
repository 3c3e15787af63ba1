/// The letters of a column, counted from 0: A, Z, AA, XFD.
package func columnLetters(_ column: Int) -> String {
  var letters: [UInt8] = []
  var rest = column
  repeat {
    letters.append(0x41 + UInt8(rest % 26))
    rest = rest / 26 - 1
  } while rest >= 0
  return String(decoding: letters.reversed(), as: UTF8.self)
}

/// `D17`: the column counted from 0, the row from 1.
package func cellName(row: Int, column: Int) -> String { columnLetters(column) + String(row) }

/// A block of cells, all ends included; columns from 0, rows from 1.
package struct CellRange: Sendable, Equatable {
  package let top: Int
  package let left: Int
  package let bottom: Int
  package let right: Int

  package init(top: Int, left: Int, bottom: Int, right: Int) {
    self.top = top
    self.left = left
    self.bottom = bottom
    self.right = right
  }

  package var name: String { cellName(row: top, column: left) + ":" + cellName(row: bottom, column: right) }

  /// `A1:C3` or `A1`; nil for anything else.
  init?(_ text: UnsafePointer<CChar>) {
    var at = text
    guard let first = CellReference(&at) else { return nil }
    var last = first
    if at[0] == 0x3A {
      at += 1
      guard let second = CellReference(&at) else { return nil }
      last = second
    }
    guard at[0] == 0 else { return nil }
    self.init(
      top: min(first.row, last.row), left: min(first.column, last.column), bottom: max(first.row, last.row),
      right: max(first.column, last.column))
  }
}

/// A place on a sheet, not yet held against the sheet's size.
struct CellReference {
  /// From 0; at most ten million whatever the letters say.
  let column: Int
  /// From 1; at most a billion whatever the digits say.
  let row: Int

  /// Reads `D17` or `$D$17` and steps over it.
  @inline(__always)
  init?(_ at: inout UnsafePointer<CChar>) {
    var column = 0
    var letters = 0
    if at[0] == 0x24 { at += 1 }
    while true {
      let letter = UInt8(bitPattern: at[0]) | 0x20
      guard letter >= 0x61 && letter <= 0x7A else { break }
      if column < 10_000_000 { column = column &* 26 &+ Int(letter &- 0x60) }
      letters += 1
      at += 1
    }
    if at[0] == 0x24 { at += 1 }
    var row = 0
    var digits = 0
    while at[0] >= 0x30 && at[0] <= 0x39 {
      if row < 1_000_000_000 { row = row &* 10 &+ Int(at[0] &- 0x30) }
      digits += 1
      at += 1
    }
    if letters == 0 || digits == 0 { return nil }
    self.column = column - 1
    self.row = row
  }
}
