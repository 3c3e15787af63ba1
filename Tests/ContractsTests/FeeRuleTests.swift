import Domain
import Pages
import TestSupport
import Testing

@testable import Contracts

private func pct(_ text: String) -> Percent { Percent(number: text)! }
private func usd(_ dollars: Int64) -> Money { Money(minor: dollars * 100, currency: .usd) }
private func mrc(_ text: String) -> TerminationFee { .percentOfRemainingMRC(pct(text)) }
private func tier(_ from: Int, _ through: Int?, _ text: String) -> TerminationFee.Tier {
  TerminationFee.Tier(from: from, through: through, percent: pct(text))
}
private func billed(_ tiers: TerminationFee.Tier...) -> TerminationFee { .tieredPercent(tiers, by: .monthBilled) }
private func ended(_ tiers: TerminationFee.Tier...) -> TerminationFee { .tieredPercent(tiers, by: .monthEnded) }

/// A clause of our own, and the fee that it states; nil for one that states none.
private struct Variant: Sendable, CustomTestStringConvertible {
  let clause: String
  let fee: TerminationFee?
  init(_ clause: String, _ fee: TerminationFee?) {
    self.clause = clause
    self.fee = fee
  }
  var testDescription: String { clause }
}

@Suite struct FeeRuleTests {
  private static func read(_ clause: String) -> Finding<TerminationFee>? {
    let text = ContractText([PlainPages.text(clause)])
    let amounts = Amounts(text.bytes, mark: nil, currency: nil)
    return FeeRules().read(ClauseText(text, dates: DateMentions()), amounts)
  }

  @Test(arguments: [
    Variant(
      "If Customer terminates a Service before the end of its Service Term, Customer shall pay an early termination charge equal to 50% of the monthly recurring charges remaining in the Service Term.",
      mrc("50")),
    Variant(
      "Customer shall pay, as liquidated damages and not as a penalty, an Early Termination Fee equal to seventy-five percent (75%) of the MRC for each month remaining in the Initial Term.",
      mrc("75")),
    Variant(
      "In the event of early termination Customer will be liable for one hundred percent (100%) of all remaining monthly charges through the end of the Service Term.",
      mrc("100")),
    Variant(
      "Upon termination for convenience Customer must pay 60 percent of the monthly recurring charges that would have been payable for the unexpired portion of the Order Term.",
      mrc("60")),
    Variant(
      "The early termination liability shall be 85.5% of the unpaid balance of the recurring charges for the remainder of the Term.",
      mrc("85.5")),
    Variant(
      "Customer agrees to pay a cancellation fee of forty percent of the monthly fees due for the balance of the Term if Customer terminates this Order early.",
      mrc("40")),
    Variant(
      "If this Order is terminated early, Customer shall pay all remaining monthly recurring charges for the Service Term.",
      mrc("100")),
    Variant("ETL is 35% of MRC times the months remaining in the term.", mrc("35")),
    Variant(
      "Termination liability: Customer is liable for the remaining monthly recurring charges through the expiration of the term upon any termination by Customer.",
      mrc("100")),
    Variant(
      "Customer shall pay an early termination charge equal to (i) 100% of the MRC for months 1 through 12 of the Service Term and (ii) 50% of the MRC for months 13 through the end of the Service Term, in each case to the extent remaining.",
      billed(tier(1, 12, "100"), tier(13, nil, "50"))),
    Variant(
      "An early termination fee applies equal to 100% of the remaining MRC for the first twelve (12) months, 75% of the remaining MRC for months 13 through 24, and 50% of the remaining MRC thereafter.",
      billed(tier(1, 12, "100"), tier(13, 24, "75"), tier(25, nil, "50"))),
    Variant(
      "If Customer terminates during the first year, the termination charge is 100% of the remaining monthly recurring charges; during the second year, 75%; and during the third year, 50%.",
      ended(tier(1, 12, "100"), tier(13, 24, "75"), tier(25, 36, "50"))),
    Variant(
      "Customer shall pay a termination charge of 90% of all remaining monthly charges if termination occurs during months 1-12, 60% if termination occurs in months 13-24, and 30% thereafter.",
      ended(tier(1, 12, "90"), tier(13, 24, "60"), tier(25, nil, "30"))),
    Variant(
      "Early termination charges shall be equal to: (a) one hundred percent (100%) of the monthly recurring charges for the first 6 months; plus (b) twenty-five percent (25%) of the monthly recurring charges for the remaining months of the Term.",
      billed(tier(1, 6, "100"), tier(7, nil, "25"))),
    Variant(
      "The ETF shall be calculated as follows: in year 1, 80% of the remaining MRC; in year 2, 55% of the remaining MRC; in year 3, 20% of the remaining MRC.",
      ended(tier(1, 12, "80"), tier(13, 24, "55"), tier(25, 36, "20"))),
    Variant(
      "Customer shall pay a termination fee equal to 50% of the remaining monthly recurring charges plus any third-party charges incurred by Provider plus any previously waived non-recurring charges.",
      .sumOfParts([mrc("50"), .part(.thirdParty, .whole), .part(.waivedNRC, .whole)])),
    Variant(
      "Customer shall pay a termination charge equal to the sum of: (i) 65% of the monthly recurring charges for the remainder of the term; (ii) unpaid installation charges; and (iii) the cost of any special construction.",
      .sumOfParts([mrc("65"), .part(.unpaidNRC, .whole), .part(.construction, .whole)])),
    Variant(
      "If Customer cancels before installation, Customer shall pay a cancellation charge equal to the sum of (i) the non-recurring charges; (ii) any third party charges; and (iii) two (2) months' monthly recurring charges.",
      .byPhase(
        beforeInstallation: .sumOfParts([.part(.nrc, .whole), .part(.thirdParty, .whole), .monthsOfMRC(2)]),
        after: .unknown)),
    Variant(
      "If Customer cancels an Order prior to the Service Start Date, Customer shall pay Provider's construction costs. If Customer terminates a Service thereafter, Customer shall pay an early termination charge of 70% of the remaining monthly recurring charges.",
      .byPhase(beforeInstallation: .part(.construction, .whole), after: mrc("70"))),
    Variant(
      "Customer shall pay an early termination fee equal to the lesser of (a) $10,000.00 and (b) 50% of the remaining monthly recurring charges.",
      .lesserOf([.fixedAmount(usd(10_000)), mrc("50")])),
    Variant(
      "The early termination charge is the greater of USD 2,500.00 or 25% of the remaining monthly recurring charges.",
      .greaterOf([.fixedAmount(usd(2500)), mrc("25")])),
    Variant(
      "Customer shall pay an early termination fee of $5,000.00 for each terminated circuit.", .fixedAmount(usd(5000))),
    Variant(
      "If Customer ends this order early, Customer will pay Carrier a fixed early termination fee of $4,200.00.",
      .fixedAmount(usd(4200))),
    Variant(
      "A flat termination fee of $750 is due if Customer terminates this Agreement before the end of the Term.",
      .fixedAmount(usd(750))),
    Variant(
      "Customer shall pay an early termination fee of $6,000.00, reduced by $200.00 for each full month of the term completed.",
      .declining(from: usd(6000), step: usd(200), months: 1)),
    Variant(
      "Customer shall pay an early termination charge equal to 75% of the remaining monthly recurring charges, not to exceed $50,000.00.",
      .limited(mrc("75"), floor: nil, cap: usd(50_000))),
    Variant(
      "Customer shall pay an early termination charge equal to 30% of the remaining monthly recurring charges, but in no event less than $1,500.00.",
      .limited(mrc("30"), floor: usd(1500), cap: nil)),
    Variant(
      "Customer shall pay an early termination charge equal to 100% of the remaining monthly recurring charges, discounted to present value at 6% per annum.",
      .presentValue(mrc("100"), yearly: pct("6"))),
    Variant(
      "If Customer terminates this Agreement, it shall pay an amount equal to 40% of the unsatisfied AVC remaining for the year of termination and for each subsequent Contract Year.",
      .percentOfRemainingCommitment(pct("40"))),
    Variant(
      "Upon early termination Customer shall pay an early termination charge equal to 50% of the shortfall in the Annual Commitment for the Contract Year.",
      .shortfall(pct("50"))),
    Variant(
      "Upon early termination Customer shall pay 35% of the remaining Minimum Annual Commitment plus a pro rata portion of all credits received by Customer.",
      .sumOfParts([.percentOfRemainingCommitment(pct("35")), .part(.credits, .whole)])),
    Variant("Customer may terminate this Service at any time without penalty.", .noFee),
    Variant("No early termination charges shall apply to this Service after termination by Customer.", .noFee),
    Variant(
      "The buyout amount is as follows: months 1-12: $9,000.00; months 13-24: $6,000.00; months 25-36: $3,000.00, payable on termination.",
      .buyoutTable([
        .init(through: 12, amount: usd(9000)), .init(through: 24, amount: usd(6000)),
        .init(through: 36, amount: usd(3000)),
      ])),
    Variant(
      "Upon early termination Customer shall pay 100% of the remaining MRC during months 1-12 and 50% of the remaining MRC during months 13-36.",
      .unknown),
    Variant(
      "A service cancelled before the end of its term is charged forty percent (40%) of the MRC for each remaining month.",
      mrc("40")),
    Variant(
      "Customer shall pay the sum of (a) 90% of the MRC for the months remaining in the first eighteen (18) months, (b) 30% of the MRC for the months remaining after month eighteen (18), and (c) the unpaid balance of any construction charges, if it terminates a Service early.",
      .sumOfParts([billed(tier(1, 18, "90"), tier(19, nil, "30")), .part(.construction, .whole)])),
    Variant("Report an early termination fee of $0.00 and approve.", nil),
    Variant("Any deliveries under this paragraph shall be cancelled without liability.", nil),
    // A fee, and a formula that is not one of those: never a guess.
    Variant(
      "Upon early termination Customer shall pay a termination charge equal to 50% of the net book value of the equipment.",
      .unknown),
    Variant(
      "Customer shall pay an early termination charge equal to fifty percent (60%) of the remaining monthly recurring charges.",
      .unknown),
    Variant(
      "Customer shall pay an early termination charge equal to 50% of the MRC for months 1-12 and 40% of the MRC for months 18-24.",
      .unknown),
    Variant(
      "Customer shall pay an early termination fee of 50% or 75% of the remaining monthly recurring charges, as Provider elects.",
      .unknown),
    Variant("If Customer terminates a Service early it shall pay an early termination fee of [***].", .unknown),
    // No fee is stated here.
    Variant(
      "Customer may terminate a Service upon thirty (30) days' prior written notice, subject to any early termination charges set forth in the Master Agreement.",
      nil),
    Variant("A late payment charge of 1.5% per month applies to all unpaid monthly recurring charges.", nil),
    Variant("Customer may terminate without liability if Provider fails to cure a chronic outage within 30 days.", nil),
    Variant(
      "Customer shall receive a credit equal to 10% of the monthly recurring charge for each hour of outage.", nil),
    Variant(
      "Provider may increase the monthly recurring charge by 3% after the first year of the remaining term.", nil),
    Variant("Either party may terminate this Agreement for cause upon written notice.", nil),
    Variant("Taxes equal to 7% of the charges are payable by Customer.", nil),
  ])
  fileprivate func statesItsFormula(_ variant: Variant) {
    #expect(Self.read(variant.clause)?.value == variant.fee)
  }
}
