import Contracts
import Domain
import Pages
import Records
import Wire

/// Makes the term of an agreement, and what hangs on it: escalators and the fee for ending early.
struct TermRecords {
  let reading: ContractReading
  let contract: ContractName

  func make() -> [PaperRecord] {
    var term = PaperRecord("contract_terms")
    term.refer(to: contract, as: "contract")
    term.put("seq", .int(1))
    let empty = term.members.count
    fill(&term)
    let escalators = escalators()
    let fee = fee()
    if term.members.count == empty, escalators.isEmpty, fee == nil { return [] }
    return [term] + escalators + (fee.map { [$0] } ?? [])
  }

  /// The first day of the term, where it is that on which the agreement takes effect.
  private var start: Finding<CalendarDate>? {
    guard reading.term?.value.start == .effective, let date = reading.effectiveDate, let day = date.value.day else {
      return nil
    }
    return Finding(day, date.evidence)
  }

  private func fill(_ term: inout PaperRecord) {
    term.put("term_months", reading.term.map { .int($0.value.term.months) }, reading.term?.evidence)
    term.put("starts_on", start.map { .string($0.value.description) }, start?.evidence)
    var end = reading.expiration
    if let last = reading.lastDay { end?.value = .day(last) }
    term.put(day: "ends_on", text: "ends_text", end)
    if let renewal = reading.renewal {
      term.put("auto_renew", .int(renewal.value.isAutomatic ? 1 : 0), renewal.evidence)
      term.put("renewal_term_months", renewal.value.months.map { .int($0) }, renewal.evidence)
      term.put("renewal_kind", .string(renewal.value.kind.rawValue), renewal.evidence)
    }
    if let notice = reading.notice {
      term.put("notice_days", .int(notice.value.days), notice.evidence)
      term.put("notice_method", notice.value.method.map { .string($0.rawValue) }, notice.evidence)
    }
    if let renewal = reading.renewal, renewal.value.isAutomatic, reading.notice == nil {
      term.issues.append(
        Issue(
          "W_NO_NOTICE", .warn, field: "notice_days",
          message: "it renews by itself, and no days of notice were found",
          hint: "look for the notice on page \(renewal.evidence.page), and enter its days", value: contract.number))
    }
    term.put("rate_after_term", reading.rateAfterTerm)
    term.put("coterminous", reading.coterminous.map { .int($0.value ? 1 : 0) }, reading.coterminous?.evidence)
    let basis = reading.term?.value.start
    term.put("start_basis", basis.map { .string($0.rawValue) }, reading.term?.evidence)
    if let notice = reading.notice {
      term.put("notice_rule", .string(notice.value.words), notice.evidence)
      term.put("notice_earliest_days", notice.value.earliestDays.map { .int($0) }, notice.evidence)
    }
  }

  // MARK: Escalators

  private func escalators() -> [PaperRecord] {
    var records: [PaperRecord] = []
    var keys: Set<String> = []
    for finding in reading.prices.escalations {
      guard let record = escalator(finding) else { continue }
      // Said twice is one rule.
      let key = (record.value("kind")?.text ?? "") + " " + (record.value("first_on")?.text ?? "")
      if keys.insert(key).inserted { records.append(record) }
    }
    return records
  }

  private func escalator(_ finding: Finding<Escalation>) -> PaperRecord? {
    // The columns want a day; without one the first step is counted in months alone.
    guard let day = start?.value ?? CalendarDate(year: 2000, month: 1, day: 1),
      let columns = EscalationColumns(finding.value, start: day)
    else { return nil }
    // A contract that says its prices are fixed has no rule that raises them.
    if columns.kind == .noEscalator { return nil }
    var record = PaperRecord("escalators")
    record.refer(to: contract, as: "term_contract")
    record.put("term_seq", .int(1))
    record.put("kind", .string(columns.kind.rawValue), finding.evidence)
    if start != nil {
      var evidence = finding.evidence
      evidence.doubts = Set(evidence.doubts + [Doubt.computed.rawValue]).sorted()
      record.put("first_on", .string(columns.firstOn.description), evidence)
    }
    let values: [(String, JSON?)] = [
      ("rate_bps", columns.rate.map { .int($0) }), ("index_name", columns.index.map { .string($0) }),
      ("floor_bps", columns.floor.map { .int($0) }), ("cap_bps", columns.cap.map { .int($0) }),
      ("every_months", columns.everyMonths.map { .int($0) }), ("compounding", .int(columns.isCompounding ? 1 : 0)),
      ("steps", columns.steps.map { .string($0) }), ("first_after_months", .int(finding.value.firstAfterMonths)),
    ]
    for (name, value) in values { record.put(name, value, finding.evidence) }
    return record
  }

  // MARK: The fee

  private func fee() -> PaperRecord? {
    guard let finding = reading.prices.fee else { return nil }
    let columns = TerminationFeeColumns(finding.value)
    var record = PaperRecord("etf_formulas")
    record.refer(to: contract, as: "term_contract")
    record.put("term_seq", .int(1))
    let values: [(String, JSON?)] = [
      ("kind", .string(columns.kind.rawValue)), ("tiers", columns.tiers.map { .string($0) }),
      ("addons", columns.addons.map { .string($0) }), ("floor_minor", columns.floor.map { .int($0) }),
      ("cap_minor", columns.cap.map { .int($0) }), ("currency", columns.currency.map { .string($0.code) }),
      ("text_quote", .string(finding.evidence.quote)), ("example", example(finding.value).map { .string($0) }),
    ]
    for (name, value) in values { record.put(name, value, finding.evidence) }
    return record
  }

  /// What ending half way comes to, where the agreement says enough to compute it.
  private func example(_ fee: TerminationFee) -> String? {
    guard let start = start?.value, let term = reading.term?.value.term, let mrc,
      let day = start.adding(months: term.months / 2), term.months > 1
    else { return nil }
    let facts = TerminationFacts(
      start: start, term: term, mrc: mrc, escalation: reading.prices.escalations.first?.value)
    return (try? fee.estimate(ending: day, facts))?.working
  }

  private var mrc: Money? {
    if let total = reading.prices.totalMRC { return total.value }
    let amounts = reading.prices.lines.compactMap(\.mrc?.value)
    guard let first = amounts.first else { return nil }
    return try? amounts.dropFirst().reduce(first) { try $0.adding($1) }
  }
}

extension NoticeRule {
  /// In the paper's own units: `60 days`, `5 business days, received`, `6 months`.
  fileprivate var words: String {
    let unit =
      (isBusinessDays ? "business " : "") + (count == 1 ? String(self.unit.rawValue.dropLast()) : self.unit.rawValue)
    return "\(count) \(unit)" + (isByReceipt ? ", received" : "")
  }
}
