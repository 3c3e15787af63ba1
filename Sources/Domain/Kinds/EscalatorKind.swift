/// How a recurring charge rises over a term (documents.md 4.1, model.md 2.2).
package enum EscalatorKind: String, Kind {
  case noEscalator = "none"
  case fixedPercent = "fixed_percent"
  case cpi
  case greaterOf = "greater_of"
  case thenCurrentRate = "then_current_rate"
  case step
  case fixedAmount = "fixed_amount"

  package static let lexicon = words([
    (.noEscalator, "no flat no_escalator"),
    (.fixedPercent, "fixed_pct percent pct fixed annual_percent annual_increase"),
    (.cpi, "cpi_u cpiu index indexed inflation consumer_price_index vpi rpi"),
    (.greaterOf, "greater greater_of_cpi_or_fixed greater_of_fixed_or_cpi"),
    (.thenCurrentRate, "then_current list list_rate market current_rate rate_review"),
    (.step, "steps stepped schedule step_up"),
    (.fixedAmount, "amount flat_amount"),
  ])
}
