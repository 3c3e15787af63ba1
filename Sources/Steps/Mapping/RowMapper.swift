import CSV
import Domain
import Glibc
import Model
import Records

/// Turns one row at a time into the values of its records, or into what is wrong with it.
struct RowMapper: ~Copyable {
  let binding: Binding
  let clear: Bytes
  /// Whether an apostrophe before a formula was put there by us.
  let isGuarded: Bool
  let cells: UnsafeMutableBufferPointer<Bytes>
  let slots: UnsafeMutableBufferPointer<Slot>
  let keyed: UnsafeMutableBufferPointer<Bool>
  let currencies: UnsafeMutableBufferPointer<Currency?>
  let quick: UnsafeMutableBufferPointer<QuickRule>
  let parts: UnsafeMutableBufferPointer<HotPart>
  /// Of the parts that are places, in the current row.
  let places: UnsafeMutableBufferPointer<PlaceCells>
  let shapes: UnsafeMutableBufferPointer<RecordShape>
  /// `"name":` of each slot.
  let prefixes: UnsafeMutableBufferPointer<Bytes>
  let names: UnsafeMutableBufferPointer<Bytes>
  private let words: UnsafeMutableBufferPointer<Bytes>
  let ruleCount: Int
  var arena = RowArena()
  var memo = BoundedTable(slots: 1 << 16, bytes: 4 << 20)
  var keys = BoundedTable(slots: 1 << 16, bytes: 8 << 20)
  var address = AddressKey()
  var scratch: [UInt8] = []
  /// Everything wrong with the current row.
  var issues: [Issue] = []
  /// Worth saying about the current row, which is accepted.
  var warnings: [Issue] = []

  init(_ binding: Binding, clear: String, isGuarded: Bool) {
    self.binding = binding
    self.isGuarded = isGuarded
    words = Self.lasting([Array(clear.utf8)])
    self.clear = words[0]
    let columnNames = binding.table.columns.map { Array(JSON.quote($0.property).utf8.dropFirst().dropLast()) }
    cells = .allocate(capacity: max(1, binding.table.columns.count))
    cells.initialize(repeating: Bytes(start: nil, count: 0))
    slots = .allocate(capacity: max(1, binding.plan.slotCount))
    slots.initialize(repeating: Slot())
    parts = .allocate(capacity: binding.plan.parts.count)
    _ = parts.initialize(from: binding.plan.parts.map { HotPart($0) })
    places = .allocate(capacity: parts.count)
    places.initialize(repeating: PlaceCells())
    keyed = .allocate(capacity: parts.count)
    keyed.initialize(repeating: false)
    currencies = .allocate(capacity: parts.count)
    currencies.initialize(repeating: nil)
    ruleCount = binding.rules.count
    quick = .allocate(capacity: max(1, binding.rules.count))
    _ = quick.initialize(from: binding.rules.map { QuickRule($0) })
    names = Self.lasting(columnNames)
    prefixes = Self.lasting(binding.plan.parts.flatMap(\.prefixes))
    shapes = .allocate(capacity: parts.count)
    _ = shapes.initialize(from: binding.plan.parts.map { RecordShape($0) })
  }

  /// Copies that live until `release`.
  private static func lasting(_ texts: [[UInt8]]) -> UnsafeMutableBufferPointer<Bytes> {
    let all = UnsafeMutableBufferPointer<Bytes>.allocate(capacity: texts.count)
    for (index, text) in texts.enumerated() {
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, text.count))
      _ = copy.initialize(from: text)
      all.initializeElement(at: index, to: Bytes(start: copy.baseAddress, count: text.count))
    }
    return all
  }

  private static func release(_ texts: UnsafeMutableBufferPointer<Bytes>) {
    for text in texts { text.deallocate() }
    texts.deallocate()
  }

  deinit {
    cells.deallocate()
    slots.deallocate()
    keyed.deallocate()
    currencies.deallocate()
    quick.deallocate()
    places.deallocate()
    Self.release(names)
    Self.release(words)
    Self.release(prefixes)
    shapes.deallocate()
    for part in parts { part.release() }
    parts.deallocate()
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
    for rule in 0..<ruleCount { apply(rule) }
    expectPlaces()
    for part in parts.indices { complete(part) }
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
        let name = String(decoding: key, as: UTF8.self)
        if RejectWriter.ownColumns.contains(name) { continue }
        return name
      }
      expected = column + 1
      if case .null = token.kind { continue }
      var text = source.bytes(token)
      if token.escaped, case .string = token.kind {
        text = source.unescape(token, into: arena.reserve(text.count)) ?? text
      }
      text = TextBytes.trim(isGuarded ? FormulaGuard.removed(from: text) : text)
      cells[column] = FormulaGuard.textFormula(text).map { TextBytes.trim($0) } ?? text
    }
    return nil
  }

  private func column(_ key: Bytes, from expected: Int) -> Int? {
    var index = expected
    for _ in names.indices {
      if index >= names.count { index = 0 }
      if Self.equal(names[index], key) { return index }
      index += 1
    }
    return nil
  }

  @inline(__always)
  private static func equal(_ name: Bytes, _ key: Bytes) -> Bool {
    guard name.count == key.count else { return false }
    guard let left = UnsafeRawPointer(name.baseAddress), let right = UnsafeRawPointer(key.baseAddress) else {
      return true
    }
    guard (8...16).contains(key.count) else { return memcmp(left, right, key.count) == 0 }
    // Most names of columns: their first and last eight bytes are all of them.
    let last = key.count &- 8
    return left.loadUnaligned(as: UInt64.self) == right.loadUnaligned(as: UInt64.self)
      && left.loadUnaligned(fromByteOffset: last, as: UInt64.self)
        == right.loadUnaligned(fromByteOffset: last, as: UInt64.self)
  }

  // MARK: Values

  private mutating func apply(_ number: Int) {
    let rule = quick[number]
    let text = rule.column >= 0 ? cells[rule.column] : Bytes(start: nil, count: 0)
    if text.isEmpty {
      if rule.isDemanding { applySlowly(number, text) }
      return
    }
    let isPlain = !Self.equal(clear, text)
    switch rule.action {
    case .text where isPlain: slots[rule.slot] = .text(text)
    case .date where isPlain && CalendarDate.parseISO(text) != nil: slots[rule.slot] = .text(text)
    case .money where isPlain:
      guard let known = currencies[rule.part], rule.ownCurrency == nil,
        !rule.isMarkUnproven || !ColumnProof.mayHoldGroups(text),
        let money = try? Money.parse(text, mark: rule.mark, currency: known), money.isPlausible
      else { return applySlowly(number, text) }
      slots[rule.slot] = .integer(money.minor)
    case .currency where isPlain:
      guard let currency = Currency(text), text.allSatisfy({ $0 < 0x61 }) else { return applySlowly(number, text) }
      slots[rule.slot] = .text(text)
      currencies[rule.part] = currency
    case .memo where isPlain:
      if !recallKnown(number, rule, text) { applySlowly(number, text) }
    default: applySlowly(number, text)
    }
  }

  private mutating func recallKnown(_ number: Int, _ rule: QuickRule, _ text: Bytes) -> Bool {
    guard let known = memo.find(memoKey(number: rule.number, text)) else { return false }
    if known[0] == Slot.Kind.text.rawValue, known[1] == 0 {
      slots[rule.slot] = .text(arena.copy(Bytes(rebasing: known[18...])))
    } else {
      recall(rule.slot, rule.upSlot, known)
    }
    return true
  }

  private mutating func memoKey(number: Int, _ text: Bytes) -> Bytes {
    let key = arena.reserve(text.count + 2)
    key[0] = UInt8(truncatingIfNeeded: number)
    key[1] = UInt8(truncatingIfNeeded: number >> 8)
    if let base = text.baseAddress { (key + 2).update(from: base, count: text.count) }
    return Bytes(start: key, count: text.count + 2)
  }

  @inline(never)
  private mutating func applySlowly(_ number: Int, _ cell: Bytes) {
    let rule = binding.rules[number]
    var text = cell
    if text.isEmpty, let fallback = rule.fallback { text = fallback.withUnsafeBufferPointer { arena.copy($0) } }
    let isClear = Self.equal(clear, text)
    if text.isEmpty || isClear {
      if rule.required {
        note(rule, text, CellError(.required))
      } else if isClear {
        slots[rule.slot].kind = .cleared
      }
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
    let bytes = memoKey(number: rule.reader.number, text)
    if let known = memo.find(bytes) { return recall(rule.slot, rule.upSlot ?? -1, known) }
    let (slot, up, _) = try rule.reader.read(text, currency: nil, arena: &arena)
    var value: [UInt8] = [slot.kind.rawValue, up == nil ? 0 : 1]
    withUnsafeBytes(of: slot.integer) { value += $0 }
    withUnsafeBytes(of: up ?? 0) { value += $0 }
    value += slot.text
    value.withUnsafeBufferPointer { memo.insert(bytes, $0) }
    value.withUnsafeBufferPointer { recall(rule.slot, rule.upSlot ?? -1, $0) }
  }

  /// `up` is the slot of a second number that the text holds, -1 where none is wanted.
  private mutating func recall(_ slot: Int, _ up: Int, _ value: Bytes) {
    let raw = UnsafeRawBufferPointer(value)
    if value[0] == Slot.Kind.integer.rawValue {
      slots[slot] = .integer(raw.loadUnaligned(fromByteOffset: 2, as: Int64.self))
    } else {
      slots[slot] = .text(arena.copy(Bytes(rebasing: value[18...])))
    }
    if value[1] == 1, up >= 0 {
      slots[up] = .integer(raw.loadUnaligned(fromByteOffset: 10, as: Int64.self))
    }
  }

  private mutating func note(_ rule: BoundRule, _ text: Bytes, _ error: CellError) {
    issues.append(
      Issue(
        error.code.rawValue, .error, field: rule.header, message: error.message, hint: error.hint,
        value: String(decoding: text, as: UTF8.self)))
  }
}

/// What the hot path needs of a rule, without references.
struct QuickRule {
  enum Action { case text, date, money, currency, memo, other }
  let action: Action
  /// -1 for a constant.
  let column: Int
  let part: Int
  let slot: Int
  /// -1 where there is none.
  let upSlot: Int
  let number: Int
  let mark: DecimalMark?
  /// Whether the mark was said by a person and the column does not prove it.
  let isMarkUnproven: Bool
  let ownCurrency: Currency?
  /// Whether a blank cell matters.
  let isDemanding: Bool

  init(_ rule: BoundRule) {
    column = rule.column ?? -1
    part = rule.part
    slot = rule.slot
    upSlot = rule.upSlot ?? -1
    number = rule.reader.number
    mark = rule.reader.reading.mark
    isMarkUnproven = mark != rule.reader.proof.mark
    ownCurrency = rule.reader.ownCurrency
    isDemanding = rule.required || rule.fallback != nil
    let isContradicted = rule.reader.quickAction == .money && rule.reader.proof.contradicts(mark)
    action = rule.reader.isMemoised ? .memo : isContradicted ? .other : rule.reader.quickAction
  }
}
