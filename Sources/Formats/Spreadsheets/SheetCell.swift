/// A cell that is not blank; its text lies in the row's memory.
package struct SheetCell: Sendable {
  package enum Kind: UInt8, Sendable {
    /// No value: a formula that was never calculated.
    case blank
    case text
    /// Decimal digits as a person would write them, without exponent up to 30 digits, at most 15 significant.
    case number
    /// `2024-03-04`
    case date
    /// `2024-03-04T13:45:00`
    case dateTime
    /// `13:45:00`
    case time
    /// `37:30:00`, which may pass a day
    case duration
    /// `TRUE` or `FALSE`
    case boolean
    /// An error value such as `#N/A`, or a number that is none, such as `NaN`.
    case error
    /// Refers to a text that is not in the workbook (E_SST); the cell's text is the number of that text.
    case brokenText
    /// Longer than a cell may be (E_TOO_LARGE); cut.
    case tooLong
  }

  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The value is the cached result of a formula.
    package static let formula = Flags(rawValue: 1)
    /// A number of more than 15 digits, whose last ones a spreadsheet program does not keep (W_PREC).
    package static let precision = Flags(rawValue: 2)
    /// Formatted as a date, and there is no such day (W_DATE_RANGE); the text is the number, or 1900-02-29.
    package static let dateRange = Flags(rawValue: 4)
  }

  /// From 0.
  package var column: Int32
  package var kind: Kind
  package var flags: Flags
  /// Into `SheetReader.formats`.
  package var format: UInt16
  var start: UInt32
  var length: UInt32
}

/// How often something was met on a sheet, and where first.
package struct CellFinding: Sendable, Equatable {
  package private(set) var count = 0
  package private(set) var row = 0
  package private(set) var column = 0
  package private(set) var text = ""

  /// `D17`, or nothing when it was not met.
  package var place: String { count == 0 ? "" : cellName(row: row, column: column) }

  mutating func add(row: Int, column: Int, text: @autoclosure () -> String = "") {
    if count == 0 {
      self.row = row
      self.column = column
      self.text = text()
    }
    count += 1
  }
}

/// What a reader met on its sheet so far.
package struct SheetTally: Sendable, Equatable {
  package internal(set) var formulas = 0
  /// Formulas without a cached result, which read as blank.
  package internal(set) var uncalculated = CellFinding()
  package internal(set) var errors = CellFinding()
  package internal(set) var precision = CellFinding()
  package internal(set) var dateRange = CellFinding()
  /// Places given twice in one row; the last counts.
  package internal(set) var repeated = CellFinding()
  /// Amounts in a currency that is neither three letters nor a known sign.
  package internal(set) var currencies = CellFinding()
  package internal(set) var hiddenRows = 0
  /// Merged ranges that overlap another, pass the used cells by far, or were too many to keep.
  package internal(set) var oddMerges = CellFinding()
}
