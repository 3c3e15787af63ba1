import Contracts
import Domain
import Pages
import Testing

private let preamble = """
  MASTER SERVICES AGREEMENT

  This Master Services Agreement (this "Agreement") is made as of March 1, 2021 (the "Effective Date") by and between
  Northfield Fiber Networks, LLC, a Delaware limited liability company ("Carrier"), and Harbor Mills Hospital, Inc.
  ("Customer").


  """

@Suite struct ClauseReadingTests {
  private func read(_ clause: String) throws -> ContractReading { try PlainPages.read(preamble + clause) }

  // MARK: - Law

  @Test(arguments: [
    ("This Agreement shall be governed by the laws of the State of Ohio.", "Ohio"),
    (
      "This Agreement is governed by and construed in accordance with the laws of New York, without regard to its conflict of laws rules.",
      "New York"
    ),
    ("THIS AGREEMENT SHALL BE CONSTRUED UNDER THE LAWS OF THE COMMONWEALTH OF MASSACHUSETTS.", "Massachusetts"),
    (
      "The validity of this Agreement is governed by the internal laws, and not the laws of conflicts, of the State of Texas.",
      "Texas"
    ),
    ("This Agreement is governed by English law.", "England"),
    ("The laws of Germany shall apply to this Agreement.", "Germany"),
    ("This Agreement is made in the State of Iowa and shall be governed in accordance with the laws thereof.", "Iowa"),
    (
      "This Agreement shall be governed by the laws of the Province of Ontario and the federal laws of Canada.",
      "Ontario"
    ),
    ("This Agreement shall be governed by the laws of the United States and the State of Maine.", "Maine"),
    ("This contract shall be interpreted under the substantive law of Switzerland.", "Switzerland"),
    ("This Agreement shall be governed by the laws of the People’s Republic of China.", "People's Republic of China"),
    ("This Agreement shall be governed by Delaware law.", "Delaware"),
    ("The laws of the State of Utah (without its conflict rules) shall govern this Agreement.", "Utah"),
    ("This Agreement and all disputes are governed by the laws of England and Wales.", "England and Wales"),
    ("The laws of the State of Utah govern this order.", "Utah"),
  ])
  func findsTheGoverningLaw(_ clause: String, _ place: String) throws {
    #expect(try read(clause).governingLaw?.value == place)
  }

  @Test(arguments: [
    "Carrier is a company organized and existing under the laws of the State of Nevada.",
    "Customer shall comply with all applicable laws of every place where it uses the Service.",
    "Each party shall pay its own taxes.",
  ])
  func findsNoLawWhereNoneGoverns(_ clause: String) throws { #expect(try read(clause).governingLaw == nil) }

  @Test func aBlackedOutLawIsKeptAsSuch() throws {
    let law = try read("This Agreement shall be governed by the laws of [***], without regard to conflicts.")
      .governingLaw
    #expect(law?.evidence.doubts == ["W_REDACTED"])
  }

  // MARK: - Term and end

  @Test(
    arguments: [
      ("The initial term of this Agreement shall be three (3) years from the Effective Date.", 36, "2024-03-01"),
      (
        "The term of this Agreement shall commence on the Effective Date and continue for sixty (60) months.", 60,
        "2026-03-01"
      ),
      ("This Agreement shall remain in full force and effect for a period of five (5) years.", 60, "2026-03-01"),
      (
        "This Agreement shall continue until the fifth anniversary of the Effective Date (the \"Term\").", 60,
        "2026-03-01"
      ),
      ("This Agreement shall be effective for a term of two years from the date hereof.", 24, "2023-03-01"),
      (
        "The Term shall begin on April 1, 2021 and shall continue for thirty-six (36) months thereafter.", 36,
        "2024-04-01"
      ),
      ("Term: 36 months from the Effective Date.", 36, "2024-03-01"),
      ("The term of this Agreement shall expire on December 31, 2028.", nil, "2028-12-31"),
      ("This Agreement shall be in effect from April 1, 2021 through March 31, 2024 (the \"Term\").", 36, "2024-03-31"),
      (
        "\"Initial Term\" means the period beginning on the Effective Date and ending on February 29, 2024.", 36,
        "2024-02-29"
      ),
      (
        "This Agreement has a term of one (1) year commencing on July 1, 2021 and ending June 30, 2022.", 12,
        "2022-06-30"
      ),
      (
        "Unless sooner terminated, this Agreement will continue in force beginning on the Effective Date and ending two (2) years thereafter (\"Term\").",
        24, "2023-03-01"
      ),
      (
        "This Agreement shall remain in effect from the Effective Date until the end of the calendar year.", nil,
        "2021-12-31"
      ),
      ("Expiration Date: May 31, 2024", nil, "2024-05-31"),
      ("Account 4471 Currency USD Term 36 months Contact Ann Hill", 36, "2024-03-01"),
    ] as [(String, Int?, String)])
  func findsTermAndEnd(_ clause: String, _ months: Int?, _ end: String) throws {
    let reading = try read(clause)
    #expect(reading.term?.value.term.months == months)
    #expect(reading.expiration?.value.day?.description == end)
  }

  @Test(arguments: [
    "This Agreement shall continue in full force and effect until terminated by either party.",
    "The term of this Agreement shall be perpetual.",
    "This Agreement shall remain in effect indefinitely unless terminated as set out below.",
    "This Agreement shall continue in effect in perpetuity (the \"Term\").",
  ])
  func findsAnAgreementWithoutEnd(_ clause: String) throws {
    #expect(try read(clause).expiration?.value == .perpetual)
  }

  @Test(arguments: [
    "Customer shall maintain insurance for the term of this Agreement and for two (2) years thereafter.",
    "Each party shall keep confidential information secret for a period of five (5) years.",
    "Either party may terminate this Agreement upon ninety (90) days written notice.",
    "Invoices shall be kept for three (3) years after the end of the term of this Agreement.",
    "The warranty on equipment is for a period of twelve (12) months.",
  ])
  func findsNoTermInOtherPeriods(_ clause: String) throws {
    let reading = try read(clause)
    #expect(reading.term == nil)
    #expect(reading.expiration == nil)
  }

  @Test(arguments: [
    (
      "The term of this Agreement is 36 months from the date of installation of the Service.",
      InitialTerm.Start.installation
    ),
    ("The initial term of this Agreement shall be 36 months following the Billing Start Date.", .billingStart),
    (
      "The initial term of this Agreement shall be 36 months from the date of the last signature below.", .lastSignature
    ),
    ("The initial term of this Agreement shall be 36 months from the Effective Date.", .effective),
  ])
  func saysFromWhenATermCounts(_ clause: String, _ start: InitialTerm.Start) throws {
    #expect(try read(clause).term?.value == InitialTerm(try #require(Term(months: 36)), from: start))
  }

  @Test(arguments: [
    "the Service Activation Date", "the date Carrier first bills the Service", "the date the Service is first accepted",
  ])
  func aTermFromAnEventHasARelativeEndInItsOwnWords(_ event: String) throws {
    let end = try read("The initial term of this Agreement shall be 36 months from \(event).").expiration
    guard case .relative(let words) = end?.value else { throw PlainPages.Nothing() }
    #expect(words == "36 months from \(event)")
    #expect(end?.evidence.doubts == ["W_COMPUTED", "W_RELATIVE"])
  }

  @Test(arguments: [
    ("The term of this Agreement shall be 36 months from the Effective Date.", "2024-02-29"),
    ("The term of this Agreement shall expire on December 31, 2028.", "2028-12-31"),
  ])
  func theLastDayOfACountedTermIsTheDayBefore(_ clause: String, _ day: String) throws {
    #expect(try read(clause).lastDay?.description == day)
  }

  @Test func aFormSaysItsTermBesideOrBelowItsLabel() throws {
    for clause in [
      "Service Term: 36 months", "Term\n\nThirty-six (36) months from the date of installation of each service.",
    ] {
      #expect(try read(clause).term?.value.term.months == 36)
    }
  }

  @Test func monthToMonthUntilANoticeIsRead() throws {
    let reading = try read(
      "Thereafter the Service continues month to month until terminated by either party on thirty (30) days' written notice."
    )
    #expect(reading.renewal?.value == RenewalRule(.monthToMonth, months: 1))
    #expect(reading.notice?.value.count == 30)
  }

  @Test func aStatedEndThatContradictsTheMonthsIsFlaggedAndKept() throws {
    let reading = try read(
      "The term of this Agreement is three (3) years commencing on June 1, 2021 and expiring on December 31, 2023.")
    #expect(reading.expiration?.value.day?.description == "2023-12-31")
    #expect(reading.expiration?.evidence.doubts == ["W_TERM_MISMATCH"])
    #expect(reading.term?.evidence.doubts == ["W_TERM_MISMATCH"])
  }

  @Test func bothWaysOfCountingTheLastDayAgree() throws {
    for end in ["May 31, 2024", "June 1, 2024"] {
      let reading = try read(
        "The term of this Agreement is three (3) years commencing on June 1, 2021 and expiring on \(end).")
      #expect(reading.expiration?.evidence.doubts == [])
    }
  }

  // MARK: - Renewal

  @Test(
    arguments: [
      ("This Agreement shall automatically renew for successive one (1) year terms.", RenewalKind.successive, 12),
      (
        "Upon expiration of the Term, this Agreement will automatically renew for successive one year terms until terminated.",
        .successive, 12
      ),
      ("Thereafter this Agreement shall continue on a month-to-month basis.", .monthToMonth, 1),
      (
        "At the end of the Initial Term the Agreement will renew for successive Renewal Terms equal in length to the Initial Term.",
        .successiveEqualTerm, nil
      ),
      ("The Agreement shall be automatically extended on a year to year basis.", .successive, 12),
      ("This Agreement will renew automatically for additional periods of five (5) years each.", .successive, 60),
      ("The term shall automatically be extended for an additional period of half a year.", .successive, 6),
      ("This Agreement shall renew automatically each year thereafter.", .successive, 12),
      ("The Agreement shall thereafter automatically renew for an unlimited period of time.", .evergreen, nil),
      (
        "Service will continue month to month after the Service Term, and this Agreement renews on a month to month basis.",
        .monthToMonth, 1
      ),
      ("This Agreement shall not automatically renew.", .noRenewal, nil),
    ] as [(String, RenewalKind, Int?)])
  func findsTheRenewal(_ clause: String, _ kind: RenewalKind, _ months: Int?) throws {
    let renewal = try read(clause).renewal
    #expect(renewal?.value.kind == kind)
    #expect(renewal?.value.months == months)
  }

  @Test func anOptionIsNotAutomatic() throws {
    let renewal = try read(
      "Customer has the option to renew this Agreement for one (1) additional term of two (2) years."
    ).renewal
    #expect(renewal?.value == RenewalRule(.successive, months: 24, isAutomatic: false))
  }

  @Test(arguments: [
    "The parties may extend this Agreement for one year upon mutual agreement.",
    "Carrier shall renew its trademark registrations each year.",
    "The insurance certificate shall be renewed annually.",
    "This Agreement shall extend until the fourth anniversary of the Effective Date.",
    "The Contract Term shall extend for a period of fifty (50) years.",
    "While a Force Majeure Event lasts, the term shall be automatically extended for a period of one month.",
  ])
  func findsNoRenewalElsewhere(_ clause: String) throws { #expect(try read(clause).renewal == nil) }

  // MARK: - Notice

  @Test(arguments: [
    (
      "This Agreement renews for one year terms unless either party gives written notice of non-renewal at least sixty (60) days prior to the end of the then-current term.",
      60, NoticeRule.Unit.days
    ),
    (
      "This Agreement shall automatically renew for one year unless a party gives notice at least three (3) months before the expiration of the term.",
      3, .months
    ),
    (
      "This Agreement renews annually unless either party notifies the other of its intention not to renew not less than 30 days before the end of the term.",
      30, .days
    ),
    (
      "Unless terminated by ninety days' prior written notice before the end of the Initial Term, this Agreement shall automatically renew.",
      90, .days
    ),
    (
      "This Agreement will extend automatically for monthly periods unless either party notifies the other at least thirty (30) days before the expiration of the then current term.",
      30, .days
    ),
    (
      "This Agreement renews for successive one year terms unless notice of non-renewal is given two weeks prior to the end of the term.",
      14, .days
    ),
    (
      "This Agreement renews each year unless either party gives notice of non-renewal no less than 120 prior to the end of the term.",
      120, .days
    ),
    (
      "This Agreement will renew for successive terms unless a party notifies the other that it does not wish to renew, not less than ninety (90) days and not more than one hundred eighty (180) days before the end of the term.",
      90, .days
    ),
  ])
  func findsTheNotice(_ clause: String, _ count: Int, _ unit: NoticeRule.Unit) throws {
    let notice = try read(clause).notice
    #expect(notice?.value.count == count)
    #expect(notice?.value.unit == unit)
  }

  @Test func noticeInTheNextSentenceBelongsToTheRenewal() throws {
    let reading = try read(
      "This Agreement renews for one year terms unless either party elects not to renew. Such notice must be given ninety (90) days prior to expiration of the original term."
    )
    #expect(reading.notice?.value.count == 90)
  }

  @Test(arguments: [
    "Carrier shall give thirty (30) days notice before cancelling any insurance at the end of a policy term.",
    "Either party may terminate this Agreement for breach that is not cured within thirty (30) days after notice.",
    "Either party may terminate this Agreement at any time for convenience upon thirty (30) days' prior written notice.",
    "If Customer wishes to renew this Agreement, it shall give notice at least sixty (60) days before the end of the term.",
  ])
  func findsNoNoticeOfNonRenewalElsewhere(_ clause: String) throws { #expect(try read(clause).notice == nil) }

  @Test func aWindowItsMethodAndItsReceiptAreRead() throws {
    let notice = try read(
      "This Agreement shall renew for one year terms unless Carrier receives by certified mail a notice of non-renewal not more than 120 days and not less than sixty (60) business days prior to the end of the term."
    ).notice?.value
    #expect(
      notice
        == NoticeRule(60, .days, earliestDays: 120, isBusinessDays: true, isByReceipt: true, method: .certifiedMail))
    #expect(notice?.days == 84)
  }

  @Test(arguments: [(1, 31), (3, 92), (6, 184), (12, 366), (18, 550)])
  func monthsOfNoticeAreTheirMostDays(_ months: Int, _ days: Int) {
    #expect(NoticeRule(months, .months).days == days)
  }

  @Test func aWordThatContradictsItsFigureHalvesTheConfidence() throws {
    let clause = { (word: String) in
      "This Agreement renews for one year unless either party gives notice of non-renewal at least \(word) (90) days prior to the end of the term."
    }
    let clear = try #require(try read(clause("ninety")).notice)
    let doubtful = try #require(try read(clause("sixty")).notice)
    #expect(doubtful.evidence.doubts == ["W_WORD_FIGURE"])
    #expect(doubtful.evidence.confidence == clear.evidence.confidence / 2)
  }
}
