import Glibc

/// A window on a file as UTF-8, refilled by read(2), that keeps the bytes still needed.
struct ByteInput: ~Copyable {
  /// Bytes past the window that may be read (never relied on) by block loads.
  static let padding = 64

  private(set) var bytes: UnsafeMutablePointer<UInt8>
  /// As large as the window, for cells with escapes undone.
  private(set) var scratch: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private(set) var atEnd = false
  /// Where the window begins in the text, counted in bytes.
  private(set) var offset = 0

  private var capacity: Int
  private let descriptor: Int32
  private let chunk: Int
  private var transcoder: Transcoder?
  private let raw: UnsafeMutablePointer<UInt8>

  init(descriptor: Int32, encoding: CSVEncoding, chunk: Int) {
    self.descriptor = descriptor
    self.chunk = max(1, chunk)
    transcoder = Transcoder(encoding)
    raw = .allocate(capacity: transcoder == nil ? 1 : self.chunk)
    capacity = (transcoder == nil ? 1 : Transcoder.growth) * self.chunk + (64 << 10)
    bytes = .allocate(capacity: capacity + Self.padding)
    bytes.initialize(repeating: 0, count: capacity + Self.padding)
    scratch = .allocate(capacity: capacity + Self.padding)
  }

  deinit {
    bytes.deallocate()
    scratch.deallocate()
    raw.deallocate()
  }

  /// Reads one more chunk and keeps all bytes from `start` on; gives how far the bytes moved towards the front.
  mutating func refill(keeping start: Int) throws(CSVError) -> Int {
    let need = transcoder == nil ? chunk : Transcoder.growth * (chunk + Transcoder.slack)
    var moved = 0
    if capacity - count < need, start > 0 {
      memmove(bytes, bytes + start, count - start)
      moved = start
      count -= start
      offset += start
    }
    if capacity - count < need { grow(to: max(capacity * 2, count + need)) }
    if transcoder == nil {
      let got = try read(into: bytes + count)
      count += got
      atEnd = got == 0
    } else {
      let got = try read(into: raw)
      atEnd = got == 0
      count += transcoder?.decode(UnsafeBufferPointer(start: raw, count: got), atEnd: atEnd, to: bytes + count) ?? 0
    }
    memset(bytes + count, 0, Self.padding)
    return moved
  }

  private func read(into target: UnsafeMutablePointer<UInt8>) throws(CSVError) -> Int {
    while true {
      let got = Glibc.read(descriptor, target, chunk)
      if got >= 0 { return got }
      let code = errno
      if code != EINTR { throw .read(errno: code) }
    }
  }

  private mutating func grow(to size: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size + Self.padding)
    larger.initialize(repeating: 0, count: size + Self.padding)
    larger.update(from: bytes, count: count)
    bytes.deallocate()
    scratch.deallocate()
    bytes = larger
    scratch = .allocate(capacity: size + Self.padding)
    capacity = size
  }
}
