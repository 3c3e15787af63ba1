import CLeptonica

/// Single specks of a gray image, and the medians of their neighbours, which stand in for them.
enum Specks {
  /// A pixel this much darker or lighter than its neighbours on all sides is one.
  private static let least: Int32 = 40

  /// The image without them: thin strokes, which a plain median eats, stay.
  static func removed(from source: borrowing Pixels) throws(OCRError) -> Pixels {
    let result = try Pixels(pixCopy(nil, source.pix), "memory")
    // A stroke is no speck along itself: closing or opening in its own direction leaves it.
    let light = try either(
      Pixels(pixCloseGray3(source.pix, 3, 1), "specks"), Pixels(pixCloseGray3(source.pix, 1, 3), "specks"),
      L_CHOOSE_MIN)
    let mask = try found(Pixels(pixSubtractGray(nil, light.pix, source.pix), "specks"))
    let dark = try either(
      Pixels(pixOpenGray3(source.pix, 3, 1), "specks"), Pixels(pixOpenGray3(source.pix, 1, 3), "specks"),
      L_CHOOSE_MAX)
    let other = try found(Pixels(pixSubtractGray(nil, source.pix, dark.pix), "specks"))
    pixOr(mask.pix, mask.pix, other.pix)
    let medians = Medians(source)
    forEachPixel(of: mask) { row, column in set(result, row, column, to: medians.value(row, column)) }
    return result
  }

  private static func either(
    _ left: borrowing Pixels, _ right: borrowing Pixels, _ choice: Int
  ) throws(OCRError) -> Pixels {
    try Pixels(pixMinOrMax(nil, left.pix, right.pix, Int32(choice)), "specks")
  }

  /// Where a difference is large.
  private static func found(_ difference: borrowing Pixels) throws(OCRError) -> Pixels {
    let mask = try Pixels(pixThresholdToBinary(difference.pix, least), "specks")
    // It is set where the difference is small.
    pixInvert(mask.pix, mask.pix)
    return mask
  }

  /// The pixels that are set in a mask; what pads its rows is none.
  private static func forEachPixel(of mask: borrowing Pixels, _ body: (Int, Int) -> Void) {
    let (width, room, words) = (mask.width, Int(pixGetWpl(mask.pix)), pixGetData(mask.pix)!)
    for row in 0..<mask.height {
      for index in 0..<room {
        var bits = words[row * room + index]
        while bits != 0 {
          let place = bits.leadingZeroBitCount
          bits &= ~(0x8000_0000 >> UInt32(place))
          if index * 32 + place < width { body(row, index * 32 + place) }
        }
      }
    }
  }

  private static func set(_ image: borrowing Pixels, _ row: Int, _ column: Int, to value: UInt32) {
    let word = pixGetData(image.pix)! + row * Int(pixGetWpl(image.pix)) + column / 4
    let shift = UInt32(24 - column % 4 * 8)
    word.pointee = word.pointee & ~(0xFF << shift) | value << shift
  }

  /// The middle one of a pixel and the eight around it; beyond the edge stands what is at the edge.
  private struct Medians {
    private let words: UnsafeMutablePointer<UInt32>
    private let room: Int
    private let last: (row: Int, column: Int)

    /// For as long as the image lives.
    init(_ image: borrowing Pixels) {
      words = pixGetData(image.pix)!
      room = Int(pixGetWpl(image.pix))
      last = (image.height - 1, image.width - 1)
    }

    func value(_ row: Int, _ column: Int) -> UInt32 {
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 9) { values in
        var count = 0
        for y in [max(0, row - 1), row, min(last.row, row + 1)] {
          for x in [max(0, column - 1), column, min(last.column, column + 1)] {
            let value = words[y * room + x / 4] >> UInt32(24 - x % 4 * 8) & 0xFF
            var place = count
            while place > 0, values[place - 1] > value {
              values[place] = values[place - 1]
              place -= 1
            }
            values[place] = value
            count += 1
          }
        }
        return values[4]
      }
    }
  }
}
