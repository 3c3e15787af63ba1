/// The encoding that the first bytes of a file speak for.
struct EncodingGuess {
  var encoding = CSVEncoding.utf8
  /// Bytes of byte order marks at the start.
  var marks = 0
  var notes: [CSVNote] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, whole: Bool, given: CSVEncoding? = nil) throws(CSVError) {
    if let given {
      encoding = given
      marks = Self.marks(bytes, of: given)
      return
    }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { throw .encoding(name: "utf-32le") }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { throw .encoding(name: "utf-32be") }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      encoding = bytes[0] == 0xFF ? .utf16LittleEndian : .utf16BigEndian
      marks = 2
      return
    }
    while bytes.dropFirst(marks).starts(with: [0xEF, 0xBB, 0xBF]) { marks += 3 }
    if marks > 3 { notes.append(CSVNote(code: "W_BOM", text: "\(marks / 3) byte order marks")) }
    if marks > 0 { return }
    if let wide = Self.alternatingNULs(bytes) {
      encoding = wide
      notes.append(CSVNote(code: "W_ENCODING", text: "no byte order mark; every other byte is NUL: \(wide.rawValue)"))
      return
    }
    judgeUTF8(bytes, whole: whole)
  }

  private static func marks(_ bytes: UnsafeBufferPointer<UInt8>, of encoding: CSVEncoding) -> Int {
    let mark: [UInt8] =
      switch encoding {
      case .utf16LittleEndian: [0xFF, 0xFE]
      case .utf16BigEndian: [0xFE, 0xFF]
      default: [0xEF, 0xBB, 0xBF]
      }
    return bytes.starts(with: mark) ? mark.count : 0
  }

  /// Mostly Latin text as UTF-16 has a NUL in every other byte, always on the same side.
  private static func alternatingNULs(_ bytes: UnsafeBufferPointer<UInt8>) -> CSVEncoding? {
    let pairs = min(bytes.count, 4096) / 2
    var first = 0
    var second = 0
    for pair in 0..<pairs {
      if bytes[2 * pair] == 0 { first += 1 }
      if bytes[2 * pair + 1] == 0 { second += 1 }
    }
    if pairs < 2 { return nil }
    if second * 10 > pairs * 6 && first * 20 < pairs { return .utf16LittleEndian }
    if first * 10 > pairs * 6 && second * 20 < pairs { return .utf16BigEndian }
    return nil
  }

  /// A file with some true UTF-8 is UTF-8 with damaged rows; one with none is taken as Windows-1252, and says so.
  private mutating func judgeUTF8(_ bytes: UnsafeBufferPointer<UInt8>, whole: Bool) {
    var sound = 0
    var broken = 0
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      let length = sequenceLength(bytes, at: index)
      if length > 0 {
        sound += 1
        index += length
        continue
      }
      if length < 0 && !whole { break }
      broken += 1
      index += 1
    }
    if broken == 0 { return }
    if sound * 4 >= broken {
      notes.append(CSVNote(code: "W_MIXED_ENC", text: "utf-8 with \(broken) bytes that are not utf-8 in the sample"))
    } else {
      encoding = .windows1252
      notes.append(
        CSVNote(code: "W_ENCODING", text: "not utf-8 (\(broken) bytes in the sample); taken as windows-1252"))
    }
  }
}
