import CSV
import Domain
import Records

/// What a column's cells show, gathered for `x-columns`.
///
/// Kinds, samples and the choice of what to watch come from the first 1000 filled cells; the evidence on dates and numbers
/// is then gathered to the end, in columns where the sample holds some.
struct ColumnEvidence {
  static let sampled = 1000
  static let samples = 5
  private static let sampleBytes = 120

  let name: String
  let property: String
  /// Those of its cells on a sheet; nil in a delimited file.
  let letters: String?
  private(set) var filled = 0
  private(set) var watchesDates = true
  private(set) var watchesNumbers = true
  private(set) var integers = 0
  private(set) var decimals = 0
  private(set) var dateTexts = 0
  private(set) var texts = 0
  private(set) var samples: [[UInt8]] = []
  private(set) var dates = DateEvidence()
  private(set) var numbers = NumberEvidence()
  private(set) var quirks = ColumnQuirks()
  private var pointSeen = false
  private var commaSeen = false

  init(name: String, property: String, letters: String? = nil) {
    self.name = name
    self.letters = letters
    self.property = property
  }

  /// Feeds a filled cell; `="00123"` counts as the text it holds.
  @inline(__always)
  mutating func take(_ given: Bytes, row: Int) {
    filled &+= 1
    let inner = FormulaGuard.textFormula(given)
    let cell = inner?.isEmpty ?? true ? given : inner ?? given
    if ColumnQuirks.mayMatter(cell) { quirks.ends(cell, row: row) }
    if filled <= Self.sampled {
      sample(cell, row: row)
    } else if watchesDates || watchesNumbers {
      watch(cell, row: row)
    }
  }

  /// Feeds a filled cell of the sample.
  private mutating func sample(_ cell: Bytes, row: Int) {
    quirks.sample(cell, row: row)
    let (datesBefore, numbersBefore) = (dates.dates, numbers.numbers)
    dates.add(cell, row: row)
    numbers.add(cell, row: row)
    if Self.isInteger(cell) {
      integers += 1
    } else if dates.dates > datesBefore {
      dateTexts += 1
    } else if numbers.numbers > numbersBefore, !cell.allSatisfy({ $0 &- 0x30 < 10 }) {
      decimals += 1
    } else {
      texts += 1
    }
    if samples.count < Self.samples {
      let text = Array(Self.cut(cell))
      if !samples.contains(text) { samples.append(text) }
    }
    if filled == Self.sampled {
      watchesDates = isDates
      watchesNumbers = isNumbers
    }
  }

  /// Feeds a filled cell after the sample.
  private mutating func watch(_ cell: Bytes, row: Int) {
    if watchesDates { dates.add(cell, row: row) }
    if watchesNumbers, !provesNothingNew(cell) { numbers.add(cell, row: row) }
  }

  /// `1250.10` when a point is proven already, and digits alone: most amounts, told at a glance.
  private mutating func provesNothingNew(_ cell: Bytes) -> Bool {
    var index = 0
    while index < cell.count, cell[index] &- 0x30 < 10 { index += 1 }
    if index == cell.count { return true }
    let decimals = cell.count - index - 1
    guard index > 0, decimals == 1 || decimals == 2, cell[cell.count - 1] &- 0x30 < 10, cell[index + 1] &- 0x30 < 10
    else { return false }
    if cell[index] == 0x2E {
      defer { pointSeen = true }
      return pointSeen
    }
    if cell[index] == 0x2C {
      defer { commaSeen = true }
      return commaSeen
    }
    return false
  }

  var isDates: Bool { dates.verdict != .notDates }
  var isNumbers: Bool { numbers.numbers > 0 && numbers.numbers >= numbers.others && (decimals + integers) > 0 }

  /// Whether fractions are what the column is made of.
  var isMeasured: Bool { decimals * 2 > min(filled, Self.sampled) }

  /// `ymd`, `dmy`, `mdy`, `ambiguous` or `conflict`, nil for a column that is not of dates; with the row that
  /// proves it or the rows of a conflict.
  var dateVerdict: (word: String, rows: [Int])? {
    switch dates.verdict {
    case .notDates: nil
    case .order(let order): (order.rawValue, dates.proofRow.map { [$0] } ?? [])
    case .ambiguous: ("ambiguous", [])
    case .conflict(let a, let b): ("conflict", [a, b])
    }
  }

  /// `point`, `comma`, `ambiguous`, `none` or `conflict`, nil for a column that is not of numbers.
  var decimalVerdict: (word: String, rows: [Int])? {
    guard isNumbers else { return nil }
    return switch numbers.verdict {
    case .point: ("point", numbers.proofRow.map { [$0] } ?? [])
    case .comma: ("comma", numbers.proofRow.map { [$0] } ?? [])
    case .ambiguous: ("ambiguous", [])
    case .none: ("none", [])
    case .conflict(let a, let b): ("conflict", [a, b])
    }
  }

  var json: JSON {
    var members: [(String, JSON)] = [
      ("name", .string(name)), ("property", .string(property)),
    ]
    if let letters { members.append(("column", .string(letters))) }
    members += [
      ("filled", .int(filled)),
      (
        "kinds",
        .fields([
          ("integer", .int(integers)), ("decimal", .int(decimals)), ("date", .int(dateTexts)), ("text", .int(texts)),
        ])
      ),
    ]
    for (word, verdict) in [("dates", dateVerdict), ("decimal", decimalVerdict)] {
      guard let verdict else { continue }
      members.append((word, .string(verdict.word)))
      if !verdict.rows.isEmpty { members.append((word + "_rows", .array(verdict.rows.map { .int($0) }))) }
    }
    members.append(("samples", .array(samples.map { .string(String(decoding: $0, as: UTF8.self)) })))
    return .fields(members)
  }

  /// Digits without a leading zero (that is an identifier), with or without a minus.
  private static func isInteger(_ cell: Bytes) -> Bool {
    let digits = cell.first == 0x2D ? cell.dropFirst() : cell[...]
    guard (1...18).contains(digits.count), digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return false }
    return digits.count == 1 || digits.first != 0x30
  }

  /// At most 120 bytes, not cut inside a character.
  private static func cut(_ cell: Bytes) -> Slice<Bytes> {
    if cell.count <= sampleBytes { return cell[...] }
    var end = sampleBytes
    while end > 0, cell[end] & 0xC0 == 0x80 { end -= 1 }
    return cell[..<end]
  }
}

/// Property names of columns: the header texts, repeats numbered from `_2`, blanks `col_N`; no two alike.
///
/// A header that is a name of ours in files of rejects is numbered like a repeat, unless the table was made of rejects.
func propertyNames(_ headers: [String]) -> [String] {
  var taken = Set(headers)
  var used = RejectWriter.made(headers) ? [] : RejectWriter.ownColumns
  return headers.enumerated().map { index, header in
    let isBlank = header.utf8.allSatisfy { isSpace($0) }
    let base = isBlank ? "col_\(index + 1)" : header
    if !isBlank || !taken.contains(base), used.insert(base).inserted { return base }
    var number = 2
    while taken.contains("\(base)_\(number)") || used.contains("\(base)_\(number)") { number += 1 }
    let name = "\(base)_\(number)"
    taken.insert(name)
    used.insert(name)
    return name
  }
}
