import Domain

/// docs/normal-forms.md, from the tables of examples that define the forms.
enum NormalFormsPage {
  private static let circuits = [
    "BBFJ.118223..LUMN", "22/KRFN/100234//LVL3", " bbfj 118223 lumn ", "OGYX/118204//ZYO", "W0E41873", "0048-213",
  ]
  private static let accounts = ["0048 213-377", "1-300188", "8499 05 001 0018948", "ab/12.3"]
  private static let contracts = [" so-88121 ", "ZG-2023-7715", "MSA  2019 / 4"]

  static var text: String {
    var lines = [
      "# Normal forms", "",
      "Two spellings are one thing when their normal forms are equal. The texts people wrote are kept beside them.",
      "Written from the examples in `Sources/Domain` by a test (`make record`): do not edit.", "",
      "## Carriers", "",
      "A carrier's slug: lower case without accents, `&` is `and`, one hyphen between words, legal forms at the end dropped.",
      "", "| name | slug |", "| --- | --- |",
    ]
    lines += CarrierName.examples.map { "| \(shown($0.name)) | \(shown($0.slug)) |" }
    lines += [
      "", "## Addresses", "",
      "An endpoint without CLLI is known by its address: street, suite, city, state, postal code, country, joined by `|`.",
      "", "| street | suite | city | state | postal | country | key |", "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += AddressKey.examples.map { example in
      let cells = [
        example.street, example.suite, example.city, example.state, example.postal, example.country,
      ]
      return "| " + cells.map(shown).joined(separator: " | ") + " | \(shown(example.key)) |"
    }
    lines += table(
      "Circuit ids", "Compatibility forms composed (NFKC), upper case, only A-Z and 0-9; leading zeros stay.",
      circuits.map { ($0, CircuitID($0)?.normal ?? "") })
    lines += table(
      "Billing account numbers", "Upper case, without white space, points, hyphens and slashes; leading zeros stay.",
      accounts.map { ($0, BillingAccountNumber.normalize($0)) })
    lines += table(
      "Contract numbers", "Trimmed, upper case, single blanks; punctuation tells contracts apart and stays.",
      contracts.map { ($0, ContractNumber.normalize($0)) })
    return lines.joined(separator: "\n") + "\n"
  }

  private static func table(_ title: String, _ rule: String, _ rows: [(String, String)]) -> [String] {
    ["", "## " + title, "", rule, "", "| as written | normal form |", "| --- | --- |"]
      + rows.map { "| \(shown($0.0)) | \(shown($0.1)) |" }
  }

  /// As code; a vertical bar would end the cell.
  private static func shown(_ text: String) -> String {
    text.isEmpty
      ? "" : "`" + text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") + "`"
  }
}
