import Domain
import Model
import Records

/// What one cell was read as; text is valid as long as the row.
struct Slot {
  enum Kind: UInt8 { case absent, text, integer, cleared }
  var kind = Kind.absent
  var text = Bytes(start: nil, count: 0)
  var integer: Int64 = 0

  static func text(_ bytes: Bytes) -> Slot { Slot(kind: .text, text: bytes) }
  static func integer(_ value: Int64) -> Slot { Slot(kind: .integer, integer: value) }
}

/// Reads the cells of one column by the type of their field.
struct CellReader {
  let type: FieldType
  let reading: Reading
  let proof: ColumnProof
  /// What the column itself says its amounts are in.
  let ownCurrency: Currency?
  /// Distinguishes this column's texts from others' in a shared memo.
  let number: Int
  private let words: [[UInt8]: [UInt8]]
  private let style: Style
  private let kind: CodeList?

  private enum Style { case plain, slug, serviceCode, months }

  init(
    property: WireProperty, entity: Entity, reading: Reading, proof: ColumnProof, own: Currency?,
    words: [String: String], number: Int
  ) {
    self.proof = proof
    ownCurrency = own
    type = property.type
    self.reading = reading
    self.number = number
    var table: [[UInt8]: [UInt8]] = [:]
    for (word, value) in words { table[Self.folded(word)] = Array(value.utf8) }
    self.words = table
    let field = entity.fields[property.field]
    if property.normal == .slug || (entity.name == "carriers" && field.name == "slug") {
      style = .slug
    } else if property.owner == "service_types", field.reference != nil || field.name == "code" {
      style = .serviceCode
    } else {
      style = field.isTerm ? .months : .plain
    }
    if case .code(let list) = type { kind = CodeList(entity.name, field.name, list) } else { kind = nil }
  }

  private static func folded(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    TextBytes.withBytes(of: text) { TextBytes.appendFolded(TextBytes.trim($0), into: &out) }
    return out
  }

  /// Whether distinct texts are few and slow to read, so that each is read once.
  var isMemoised: Bool {
    if !words.isEmpty { return true }
    switch type {
    case .bandwidth, .code, .flag: return true
    case .text, .reference: return style != .plain
    case .integer: return style == .months
    default: return false
    }
  }

  /// How the hot path treats texts that need no look at anything else.
  var quickAction: QuickRule.Action {
    switch type {
    case .text, .reference: .text
    case .date: .date
    case .money: .money
    case .currency: .currency
    default: .other
    }
  }

  /// Reads a trimmed text that is not blank. Gives the value, and the second of two speeds.
  @inline(__always)
  func read(_ text: Bytes, currency: Currency?, arena: inout RowArena) throws(CellError) -> (
    Slot, up: Int64?, Currency?
  ) {
    switch type {
    case .text, .reference:
      if style == .plain, words.isEmpty { return (.text(text), nil, nil) }
    case .money:
      if words.isEmpty {
        let money = try money(text, currency)
        return (.integer(money.minor), nil, money.currency)
      }
    case .date:
      if words.isEmpty, CalendarDate.parseISO(text) != nil { return (.text(text), nil, nil) }
    default: break
    }
    return try slowly(text, currency, &arena)
  }

  @inline(never)
  private func slowly(
    _ raw: Bytes, _ currency: Currency?, _ arena: inout RowArena
  ) throws(CellError) -> (Slot, up: Int64?, Currency?) {
    let text = translated(raw, &arena)
    switch type {
    case .text, .reference: return (.text(try styled(text, &arena)), nil, nil)
    case .money:
      let money = try money(text, currency)
      return (.integer(money.minor), nil, money.currency)
    case .date: return (.text(try date(text, &arena)), nil, nil)
    case .bandwidth:
      let rate = try bandwidth(text)
      return (.integer(rate.kbps), rate.upKbps, nil)
    case .integer(let range): return (.integer(try integer(text, range)), nil, nil)
    case .flag: return (.integer(try flag(text)), nil, nil)
    case .degrees(let limit): return (.integer(try degrees(text, limit)), nil, nil)
    case .code: return (.text(try code(text, &arena)), nil, nil)
    case .currency:
      guard let found = Currency(text) else {
        throw CellError(.currency, "not an ISO 4217 currency", hint: "write its three letters, as USD or EUR")
      }
      var out: [UInt8] = []
      found.write(into: &out)
      return (.text(out.withUnsafeBufferPointer { arena.copy($0) }), nil, nil)
    }
  }

  private func translated(_ text: Bytes, _ arena: inout RowArena) -> Bytes {
    guard !words.isEmpty, let word = words[Self.folded(String(decoding: text, as: UTF8.self))] else { return text }
    return word.withUnsafeBufferPointer { arena.copy($0) }
  }

  private func styled(_ text: Bytes, _ arena: inout RowArena) throws(CellError) -> Bytes {
    var out: [UInt8] = []
    switch style {
    case .plain, .months: return text
    case .slug: CarrierName.slug(text, into: &out)
    case .serviceCode: Self.appendCode(text, into: &out)
    }
    if out.isEmpty { throw CellError(.key) }
    return out.withUnsafeBufferPointer { arena.copy($0) }
  }

  /// Upper case; each run of other characters one underscore, none at the ends.
  private static func appendCode(_ text: Bytes, into out: inout [UInt8]) {
    var folded: [UInt8] = []
    TextBytes.appendFolded(text, into: &folded)
    var gap = false
    for byte in folded {
      let isWord = byte &- 0x30 < 10 || byte &- 0x61 < 26 || byte >= 0x80
      if isWord, gap, !out.isEmpty { out.append(0x5F) }
      gap = !isWord
      if isWord { out.append(byte &- 0x61 < 26 ? byte & 0xDF : byte) }
    }
  }

  @inline(__always)
  private func money(_ text: Bytes, _ currency: Currency?) throws(CellError) -> Money {
    try checkMark(text, .moneyAmbiguous)
    if proof.isDoubtful(text, mark: reading.mark, exponent: currency?.exponent ?? 2) {
      throw CellError(
        .moneyAmbiguous, "three digits follow the mark, and nothing else in the column proves it",
        hint: "write the amount with two decimals or none")
    }
    do throws(MoneyError) {
      let money = try Money.parse(text, mark: reading.mark, currency: currency)
      guard money.isPlausible else { throw MoneyError.overflow }
      return money
    } catch {
      throw moneyError(error)
    }
  }

  /// Refuses a text whose mark is one in the mapping and another in the rest of its column.
  @inline(__always)
  private func checkMark(_ text: Bytes, _ code: RejectCode) throws(CellError) {
    if proof.contradicts(reading.mark), proof.isContradicted(text, mark: reading.mark) { throw markError(code) }
  }

  private func markError(_ code: RejectCode) -> CellError {
    let (said, proven) = (reading.mark?.rawValue ?? "", proof.mark?.rawValue ?? "")
    return CellError(
      code, "the mapping says decimal: \(said), and the column proves a decimal \(proven)\(proof.markSample)",
      hint: "say decimal: \(proven) in the mapping, or mend the rows that prove it")
  }

  private func moneyError(_ error: MoneyError) -> CellError {
    switch error {
    case .ambiguous: CellError(.moneyAmbiguous, error.description)
    case .currencyMismatch(let found, let expected):
      CellError(
        .currency, error.description,
        hint:
          "if it is \(found.code), write \(found.code) in the currency column; else write the amount in \(expected.code)"
      )
    case .malformed where reading.mark == .point:
      CellError(.money, error.description, hint: "write it with a decimal point, as 1250.00: the column is read so")
    case .malformed where reading.mark == .comma:
      CellError(.money, error.description, hint: "write it with a decimal comma, as 1250,00: the column is read so")
    case .currencyMissing, .currencyUnknown, .currencyUnexpected:
      CellError(.currency, error.description)
    case .tooPrecise(let exponent):
      CellError(
        .money, error.description,
        hint: "round it to \(exponent) decimals: a calculated price has more than can be billed")
    case .overflow: CellError(.range, error.description, hint: "check the amount")
    default: CellError(.money, error.description)
    }
  }

  private func date(_ text: Bytes, _ arena: inout RowArena) throws(CellError) -> Bytes {
    if reading.order == nil, proof.isContradicted(text) {
      throw CellError(
        .dateAmbiguous, "other rows of the column prove another order of day and month",
        hint: "write it as YYYY-MM-DD, or give dates: dmy or mdy for the column")
    }
    if proof.isContradicted(text, order: reading.order) {
      let (said, proven) = (reading.order?.rawValue ?? "", proof.order?.rawValue ?? "")
      throw CellError(
        .dateAmbiguous, "the mapping says dates: \(said), and the column proves \(proven)\(proof.orderSample)",
        hint: "say dates: \(proven) in the mapping, or write it as YYYY-MM-DD")
    }
    do throws(DateError) {
      let target = arena.reserve(10)
      try CalendarDate.parse(text, order: reading.order).write(into: target)
      return Bytes(start: target, count: 10)
    } catch {
      if case .ambiguous = error { throw CellError(.dateAmbiguous, error.description) }
      throw CellError(.date, error.description)
    }
  }

  private func bandwidth(_ text: Bytes) throws(CellError) -> Bandwidth {
    do throws(BandwidthError) {
      return try Bandwidth.parse(text, defaultUnit: reading.unit)
    } catch {
      throw CellError(.bandwidth, error.description)
    }
  }

  private func integer(_ text: Bytes, _ range: ClosedRange<Int64>) throws(CellError) -> Int64 {
    let value: Int64
    if style == .months {
      do throws(TermError) {
        value = Int64(try Term.parse(text).months)
      } catch {
        throw CellError(
          error == .outOfRange ? .range : .integer, error.description, hint: "write 36, 3 years or month to month")
      }
    } else if let plain = Decimal.parse(text) {
      value = plain
    } else {
      try checkMark(text, .integer)
      do throws(MoneyError) {
        value = try Money.parseMinor(text, mark: reading.mark, exponent: 0)
      } catch {
        throw CellError(.integer)
      }
    }
    guard range.contains(value) else {
      throw CellError(
        .range, hint: "from \(range.lowerBound) to \(range.upperBound == .max ? "more" : String(range.upperBound))")
    }
    return value
  }

  private func flag(_ text: Bytes) throws(CellError) -> Int64 {
    guard let value = Self.flags[loosely: text] else { throw CellError(.flag) }
    return value ? 1 : 0
  }

  static let flags = Lexicon<Bool>(grouped: [
    (true, "yes true y 1 ja oui t on x"), (false, "no false n 0 nein non f off"),
  ])

  private func degrees(_ text: Bytes, _ limit: Int64) throws(CellError) -> Int64 {
    try checkMark(text, .degrees)
    // Decimals beyond the sixth, a tenth of a metre, are cut.
    var kept = text
    if let point = text.firstIndex(of: 0x2E), text.count - point > 7,
      text[point...].dropFirst().allSatisfy({ $0 &- 0x30 < 10 })
    {
      kept = Bytes(rebasing: text[..<(point + 7)])
    }
    guard let value = try? Money.parseMinor(kept, mark: reading.mark ?? .point, exponent: 6) else {
      throw CellError(.degrees)
    }
    guard (-limit...limit).contains(value) else {
      throw CellError(.range, hint: "from \(-limit / 1_000_000) to \(limit / 1_000_000)")
    }
    return value
  }

  private func code(_ text: Bytes, _ arena: inout RowArena) throws(CellError) -> Bytes {
    guard let kind, let found = kind.find(text) else {
      let list = kind?.codes.joined(separator: ", ") ?? ""
      throw CellError(.code, hint: "one of \(list), or translate the word under enum: of the column")
    }
    return TextBytes.withBytes(of: found) { arena.copy($0) }
  }
}
