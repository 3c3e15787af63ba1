/// What a code means in general, and its general remedy, as docs/rejects.md has them (a test compares the two).
struct CodeMeaning {
  let meaning: String
  let remedy: String

  private init(_ meaning: String, _ remedy: String) {
    self.meaning = meaning
    self.remedy = remedy
  }

  /// Nil for a code that is said of no row of a table.
  static func of(_ code: String) -> CodeMeaning? { all[code] }

  static let all: [String: CodeMeaning] = [
    "E_QUOTE": CodeMeaning(
      "a quoted cell does not end, or takes whole rows into itself: that row is rejected with the lines it took",
      "close the quotation mark at the row or the lines named, in the file itself"),
    "E_RAGGED": CodeMeaning(
      "a row has more cells than the header",
      "check the quoting of that row; the extra cells stand in _value of the rejects file, and the row is "
        + "taken once they are put in place and _value is empty"),
    "E_NUL": CodeMeaning(
      "a row holds NUL bytes",
      "export the file again"),
    "E_SST": CodeMeaning(
      "a cell refers to a text that is not in the workbook; the row is rejected",
      "type the text again, save as XLSX"),
    "E_MONEY": CodeMeaning(
      "the text is not an amount",
      "write an amount, as 1250.00, or leave the cell blank; #N/A clears what is there"),
    "E_MONEY_AMBIGUOUS": CodeMeaning(
      "a separator may be a decimal mark or a thousands separator; also 1.200 under decimal: point where no "
        + "other amount of the column proves the point, and any amount that depends on a mark which the column "
        + "disproves",
      "give decimal: point or decimal: comma in the mapping; write 1200 or 1.20"),
    "E_CURRENCY": CodeMeaning(
      "an amount without a known currency, or with two",
      "write its code, as USD, in the currency column; for all rows, give currency: in the mapping"),
    "E_DATE": CodeMeaning(
      "the text is not a date",
      "write it as YYYY-MM-DD"),
    "E_DATE_AMBIGUOUS": CodeMeaning(
      "day and month cannot be told apart, or rows of the column prove different orders, or another one than "
        + "the mapping says",
      "write YYYY-MM-DD; if all of the column is in one order, give dates: dmy or mdy in the mapping"),
    "E_BANDWIDTH": CodeMeaning(
      "the text is not a bandwidth",
      "write it with its unit, as 100 Mbps, or give unit:"),
    "E_INTEGER": CodeMeaning(
      "the text is not a whole number",
      "write digits; for months also 3 years or month to month"),
    "E_DEGREES": CodeMeaning(
      "the text is not a place in decimal degrees",
      "write decimal degrees, as 40.7128"),
    "E_RANGE": CodeMeaning(
      "the number is outside of what the field holds; an amount has at most fifteen digits, cents included",
      "check the number against the field's range"),
    "E_CODE": CodeMeaning(
      "the word is not in the field's list",
      "use a word of the list, or translate it under enum:"),
    "E_FLAG": CodeMeaning(
      "the text is neither yes nor no",
      "write yes or no"),
    "E_REQUIRED": CodeMeaning(
      "a cell that must be filled is blank",
      "fill the cell; where nobody knows it, leave the row out or ask; one value for all blanks: default: in "
        + "the mapping"),
    "E_KEY": CodeMeaning(
      "nothing of the identifier is left once it is normalised",
      "write the identifier with its letters and digits"),
    "W_LETTERS": CodeMeaning(
      "an identifier has letters outside A-Z, which do not count when identifiers are compared",
      "write it in A-Z where two could be taken for one"),
    "W_LOOKALIKE": CodeMeaning(
      "a letter of another script looks like a Latin one",
      "type it in Latin letters, or it is another carrier"),
    "W_NO_KEY": CodeMeaning(
      "a dependent record without its key was left out",
      "map the columns that make up its key"),
    "E_FIELD": CodeMeaning(
      "a member that is no field of the entity",
      "feed stage what map prints"),
    "E_TYPE": CodeMeaning(
      "a number where text belongs, or the reverse",
      "feed stage what map prints"),
    "E_EMPTY": CodeMeaning(
      "an empty text",
      "leave the member out"),
    "E_REFERENCE": CodeMeaning(
      "the record refers to one that is nowhere",
      "if the hint names a record that is near, write that; else load the record first, or in the same file"),
    "E_SIBLING": CodeMeaning(
      "another record of the same source row was rejected, and no remaining row needs this one",
      "correct that one; both come back together"),
    "E_NO_QUOTE": CodeMeaning(
      "a value read from a document needs an approval, and no quote says where it stands",
      "feed stage what map prints"),
    "E_PROV": CodeMeaning(
      "a quote is not one: of no property, of another document, without page and words, or said to be written "
        + "by a person, which only a review says",
      "feed stage what map prints"),
    "W_CIRCUIT_UNKNOWN": CodeMeaning(
      "a line of a contract names a circuit that the inventory does not have, by identifier or alias; the line "
        + "is kept without it",
      "load the circuit, then stage the paper again"),
    "W_CIRCUIT_NEAR": CodeMeaning(
      "as above, and one of the carrier's circuits is written nearly so; it is not taken",
      "if it is that one, add this writing to its aliases, then stage the paper again"),
    "W_STUB": CodeMeaning(
      "the record refers to one that is nowhere; a stub is proposed",
      "complete the stub, or correct the name"),
    "E_DUP_KEY": CodeMeaning(
      "rows of the file, or documents of the run, give one key different values; none is taken, nor what refers to"
        + " that record",
      "keep the right one, run again"),
    "W_DUP_KEY": CodeMeaning(
      "rows write one identifier in two ways, such as AA/1 and aa-1, and agree otherwise; they are taken as one",
      "check that they are one; give the wrong one its own identifier"),
  ]
}
