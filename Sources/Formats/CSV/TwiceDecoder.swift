/// Undoes UTF-8 that was taken for Windows-1252 and encoded again: `TÃ©lÃ©com` becomes `Télécom`.
///
/// Works on runs of characters beyond ASCII; a run that is not UTF-8 once undone stays as it is.
struct TwiceDecoder {
  /// The longest run that is looked at as one.
  static let room = 4096

  private var run: [UInt8] = []

  mutating func decode(
    _ source: UnsafeBufferPointer<UInt8>, atEnd: Bool, to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var written = 0
    for byte in source {
      if byte >= 0x80 {
        if run.count >= Self.room - 4, byte & 0xC0 != 0x80 { written += flush(target + written) }
        run.append(byte)
      } else {
        if !run.isEmpty { written += flush(target + written) }
        target[written] = byte
        written += 1
      }
    }
    if atEnd || run.count >= Self.room { written += flush(target + written) }
    return written
  }

  private mutating func flush(_ target: UnsafeMutablePointer<UInt8>) -> Int {
    let text = run.withUnsafeBufferPointer { Self.undone($0) } ?? run
    for (index, byte) in text.enumerated() { target[index] = byte }
    run.removeAll(keepingCapacity: true)
    return text.count
  }

  /// The text with one encoding taken off, or nil when it was not encoded twice.
  static func undone(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    if bytes.count < 4 || firstInvalidUTF8(bytes) != nil { return nil }
    var out: [UInt8] = []
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      guard let byte = windows1252(scalar.value) else { return nil }
      out.append(byte)
    }
    return out.withUnsafeBufferPointer { firstInvalidUTF8($0) == nil } && out.contains { $0 >= 0x80 } ? out : nil
  }

  private static func windows1252(_ scalar: UInt32) -> UInt8? {
    if scalar < 0x80 || (0xA0...0xFF).contains(scalar) { return UInt8(scalar) }
    return Transcoder.windows1252.firstIndex(of: scalar).map { UInt8($0 + 0x80) }
  }
}
