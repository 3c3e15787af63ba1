import Glibc

/// An encoding as iconv(3) reads it.
struct SystemDecoder: ~Copyable {
  private let handle: iconv_t?
  private var pending: [UInt8] = []

  init(_ encoding: CSVEncoding) {
    let opened = iconv_open("UTF-8", encoding.iconvName)
    handle = Int(bitPattern: opened) == -1 ? nil : opened
  }

  deinit { if let handle { iconv_close(handle) } }

  var isOpen: Bool { handle != nil }

  /// A byte that means nothing becomes 0xFF; one that may begin a character is kept for the next chunk.
  mutating func decode(
    _ source: UnsafeBufferPointer<UInt8>, atEnd: Bool, to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    guard let handle else { return 0 }
    var input = pending + source
    pending = []
    let room = Transcoder.growth * (source.count + Transcoder.slack)
    return input.withUnsafeMutableBytes { bytes in
      var from = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = bytes.count
      var to: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(target).assumingMemoryBound(to: CChar.self)
      var free = room
      while left > 0 {
        if iconv(handle, &from, &left, &to, &free) != Int.max, left == 0 { break }
        let isCut = errno == EINVAL
        if isCut, !atEnd, left < 8 {
          pending = Array(bytes[(bytes.count - left)...])
          break
        }
        guard free > 0, left > 0 else { break }
        to?.pointee = CChar(bitPattern: 0xFF)
        to = to?.advanced(by: 1)
        free -= 1
        from = from?.advanced(by: 1)
        left -= 1
      }
      return room - free
    }
  }
}
