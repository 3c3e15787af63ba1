import CSV
import Domain

/// What a person should know of one column before it is mapped.
struct ColumnNotes {
  private let column: ColumnEvidence
  private(set) var notes: [CSVNote] = []

  init(_ column: ColumnEvidence) {
    self.column = column
    dates()
    amounts()
    texts()
  }

  private mutating func add(_ code: String, _ text: String) {
    notes.append(CSVNote(code: code, text: "column \"\(VisibleText.of(column.property))\": \(text)"))
  }

  private mutating func add(_ code: String, _ quirk: ColumnQuirks.Quirk, _ text: String) {
    let seen = column.quirks[quirk]
    if seen.count == 0 { return }
    let place = seen.count == 1 ? "row \(seen.row)" : "\(seen.count) cells, first in row \(seen.row)"
    add(code, "\(place), \"\(VisibleText.of(seen.text))\": \(text)")
  }

  private mutating func dates() {
    if let verdict = column.dateVerdict {
      switch verdict.word {
      case "ambiguous":
        let (count, all) = (column.dates.undecided, column.dates.dates)
        add(
          "W_DATE_AMBIG",
          "\(count) of \(all) \(all == 1 ? "date" : "dates"), first in row \(column.dates.undecidedRow), "
            + "\(count == 1 ? "reads" : "read") day first and month first; map it with dates: dmy or mdy")
      case "conflict":
        add(
          "W_DATE_CONFLICT",
          "rows \(verdict.rows[0]) and \(verdict.rows[1]) prove different orders of day and month; correct them")
      default: break
      }
    }
    let serials = column.quirks[.serial]
    if serials.count * 10 >= min(column.filled, ColumnEvidence.sampled) * 9, serials.count > 0,
      Self.namesDate(column.name),
      let value = Int(serials.text), let date = CalendarDate(excelSerial: value)
    {
      add("W_DATE_SERIAL", "days counted as a spreadsheet does: \(value) would be \(date); export them as dates")
    }
  }

  private static func namesDate(_ name: String) -> Bool {
    let folded = ShapeWords.folded(name)
    return [
      "date", "datum", "install", "expir", "effective", "start", "end", "begin", "ende", "debut", "fin", "day", "tag",
    ]
    .contains { folded.contains($0) }
  }

  private mutating func amounts() {
    guard column.isNumbers || column.decimalVerdict != nil else { return }
    let quirks = column.quirks
    var ways: [String] = []
    if let verdict = column.decimalVerdict, verdict.word == "conflict" {
      ways.append("decimal point and decimal comma (rows \(verdict.rows[0]) and \(verdict.rows[1]))")
    }
    func among(_ kinds: [(ColumnQuirks.Quirk, String)], _ noun: String) {
      let seen = kinds.filter { quirks[$0.0].count > 0 }
      if seen.count > 1 {
        ways.append(noun + " " + seen.map { "\($0.1) (row \(quirks[$0.0].row))" }.joined(separator: ", "))
      }
    }
    among([(.dollar, "dollar"), (.euro, "euro"), (.pound, "pound"), (.otherCurrency, "other")], "currencies")
    among(
      [(.leadingMinus, "-5"), (.trailingMinus, "5-"), (.parenthesis, "(5)"), (.creditMark, "5 CR")], "negatives as")
    if !ways.isEmpty { add("W_MONEY", "amounts are written in more than one way: " + ways.joined(separator: "; ")) }
    if column.decimalVerdict?.word == "ambiguous" {
      add("W_MONEY", "a separator may be a decimal mark or group thousands; map it with decimal: point or comma")
    }
  }

  private mutating func texts() {
    let sampled = min(column.filled, ColumnEvidence.sampled)
    if column.quirks[.scientific].count < sampled || !column.isMeasured {
      add(
        "W_SCI", .scientific,
        "a number in scientific notation; an identifier lost its digits, export the column as text")
    }
    add(
      "W_PREC", .rounded,
      "digits beyond the fifteenth are zeros, as a spreadsheet leaves them; export the column as text")
    add("W_SPACE", .space, "no-break or zero-width spaces; those at the ends are left out where the value is read")
    add("W_CONTROL", .control, "characters that are not seen or turn the text around; they stay in it")
    add("W_QUOTE", .smartQuote, "typographic quotation marks are text, they enclose nothing")
    if TextBytes.withBytes(of: column.name, ColumnQuirks.opensTypographically) {
      add("W_QUOTE", "typographic quotation marks are text, they enclose nothing")
    }
    add("W_FORMULA", .formula, "begins like a formula; it stays text, and an export puts an apostrophe before it")
    if TextBytes.withBytes(of: column.name, { name in !TextBytes.isASCII(name) && Self.holdsHidden(name) }) {
      add("W_SPACE", "its name holds no-break or zero-width spaces, which do not count when names are compared")
    }
  }

  private static func holdsHidden(_ name: Bytes) -> Bool {
    TextBytes.trim(name).count < name.count || ColumnQuirks.hasHiddenSpace(name)
  }
}
