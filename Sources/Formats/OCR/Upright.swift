import CLeptonica

/// Which way up a page stands, by what letters do: more of them rise above the line than fall below it.
enum Upright {
  /// The image in black and white, for measuring alone: never what is recognised.
  static func shapes(_ image: borrowing Pixels) throws(OCRError) -> Pixels {
    try Pixels(pixThresholdToBinary(image.pix, 150), "shapes")
  }

  /// Degrees clockwise to turn the page by; nil for a page of too few letters, or of capitals and digits.
  static func direction(of image: borrowing Pixels) throws(OCRError) -> Int? {
    let shapes = try Skew.of(image).levelled(shapes(image))
    var up: Float = 0
    var left: Float = 0
    var direction: Int32 = 0
    guard pixOrientDetect(shapes.pix, &up, &left, 0, 0) == 0,
      makeOrientDecision(up, left, 0, 0, &direction, 0) == 0
    else { return nil }
    switch Int(direction) {
    case L_TEXT_ORIENT_UP: return 0
    case L_TEXT_ORIENT_LEFT: return 90
    case L_TEXT_ORIENT_DOWN: return 180
    case L_TEXT_ORIENT_RIGHT: return 270
    default: return nil
    }
  }
}
