import Glibc

/// What a file that was named is by its first bytes, so that a wrong one is refused in words for it.
enum GivenFile {
  /// Messages of a step, one a line.
  case stream
  /// A ZIP archive, as XLSX and ODS are, or an old workbook.
  case container
  case empty
  case text

  init(_ descriptor: Int32) {
    var head = [UInt8](repeating: 0, count: 512)
    let count = pread(descriptor, &head, head.count, 0)
    // What cannot be read twice, such as a pipe, says what it is when it is read.
    guard count >= 0 else {
      self = .stream
      return
    }
    let bytes = head.prefix(count)
    if bytes.starts(with: [0x50, 0x4B]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .container
    } else if let first = bytes.first(where: { $0 > 0x20 && $0 < 0x80 }) {
      self = first == UInt8(ascii: "{") ? .stream : .text
    } else {
      self = bytes.isEmpty ? .empty : .text
    }
  }
}
