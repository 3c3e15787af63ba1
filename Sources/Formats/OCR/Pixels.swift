import CLeptonica
import Pictures

/// An image in leptonica's form, freed with its last owner.
struct Pixels: ~Copyable {
  let pix: UnsafeMutablePointer<Pix>

  /// Takes over what a function of leptonica made; nothing made is a failure of that step.
  init(_ pix: UnsafeMutablePointer<Pix>?, _ step: String) throws(OCRError) {
    guard let pix else { throw .image(step) }
    self.pix = pix
  }

  init(_ image: GrayImage) throws(OCRError) {
    // What leptonica has to say goes to standard error, where only our own messages belong.
    setMsgSeverity(Int32(L_SEVERITY_NONE))
    try self.init(pixCreateNoInit(Int32(image.width), Int32(image.height), 8), "memory")
    let room = Int(pixGetWpl(pix)) * 4
    let rows = UnsafeMutableRawPointer(pixGetData(pix)!).assumingMemoryBound(to: UInt8.self)
    image.pixels.withUnsafeBufferPointer { source in
      for row in 0..<image.height {
        (rows + row * room).update(from: source.baseAddress! + row * image.width, count: image.width)
        (rows + row * room + image.width).update(repeating: 255, count: room - image.width)
      }
    }
    // Leptonica's bytes stand in the order of its 32-bit words.
    pixEndianByteSwap(pix)
  }

  deinit {
    var pix: UnsafeMutablePointer<Pix>? = self.pix
    pixDestroy(&pix)
  }

  var width: Int { Int(pixGetWidth(pix)) }
  var height: Int { Int(pixGetHeight(pix)) }
}
