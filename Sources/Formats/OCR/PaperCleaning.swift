import CLeptonica

/// Takes specks, noise and uneven light off a gray image, and leaves alone what has none of them.
///
/// A clean image loses words by being cleaned (measured: docs/accuracy.md), so each remedy is applied only where its
/// trouble is found.
enum PaperCleaning {
  /// A quarter of the pixels differs from the median around them by this much: the image is noisy.
  private static let noise: UInt32 = 3
  private static let strips = 15
  private static let stripRows = 24
  /// Paper that differs this much from place to place is unevenly lit.
  private static let shade: UInt32 = 30
  /// What paper becomes, and what is darkest on it.
  private static let paper: Int32 = 200
  private static let ink: Int32 = 60

  /// What is wrong with an image.
  struct Trouble {
    let isNoisy: Bool
    let isUneven: Bool

    var finish: Finish { isNoisy ? .smooth : isUneven ? .contrast : .none }
  }

  /// What remains to be done once the page is straight: rotating smooths noise by itself.
  enum Finish { case none, contrast, smooth }

  static func trouble(of source: borrowing Pixels) throws(OCRError) -> Trouble {
    try isNoisy(source)
      ? Trouble(isNoisy: true, isUneven: true) : Trouble(isNoisy: false, isUneven: isUneven(source))
  }

  static func clean(_ source: consuming Pixels, _ trouble: Trouble) throws(OCRError) -> Pixels {
    if trouble.isNoisy { return try level(Specks.removed(from: source)) }
    return trouble.isUneven ? try level(source) : source
  }

  static func finished(_ image: consuming Pixels, _ finish: Finish) throws(OCRError) -> Pixels {
    switch finish {
    case .none: image
    case .contrast: try contrasted(image)
    case .smooth: try contrasted(smoothed(image))
    }
  }

  /// Paper of one lightness; an image too small for that stays.
  private static func level(_ source: borrowing Pixels) throws(OCRError) -> Pixels {
    try Pixels(
      pixBackgroundNorm(source.pix, nil, nil, 10, 15, 60, 40, paper, 2, 1) ?? pixClone(source.pix), "light")
  }

  /// Whether half of the strips laid over the page are noisy: a scanner's grain is everywhere.
  private static func isNoisy(_ source: borrowing Pixels) throws(OCRError) -> Bool {
    let height = min(source.height, stripRows)
    var noisy = 0
    for index in 0..<strips {
      let top = (source.height - height) * index / (strips - 1)
      var box = boxCreate(0, Int32(top), Int32(source.width), Int32(height))
      defer { boxDestroy(&box) }
      let strip = try Pixels(pixClipRectangle(source.pix, box, nil), "strips")
      let medians = try Pixels(pixMedianFilter(strip.pix, 3, 3), "median")
      let difference = try Pixels(pixAbsDifference(strip.pix, medians.pix), "median")
      if rank(difference, tenths: 7.5) >= noise { noisy += 1 }
    }
    return noisy * 2 >= strips
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
