import Domain

/// What the first pass proved of a whole column, against which single texts are read.
struct ColumnProof {
  /// The decimal mark that the column's amounts prove.
  var mark: DecimalMark?
  /// Two rows prove different orders of day and month, so that no row decides for itself.
  var datesContradict = false
  /// The order of day and month that the column's dates prove; nil where it is years first.
  var order: DateOrder?
  private var dateRow: Int?
  private var markRow: Int?
  /// Texts of the column that prove the mark, or the order; a few at most.
  private var samples: [String] = []

  init() {}

  init(_ column: SourceTable.Column) {
    mark = column.mark
    // Dates with dots are day first by custom, which a person who says otherwise knows better.
    order = column.order == .ymd || column.dateRow == nil ? nil : column.order
    dateRow = column.dateRow
    markRow = column.decimalRow
    samples = column.samples
    datesContradict = column.dateWord == "conflict"
  }

  /// Whether `1.200` read with a decimal point might be 1200: nothing in the column proves the mark that was said.
  func isDoubtful(_ text: Bytes, mark said: DecimalMark?, exponent: Int) -> Bool {
    guard let said, said != mark, exponent < 3, Self.mayHoldGroups(text), holds(said, text) else { return false }
    return Self.mark(of: text) == .ambiguous
  }

  private func holds(_ mark: DecimalMark, _ text: Bytes) -> Bool { text.contains(mark == .point ? 0x2E : 0x2C) }

  /// Whether three digits may follow a last separator; says yes too often.
  @inline(__always)
  static func mayHoldGroups(_ text: Bytes) -> Bool {
    let last = text[text.count - 1]
    if last &- 0x30 > 9 { return true }
    guard text.count >= 5 else { return false }
    let separator = text[text.count - 4]
    return separator == 0x2E || separator == 0x2C
  }

  /// Whether a date of numbers stands in a column that contradicts itself.
  func isContradicted(_ text: Bytes) -> Bool {
    guard datesContradict else { return false }
    var evidence = DateEvidence()
    evidence.add(text, row: 1)
    return evidence.verdict != .order(.ymd) && evidence.dates > 0
  }

  /// Whether the mapping says another mark than the column proves.
  func contradicts(_ said: DecimalMark?) -> Bool { mark != nil && said != nil && mark != said }

  /// Whether a text would be read by a mark that the rest of its column disproves; a text that proves its own mark is not.
  func isContradicted(_ text: Bytes, mark said: DecimalMark?) -> Bool {
    guard contradicts(said) else { return false }
    let verdict = Self.mark(of: text)
    return verdict != .none && verdict != (said == .point ? .point : .comma)
  }

  /// Whether a date would be read in an order that the rest of its column disproves.
  func isContradicted(_ text: Bytes, order said: DateOrder?) -> Bool {
    guard let order, let said, said != order, let proven = try? CalendarDate.parse(text, order: order) else {
      return false
    }
    return (try? CalendarDate.parse(text, order: said)) != proven
  }

  /// The row that proves the mark, and the first sample that does: ` in row 4 (1,200.50)`; empty where none is known.
  var markSample: String {
    quoted(markRow) { text in Self.mark(of: text) == (mark == .point ? .point : .comma) }
  }

  /// The row that proves the order, and the first sample that does: ` in row 7 (31/01/2026)`; empty where none is known.
  var orderSample: String {
    quoted(dateRow) { text in
      (try? CalendarDate.parse(text, order: order)) != nil
        && (try? CalendarDate.parse(text, order: order == .dmy ? .mdy : .dmy)) == nil
    }
  }

  private func quoted(_ row: Int?, _ isProof: (Bytes) -> Bool) -> String {
    (row.map { " in row \($0)" } ?? "")
      + (samples.first { TextBytes.withBytes(of: $0, isProof) }.map { " (\($0))" } ?? "")
  }

  private static func mark(of text: Bytes) -> NumberEvidence.Verdict {
    var evidence = NumberEvidence()
    evidence.add(text, row: 1)
    return evidence.verdict
  }
}
