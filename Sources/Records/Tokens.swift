package import Domain

/// What a JSON value is, as far as a step needs to know before it touches it.
package enum JSONKind: UInt8, Sendable {
  case string, number, yes, no, null, object, array
}

/// One member of an object: where its name and its value stand in the line. A string's range excludes its quotes.
package struct Token {
  package var keyStart: Int32 = 0
  package var keyLength: Int32 = 0
  package var start: Int32 = 0
  package var length: Int32 = 0
  package var kind: JSONKind = .null
  package var escaped = false
  var keyEscaped = false
}

/// Splits an object into its members without copying; nested values are skipped as one raw range, fully checked.
package struct Tokenizer: ~Copyable {
  @usableFromInline let tokens: UnsafeMutablePointer<Token>
  private let capacity: Int
  package private(set) var count = 0

  package init(capacity: Int = 4096) {
    self.capacity = capacity
    tokens = .allocate(capacity: capacity)
    tokens.initialize(repeating: Token(), count: capacity)
  }

  deinit { tokens.deallocate() }

  @inlinable package subscript(index: Int) -> Token { tokens[index] }

  /// Reads the object that starts at `index` of `line`; answers the index behind it, or nil when it is not one.
  package mutating func object(_ line: Bytes, at start: Int) -> Int? {
    guard let p = line.baseAddress else { return nil }
    let n = line.count
    var i = start
    count = 0
    JSONScan.space(p, &i, n)
    guard i < n, p[i] == 0x7b else { return nil }
    i &+= 1
    JSONScan.space(p, &i, n)
    if i < n, p[i] == 0x7d { return i + 1 }
    return members(p, i, n)
  }

  /// Reads what follows a member of an object whose beginning was read before: more members, then its end.
  package mutating func tail(_ line: Bytes, at start: Int) -> Int? {
    guard let p = line.baseAddress else { return nil }
    var i = start
    count = 0
    JSONScan.space(p, &i, line.count)
    guard i < line.count else { return nil }
    if p[i] == 0x7d { return i + 1 }
    return p[i] == 0x2c ? members(p, i + 1, line.count) : nil
  }

  private mutating func members(_ p: UnsafePointer<UInt8>, _ start: Int, _ n: Int) -> Int? {
    var i = start
    while true {
      JSONScan.space(p, &i, n)
      guard i < n, p[i] == 0x22, count < capacity else { return nil }
      var token = Token()
      let keyEnd = JSONScan.string(p, i &+ 1, n, &token.keyEscaped)
      guard keyEnd >= 0 else { return nil }
      token.keyStart = Int32(truncatingIfNeeded: i &+ 1)
      token.keyLength = Int32(truncatingIfNeeded: keyEnd &- i &- 1)
      i = keyEnd &+ 1
      JSONScan.space(p, &i, n)
      guard i < n, p[i] == 0x3a else { return nil }
      i &+= 1
      JSONScan.space(p, &i, n)
      guard JSONScan.value(p, &i, n, &token, depth: 0) else { return nil }
      tokens[count] = token
      count &+= 1
      JSONScan.space(p, &i, n)
      guard i < n else { return nil }
      if p[i] == 0x2c {
        i &+= 1
        continue
      }
      return p[i] == 0x7d ? i &+ 1 : nil
    }
  }
}

/// The grammar of JSON over bytes. Every function answers failure instead of reading past `n`.
enum JSONScan {
  static let deepest = 64

  @inline(__always)
  static func space(_ p: UnsafePointer<UInt8>, _ i: inout Int, _ n: Int) {
    while i < n, p[i] <= 0x20, p[i] == 0x20 || p[i] == 9 || p[i] == 10 || p[i] == 13 { i &+= 1 }
  }

  /// The index of the closing quote of the string whose first byte is at `start`, or -1.
  @inline(__always)
  static func string(_ p: UnsafePointer<UInt8>, _ start: Int, _ n: Int, _ escaped: inout Bool) -> Int {
    var i = start
    while true {
      while i &+ 8 <= n {
        let mask = Escapes.mask(UnsafeRawPointer(p + i).loadUnaligned(as: UInt64.self))
        if mask != 0 {
          i &+= mask.trailingZeroBitCount >> 3
          break
        }
        i &+= 8
      }
      guard i < n else { return -1 }
      let c = p[i]
      if c == 0x22 { return i }
      if c < 0x20 { return -1 }
      if c == 0x5c {
        escaped = true
        guard i &+ 1 < n, escape(p, i &+ 1, n) else { return -1 }
        i &+= 2
      } else {
        i &+= 1
      }
    }
  }

  private static func escape(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int) -> Bool {
    switch p[i] {
    case 0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74: true
    case 0x75: i + 4 < n && (1...4).allSatisfy { isHex(p[i + $0]) }
    default: false
    }
  }

  private static func isHex(_ c: UInt8) -> Bool {
    (0x30...0x39).contains(c) || (0x41...0x46).contains(c) || (0x61...0x66).contains(c)
  }

  @inline(__always)
  static func value(
    _ p: UnsafePointer<UInt8>, _ i: inout Int, _ n: Int, _ token: inout Token, depth: Int
  ) -> Bool {
    guard i < n else { return false }
    let start = i
    switch p[i] {
    case 0x22:
      let end = string(p, i &+ 1, n, &token.escaped)
      guard end >= 0 else { return false }
      token.kind = .string
      token.start = Int32(truncatingIfNeeded: start &+ 1)
      token.length = Int32(truncatingIfNeeded: end &- start &- 1)
      i = end &+ 1
      return true
    case 0x2d, 0x30...0x39:
      guard number(p, &i, n) else { return false }
      token.kind = .number
    case 0x74:
      guard word("true", p, &i, n) else { return false }
      token.kind = .yes
    case 0x66:
      guard word("false", p, &i, n) else { return false }
      token.kind = .no
    case 0x6e:
      guard word("null", p, &i, n) else { return false }
      token.kind = .null
    case 0x7b, 0x5b:
      token.kind = p[i] == 0x7b ? .object : .array
      guard nested(p, &i, n, depth: depth + 1) else { return false }
    default:
      return false
    }
    token.start = Int32(truncatingIfNeeded: start)
    token.length = Int32(truncatingIfNeeded: i &- start)
    return true
  }

  private static func word(_ word: StaticString, _ p: UnsafePointer<UInt8>, _ i: inout Int, _ n: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard i &+ length <= n else { return false }
    for k in 0..<length where p[i &+ k] != word.utf8Start[k] { return false }
    i &+= length
    return true
  }

  private static func number(_ p: UnsafePointer<UInt8>, _ i: inout Int, _ n: Int) -> Bool {
    if p[i] == 0x2d { i &+= 1 }
    let whole = i
    guard digits(p, &i, n), p[whole] != 0x30 || i == whole &+ 1 else { return false }
    if i < n, p[i] == 0x2e {
      i &+= 1
      guard digits(p, &i, n) else { return false }
    }
    if i < n, p[i] | 0x20 == 0x65 {
      i &+= 1
      if i < n, p[i] == 0x2b || p[i] == 0x2d { i &+= 1 }
      guard digits(p, &i, n) else { return false }
    }
    return true
  }

  private static func digits(_ p: UnsafePointer<UInt8>, _ i: inout Int, _ n: Int) -> Bool {
    let start = i
    while i < n, p[i] &- 0x30 < 10 { i &+= 1 }
    return i > start
  }

  private static func nested(_ p: UnsafePointer<UInt8>, _ i: inout Int, _ n: Int, depth: Int) -> Bool {
    guard depth <= deepest else { return false }
    let isObject = p[i] == 0x7b
    let close: UInt8 = isObject ? 0x7d : 0x5d
    i &+= 1
    space(p, &i, n)
    if i < n, p[i] == close {
      i &+= 1
      return true
    }
    var token = Token()
    while true {
      space(p, &i, n)
      if isObject {
        guard i < n, p[i] == 0x22 else { return false }
        let end = string(p, i &+ 1, n, &token.escaped)
        guard end >= 0 else { return false }
        i = end &+ 1
        space(p, &i, n)
        guard i < n, p[i] == 0x3a else { return false }
        i &+= 1
        space(p, &i, n)
      }
      guard value(p, &i, n, &token, depth: depth) else { return false }
      space(p, &i, n)
      guard i < n else { return false }
      if p[i] == close {
        i &+= 1
        return true
      }
      guard p[i] == 0x2c else { return false }
      i &+= 1
    }
  }
}
