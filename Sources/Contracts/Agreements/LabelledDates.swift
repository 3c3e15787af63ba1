import Domain
import Pages
import Regex

/// Dates of an order form that stand behind `Term:`, and an effective date that a signature makes, where no clause says more.
struct LabelledDates {
  private let term = Rule.pattern("\\bterm ?: ?(?:from )?$")
  private let between = Rule.pattern("^ ?(?:to|through|thru|until|till|[-–—]) ?$")
  private let signed = Rule.pattern(
    "\\beffective (?:as of|on|upon|from) the (?:date|day) (?:on which |that |when |of )?(?:the |it is )?(?:last"
      + "|latest|later|final)\\b[^.;]{0,40}?\\b(?:sign|execut)\\w*"
  )

  func read(_ text: ClauseText, into reading: inout ContractReading) {
    for (first, second) in zip(text.dates, text.dates.dropFirst())
    where self.term.first(in: text.bytes, within: text.before(first.range.lowerBound, 24)) != nil
      && between.first(in: Array(text.bytes[first.range.upperBound..<second.range.lowerBound])) != nil
    {
      guard let evidence = evidence(text, first.range.lowerBound..<second.range.upperBound) else { continue }
      if reading.effectiveDate == nil { reading.effectiveDate = Finding(first.date, evidence) }
      if reading.expiration == nil { reading.expiration = Finding(second.date, evidence) }
    }
    guard reading.effectiveDate == nil, let match = signed.first(in: text.bytes),
      let evidence = evidence(text, match.range, doubts: [.relative])
    else { return }
    reading.effectiveDate = Finding(.relative(text.string(match.range)), evidence)
  }

  private func evidence(_ text: ClauseText, _ range: Range<Int>, doubts: [Doubt] = []) -> Evidence? {
    text.text.evidence(
      range, method: "label/date", confidence: PriceConfidence.label, doubts: doubts.map(\.rawValue))
  }
}
