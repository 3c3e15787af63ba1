import Domain
import Glibc
import Model
import Records

/// Turns the members of one wire record into a staged row: known names, right types, references as natural keys.
struct RecordParser: ~Copyable {
  let shape: WireShape
  let stream: Int
  private(set) var row: StagedRow
  private(set) var issues: [Issue] = []
  /// The names of the properties, kept as long as the parser.
  private let names: UnsafeMutableBufferPointer<Bytes>
  /// What the hot path asks of each property and field, without touching their texts.
  private let normals: [KeyNormal]
  private let areCarriers: [Bool]
  private let areReferences: [Bool]
  private let checks: [ValueCheck]
  private let isCarriers: Bool
  private let required: [(field: Int, name: String)]
  private let moneyFields: [Int]
  private let currencyField: Int?
  /// Where each property's value stands: in the line, or in `arena` when it had escapes.
  private let values: UnsafeMutableBufferPointer<Value>
  private var carriers = CarrierParts()
  private var arena: [UInt8] = []
  private var key: [UInt8] = []
  private let scratch: UnsafeMutablePointer<UInt8>

  private struct Value {
    var kind: JSONKind?
    var start = 0
    var length = 0
    var isInArena = false
  }

  init(_ entity: Entity, stream: Int) {
    shape = WireShape(entity)
    self.stream = stream
    row = StagedRow(entity)
    names = .allocate(capacity: shape.properties.count)
    for (index, property) in shape.properties.enumerated() {
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, property.name.utf8.count))
      _ = copy.initialize(from: property.name.utf8)
      names.initializeElement(at: index, to: Bytes(start: copy.baseAddress, count: property.name.utf8.count))
    }
    checks = shape.properties.map { ValueCheck($0.type) }
    normals = shape.properties.map(\.normal)
    areCarriers = shape.properties.map { $0.owner == "carriers" }
    areReferences = entity.fields.map { $0.reference != nil }
    required = entity.fields.enumerated().filter { $0.element.required }.map { ($0.offset, $0.element.name) }
    isCarriers = entity.name == "carriers"
    moneyFields = entity.fields.indices.filter { entity.fields[$0].type == .money }
    currencyField = entity.fields.firstIndex { $0.type == .currency }
    values = .allocate(capacity: shape.properties.count)
    values.initialize(repeating: Value())
    scratch = .allocate(capacity: LineReader.longest)
  }

  deinit {
    scratch.deallocate()
    values.deallocate()
    for name in names { name.deallocate() }
    names.deallocate()
  }

  /// Reads the reader's current record. Anything wrong is in `issues`; the row is then not to be used.
  mutating func parse(_ reader: borrowing StreamReader, aliases: borrowing AliasTable) {
    row.reset()
    issues.removeAll(keepingCapacity: true)
    arena.removeAll(keepingCapacity: true)
    for index in values.indices { values[index].kind = nil }
    collect(reader)
    var property = 0
    for field in shape.partCounts.indices {
      let parts = shape.partCounts[field]
      if !areReferences[field] {
        plain(field, property, reader)
      } else {
        reference(field, property, parts, reader, aliases)
      }
      property += parts
    }
    verify()
  }

  private mutating func collect(_ reader: borrowing StreamReader) {
    var expected = 0
    for index in 0..<reader.fields.count {
      let token = reader.fields[index]
      let name = reader.key(token)
      guard let property = find(name, from: expected) else {
        let text = String(decoding: name, as: UTF8.self)
        if !text.hasPrefix("_") {
          issues.append(
            Issue(
              "E_FIELD", .error, field: text, message: "no field of \(shape.entity.name)",
              hint: "see docs/data-model.md"))
        }
        continue
      }
      expected = property + 1
      var value = Value(kind: token.kind, start: Int(token.start), length: Int(token.length))
      if token.escaped, case .string = token.kind {
        guard let plain = reader.unescape(token, into: scratch) else {
          issues.append(Issue("E_TYPE", .error, field: shape.properties[property].name, message: "a broken escape"))
          continue
        }
        value.start = arena.count
        value.length = plain.count
        value.isInArena = true
        arena.append(contentsOf: plain)
      }
      values[property] = value
    }
  }

  private func find(_ name: Bytes, from expected: Int) -> Int? {
    for offset in names.indices {
      let index = expected + offset < names.count ? expected + offset : expected + offset - names.count
      let known = names[index]
      guard known.count == name.count, let left = known.baseAddress, let right = name.baseAddress else { continue }
      if memcmp(left, right, name.count) == 0 { return index }
    }
    return nil
  }

  private func withBytes<Result>(_ value: Value, _ line: Bytes, _ body: (Bytes) -> Result) -> Result {
    if value.isInArena {
      return arena.withUnsafeBufferPointer { body(Bytes(rebasing: $0[value.start..<value.start + value.length])) }
    }
    return body(Bytes(rebasing: line[value.start..<value.start + value.length]))
  }

  private mutating func plain(_ field: Int, _ property: Int, _ reader: borrowing StreamReader) {
    let value = values[property]
    switch value.kind {
    case nil: return
    case .null: row.clear(field)
    case .number:
      let bytes = reader.line[value.start..<value.start + value.length]
      guard let number = Decimal.parse(Bytes(rebasing: bytes)) else {
        return misfit(property, value, reader, Misfit(code: "E_TYPE", message: "not a whole number", hint: ""))
      }
      if let misfit = checks[property].integer(number) { return self.misfit(property, value, reader, misfit) }
      row.set(field, integer: number)
    case .string:
      let found = withBytes(value, reader.line) { checks[property].text($0) }
      if let found { return misfit(property, value, reader, found) }
      if value.isInArena {
        let bytes = Array(arena[value.start..<value.start + value.length])
        bytes.withUnsafeBufferPointer { row.set(field, text: $0) }
      } else {
        row.set(field, text: Bytes(rebasing: reader.line[value.start..<value.start + value.length]))
      }
    default:
      misfit(property, value, reader, Misfit(code: "E_TYPE", message: "neither text nor a number", hint: ""))
    }
  }

  private mutating func reference(
    _ field: Int, _ first: Int, _ parts: Int, _ reader: borrowing StreamReader, _ aliases: borrowing AliasTable
  ) {
    guard isPresent(first, parts) else {
      if case .null = values[first].kind { row.clear(field) }
      return
    }
    var key: [UInt8] = []
    swap(&key, &self.key)
    key.removeAll(keepingCapacity: true)
    for property in first..<first + parts {
      if property > first { NaturalKey.appendSeparator(to: &key) }
      let start = key.count
      let value = values[property]
      switch value.kind {
      case .string where areCarriers[property] && !value.isInArena:
        let text = Bytes(rebasing: reader.line[value.start..<value.start + value.length])
        carriers.append(text, property, normals[property], aliases, to: &key)
      case .string:
        _ = withBytes(value, reader.line) { NaturalKey.append($0, normals[property], to: &key) }
      case .number:
        key.append(contentsOf: reader.line[value.start..<value.start + value.length])
      default: break
      }
      if key.count == start {
        let hint =
          parts == 1 ? "" : "all of: " + shape.properties[first..<first + parts].map(\.name).joined(separator: ", ")
        issues.append(
          Issue(
            "E_REFERENCE", .error, field: shape.properties[property].name,
            message: "a part of the reference is missing", hint: hint))
        return
      }
      if areCarriers[property], value.isInArena || value.kind == .number { aliases.resolve(&key, from: start) }
    }
    key.withUnsafeBufferPointer { row.set(field, text: $0) }
    swap(&key, &self.key)
  }

  /// Whether any part of a reference has a value.
  private func isPresent(_ first: Int, _ parts: Int) -> Bool {
    for property in first..<first + parts {
      switch values[property].kind {
      case nil, .null: continue
      default: return true
      }
    }
    return false
  }

  private mutating func verify() {
    for index in required.indices {
      let kind = row.kind(required[index].field)
      guard kind == .absent || kind == .cleared else { continue }
      let name = required[index].name
      issues.append(Issue("E_REQUIRED", .error, field: name, message: "missing", hint: "\(name) is needed"))
    }
    if let currencyField, row.kind(currencyField) != .text {
      for field in moneyFields where row.kind(field) == .integer {
        issues.append(
          Issue(
            "E_CURRENCY", .error, field: shape.entity.fields[field].wireName, message: "an amount without a currency",
            hint: "give the record its currency"))
      }
    }
  }

  /// Appends the quotes of the values to `bytes`, for `document`; what is wrong with them is in `issues`.
  mutating func collectEvidence(_ reader: borrowing StreamReader, _ document: String?, _ bytes: inout [UInt8]) {
    let found = RecordEvidence.read(reader.provenance, of: row, shape, document: document)
    issues += found.issues
    RecordEvidence.encode(found.quotes, into: &bytes)
  }

  /// Fills a reference that the record left open.
  mutating func refer(_ field: Int, to key: String) { row.set(field, text: key) }

  private mutating func misfit(_ property: Int, _ value: Value, _ reader: borrowing StreamReader, _ misfit: Misfit) {
    let text = withBytes(value, reader.line) { String(decoding: $0.prefix(200), as: UTF8.self) }
    issues.append(
      Issue(
        misfit.code, .error, field: shape.properties[property].name, message: misfit.message, hint: misfit.hint,
        value: text))
  }

  /// The row's own natural key, a carrier's other names replaced by its slug; nil after noting what is missing.
  mutating func appendKey(to target: inout [UInt8], aliases: borrowing AliasTable) -> Bool {
    let start = target.count
    if let missing = row.appendKey(to: &target) {
      issues.append(
        Issue("E_KEY", .error, field: missing, message: "nothing is left of the key", hint: "give it letters or digits")
      )
      return false
    }
    if isCarriers { aliases.resolve(&target, from: start) }
    return true
  }
}
