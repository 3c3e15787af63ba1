import Contracts
import Domain
import Pages
import Records

/// Makes records of what one agreement says: the contract, its term, escalators, termination fee and lines.
struct AgreementRecords {
  let reading: ContractReading
  /// SHA-256 of the paper.
  let document: String
  /// Whose paper it is, where the parties do not tell.
  let carrier: String?

  /// In Model order; an issue where there is nothing to make a contract of.
  func make() -> (records: [PaperRecord], refusal: Issue?) {
    let party = reading.parties.first { $0.value.role == .carrier }
    guard let written = party?.value.name ?? carrier else {
      return ([], refusal)
    }
    let slug = CarrierName.slug(written)
    guard !slug.isEmpty else { return ([], refusal) }
    let name = ContractName(carrier: slug, number: number, kind: reading.kind?.value ?? .msa)
    var records = [contract(name, party?.evidence)]
    let terms = TermRecords(reading: reading, contract: name).make()
    records += terms
    records += LineRecords(prices: reading.prices, contract: name).make()
    return (records, nil)
  }

  private var refusal: Issue {
    let names = reading.parties.map(\.value.name).joined(separator: "; ")
    if names.isEmpty {
      return Issue(
        "E_NO_CONTRACT", .error, message: "no parties of an agreement were found on these pages",
        hint: "leave the document out if it is no contract; if it is one, give --carrier NAME")
    }
    return Issue(
      "E_NO_CARRIER", .error, field: "carrier", message: "none of its parties is known to be the carrier: \(names)",
      hint: "give this paper alone, with --carrier NAME or --profile FILE of the carrier to map", value: names)
  }

  /// As written, else made of the digest, so that the same paper has the same key again.
  private var number: String {
    if let number = reading.number?.value { return number }
    let first = reading.pages.lowerBound
    return "DOC-" + document.prefix(12).uppercased() + (first > 1 ? "-P\(first)" : "")
  }

  private func contract(_ name: ContractName, _ carrier: Evidence?) -> PaperRecord {
    var record = PaperRecord("contracts")
    record.put("carrier", .string(name.carrier), carrier)
    record.put("number", .string(name.number), reading.number?.evidence)
    record.put("kind", .string(name.kind.rawValue), reading.kind?.evidence)
    if let parent = reading.parent {
      let isOrder = name.kind == .amendment && parent.evidence.quote.lowercased().contains("order")
      record.put("parent_carrier", .string(name.carrier))
      record.put("parent_number", .string(parent.value), parent.evidence)
      record.put("parent_kind", .string((isOrder ? ContractKind.serviceOrder : .msa).rawValue))
    }
    record.put(day: "effective_on", text: "effective_text", reading.effectiveDate)
    record.put("governing_law", reading.governingLaw)
    money(&record)
    record.put("document", .string(document))
    record.put("title", reading.title)
    let names = reading.parties.map(\.value.name)
    record.put("parties", names.isEmpty ? nil : .string(names.joined(separator: "; ")), reading.parties.first?.evidence)
    record.put(day: "agreed_on", text: "agreed_text", reading.agreementDate)
    record.put("document_pages", .string("\(reading.pages.lowerBound)-\(reading.pages.upperBound)"))
    record.issues += doubts
    return record
  }

  private func money(_ record: inout PaperRecord) {
    let prices = reading.prices
    let minimum = prices.minimumCommitment.flatMap { found in
      found.value.amount.map { (Finding($0, found.evidence), found.value.everyMonths) }
    }
    guard let first = prices.totalMRC ?? prices.totalNRC ?? minimum?.0 else { return }
    let currency = first.value.currency
    func fits(_ amount: Finding<Money>) -> Bool { amount.value.currency == currency }
    record.put("currency", .string(currency.code), first.evidence)
    for (name, amount) in [("total_mrc_minor", prices.totalMRC), ("total_nrc_minor", prices.totalNRC)] {
      if let amount, fits(amount) { record.put(name, amount) } else { record.note(otherCurrency: amount) }
    }
    guard let (amount, months) = minimum else { return }
    if months == 1, fits(amount) {
      record.put("min_commit_minor", amount)
    } else {
      record.issues.append(
        Issue(
          "W_COMMITMENT", .warn, field: "min_commit", message: "a commitment that is no monthly one is not taken over",
          hint: "read it in the paper, and enter what it comes to a month", value: amount.value.description))
    }
  }

  /// What is doubtful about the agreement as a whole; doubts about a value are with its quote.
  private var doubts: [Issue] {
    var issues = reading.doubts.map {
      Issue($0, .warn, message: "doubt about the agreement", hint: "look at its pages before you approve it")
    }
    if reading.number == nil {
      issues.append(
        Issue(
          "W_NO_NUMBER", .warn, field: "number", message: "no number of the contract was found",
          hint: "it is called by the digest of its paper until you give it one", value: number))
    }
    if reading.kind == nil {
      issues.append(
        Issue(
          "W_NO_KIND", .warn, field: "kind", message: "the kind of agreement was not found; it is taken as an msa",
          hint: "look at its title", value: reading.title?.value ?? ""))
    }
    return issues
  }
}

extension PaperRecord {
  /// Says of an amount that it was left out, because the record's amounts have one currency.
  mutating func note(otherCurrency amount: Finding<Money>?) {
    guard let amount else { return }
    issues.append(
      Issue(
        "W_TWO_CURRENCIES", .warn, message: "an amount in another currency than the record's is not taken over",
        hint: "look at page \(amount.evidence.page)", value: amount.value.description))
  }
}
