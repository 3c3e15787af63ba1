package import Domain

/// A JSON value as a tree, for the few messages and files that are not records; numbers keep their text.
package indirect enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A name and its value; objects keep the order they were written in.
  package struct Member: Equatable, Sendable {
    package let name: String
    package let value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  package static func int(_ value: Int) -> JSON { .number(String(value)) }
  package static func int(_ value: Int64) -> JSON { .number(String(value)) }
  package static func fields(_ members: [(String, JSON)]) -> JSON { .object(members.map { Member($0.0, $0.1) }) }
  package static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

  package subscript(_ name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  package var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  package var int: Int? {
    if case .number(let text) = self { return Int(text) }
    return nil
  }

  package var bool: Bool? {
    if case .bool(let value) = self { return value }
    return nil
  }

  package var items: [JSON] {
    if case .array(let items) = self { return items }
    return []
  }

  package var members: [Member] {
    if case .object(let members) = self { return members }
    return []
  }

  /// nil when `text` is not one JSON value, or has an object with the same name twice.
  package static func parse(_ text: String) -> JSON? {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  package static func parse(_ bytes: Bytes) -> JSON? {
    guard let p = bytes.baseAddress else { return nil }
    var reader = JSONTreeReader(p: p, n: bytes.count)
    var i = 0
    JSONScan.space(p, &i, bytes.count)
    guard let value = reader.value(&i, depth: 0) else { return nil }
    JSONScan.space(p, &i, bytes.count)
    return i == bytes.count ? value : nil
  }

  /// The items of an array of texts, without a tree; nil for anything else.
  package static func strings(_ bytes: Bytes) -> [String]? {
    guard let p = bytes.baseAddress else { return nil }
    let reader = JSONTreeReader(p: p, n: bytes.count)
    return reader.strings()
  }

  /// One line without spaces; the same value gives the same bytes.
  package func write(to out: inout ByteWriter) {
    switch self {
    case .null: out.raw("null")
    case .bool(let value): out.raw(value ? "true" : "false")
    case .number(let text): out.raw(text)
    case .string(let text): out.string(text)
    case .array(let items):
      out.byte(0x5b)
      for (index, item) in items.enumerated() {
        if index > 0 { out.byte(0x2c) }
        item.write(to: &out)
      }
      out.byte(0x5d)
    case .object(let members):
      out.byte(0x7b)
      for (index, member) in members.enumerated() {
        if index > 0 { out.byte(0x2c) }
        out.string(member.name)
        out.byte(0x3a)
        member.value.write(to: &out)
      }
      out.byte(0x7d)
    }
  }

  /// The same line as `write`, as text.
  package var line: String {
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .number(let text): return text
    case .string(let text): return Self.quote(text)
    case .array(let items): return "[" + items.map(\.line).joined(separator: ",") + "]"
    case .object(let members):
      return "{" + members.map { Self.quote($0.name) + ":" + $0.value.line }.joined(separator: ",") + "}"
    }
  }

  package static func quote(_ text: String) -> String {
    var bytes: [UInt8] = []
    quote(text, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text as a JSON string.
  package static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(0x22)
    var text = text
    text.withUTF8 { units in
      var start = 0
      for index in units.indices where units[index] < 0x20 || units[index] == 0x22 || units[index] == 0x5c {
        bytes.append(contentsOf: units[start..<index])
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 8) { scratch in
          guard let base = scratch.baseAddress else { return }
          bytes.append(contentsOf: scratch.prefix(Escapes.write(units[index], to: base)))
        }
        start = index + 1
      }
      bytes.append(contentsOf: units[start...])
    }
    bytes.append(0x22)
  }
}

/// Builds the tree; the grammar itself is `JSONScan`'s.
struct JSONTreeReader {
  let p: UnsafePointer<UInt8>
  let n: Int

  mutating func value(_ i: inout Int, depth: Int) -> JSON? {
    guard i < n, depth <= JSONScan.deepest else { return nil }
    if p[i] == 0x7b { return object(&i, depth: depth) }
    if p[i] == 0x5b { return array(&i, depth: depth) }
    var token = Token()
    guard JSONScan.value(p, &i, n, &token, depth: depth) else { return nil }
    let bytes = Bytes(start: p + Int(token.start), count: Int(token.length))
    switch token.kind {
    case .string: return text(token).map { .string($0) }
    case .number: return .number(String(decoding: bytes, as: UTF8.self))
    case .yes: return .bool(true)
    case .no: return .bool(false)
    default: return .null
    }
  }

  /// The whole input as an array of strings.
  func strings() -> [String]? {
    var texts: [String] = []
    var i = 0
    JSONScan.space(p, &i, n)
    guard i < n, p[i] == 0x5b else { return nil }
    repeat {
      i += 1
      JSONScan.space(p, &i, n)
      if texts.isEmpty, i < n, p[i] == 0x5d { break }
      var token = Token()
      guard i < n, p[i] == 0x22, JSONScan.value(p, &i, n, &token, depth: 0), let text = text(token) else { return nil }
      texts.append(text)
      JSONScan.space(p, &i, n)
    } while i < n && p[i] == 0x2c
    guard i < n, p[i] == 0x5d else { return nil }
    i += 1
    JSONScan.space(p, &i, n)
    return i == n ? texts : nil
  }

  private func text(_ token: Token) -> String? {
    let bytes = Bytes(start: p + Int(token.start), count: Int(token.length))
    return token.escaped ? unescape(bytes) : String(decoding: bytes, as: UTF8.self)
  }

  private func unescape(_ bytes: Bytes) -> String? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count + 1) { scratch in
      guard let base = scratch.baseAddress, let count = Escapes.remove(bytes, to: base) else { return nil }
      return String(decoding: scratch.prefix(count), as: UTF8.self)
    }
  }

  private mutating func array(_ i: inout Int, depth: Int) -> JSON? {
    var items: [JSON] = []
    i += 1
    JSONScan.space(p, &i, n)
    if i < n, p[i] == 0x5d {
      i += 1
      return .array([])
    }
    while true {
      JSONScan.space(p, &i, n)
      guard let item = value(&i, depth: depth + 1) else { return nil }
      items.append(item)
      guard let more = separator(&i, close: 0x5d) else { return nil }
      if !more { return .array(items) }
    }
  }

  private mutating func object(_ i: inout Int, depth: Int) -> JSON? {
    var members: [JSON.Member] = []
    var names: Set<String> = []
    i += 1
    JSONScan.space(p, &i, n)
    if i < n, p[i] == 0x7d {
      i += 1
      return .object([])
    }
    while true {
      JSONScan.space(p, &i, n)
      guard i < n, p[i] == 0x22, case .string(let name)? = value(&i, depth: depth), names.insert(name).inserted else {
        return nil
      }
      JSONScan.space(p, &i, n)
      guard i < n, p[i] == 0x3a else { return nil }
      i += 1
      JSONScan.space(p, &i, n)
      guard let item = value(&i, depth: depth + 1) else { return nil }
      members.append(JSON.Member(name, item))
      guard let more = separator(&i, close: 0x7d) else { return nil }
      if !more { return .object(members) }
    }
  }

  /// true after a comma, false after `close`, nil otherwise.
  private func separator(_ i: inout Int, close: UInt8) -> Bool? {
    JSONScan.space(p, &i, n)
    guard i < n, p[i] == 0x2c || p[i] == close else { return nil }
    i += 1
    return p[i - 1] == 0x2c
  }
}
