import Glibc

/// The number formats that cells of an OpenDocument sheet name by themselves: currencies and percentages.
struct ODSFormats {
  private(set) var formats: [NumberFormat] = [.general, NumberFormat(kind: .percent)]
  private var currencies: [String: UInt16] = [:]

  static let percent: UInt16 = 1

  mutating func currency(_ code: String) -> UInt16 {
    if let known = currencies[code] { return known }
    guard formats.count < 1000 else { return 0 }
    formats.append(NumberFormat(currency: code))
    currencies[code] = UInt16(formats.count - 1)
    return UInt16(formats.count - 1)
  }
}

/// What the tag of a cell says before its text.
struct ODSCell {
  private(set) var type: [UInt8] = []
  /// The value given in the tag, for all types but text without one.
  private(set) var value: [UInt8] = []
  private(set) var repeats = 1
  private(set) var spansColumns = 1
  private(set) var spansRows = 1
  private var currency = ""
  /// What a cell of a whole number shows, which may be more than its digits: `02101`.
  private var shown: [UInt8] = []
  private var isFormula = false
  private var isError = false

  init() {}

  init(_ element: XMLElement) {
    element.each { key, value in
      switch String(cString: localName(key)) {
      case "value-type":
        if key[0] == 0x6F { type = Self.bytes(value) } else { isError = strcmp(value, "error") == 0 }
      case "value", "date-value", "time-value", "boolean-value", "string-value": self.value = Self.bytes(value)
      case "number-columns-repeated": repeats = max(1, decimal(value) ?? 1)
      case "number-columns-spanned": spansColumns = max(1, decimal(value) ?? 1)
      case "number-rows-spanned": spansRows = max(1, decimal(value) ?? 1)
      case "currency": currency = String(cString: value)
      case "formula": isFormula = true
      default: break
      }
    }
  }

  private static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  /// Whether the value stands in the tag, so that the text shown is not needed.
  var hasText: Bool { !value.isEmpty && !isError }

  mutating func show(_ bytes: UnsafePointer<CChar>, _ count: Int) {
    guard type.first == 0x66, shown.count + count <= 64 else { return }
    shown += UnsafeRawBufferPointer(start: bytes, count: count)
  }

  /// The text shown, where it is the digits of the number behind zeros or behind a prefix such as `SO-`.
  private var padded: [UInt8]? {
    guard shown.count > value.count, !value.isEmpty, value.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    let digits = shown.reversed().prefix { $0 &- 0x30 < 10 }
    let zeros = digits.count - value.count
    guard zeros >= 0, zip(digits, value.reversed()).allSatisfy({ $0 == $1 }),
      digits.dropFirst(value.count).allSatisfy({ $0 == 0x30 })
    else { return nil }
    let prefix = shown.dropLast(digits.count)
    if prefix.isEmpty { return shown }
    let isName = prefix[0] | 0x20 &- 0x61 < 26 && (zeros > 0 || [0x2D, 0x2F, 0x5F, 0x23, 0x3A].contains(prefix.last))
    return isName ? shown : nil
  }

  func add(
    to row: inout RowBuffer, column: Int, start: Int, formats: inout ODSFormats, limits: SpreadsheetLimits
  ) {
    let flags: SheetCell.Flags = isFormula ? .formula : []
    if isError {
      return row.add(column: column, .error, flags, format: 0, start: start)
    }
    if value.isEmpty, row.used == start {
      if isFormula, type.isEmpty { row.add(column: column, .blank, flags, format: 0, start: start) }
      return
    }
    if value.isEmpty { return text(&row, column, start, flags, limits) }
    switch String(decoding: type, as: UTF8.self) {
    case "float", "percentage", "currency":
      if let padded {
        row.append(padded)
        return row.add(column: column, .text, flags, format: 0, start: start)
      }
      let isCurrency = NumberFormat.isCurrency(currency)
      let format =
        type.first == 0x70 ? ODSFormats.percent : isCurrency ? formats.currency(currency) : 0
      if !currency.isEmpty, !isCurrency {
        row.tally.currencies.add(row: row.row, column: column, text: String(currency.prefix(40)))
      }
      row.append(value)
      value.withUnsafeBufferPointer {
        row.addNumber($0, .general, flags, column: column, format: format, start: start, uses1904: false)
      }
    case "date":
      guard let date = SerialDate.iso(String(decoding: value, as: UTF8.self)) else {
        return asWritten(&row, column, start, flags, limits)
      }
      row.append(date.text)
      row.add(column: column, date.kind, flags, format: 0, start: start)
    case "time":
      guard let clock = SerialDate.milliseconds(iso: String(decoding: value, as: UTF8.self)) else {
        return asWritten(&row, column, start, flags, limits)
      }
      let isDay = clock >= 0 && clock < 86_400_000
      row.append((clock < 0 ? "-" : "") + SerialDate.time(abs(clock)))
      row.add(column: column, isDay ? .time : .duration, flags, format: 0, start: start)
    case "boolean":
      row.append(value == Array("true".utf8) ? "TRUE" : "FALSE")
      row.add(column: column, .boolean, flags, format: 0, start: start)
    default: asWritten(&row, column, start, flags, limits)
    }
  }

  /// The value in the tag as it stands: of a text, and of what is no date or time after all.
  private func asWritten(
    _ row: inout RowBuffer, _ column: Int, _ start: Int, _ flags: SheetCell.Flags, _ limits: SpreadsheetLimits
  ) {
    row.append(value)
    text(&row, column, start, flags, limits)
  }

  private func text(
    _ row: inout RowBuffer, _ column: Int, _ start: Int, _ flags: SheetCell.Flags, _ limits: SpreadsheetLimits
  ) {
    let whole = row.used - start
    let kept = TextEscapes.cut(row.bytes + start, count: whole, limit: limits.cellCharacters)
    row.used = start + kept
    row.add(column: column, kept < whole ? .tooLong : .text, flags, format: 0, start: start)
  }
}

extension RowBuffer {
  mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { if let base = $0.baseAddress { append(base, $0.count) } }
  }
}
