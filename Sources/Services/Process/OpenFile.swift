import Glibc

/// What a descriptor holds, from where it stands to its end.
package enum OpenFile {
  /// nil beyond `limit` bytes, and for what cannot be read to its end.
  package static func all(of descriptor: Int32, limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { return bytes }
      bytes += block[..<count]
      if bytes.count > limit { return nil }
    }
  }
}
