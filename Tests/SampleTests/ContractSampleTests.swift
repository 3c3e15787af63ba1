import Records
import TestSupport
import Testing

/// Samples/contracts: what is proposed of each paper is what its answer sheet says, with the words that say it.
@Suite struct ContractSampleTests {
  /// A record on its way to `stage`.
  private struct Proposal {
    let stream: String
    let record: JSON
    let evidence: JSON?

    func quote(of field: String) -> String { evidence?[field]?["quote"]?.text ?? "" }
  }

  private func proposals(_ name: String) throws -> [Proposal] {
    let sample = try SampleDatabase()
    let paper = "\(repositoryRoot)/Samples/contracts/0-source/\(name).pdf"
    let kept = ["--documents", "kept"]
    let pages = try sample.step("ocr", kept, stdin: try sample.step("extract", kept + [paper]).output).output
    return try sample.step("map", stdin: pages).stdout.split(separator: "\n").compactMap { line in
      guard let message = JSON.parse(String(line)), message["type"]?.text == "RECORD", let record = message["record"]
      else { return nil }
      return Proposal(stream: message["stream"]?.text ?? "", record: record, evidence: message["prov"])
    }
  }

  private func own(_ all: [Proposal], _ stream: String, of number: String, _ property: String) -> [Proposal] {
    all.filter { $0.stream == stream && $0.record[property]?.text == number }
  }

  @Test(arguments: AnswerSheet.names)
  func everyPriceTermAndFeeIsProposedRightAndNoOther(_ name: String) throws {
    let all = try proposals(name)
    let sheet = try AnswerSheet(name)
    #expect(
      all.filter { $0.stream == "contracts" }.compactMap { $0.record["number"]?.text } == sheet.agreements.map(\.number)
    )
    for agreement in sheet.agreements {
      try check(lines: own(all, "contract_lines", of: agreement.number, "contract_number"), agreement)
      try check(terms: own(all, "contract_terms", of: agreement.number, "contract_number"), agreement)
      try check(fees: own(all, "etf_formulas", of: agreement.number, "term_contract_number"), agreement)
      let contract = try #require(own(all, "contracts", of: agreement.number, "number").first)
      for total in ["total_mrc", "total_nrc"] where contract.record["\(total)_minor"]?.int != nil {
        #expect(contract.record["\(total)_minor"]?.int == agreement.value(total)?.int)
      }
    }
  }

  private func check(lines: [Proposal], _ agreement: AnswerSheet.Agreement) throws {
    func text(_ circuit: String?, _ mrc: Int?, _ nrc: Int?) -> String {
      "\(circuit ?? "-") \(mrc.map(String.init) ?? "?") \(nrc.map(String.init) ?? "?")"
    }
    #expect(
      lines.map { text($0.record["circuit_text"]?.text, $0.record["mrc_minor"]?.int, $0.record["nrc_minor"]?.int) }
        == agreement.lines.map { text($0["circuit"]?.text, $0["mrc"]?.int, $0["nrc"]?.int) })
    for (line, answer) in zip(lines, agreement.lines) {
      for field in ["mrc", "nrc"] {
        guard let minor = answer[field]?.int else { continue }
        let says = line.quote(of: "\(field)_minor")
        #expect(
          says.contains(AnswerSheet.written(minor)) || (minor == 0 && says.contains("Waived")),
          "\(says) says no \(minor)")
        #expect(line.evidence?["\(field)_minor"]?["page"]?.int == answer["page"]?.int)
      }
    }
  }

  private func check(terms: [Proposal], _ agreement: AnswerSheet.Agreement) throws {
    #expect(terms.count == 1)
    let term = try #require(terms.first)
    #expect(term.record["term_months"]?.int == agreement.value("term", "months")?.int)
    let says = agreement.value("term", "says")?.text ?? ""
    let quote = term.quote(of: "term_months")
    #expect(!quote.isEmpty && (quote.contains(says) || says.contains(quote)), "\(quote) is not \(says)")
    for end in ["starts_on", "ends_on"] where term.record[end]?.text != nil {
      #expect(term.record[end]?.text == agreement.value("term", end)?.text)
    }
    if let days = term.record["notice_days"]?.int { #expect(days == agreement.value("notice", "days")?.int) }
  }

  private func check(fees: [Proposal], _ agreement: AnswerSheet.Agreement) throws {
    #expect(fees.compactMap { $0.record["kind"]?.text } == [agreement.value("etf", "kind")?.text].compactMap { $0 })
    if let fee = fees.first {
      let says = agreement.value("etf", "says")?.text ?? ""
      let quote = fee.quote(of: "kind")
      #expect(!quote.isEmpty && (quote.contains(says) || says.contains(quote)), "\(quote) is not \(says)")
    }
  }

  /// What a person need not approve by an act of its own is right as well.
  @Test(arguments: AnswerSheet.names)
  func everythingElseSaidIsRead(_ name: String) throws {
    let all = try proposals(name)
    for agreement in try AnswerSheet(name).agreements {
      let contract = try #require(own(all, "contracts", of: agreement.number, "number").first).record
      let term = try #require(own(all, "contract_terms", of: agreement.number, "contract_number").first).record
      for (said, read) in [
        ("kind", contract["kind"]), ("parent", contract["parent_number"]), ("governing_law", contract["governing_law"]),
        ("effective_on", contract["effective_on"]), ("agreement_on", contract["agreed_on"]),
      ] {
        guard let answer = agreement.value(said)?.text else { continue }
        #expect(read?.text == answer, "\(agreement.number): \(said)")
      }
      #expect(term["renewal_kind"]?.text == agreement.value("renewal", "kind")?.text, "\(agreement.number)")
      #expect(term["notice_days"]?.int == agreement.value("notice", "days")?.int, "\(agreement.number)")
      let rates = own(all, "escalators", of: agreement.number, "term_contract_number").map(\.record)
      #expect(rates.map { $0["kind"]?.text } == agreement.escalators.map { $0["kind"]?.text })
      #expect(rates.map { $0["rate_bps"]?.int } == agreement.escalators.map { $0["rate_bps"]?.int })
    }
  }
}
