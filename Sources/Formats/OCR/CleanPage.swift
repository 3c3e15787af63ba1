import CLeptonica
package import Pictures

/// A page image without specks, noise and uneven light, still as it came: slanted, perhaps lying on its side.
package struct CleanScan: ~Copyable {
  let image: Pixels
  let finish: PaperCleaning.Finish
  let dpi: Int
  /// Degrees clockwise that would turn it upright, by the shapes of its letters; nil where they do not tell.
  package let direction: Int?

  package init(_ page: GrayImage) throws(OCRError) {
    let source = try Pixels(page)
    let trouble = try PaperCleaning.trouble(of: source)
    let clean = try PaperCleaning.clean(source, trouble)
    direction = try Upright.direction(of: clean)
    finish = trouble.finish
    dpi = page.dpi
    image = clean
  }
}

/// A page image made ready for recognition: clean, turned upright, straightened.
///
/// It stays gray: an image made black and white before recognition loses words (docs/accuracy.md).
package struct CleanPage: ~Copyable {
  let image: Pixels
  /// Degrees clockwise by which the image was turned: 0, 90, 180 or 270.
  package let turn: Int
  /// How far the lines fell to the right before they were straightened: millionths of their length.
  package let slope: Int
  /// Leptonica forgets it on the way.
  let dpi: Int

  package var width: Int { image.width }
  package var height: Int { image.height }

  package init(_ scan: borrowing CleanScan, turn: Int) throws(OCRError) {
    let turned = try Pixels(pixRotateOrth(scan.image.pix, Int32(turn / 90)), "turn")
    let skew = try Skew.of(turned)
    let finished = try PaperCleaning.finished(skew.straightened(turned), scan.finish)
    image = finished
    self.turn = turn
    slope = skew.slope
    dpi = scan.dpi
  }

  /// The image as PGM, for whoever compares programs on the very same pixels.
  package func pgm() -> [UInt8] {
    var bytes = Array("P5\n\(width) \(height)\n255\n".utf8)
    bytes.reserveCapacity(bytes.count + width * height)
    let room = Int(pixGetWpl(image.pix))
    let words = UnsafePointer<UInt32>(pixGetData(image.pix)!)
    for row in 0..<height {
      for column in 0..<width {
        bytes.append(UInt8(truncatingIfNeeded: words[row * room + column / 4] >> UInt32(24 - column % 4 * 8)))
      }
    }
    return bytes
  }
}
