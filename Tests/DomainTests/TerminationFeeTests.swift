import TestSupport
import Testing

@testable import Domain

private func day(_ text: String) -> CalendarDate { bytes(text) { CalendarDate.parseISO($0) }! }
private func usd(_ minor: Int64) -> Money { Money(minor: minor, currency: .usd) }
private func percent(_ whole: Int) -> Percent { Percent(hundredths: whole * 100)! }
private func tier(_ from: Int, _ through: Int?, _ whole: Int) -> TerminationFee.Tier {
  TerminationFee.Tier(from: from, through: through, percent: percent(whole))
}

/// Three years from 2025-09-15 at USD 2,450.00.
private let facts = TerminationFacts(start: day("2025-09-15"), term: Term(months: 36)!, mrc: usd(245_000))

@Suite struct TerminationFeeTests {
  @Test func halfOfWhatRemains() throws {
    let found = try TerminationFee.percentOfRemainingMRC(percent(50)).estimate(ending: day("2027-03-15"), facts)
    #expect(found.low == usd(2_205_000) && found.high == usd(2_205_000) && found.open.isEmpty)
    #expect(
      found.working == "terminated on 2027-03-15: 18 months remain x USD 2,450.00 x 50 % = USD 22,050.00")
  }

  /// model.md 2.5: the tiers of a real clause, worked out by hand for an end after 6 and after 14 months.
  @Test func tiersByTheMonthBilled() throws {
    let fee = TerminationFee.sumOfParts([
      .tieredPercent([tier(1, 12, 100), tier(13, nil, 50)], by: .monthBilled), .part(.thirdParty, .whole),
      .part(.waivedNRC, .whole),
    ])
    var facts = facts
    facts.parts = [.waivedNRC: usd(150_000)]
    let early = try fee.estimate(ending: day("2026-03-15"), facts)
    // 6 x 2,450 + 24 x 1,225 + 1,500
    #expect(early.high == usd(1_470_000 + 2_940_000 + 150_000) && early.open == [.thirdParty])
    #expect(
      early.working == """
        terminated on 2026-03-15: 6 months remain x USD 2,450.00 x 100 % + 24 months remain x USD 2,450.00 x 50 % + \
        third-party charges (amount not given) + waived non-recurring charges USD 1,500.00 = USD 45,600.00
        """)
    // 22 x 1,225 + 1,500
    #expect(try fee.estimate(ending: day("2026-11-15"), facts).high == usd(2_695_000 + 150_000))
    #expect(fee.kind == .tieredPercent)
  }

  @Test func tiersByTheMonthOfTheEnd() throws {
    let fee = TerminationFee.tieredPercent([tier(1, 12, 100), tier(13, 24, 75), tier(25, nil, 50)], by: .monthEnded)
    // In month 6 all 30 months at 100 %, in month 24 all 12 at 75 %, in month 25 all 11 at 50 %.
    #expect(try fee.estimate(ending: day("2026-03-15"), facts).high == usd(30 * 245_000))
    #expect(try fee.estimate(ending: day("2027-09-15"), facts).high == usd(12 * 183_750))
    #expect(try fee.estimate(ending: day("2027-10-15"), facts).high == usd(11 * 122_500))
  }

  @Test func monthsThatHaveBegun() throws {
    let all = TerminationFee.percentOfRemainingMRC(.whole)
    // 2027-03-20 is in the month that ends on 2027-04-15: 17 full months, or 26 days of thirty more.
    #expect(try all.estimate(ending: day("2027-03-20"), facts).high == usd(17 * 245_000))
    var byDays = facts
    byDays.convention = .days30
    let found = try all.estimate(ending: day("2027-03-20"), byDays)
    #expect(found.high == usd(17 * 245_000 + 212_333))
    #expect(found.working.contains("17 26/30 months remain x USD 2,450.00 x 100 % = USD 43,773.33"))
    #expect(try all.estimate(ending: day("2028-09-15"), byDays).high == usd(0))
    #expect(try all.estimate(ending: day("2030-01-01"), byDays).high == usd(0))
    #expect(try all.estimate(ending: day("2020-01-01"), byDays).high == usd(36 * 245_000))
  }

  @Test func anUnknownFormulaIsARange() throws {
    let found = try TerminationFee.unknown.estimate(ending: day("2027-03-15"), facts)
    #expect(found.low == usd(0) && found.high == usd(18 * 245_000))
    #expect(found.working.hasSuffix("= USD 0.00 to USD 44,100.00"))
  }

  @Test func pricesRiseBeforeTheyAreShared() throws {
    var facts = facts
    facts.escalation = Escalation(.fixedPercent(percent(3)))
    // Months 19-24 at 2,523.50, months 25-36 at 2,599.205 rounded half to even: 2,599.20.
    let found = try TerminationFee.percentOfRemainingMRC(.whole).estimate(ending: day("2027-03-15"), facts)
    #expect(found.high == usd(6 * 252_350 + 12 * 259_920))
    facts.escalation = Escalation(.thenCurrentRate, firstAfterMonths: 24)
    let guessed = try TerminationFee.percentOfRemainingMRC(.whole).estimate(ending: day("2027-03-15"), facts)
    #expect(guessed.high == usd(18 * 245_000))
    #expect(guessed.working.contains("at the price before the carrier sets a new one"))
  }

  @Test func roundsOnceAtTheEnd() throws {
    var facts = facts
    facts.mrc = usd(333)
    facts.convention = .days30
    let third = TerminationFee.percentOfRemainingMRC(Percent(hundredths: 3333)!)
    // 3.33 x 33.33 % = 1.109889 a month: 18 of them are 19.978002, not 18 x 1.11.
    #expect(try third.estimate(ending: day("2027-03-15"), facts).high == usd(1998))
    let sum = TerminationFee.sumOfParts([third, third])
    #expect(try sum.estimate(ending: day("2027-03-15"), facts).high == usd(3996))
  }

  @Test func amountsAndTables() throws {
    func fee(_ fee: TerminationFee, _ on: String = "2027-03-15") throws -> Int64 {
      try fee.estimate(ending: day(on), facts).high.minor
    }
    #expect(try fee(.noFee) == 0)
    #expect(try fee(.fixedAmount(usd(500_000))) == 500_000)
    #expect(try fee(.declining(from: usd(500_000), step: usd(10_000), months: 1)) == 500_000 - 17 * 10_000)
    #expect(try fee(.declining(from: usd(100_000), step: usd(10_000), months: 1)) == 0)
    let table = TerminationFee.buyoutTable([
      .init(through: 24, amount: usd(400_000)), .init(through: 12, amount: usd(900_000)),
    ])
    #expect(try fee(table, "2026-09-15") == 900_000)
    #expect(try fee(table, "2026-09-16") == 400_000)
    #expect(try fee(table, "2028-01-01") == 0)
    #expect(try fee(.monthsOfMRC(3)) == 735_000)
    #expect(try fee(.lesserOf([.fixedAmount(usd(500_000)), .percentOfRemainingMRC(.whole)])) == 500_000)
    #expect(try fee(.greaterOf([.fixedAmount(usd(500_000)), .percentOfRemainingMRC(.whole)])) == 18 * 245_000)
    #expect(try fee(.limited(.percentOfRemainingMRC(.whole), floor: nil, cap: usd(1_000_000))) == 1_000_000)
    #expect(try fee(.limited(.percentOfRemainingMRC(percent(1)), floor: usd(50_000), cap: nil)) == 50_000)
    #expect(throws: TerminationError.self) { try fee(.fixedAmount(Money(minor: 1, currency: .eur))) }
  }

  @Test func commitments() throws {
    var facts = facts
    let quarter = TerminationFee.percentOfRemainingCommitment(percent(25))
    #expect(throws: TerminationError.commitmentMissing) { try quarter.estimate(ending: day("2027-03-15"), facts) }
    facts.commitment = .init(usd(12_000_000), everyMonths: 12, spent: usd(5_000_000))
    // In the second of three years: (120,000 - 50,000) and the third year's 120,000, a quarter of each.
    #expect(try quarter.estimate(ending: day("2027-03-15"), facts).high == usd((7_000_000 + 12_000_000) / 4))
    #expect(try TerminationFee.shortfall(percent(50)).estimate(ending: day("2027-03-15"), facts).high == usd(3_500_000))
    let free = TerminationFee.freeBuyout(after: usd(20_000_000), otherwise: .fixedAmount(usd(100)))
    let open = try free.estimate(ending: day("2027-03-15"), facts)
    #expect(open.low == usd(0) && open.high == usd(100))
    facts.spent = usd(20_000_000)
    #expect(try free.estimate(ending: day("2027-03-15"), facts).high == usd(0))
    facts.spent = usd(19_999_999)
    #expect(try free.estimate(ending: day("2027-03-15"), facts).low == usd(100))
  }

  @Test func phasesAndPresentValue() throws {
    let fee = TerminationFee.byPhase(
      beforeInstallation: .sumOfParts([.part(.nrc, .whole), .monthsOfMRC(1)]), after: .percentOfRemainingMRC(.whole))
    var facts = facts
    facts.parts[.nrc] = usd(100_000)
    #expect(fee.kind == .percentOfRemainingMRC)
    #expect(try fee.estimate(ending: day("2028-08-15"), facts).high == usd(245_000))
    facts.isInstalled = false
    #expect(try fee.estimate(ending: day("2028-08-15"), facts).high == usd(345_000))
    facts.isInstalled = true
    // Two months at 12 % a year: 2,450 + 2,450 / 1.01.
    let value = TerminationFee.presentValue(.percentOfRemainingMRC(.whole), yearly: percent(12))
    #expect(try value.estimate(ending: day("2028-07-15"), facts).high == usd(245_000 + 242_574))
  }

  /// A larger share is never cheaper, ending later is never dearer, and nothing exceeds all that remains.
  @Test func orderOfFees() throws {
    var random = SplitMix64("fees are ordered")
    for _ in 0..<300 {
      var facts = facts
      facts.mrc = usd(Int64.random(in: 0...10_000_000, using: &random))
      facts.term = Term(months: Int.random(in: 1...120, using: &random))!
      facts.convention = Bool.random(using: &random) ? .days30 : .fullMonths
      let first = day("2025-09-15").adding(days: Int.random(in: -30...3000, using: &random))!
      let later = first.adding(days: Int.random(in: 0...400, using: &random))!
      let share = Percent(hundredths: Int.random(in: 0...10_000, using: &random))!
      let fee = TerminationFee.percentOfRemainingMRC(share)
      let all = try TerminationFee.percentOfRemainingMRC(.whole).estimate(ending: first, facts).high.minor
      let now = try fee.estimate(ending: first, facts).high.minor
      #expect(now <= all && (share != .whole || now == all))
      #expect(try fee.estimate(ending: later, facts).high.minor <= now)
      let unknown = try TerminationFee.unknown.estimate(ending: first, facts)
      #expect(unknown.low.minor == 0 && unknown.high.minor == all)
    }
  }
}

@Suite struct EscalationTests {
  @Test(arguments: [
    (Escalation(.noEscalator), 36, 100_000), (Escalation(.fixedPercent(percent(3))), 12, 100_000),
    (Escalation(.fixedPercent(percent(3))), 13, 103_000), (Escalation(.fixedPercent(percent(3))), 25, 106_090),
    (Escalation(.fixedPercent(percent(3)), isCompounding: false), 25, 106_000),
    (Escalation(.fixedPercent(percent(3)), everyMonths: nil), 60, 103_000),
    (Escalation(.fixedPercent(percent(5)), firstAfterMonths: 36), 36, 100_000),
    (Escalation(.fixedPercent(percent(5)), firstAfterMonths: 36), 37, 105_000),
    (Escalation(.cpi(index: "CPI-U", floor: percent(2), cap: percent(5))), 13, 104_000),
    (Escalation(.cpi(index: "CPI-U", floor: percent(6), cap: nil)), 13, 106_000),
    (Escalation(.cpi(index: "CPI-U", floor: nil, cap: percent(3))), 13, 103_000),
    (Escalation(.greaterOf(percent(3), index: "CPI-U", cap: nil)), 13, 104_000),
    (Escalation(.greaterOf(percent(5), index: "CPI-U", cap: nil)), 13, 105_000),
    (Escalation(.step([.init(month: 13, percent: percent(2)), .init(month: 25, percent: percent(7))])), 24, 102_000),
    (Escalation(.step([.init(month: 13, percent: percent(2)), .init(month: 25, percent: percent(7))])), 25, 107_000),
    (Escalation(.fixedAmount(usd(2500))), 25, 105_000), (Escalation(.thenCurrentRate), 12, 100_000),
  ])
  func pricesInAMonth(_ escalation: Escalation, _ month: Int, _ minor: Int64) throws {
    #expect(try escalation.price(of: usd(100_000), inMonth: month, index: percent(4)) == usd(minor))
  }

  @Test func onlyTheCarrierKnows() throws {
    #expect(try Escalation(.thenCurrentRate).price(of: usd(1), inMonth: 13, index: .none) == nil)
  }

  @Test func percentsPrintAndParse() {
    #expect(
      ["75", "12.5", "0.25", ".5", "100.00", "0"].map { Percent(number: $0)?.hundredths } == [
        7500, 1250, 25, 50, 10_000, 0,
      ])
    #expect(["", ".", "1.234", "-5", "5 ", "1e2", "99999", "1.2.3"].allSatisfy { Percent(number: $0) == nil })
    for hundredths in 0...10_000 {
      #expect(Percent(number: Percent(hundredths: hundredths)!.number)?.hundredths == hundredths)
    }
  }
}
