import Domain
import Records
import TestSupport
import Testing
import Wire

extension SplitMix64 {
  fileprivate mutating func percent() -> Percent { Percent(hundredths: Int.random(in: 0...20_000, using: &self))! }
  fileprivate mutating func money() -> Money {
    Money(minor: Int64.random(in: 0...9_999_999, using: &self), currency: Bool.random(using: &self) ? .usd : .eur)
  }
  fileprivate mutating func fees(_ depth: Int) -> [TerminationFee] {
    (0..<Int.random(in: 0...3, using: &self)).map { _ in fee(depth - 1) }
  }

  fileprivate mutating func leaf() -> TerminationFee {
    switch Int.random(in: 0...10, using: &self) {
    case 0: return .noFee
    case 1: return .unknown
    case 2: return .percentOfRemainingMRC(percent())
    case 3:
      let basis = TerminationFee.TierBasis.allCases.randomElement(using: &self)!
      return .tieredPercent(
        [.init(from: 1, through: 12, percent: percent()), .init(from: 13, through: nil, percent: percent())], by: basis)
    case 4: return .percentOfRemainingCommitment(percent())
    case 5: return .shortfall(percent())
    case 6: return .fixedAmount(money())
    case 7: return .declining(from: money(), step: money(), months: Int.random(in: 1...12, using: &self))
    case 8: return .buyoutTable([.init(through: Int.random(in: 1...60, using: &self), amount: money())])
    case 9: return .monthsOfMRC(Int.random(in: 1...12, using: &self))
    default:
      let part = TerminationPart.allCases.randomElement(using: &self)!
      return .part(part, Bool.random(using: &self) ? .whole : percent())
    }
  }

  fileprivate mutating func fee(_ depth: Int) -> TerminationFee {
    if depth == 0 { return leaf() }
    switch Int.random(in: 0...8, using: &self) {
    case 0: return .sumOfParts(fees(depth))
    case 1: return .lesserOf(fees(depth))
    case 2: return .greaterOf(fees(depth))
    case 3: return .freeBuyout(after: money(), otherwise: fee(depth - 1))
    case 4: return .presentValue(fee(depth - 1), yearly: percent())
    case 5:
      return .limited(
        fee(depth - 1), floor: Bool.random(using: &self) ? money() : nil, cap: Bool.random(using: &self) ? money() : nil
      )
    case 6: return .byPhase(beforeInstallation: fee(depth - 1), after: fee(depth - 1))
    default: return leaf()
    }
  }
}

@Suite struct AgreementColumnsTests {
  @Test func everyFormulaReadsBack() {
    var random = SplitMix64()
    print("seed \(random.seed): formulas read back from their columns")
    for _ in 0..<2000 {
      let fee = random.fee(3)
      let columns = TerminationFeeColumns(fee)
      #expect(columns.fee == fee, "\(columns)")
      #expect(JSON.parse(fee.json.line).flatMap { TerminationFee(json: $0) } == fee)
    }
  }

  @Test func everyEscalationReadsBack() {
    var random = SplitMix64()
    print("seed \(random.seed): escalations read back from their columns")
    let start = CalendarDate(year: 2025, month: 1, day: 31)!
    for _ in 0..<500 {
      let percents = (random.percent(), random.percent())
      let rules: [Escalation.Rule] = [
        .noEscalator, .thenCurrentRate, .fixedPercent(percents.0), .fixedAmount(random.money()),
        .cpi(index: "CPI-U", floor: percents.0, cap: nil), .cpi(index: "CPI-U", floor: nil, cap: percents.1),
        .greaterOf(percents.0, index: "CPI-U", cap: percents.1), .step([.init(month: 13, percent: percents.0)]),
      ]
      for rule in rules {
        let escalation = Escalation(
          rule, firstAfterMonths: Int.random(in: 1...60, using: &random),
          everyMonths: Bool.random(using: &random) ? 12 : nil, isCompounding: Bool.random(using: &random))
        let columns = EscalationColumns(escalation, start: start)
        #expect(columns?.escalation(start: start) == escalation)
      }
    }
  }

  @Test func theColumnsOfARealClause() throws {
    let whole = Percent.whole
    let half = try #require(Percent(number: "50"))
    let fee = TerminationFee.limited(
      .sumOfParts([
        .tieredPercent(
          [.init(from: 1, through: 12, percent: whole), .init(from: 13, through: nil, percent: half)], by: .monthBilled),
        .part(.thirdParty, whole), .part(.waivedNRC, half),
      ]), floor: Money(minor: 50_000, currency: .usd), cap: nil)
    let columns = TerminationFeeColumns(fee)
    #expect(columns.kind == .tieredPercent)
    #expect(columns.tiers == #"[{"from":1,"to":12,"pct":100},{"from":13,"to":"end","pct":50}]"#)
    #expect(columns.addons == #"["third_party",{"part":"waived_nrc","pct":50}]"#)
    #expect(columns.floor == 50_000 && columns.cap == nil && columns.currency == .usd)
  }

  @Test(arguments: [
    "[]", "{}", "7", #"{"kind":"tiered"}"#, #"{"kind":"percent_of_remaining_mrc"}"#,
    #"{"kind":"percent_of_remaining_mrc","pct":"75"}"#, #"{"kind":"fixed_amount","amount":{"minor":5}}"#,
    #"{"kind":"fixed_amount","amount":{"minor":5.5,"currency":"USD"}}"#, #"{"months_mrc":0}"#, #""nothing""#,
    #"{"kind":"sum_of_parts","parts":["waived_nrc","nothing"]}"#, "[{\"from\":1}]",
  ])
  func refusesWhatIsNoFormula(_ text: String) {
    let columns = TerminationFeeColumns(kind: .percentOfRemainingMRC, tiers: text)
    #expect(columns.fee == nil)
  }
}
