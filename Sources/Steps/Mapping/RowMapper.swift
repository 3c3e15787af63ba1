import Domain
import Model
import Records

/// Turns one row at a time into the values of its records, or into what is wrong with it.
struct RowMapper: ~Copyable {
  let binding: Binding
  private let clear: [UInt8]
  private let columnNames: [[UInt8]]
  private let cells: UnsafeMutableBufferPointer<Bytes>
  let slots: UnsafeMutableBufferPointer<Slot>
  private var keyed: [Bool]
  private var currencies: [Currency?]
  private var arena = RowArena()
  private var memo = BoundedTable(slots: 1 << 16, bytes: 4 << 20)
  private var keys = BoundedTable(slots: 1 << 16, bytes: 8 << 20)
  private var address = AddressKey()
  private var scratch: [UInt8] = []
  /// Everything wrong with the current row.
  private(set) var issues: [Issue] = []
  /// Worth saying about the current row, which is accepted.
  private(set) var warnings: [Issue] = []

  init(_ binding: Binding, clear: String) {
    self.binding = binding
    self.clear = Array(clear.utf8)
    columnNames = binding.table.columns.map { Array(JSON.quote($0.property).utf8.dropFirst().dropLast()) }
    cells = .allocate(capacity: max(1, binding.table.columns.count))
    cells.initialize(repeating: Bytes(start: nil, count: 0))
    slots = .allocate(capacity: max(1, binding.plan.slotCount))
    slots.initialize(repeating: Slot())
    keyed = Array(repeating: false, count: binding.plan.parts.count)
    currencies = Array(repeating: nil, count: binding.plan.parts.count)
  }

  deinit {
    cells.deallocate()
    slots.deallocate()
  }

  /// Whether a part of the current row has its key and is a record.
  func isRecord(_ part: Int) -> Bool { keyed[part] }

  /// Reads the current record of the stream; true when it is accepted. A member outside of the table is named.
  mutating func map(_ source: borrowing StreamReader) -> (accepted: Bool, unknown: String?) {
    arena.reset()
    if !issues.isEmpty { issues.removeAll() }
    if !warnings.isEmpty { warnings.removeAll() }
    for index in cells.indices { cells[index] = Bytes(start: nil, count: 0) }
    for index in slots.indices { slots[index].kind = .absent }
    for index in currencies.indices { currencies[index] = nil }
    if let unknown = take(source) { return (false, unknown) }
    for rule in binding.rules.indices { apply(rule) }
    for part in binding.plan.parts.indices { complete(part) }
    return (issues.isEmpty, nil)
  }

  // MARK: Cells

  /// Lends the cells of the row; answers the name of a member that is no column.
  private mutating func take(_ source: borrowing StreamReader) -> String? {
    var expected = 0
    for index in 0..<source.fields.count {
      let token = source.fields[index]
      let key = source.key(token)
      guard let column = column(key, from: expected) else {
        if key.first == 0x5F { continue }
        return String(decoding: key, as: UTF8.self)
      }
      expected = column + 1
      if token.kind == .null { continue }
      var text = source.bytes(token)
      if token.kind == .string, token.escaped {
        text = source.unescape(token, into: arena.reserve(text.count)) ?? text
      }
      cells[column] = TextBytes.trim(text)
    }
    return nil
  }

  private func column(_ key: Bytes, from expected: Int) -> Int? {
    for index in expected..<max(expected, columnNames.count) where Self.equal(columnNames[index], key) { return index }
    for index in 0..<min(expected, columnNames.count) where Self.equal(columnNames[index], key) { return index }
    return nil
  }

  @inline(__always)
  private static func equal(_ name: [UInt8], _ key: Bytes) -> Bool {
    name.count == key.count && name.withUnsafeBufferPointer { $0.elementsEqual(key) }
  }

  // MARK: Values

  private mutating func apply(_ number: Int) {
    let rule = binding.rules[number]
    var text = rule.column.map { cells[$0] } ?? Bytes(start: nil, count: 0)
    if text.isEmpty, let fallback = rule.fallback { text = fallback.withUnsafeBufferPointer { arena.copy($0) } }
    if text.isEmpty {
      if rule.required { note(rule, text, CellError(.required)) }
      return
    }
    if Self.equal(clear, text) {
      if rule.required { note(rule, text, CellError(.required)) } else { slots[rule.slot].kind = .cleared }
      return
    }
    do throws(CellError) {
      try read(rule, text)
    } catch {
      note(rule, text, error)
    }
  }

  private mutating func read(_ rule: BoundRule, _ text: Bytes) throws(CellError) {
    let reader = rule.reader
    if reader.isMemoised { return try readOnce(rule, text) }
    let expected = reader.type == .money ? reader.ownCurrency ?? currencies[rule.part] ?? reader.reading.currency : nil
    let (slot, _, currency) = try reader.read(text, currency: expected, arena: &arena)
    slots[rule.slot] = slot
    if reader.type == .currency {
      currencies[rule.part] = Currency(slot.text)
    } else if let currency {
      try settle(currency, rule.part)
    }
  }

  /// All amounts of a record are of one currency, which it names.
  private mutating func settle(_ currency: Currency, _ part: Int) throws(CellError) {
    if let known = currencies[part], known != currency {
      throw CellError(.currency, "\(currency.code) in a record whose currency is \(known.code)")
    }
    currencies[part] = currency
    guard let slot = binding.plan.parts[part].currencySlot, slots[slot].kind == .absent else { return }
    let target = arena.reserve(3)
    for (index, letter) in currency.code.utf8.enumerated() { target[index] = letter }
    slots[slot] = .text(Bytes(start: target, count: 3))
  }

  /// Through the memo: a distinct text of a column is read once.
  private mutating func readOnce(_ rule: BoundRule, _ text: Bytes) throws(CellError) {
    let key = arena.reserve(text.count + 2)
    key[0] = UInt8(truncatingIfNeeded: rule.reader.number)
    key[1] = UInt8(truncatingIfNeeded: rule.reader.number >> 8)
    if let base = text.baseAddress { (key + 2).update(from: base, count: text.count) }
    let bytes = Bytes(start: key, count: text.count + 2)
    if let known = memo.find(bytes) { return recall(rule, known) }
    let (slot, up, _) = try rule.reader.read(text, currency: nil, arena: &arena)
    var value: [UInt8] = [slot.kind.rawValue, up == nil ? 0 : 1]
    withUnsafeBytes(of: slot.integer) { value += $0 }
    withUnsafeBytes(of: up ?? 0) { value += $0 }
    value += slot.text
    value.withUnsafeBufferPointer { memo.insert(bytes, $0) }
    value.withUnsafeBufferPointer { recall(rule, $0) }
  }

  private mutating func recall(_ rule: BoundRule, _ value: Bytes) {
    let raw = UnsafeRawBufferPointer(value)
    if value[0] == Slot.Kind.integer.rawValue {
      slots[rule.slot] = .integer(raw.loadUnaligned(fromByteOffset: 2, as: Int64.self))
    } else {
      slots[rule.slot] = .text(arena.copy(Bytes(rebasing: value[18...])))
    }
    if value[1] == 1, let up = rule.upSlot {
      slots[up] = .integer(raw.loadUnaligned(fromByteOffset: 10, as: Int64.self))
    }
  }

  private mutating func note(_ rule: BoundRule, _ text: Bytes, _ error: CellError) {
    issues.append(
      Issue(
        error.code.rawValue, .error, field: rule.header, message: error.message, hint: error.hint,
        value: String(decoding: text, as: UTF8.self)))
  }

  // MARK: Keys and references

  private mutating func complete(_ index: Int) {
    let part = binding.plan.parts[index]
    for copy in part.copies where slots[copy.to].kind == .absent && isGiven(copy.from) {
      if let owner = owner(of: copy.from), owner != index, !keyed[owner] { continue }
      slots[copy.to] = slots[copy.from]
    }
    derive(part)
    let hasKey = part.ownKeys.allSatisfy { isGiven($0) } && part.referenceKeys.allSatisfy { isGiven($0) }
    keyed[index] = hasKey && (part.isMain || !part.ownKeys.isEmpty || hasMore(part))
    if part.isMain { checkMain(part) } else if !keyed[index], hasMore(part) { warn(part) }
  }

  private func owner(of slot: Int) -> Int? {
    binding.plan.parts.firstIndex { slot >= $0.firstSlot && slot < $0.firstSlot + $0.prefixes.count && !$0.isMain }
  }

  private func isGiven(_ slot: Int) -> Bool { slots[slot].kind == .text || slots[slot].kind == .integer }

  /// Whether a cell of the row filled anything but the key and the currency.
  private func hasMore(_ part: PartPlan) -> Bool {
    let copied = part.copies
    for slot in part.firstSlot..<part.firstSlot + part.prefixes.count where slots[slot].kind != .absent {
      let name = part.shape.properties[slot - part.firstSlot].name
      if part.ownKeys.contains(slot) || part.referenceKeys.contains(slot) || slot == part.currencySlot { continue }
      if copied.contains(where: { $0.to == slot }) || name == "kind" || name == "seq" { continue }
      return true
    }
    return false
  }

  private mutating func checkMain(_ part: PartPlan) {
    for slot in part.ownKeys + part.referenceKeys {
      let property = part.shape.properties[slot - part.firstSlot]
      if !isGiven(slot) {
        let rule = binding.rules.first { $0.slot == slot }
        let name = rule?.header ?? part.entity.singular + "." + property.name
        if issues.contains(where: { $0.field == name }) { continue }
        let isAnswered = !issues.isEmpty && rule == nil
        if !isAnswered { issues.append(Self.issue(.required, name, "")) }
      } else if property.normal == .circuitID
        || part.entity.key.contains(where: { $0.field == property.name && $0.normal == .circuitID })
      {
        scratch.removeAll(keepingCapacity: true)
        if CircuitID.normalize(slots[slot].text, into: &scratch) == 0 {
          let header = binding.rules.first { $0.slot == slot }?.header ?? property.name
          issues.append(Self.issue(.key, header, String(decoding: slots[slot].text, as: UTF8.self)))
        }
      }
    }
  }

  private static func issue(_ code: RejectCode, _ field: String, _ value: String) -> Issue {
    Issue(code.rawValue, .error, field: field, message: code.meaning, hint: code.remedy, value: value)
  }

  /// Values of a record without its key cannot be kept; the row says so.
  private mutating func warn(_ part: PartPlan) {
    warnings.append(
      Issue(
        "W_NO_KEY", .warn, field: part.entity.singular, message: "its key is blank, so its other values are left out",
        hint: "fill the key's cells"))
  }

  private mutating func derive(_ part: PartPlan) {
    switch part.derivation {
    case .none: return
    case .contract: setDefault(part.slot("kind"), text: "service_order", part)
    case .term:
      let seq = part.slot("seq")
      if slots[seq].kind == .absent { slots[seq] = .integer(1) }
    case .carrier: deriveCarrier(part)
    case .endpoint: derivePlace(part, ["clli", "suite", "street", "city", "state", "postal", "country", "name"])
    case .customer: derivePlace(part, ["external_ref", "name", "street", "city", "state", "postal", "country"])
    }
  }

  private mutating func setDefault(_ slot: Int, text: StaticString, _ part: PartPlan) {
    guard slots[slot].kind == .absent else { return }
    slots[slot] = .text(Bytes(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func deriveCarrier(_ part: PartPlan) {
    let slug = part.slot("slug")
    let name = slots[part.slot("name")]
    guard slots[slug].kind == .absent, name.kind == .text else { return }
    if let known = keys.find(name.text) {
      slots[slug] = .text(arena.copy(known))
      return
    }
    var out: [UInt8] = []
    CarrierName.slug(name.text, into: &out)
    if out.isEmpty {
      issues.append(Self.issue(.key, header(part.slot("name")), String(decoding: name.text, as: UTF8.self)))
      return
    }
    out.withUnsafeBufferPointer { keys.insert(name.text, $0) }
    slots[slug] = .text(out.withUnsafeBufferPointer { arena.copy($0) })
  }

  private func header(_ slot: Int) -> String { binding.rules.first { $0.slot == slot }?.header ?? "" }

  /// The key of an endpoint or a customer of its cells, each distinct combination made once.
  private mutating func derivePlace(_ part: PartPlan, _ names: [String]) {
    let key = part.slot("key")
    guard slots[key].kind == .absent else { return }
    let place = PlaceCells(part, names)
    scratch.removeAll(keepingCapacity: true)
    scratch.append(part.derivation == .endpoint ? 1 : 2)
    var isBlank = true
    for slot in place.slots {
      let text = slots[slot].kind == .text ? slots[slot].text : Bytes(start: nil, count: 0)
      if !text.isEmpty { isBlank = false }
      scratch.append(contentsOf: text)
      scratch.append(0)
    }
    if isBlank { return }
    let found = scratch.withUnsafeBufferPointer { keys.find($0).map { arena.copy($0) } }
    if let found {
      if !found.isEmpty { slots[key] = .text(found) }
      return
    }
    var out: [UInt8] = []
    if part.derivation == .endpoint { appendEndpoint(place, &out) } else { appendCustomer(place, &out) }
    let text = out.withUnsafeBufferPointer { arena.copy($0) }
    scratch.withUnsafeBufferPointer { keys.insert($0, text) }
    if !text.isEmpty { slots[key] = .text(text) }
  }

  private func text(_ slot: Int) -> Bytes? { slots[slot].kind == .text ? slots[slot].text : nil }

  private mutating func appendEndpoint(_ place: PlaceCells, _ out: inout [UInt8]) {
    let s = place.slots
    if let clli = text(s[0]) {
      out += Array("clli:".utf8)
      TextBytes.appendFolded(clli, into: &out)
      if let suite = text(s[1]) {
        out.append(0x3A)
        TextBytes.appendFolded(suite, into: &out)
      }
    } else if (2...6).contains(where: { text(s[$0]) != nil }) {
      out += Array("addr:".utf8)
      address.append(
        street: text(s[2]), suite: text(s[1]), city: text(s[3]), state: text(s[4]), postal: text(s[5]),
        country: text(s[6]), into: &out)
    } else if let name = text(s[7]) {
      out += Array("name:".utf8)
      TextBytes.appendFolded(name, into: &out)
    }
  }

  private mutating func appendCustomer(_ place: PlaceCells, _ out: inout [UInt8]) {
    let s = place.slots
    if let reference = text(s[0]) {
      out += Array("ref:".utf8)
      TextBytes.appendFolded(reference, into: &out)
    } else if let name = text(s[1]) {
      out += Array("name:".utf8)
      TextBytes.appendFolded(name, into: &out)
      guard (2...6).contains(where: { text(s[$0]) != nil }) else { return }
      out.append(0x7C)
      address.append(
        street: text(s[2]), suite: nil, city: text(s[3]), state: text(s[4]), postal: text(s[5]), country: text(s[6]),
        into: &out)
    }
  }
}

/// The slots of the cells that a place's key is made of.
private struct PlaceCells {
  let slots: [Int]

  init(_ part: PartPlan, _ names: [String]) { slots = names.map { part.slot($0) } }
}
