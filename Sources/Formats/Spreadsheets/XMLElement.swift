import Glibc

/// A start tag as expat lends it: local name and attributes, valid during the call.
struct XMLElement {
  let name: UnsafePointer<CChar>
  private let attributes: UnsafePointer<UnsafePointer<CChar>?>

  @inline(__always)
  init(_ name: UnsafePointer<CChar>, _ attributes: UnsafePointer<UnsafePointer<CChar>?>) {
    self.name = localName(name)
    self.attributes = attributes
  }

  @inline(__always)
  func isNamed(_ local: StaticString) -> Bool { equals(name, local) }

  /// The value of the first attribute with this local name.
  subscript(_ local: StaticString) -> UnsafePointer<CChar>? {
    var at = attributes
    while let key = at[0] {
      if equals(localName(key), local) { return at[1] }
      at += 2
    }
    return nil
  }

  func string(_ local: StaticString) -> String? { self[local].map { String(cString: $0) } }

  func int(_ local: StaticString) -> Int? { self[local].flatMap { decimal($0) } }

  /// Whether white space at the ends of its text counts; spreadsheet programs drop it otherwise.
  var keepsSpace: Bool { self["space"].map { strcmp($0, "preserve") == 0 } ?? false }

  /// Each attribute in turn: its name as written, then its value.
  @inline(__always)
  func each(_ body: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Void) {
    var at = attributes
    while let key = at[0], let value = at[1] {
      body(key, value)
      at += 2
    }
  }
}

@inline(__always)
private func equals(_ text: UnsafePointer<CChar>, _ name: StaticString) -> Bool {
  let count = name.utf8CodeUnitCount
  return strncmp(text, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self), count) == 0
    && text[count] == 0
}

/// Without the namespace's prefix.
@inline(__always)
func localName(_ name: UnsafePointer<CChar>) -> UnsafePointer<CChar> {
  var at = name
  var local = name
  while at[0] != 0 {
    if at[0] == 0x3A { local = at + 1 }
    at += 1
  }
  return local
}

/// A whole number in digits alone, with or without a minus; nil for anything else or beyond 15 digits.
@inline(__always)
func decimal(_ text: UnsafePointer<CChar>) -> Int? {
  var at = text
  let isNegative = at[0] == 0x2D
  if isNegative { at += 1 }
  var value = 0
  var digits = 0
  while at[0] >= 0x30 && at[0] <= 0x39 {
    value = value &* 10 &+ Int(at[0] &- 0x30)
    digits += 1
    if digits > 15 { return nil }
    at += 1
  }
  if digits == 0 || at[0] != 0 { return nil }
  return isNegative ? -value : value
}
