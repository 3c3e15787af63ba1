import CLeptonica
import Glibc

/// By how much the lines of a page slant, and the page without it.
struct Skew {
  /// Degrees by which the image has to be rotated clockwise.
  private let angle: Float

  /// Angles below this many degrees are left alone: rotating costs sharpness.
  private static let least: Float = 0.08
  /// How much the best angle must stand out for it to be believed.
  private static let certainty: Float = 3

  /// Millionths of a line's length by which its right end lies lower than its left one.
  var slope: Int { -Int((tan(angle * .pi / 180) * 1_000_000).rounded()) }

  static func of(_ image: borrowing Pixels) throws(OCRError) -> Skew {
    let shapes = try Upright.shapes(image)
    var angle: Float = 0
    var certainty: Float = 0
    let failed = pixFindSkew(shapes.pix, &angle, &certainty) != 0
    return Skew(angle: failed || certainty < Self.certainty || abs(angle) < least ? 0 : angle)
  }

  /// Shapes in black and white, moved rather than mixed.
  func levelled(_ shapes: consuming Pixels) throws(OCRError) -> Pixels {
    if angle == 0 { return shapes }
    return try Pixels(
      pixRotate(shapes.pix, angle * .pi / 180, Int32(L_ROTATE_SHEAR), Int32(L_BRING_IN_WHITE), 0, 0), "straighten")
  }

  func straightened(_ image: borrowing Pixels) throws(OCRError) -> Pixels {
    if angle == 0 { return try Pixels(pixClone(image.pix), "memory") }
    return try Pixels(
      pixRotate(image.pix, angle * .pi / 180, Int32(L_ROTATE_AREA_MAP), Int32(L_BRING_IN_WHITE), 0, 0), "straighten")
  }
}
