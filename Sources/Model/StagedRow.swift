package import Domain

/// The values of one record, field by field, and the bytes they are staged and hashed as.
///
/// A field is absent (the source says nothing: leave), has a value, or is cleared. The encoding is a list of the fields that
/// are not absent in order of their numbers: a varint `number << 2 | kind` (0 text, 1 whole number, 2 cleared), then a varint
/// length and bytes, or a zigzag varint. The hash of a record leaves out cleared fields, so that absent and empty hash alike;
/// that of a staged row has them.
package struct StagedRow: ~Copyable {
  package enum Kind: UInt8 { case absent, text, integer, cleared }

  package let entity: Entity
  private let numbers: [UInt64]
  private let keyPlan: [KeyStep]
  @usableFromInline let cells: UnsafeMutableBufferPointer<Cell>
  /// The texts of the row one after another.
  @usableFromInline private(set) var arena: UnsafeMutablePointer<UInt8>
  private var size = 4096
  /// Room for the row's encoding, however it turns out.
  private var encoding: UnsafeMutablePointer<UInt8>
  private var used = 0
  /// True once a field was cleared, until `reset`.
  package private(set) var hasClears = false

  @usableFromInline struct Cell {
    @usableFromInline var kind = Kind.absent
    @usableFromInline var integer: Int64 = 0
    @usableFromInline var start = 0
    @usableFromInline var length = 0
  }

  package init(_ entity: Entity) {
    self.entity = entity
    numbers = entity.fields.map { UInt64($0.number) << 2 }
    keyPlan = entity.key.compactMap { part in
      entity.index(of: part.field).map {
        KeyStep(field: $0, name: part.field, normal: part.normal, isReference: entity.fields[$0].reference != nil)
      }
    }
    cells = .allocate(capacity: entity.fields.count)
    cells.initialize(repeating: Cell())
    arena = .allocate(capacity: size)
    encoding = .allocate(capacity: size + Self.mostBesideText * entity.fields.count)
  }

  /// Bytes of a field's number and of its length or whole number.
  private static let mostBesideText = 20

  deinit {
    cells.deallocate()
    arena.deallocate()
    encoding.deallocate()
  }

  package mutating func reset() {
    for index in cells.indices { cells[index].kind = .absent }
    hasClears = false
    used = 0
  }

  @inlinable package func kind(_ field: Int) -> Kind { cells[field].kind }
  @inlinable package func integer(_ field: Int) -> Int64? { cells[field].kind == .integer ? cells[field].integer : nil }

  package func text(_ field: Int) -> String? {
    cells[field].kind == .text ? String(decoding: bytes(cells[field]), as: UTF8.self) : nil
  }

  @inlinable
  func bytes(_ cell: Cell) -> Bytes { Bytes(start: arena + cell.start, count: cell.length) }

  /// Lends the bytes of a text field; they are valid only within `body`.
  @inlinable
  package func withText<Result>(_ field: Int, _ body: (Bytes) throws -> Result) rethrows -> Result {
    try body(bytes(cells[field]))
  }

  package mutating func set(_ field: Int, text: Bytes) {
    if used + text.count > size { widen(text.count) }
    if let base = text.baseAddress { (arena + used).update(from: base, count: text.count) }
    cells[field] = Cell(kind: .text, start: used, length: text.count)
    used += text.count
  }

  private mutating func widen(_ count: Int) {
    size = max(size * 2, used + count)
    let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    wider.update(from: arena, count: used)
    arena.deallocate()
    arena = wider
    encoding.deallocate()
    encoding = .allocate(capacity: size + Self.mostBesideText * cells.count)
  }

  package mutating func set(_ field: Int, text: String) {
    var text = text
    text.withUTF8 { set(field, text: $0) }
  }

  package mutating func set(_ field: Int, integer: Int64) { cells[field] = Cell(kind: .integer, integer: integer) }

  package mutating func clear(_ field: Int) {
    cells[field].kind = .cleared
    hasClears = true
  }

  package mutating func remove(_ field: Int) { cells[field].kind = .absent }

  /// Appends the encoding; without cleared fields it is what the row hash covers.
  package func encode(clears: Bool, into bytes: inout [UInt8]) {
    var end = encoding
    for index in cells.indices {
      let cell = cells[index]
      switch cell.kind {
      case .absent: continue
      case .text:
        Varint.write(numbers[index], to: &end)
        Varint.write(UInt64(cell.length), to: &end)
        end.update(from: arena + cell.start, count: cell.length)
        end += cell.length
      case .integer:
        Varint.write(numbers[index] | 1, to: &end)
        Varint.write(Varint.zigzag(cell.integer), to: &end)
      case .cleared:
        if clears { Varint.write(numbers[index] | 2, to: &end) }
      }
    }
    bytes.append(contentsOf: Bytes(start: encoding, count: end - encoding))
  }

  /// Replaces the values by those of an encoding; false when the bytes are not one.
  package mutating func decode(_ bytes: Bytes) -> Bool {
    reset()
    var i = 0
    var last = -1
    while i < bytes.count {
      guard let tag = Varint.read(bytes, &i), let field = place(tag & ~3, after: last) else { return false }
      last = field
      switch tag & 3 {
      case 0:
        guard let length = Varint.read(bytes, &i), length <= UInt64(bytes.count - i) else { return false }
        set(field, text: Bytes(rebasing: bytes[i..<i + Int(length)]))
        i += Int(length)
      case 1:
        guard let value = Varint.read(bytes, &i) else { return false }
        set(field, integer: Varint.unzigzag(value))
      case 2: clear(field)
      default: return false
      }
    }
    return true
  }

  private func place(_ number: UInt64, after last: Int) -> Int? {
    var index = last + 1
    while index < numbers.count {
      if numbers[index] == number { return index }
      index += 1
    }
    return nil
  }

  /// Appends the record's natural key, references first replaced by the keys they hold; names the field without a value.
  package func appendKey(to key: inout [UInt8]) -> String? {
    for position in keyPlan.indices {
      let step = keyPlan[position]
      if position > 0 { NaturalKey.appendSeparator(to: &key) }
      switch cells[step.field].kind {
      case .integer: NaturalKey.append(cells[step.field].integer, to: &key)
      case .text:
        let start = key.count
        if step.isReference {
          withText(step.field) { key.append(contentsOf: $0) }
        } else {
          _ = withText(step.field) { NaturalKey.append($0, step.normal, to: &key) }
        }
        if key.count == start { return step.name }
      default:
        guard step.normal.mayBeAbsent else { return step.name }
        key.append(0x2d)
      }
    }
    return nil
  }
}

/// One part of a natural key, looked up once.
private struct KeyStep {
  let field: Int
  let name: String
  let normal: KeyNormal
  let isReference: Bool
}

/// Whole numbers in as many bytes as they need, seven bits each, lowest first.
enum Varint {
  /// Writes at most ten bytes and moves `end` behind them.
  @inline(__always)
  static func write(_ value: UInt64, to end: inout UnsafeMutablePointer<UInt8>) {
    var value = value
    while value >= 0x80 {
      end.pointee = UInt8(truncatingIfNeeded: value) | 0x80
      end += 1
      value >>= 7
    }
    end.pointee = UInt8(truncatingIfNeeded: value)
    end += 1
  }

  static func read(_ bytes: Bytes, _ i: inout Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while i < bytes.count, shift < 64 {
      let byte = bytes[i]
      i += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: (value << 1) ^ (value >> 63)) }
  static func unzigzag(_ value: UInt64) -> Int64 { Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
}
