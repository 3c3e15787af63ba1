import CLeptonica

/// Takes specks, noise and uneven light off a gray image, and leaves alone what has none of them.
///
/// A clean image loses words by being cleaned (measured: docs/accuracy.md), so each remedy is applied only where its
/// trouble is found.
enum PaperCleaning {
  /// A pixel this much darker or lighter than its neighbours on all sides is a speck.
  private static let speck: Int32 = 40
  /// A quarter of the pixels differs from the median around them by this much: the image is noisy.
  private static let noise: UInt32 = 3
  /// Paper that differs this much from place to place is unevenly lit.
  private static let shade: UInt32 = 30
  /// What paper becomes, and what is darkest on it.
  private static let paper: Int32 = 200
  private static let ink: Int32 = 60

  /// What is wrong with an image.
  struct Trouble: ~Copyable {
    /// The medians of an image that is noisy.
    let medians: Pixels?
    let isUneven: Bool

    var finish: Finish { medians != nil ? .smooth : isUneven ? .contrast : .none }
  }

  /// What remains to be done once the page is straight: rotating smooths noise by itself.
  enum Finish { case none, contrast, smooth }

  static func trouble(of source: borrowing Pixels) throws(OCRError) -> Trouble {
    let medians = try Pixels(pixMedianFilter(source.pix, 3, 3), "median")
    let difference = try Pixels(pixAbsDifference(source.pix, medians.pix), "median")
    if rank(difference, tenths: 7.5) >= noise { return Trouble(medians: medians, isUneven: true) }
    return Trouble(medians: nil, isUneven: try isUneven(source))
  }

  static func clean(_ source: consuming Pixels, _ trouble: borrowing Trouble) throws(OCRError) -> Pixels {
    switch trouble.medians {
    case .some(let medians): try level(despeckled(source, medians))
    case .none: trouble.isUneven ? try level(source) : source
    }
  }

  static func finished(_ image: consuming Pixels, _ finish: Finish) throws(OCRError) -> Pixels {
    switch finish {
    case .none: image
    case .contrast: try contrasted(image)
    case .smooth: try contrasted(smoothed(image))
    }
  }

  /// The median stands in for specks only: thin strokes, which a plain median eats, stay.
  private static func despeckled(_ source: borrowing Pixels, _ median: borrowing Pixels) throws(OCRError) -> Pixels {
    let result = try Pixels(pixCopy(nil, source.pix), "memory")
    // A stroke is no speck along itself: closing or opening in its own direction leaves it.
    let light = try either(
      Pixels(pixCloseGray3(source.pix, 3, 1), "specks"), Pixels(pixCloseGray3(source.pix, 1, 3), "specks"),
      L_CHOOSE_MIN)
    try replace(in: result, by: median, where: Pixels(pixSubtractGray(nil, light.pix, source.pix), "specks"))
    let dark = try either(
      Pixels(pixOpenGray3(source.pix, 3, 1), "specks"), Pixels(pixOpenGray3(source.pix, 1, 3), "specks"),
      L_CHOOSE_MAX)
    try replace(in: result, by: median, where: Pixels(pixSubtractGray(nil, source.pix, dark.pix), "specks"))
    return result
  }

  private static func either(
    _ left: borrowing Pixels, _ right: borrowing Pixels, _ choice: Int
  ) throws(OCRError) -> Pixels {
    try Pixels(pixMinOrMax(nil, left.pix, right.pix, Int32(choice)), "specks")
  }

  private static func replace(
    in image: borrowing Pixels, by median: borrowing Pixels, where difference: borrowing Pixels
  ) throws(OCRError) {
    let mask = try Pixels(pixThresholdToBinary(difference.pix, speck), "specks")
    // It is set where the difference is small.
    pixInvert(mask.pix, mask.pix)
    pixCombineMasked(image.pix, median.pix, mask.pix)
  }

  /// Paper of one lightness; an image too small for that stays.
  private static func level(_ source: borrowing Pixels) throws(OCRError) -> Pixels {
    try Pixels(
      pixBackgroundNorm(source.pix, nil, nil, 10, 15, 60, 40, paper, 2, 1) ?? pixClone(source.pix), "light")
  }

  private static func isUneven(_ source: borrowing Pixels) throws(OCRError) -> Bool {
    var map: UnsafeMutablePointer<Pix>?
    guard pixGetBackgroundGrayMap(source.pix, nil, 10, 15, 60, 40, &map) == 0, map != nil else { return false }
    let paper = try Pixels(map, "light")
    return rank(paper, tenths: 9) - min(rank(paper, tenths: 9), rank(paper, tenths: 1)) >= shade
  }

  private static func smoothed(_ source: borrowing Pixels) throws(OCRError) -> Pixels {
    var across: UnsafeMutablePointer<L_Kernel>?
    var down: UnsafeMutablePointer<L_Kernel>?
    guard makeGaussianKernelSep(2, 2, 1, 1, &across, &down) == 0 else { throw .image("smoothing") }
    defer {
      kernelDestroy(&across)
      kernelDestroy(&down)
    }
    return try Pixels(pixConvolveSep(source.pix, across, down, 8, 1), "smoothing")
  }

  private static func contrasted(_ source: borrowing Pixels) throws(OCRError) -> Pixels {
    try Pixels(pixGammaTRC(nil, source.pix, 1, ink, paper), "contrast")
  }

  /// The value that so many tenths of the pixels do not exceed.
  private static func rank(_ image: borrowing Pixels, tenths: Float) -> UInt32 {
    var value: UInt32 = 0
    return pixGetRankValue(image.pix, 2, tenths / 10, &value) == 0 ? value : 0
  }
}
