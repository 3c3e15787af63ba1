import Glibc
import Scratch

/// The texts that cells refer to by number, packed: each one's length, then its bytes.
///
/// Beyond a few megabytes they are kept in a temporary file without a name and mapped from there; which of its pages stay
/// in memory is renewed every thousand look-ups, so that memory stays bounded whatever the table's size.
final class SharedStrings {
  private(set) var count = 0
  private let limits: SpreadsheetLimits
  private let temporary: String
  private let part: String
  /// Where every eighth entry begins.
  private var marks: [UInt32] = []
  private var memory: [UInt8] = []
  private var stored = 0
  private var file: Int32 = -1
  private var mapped: UnsafeMutableRawPointer?
  /// Copies that do not move; the bytes only when they are in memory.
  private var finished: (marks: UnsafeMutablePointer<UInt32>, bytes: UnsafeMutablePointer<UInt8>?)?

  fileprivate static let stride = 8
  fileprivate static let renewal = 1024

  init(part: String, limits: SpreadsheetLimits, temporary: String) {
    self.part = part
    self.limits = limits
    self.temporary = temporary
  }

  deinit {
    finished?.marks.deallocate()
    finished?.bytes?.deallocate()
    if let mapped { munmap(mapped, stored) }
    if file >= 0 { close(file) }
  }

  /// Adds the next text; a text that was cut is remembered as such.
  func add(_ text: UnsafeBufferPointer<UInt8>, isCut: Bool) throws(SpreadsheetError) {
    let size = stored + memory.count
    if count == limits.sharedStrings {
      throw .bomb(part: part, reason: "more than \(limits.sharedStrings) shared texts")
    }
    if size + text.count > limits.sharedBytes {
      throw .bomb(part: part, reason: "shared texts of more than \(limits.sharedBytes) bytes")
    }
    if count % Self.stride == 0 { marks.append(UInt32(size)) }
    count += 1
    var head = text.count << 1 | (isCut ? 1 : 0)
    while head >= 0x80 {
      memory.append(UInt8(head & 0x7F | 0x80))
      head >>= 7
    }
    memory.append(UInt8(head))
    memory.append(contentsOf: text)
    if memory.count > (file < 0 ? limits.sharedInMemory : 256 << 10) { try spill() }
  }

  /// Ends the adding.
  func finish() throws(SpreadsheetError) {
    if file >= 0 {
      try spill()
      mapped = mmap(nil, stored, PROT_READ, MAP_SHARED, file, 0)
      if mapped == MAP_FAILED {
        mapped = nil
        throw .temporary(folder: temporary, errno: errno)
      }
    }
    let held = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, marks.count))
    held.initialize(from: marks, count: marks.count)
    var kept: UnsafeMutablePointer<UInt8>?
    if mapped == nil {
      let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, memory.count))
      bytes.initialize(from: memory, count: memory.count)
      kept = bytes
    }
    finished = (held, kept)
    (marks, memory) = ([], [])
  }

  private func spill() throws(SpreadsheetError) {
    if file < 0 { file = try Self.unnamedFile(temporary) }
    var done = 0
    while done < memory.count {
      let got = memory.withUnsafeBytes { write(file, $0.baseAddress! + done, memory.count - done) }
      if got < 0, errno != EINTR { throw .temporary(folder: temporary, errno: errno) }
      done += max(0, got)
    }
    stored += memory.count
    if memory.capacity > 512 << 10 { memory = [] } else { memory.removeAll(keepingCapacity: true) }
  }

  private static func unnamedFile(_ folder: String) throws(SpreadsheetError) -> Int32 {
    do throws(TemporaryPlace.Failure) {
      return try TemporaryPlace.file(in: folder, named: "trunkline-strings")
    } catch {
      throw .temporary(folder: folder, errno: error.errno)
    }
  }

  /// What the cells of a sheet look their texts up in; holds as long as the table, once that is finished.
  var lookup: SharedStringLookup {
    guard let finished, let bytes = mapped?.assumingMemoryBound(to: UInt8.self) ?? finished.bytes else {
      preconditionFailure("the table is not finished")
    }
    return SharedStringLookup(
      count: count, marks: finished.marks, bytes: bytes,
      mapped: mapped.map { UnsafeMutableRawBufferPointer(start: $0, count: stored) })
  }
}

/// A finished table by its addresses alone, so that no look-up counts references.
struct SharedStringLookup {
  enum Outcome { case whole, cut, missing }

  let count: Int
  fileprivate let marks: UnsafePointer<UInt32>
  fileprivate let bytes: UnsafePointer<UInt8>
  fileprivate let mapped: UnsafeMutableRawBufferPointer?
  private var lookUps = 0

  fileprivate init(
    count: Int, marks: UnsafePointer<UInt32>, bytes: UnsafePointer<UInt8>, mapped: UnsafeMutableRawBufferPointer?
  ) {
    self.count = count
    self.marks = marks
    self.bytes = bytes
    self.mapped = mapped
  }

  /// Puts a text at the end of the row.
  @inline(__always)
  mutating func append(_ index: Int, to row: inout RowBuffer) -> Outcome {
    guard index >= 0, index < count else { return .missing }
    if let mapped {
      lookUps &+= 1
      if lookUps & (SharedStrings.renewal - 1) == 0 { madvise(mapped.baseAddress, mapped.count, Int32(MADV_DONTNEED)) }
    }
    var at = Int(marks[index / SharedStrings.stride])
    var left = index % SharedStrings.stride
    while true {
      var head = Int(bytes[at])
      at &+= 1
      if head >= 0x80 {
        head &= 0x7F
        var shift = 7
        while true {
          let byte = Int(bytes[at])
          at &+= 1
          head |= (byte & 0x7F) << shift
          if byte < 0x80 { break }
          shift += 7
        }
      }
      let length = head >> 1
      if left == 0 {
        row.append(bytes + at, length)
        return head & 1 == 0 ? .whole : .cut
      }
      left &-= 1
      at &+= length
    }
  }
}
