/// Reads the clauses about parties, dates, term, renewal, notice and law.
final class ClauseReader {
  private let mentions = DateMentions()
  private let durations = Durations()
  private let dates = DateRules()
  private let law = GoverningLawRule()
  private let parties = PartyRule()
  private let title = TitleRule()
  private lazy var term = TermRule(durations)
  private lazy var renewal = RenewalRules(durations)
  private lazy var notice = NoticeRules(durations)

  func read(_ contract: ContractText, into reading: inout ContractReading) {
    let text = ClauseText(contract, dates: mentions)
    guard !text.sentences.isEmpty else { return }
    let found = dates.read(text)
    reading.title = title.read(text)
    reading.parties = parties.read(text)
    reading.agreementDate = found.agreement
    reading.effectiveDate = found.effective
    reading.governingLaw = law.read(text)
    let ending = term.read(text, found)
    reading.term = ending.term
    reading.expiration = ending.expiration
    reading.renewal = renewal.renewal(text, term: ending.term?.value)
    reading.notice = notice.notice(text)
    CrossChecks.apply(to: &reading, text)
  }
}
