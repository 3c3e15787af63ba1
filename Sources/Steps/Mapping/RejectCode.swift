/// Why a row is rejected: the closed list behind the `code` of every issue this step writes.
package enum RejectCode: String, CaseIterable, Sendable {
  case money = "E_MONEY"
  case moneyAmbiguous = "E_MONEY_AMBIGUOUS"
  case currency = "E_CURRENCY"
  case date = "E_DATE"
  case dateAmbiguous = "E_DATE_AMBIGUOUS"
  case bandwidth = "E_BANDWIDTH"
  case integer = "E_INTEGER"
  case degrees = "E_DEGREES"
  case range = "E_RANGE"
  case code = "E_CODE"
  case flag = "E_FLAG"
  case required = "E_REQUIRED"
  case key = "E_KEY"

  /// One line for people and docs.
  package var meaning: String {
    switch self {
    case .money: "the text is not an amount"
    case .moneyAmbiguous: "a separator may be a decimal mark or a thousands separator"
    case .currency: "an amount without a known currency, or with two"
    case .date: "the text is not a date"
    case .dateAmbiguous: "day and month cannot be told apart"
    case .bandwidth: "the text is not a bandwidth"
    case .integer: "the text is not a whole number"
    case .degrees: "the text is not a place in decimal degrees"
    case .range: "the number is outside of what the field holds"
    case .code: "the word is not in the field's list"
    case .flag: "the text is neither yes nor no"
    case .required: "a cell that must be filled is blank"
    case .key: "nothing of the identifier is left once it is normalised"
    }
  }

  /// What to do about it, in the source or in the mapping.
  package var remedy: String {
    switch self {
    case .money: "write an amount, as 1250.00, or leave the cell blank; #N/A clears what is there"
    case .moneyAmbiguous: "give decimal: point or decimal: comma for the column, or in defaults of the mapping"
    case .currency:
      "write an ISO 4217 code, as USD or EUR, in the currency column; for all rows, give currency: in the mapping"
    case .date: "write it as YYYY-MM-DD"
    case .dateAmbiguous:
      "write it as YYYY-MM-DD; if all of the column is in one order, give dates: dmy or mdy in the mapping"
    case .bandwidth: "write it with its unit, as 100 Mbps, or give unit: for the column"
    case .integer: "write digits alone, as 90"
    case .degrees: "write decimal degrees, as 40.7128"
    case .range: "check the number against the field's range"
    case .code: "use a word of the list, or translate this one under enum: of the column"
    case .flag: "write yes or no"
    case .required: "fill the cell; where nobody knows it, leave the row out or ask who made the file"
    case .key: "write the identifier with its letters and digits"
    }
  }
}

/// One mistake of one cell, before it becomes an issue with its column and value.
struct CellError: Error {
  let code: RejectCode
  let message: String
  let hint: String

  init(_ code: RejectCode, _ message: String? = nil, hint: String? = nil) {
    self.code = code
    self.message = message ?? code.meaning
    self.hint = hint ?? code.remedy
  }
}
