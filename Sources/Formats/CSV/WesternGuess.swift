/// Which one-byte or two-byte encoding makes most sense of bytes that are not UTF-8.
///
/// Every candidate is tried on the characters beyond ASCII and their neighbours: letters among letters speak for it,
/// controls and odd signs against it. A guess is a guess; its reader is told with an example.
struct WesternGuess {
  private(set) var encoding = CSVEncoding.windows1252
  /// A word with such a character, as the guess reads it.
  private(set) var example = ""
  /// Whether it writes a character as a pair of bytes.
  private(set) var isPaired = false

  private static let candidates: [CSVEncoding] = [.windows1252, .latin9, .ibm850, .macintosh, .windows1251]
  private static let wide: [CSVEncoding] = [.shiftJIS, .korean, .chinese, .eucJP, .big5]

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    let places = bytes.indices.filter { bytes[$0] >= 0x80 }.prefix(4000)
    // The second byte of a pair may be ASCII, so that a neighbour but one counts as well.
    let runs = places.count { place in
      [-2, -1, 1, 2].contains { bytes.indices.contains(place + $0) && bytes[place + $0] >= 0x80 }
    }
    if runs * 10 >= places.count * 7, let found = Self.wideGuess(bytes) {
      encoding = found
      isPaired = true
    } else {
      encoding = Self.narrowGuess(bytes, Array(places))
    }
    example = places.first.map { Self.example(bytes, at: $0, encoding) } ?? ""
  }

  // MARK: One byte a character

  private static func narrowGuess(_ bytes: UnsafeBufferPointer<UInt8>, _ places: [Int]) -> CSVEncoding {
    var best = (encoding: CSVEncoding.windows1252, points: Int.min)
    for candidate in candidates {
      let table = upperHalf(candidate)
      if table.isEmpty { continue }
      var points = 0
      for place in places {
        let before = place > 0 ? scalar(bytes[place - 1], table) : 0
        let after = place + 1 < bytes.count ? scalar(bytes[place + 1], table) : 0
        points += Self.points(before, table[Int(bytes[place]) - 0x80], after)
      }
      if points > best.points { best = (candidate, points) }
    }
    return best.encoding
  }

  private static func scalar(_ byte: UInt8, _ table: [UInt32]) -> UInt32 {
    byte < 0x80 ? UInt32(byte) : table[Int(byte) - 0x80]
  }

  /// The characters of the bytes from 0x80 on; empty where the system does not know the encoding.
  private static func upperHalf(_ encoding: CSVEncoding) -> [UInt32] {
    (0x80...0xFF).compactMap { byte in
      text(of: [UInt8(byte)], encoding).unicodeScalars.first.map { $0.value == 0xFFFD ? 0x81 : $0.value }
    }
  }

  private static func points(_ before: UInt32, _ scalar: UInt32, _ after: UInt32) -> Int {
    if (0x410...0x44F).contains(scalar) { return isLetter(before) && isLetter(after) ? 2 : 0 }
    if isLetter(scalar), scalar != 0x192 {
      let isUpper = Unicode.Scalar(scalar)?.properties.isUppercase ?? false
      let wide = [before, after].count { $0 >= 0xC0 && isLetter($0) }
      if wide == 2 { return -3 }
      if isUpper { return isLetter(before) && (isLower(before) || isLower(after)) ? -2 : isLetter(after) ? 3 : -1 }
      return isLetter(before) || isLetter(after) ? 3 : -2
    }
    switch scalar {
    case 0x20AC, 0xA3: return isDigit(after) || isDigit(before) || after == 0x20 || before == 0x20 ? 3 : 1
    case 0x2019: return 2
    case 0x2013, 0x2014, 0x201C, 0x201D, 0x201E, 0xA0, 0xB0, 0xA7, 0xAE, 0x2122, 0xA9, 0x2026, 0x2018:
      return isLetter(before) && isLetter(after) ? -1 : 1
    case 0x80...0x9F: return -5
    default: return -2
    }
  }

  private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }
  private static func isLetter(_ scalar: UInt32) -> Bool { Unicode.Scalar(scalar)?.properties.isAlphabetic ?? false }
  private static func isLower(_ scalar: UInt32) -> Bool { Unicode.Scalar(scalar)?.properties.isLowercase ?? false }

  // MARK: Two bytes a character

  /// The encoding that reads the sample without a fault and mostly as the frequent characters of its language.
  private static func wideGuess(_ bytes: UnsafeBufferPointer<UInt8>) -> CSVEncoding? {
    let head = Array(bytes.prefix(64 << 10))
    var best: (encoding: CSVEncoding, points: Int)?
    for candidate in wide {
      let (points, pairs) = frequent(head, candidate)
      guard points >= pairs, points > best?.points ?? 0 else { continue }
      if text(of: head, candidate).unicodeScalars.count(where: { $0.value == 0xFFFD }) <= 1 {
        best = (candidate, points)
      }
    }
    return best?.encoding
  }

  /// Points for pairs of bytes that are letters, or characters of the first level of the encoding's own list.
  private static func frequent(_ bytes: [UInt8], _ encoding: CSVEncoding) -> (points: Int, pairs: Int) {
    var (points, pairs, index) = (0, 0, 0)
    while index + 1 < bytes.count {
      let (lead, trail) = (bytes[index], bytes[index + 1])
      if lead < 0x80 || (encoding == .shiftJIS && (0xA1...0xDF).contains(lead)) {
        if lead >= 0x80 { points -= 2 }
        index += 1
        continue
      }
      pairs += 1
      index += 2
      switch encoding {
      case .shiftJIS: points += lead == 0x82 || lead == 0x83 ? 3 : (0x88...0x97).contains(lead) ? 2 : 0
      case .eucJP: points += lead == 0xA4 || lead == 0xA5 ? 3 : (0xB0...0xCF).contains(lead) ? 2 : 0
      case .korean: points += trail >= 0xA1 && (0xB0...0xC8).contains(lead) ? 2 : trail < 0xA1 ? 0 : -2
      case .chinese:
        points += trail >= 0xA1 && (0xB0...0xD7).contains(lead) ? 2 : lead == 0xA4 || lead == 0xA5 ? -2 : 0
      default: points += (0xA4...0xC6).contains(lead) ? 2 : 0
      }
    }
    return (points, pairs)
  }

  // MARK: Text

  private static func text(of bytes: [UInt8], _ encoding: CSVEncoding) -> String {
    guard var transcoder = Transcoder(encoding), Transcoder.reads(encoding) else { return "" }
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: Transcoder.growth * (bytes.count + Transcoder.slack))
    defer { room.deallocate() }
    let count = bytes.withUnsafeBufferPointer { transcoder.decode($0, atEnd: true, to: room) }
    return String(decoding: UnsafeBufferPointer(start: room, count: count), as: UTF8.self)
  }

  private static func example(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int, _ encoding: CSVEncoding) -> String {
    let ends: Set<UInt8> = [0x0A, 0x0D, 0x2C, 0x3B, 0x09, 0x7C, 0x22]
    var start = place
    while start > 0, place - start < 20, !ends.contains(bytes[start - 1]) { start -= 1 }
    var end = place
    while end < bytes.count, end - place < 20, !ends.contains(bytes[end]) { end += 1 }
    return text(of: Array(bytes[start..<end]), encoding)
  }
}
