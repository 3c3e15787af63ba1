/// The node of an early-termination formula, ETF (documents.md 4.5, model.md 2.2).
package enum TerminationFeeKind: String, Kind {
  case noFee = "none"
  case unknown
  case percentOfRemainingMRC = "percent_of_remaining_mrc"
  case tieredPercent = "tiered_percent"
  case sumOfParts = "sum_of_parts"
  case percentOfRemainingCommitment = "percent_of_remaining_commitment"
  case shortfall
  case fixedAmount = "fixed_amount"
  case declining
  case buyoutTable = "buyout_table"
  case nrcRecapture = "nrc_recapture"
  case creditClawback = "credit_clawback"
  case lesserOf = "lesser_of"
  case greaterOf = "greater_of"
  case freeBuyout = "free_buyout"
  case presentValue = "present_value"

  package static let lexicon = words([
    (.noFee, "no no_fee no_etf waived"),
    (.unknown, "not_known unclear"),
    (
      .percentOfRemainingMRC,
      """
      pct_remaining percent_remaining pct_of_remaining_mrc remaining_mrc percent_of_remaining full_remaining \
      100_remaining 100_of_remaining_mrc
      """
    ),
    (.tieredPercent, "tiered_pct tiered tiers"),
    (.sumOfParts, "sum parts"),
    (.percentOfRemainingCommitment, "remaining_commitment pct_remaining_commitment"),
    (.shortfall, "commitment_shortfall"),
    (.fixedAmount, "fixed fixed_fee flat flat_fee amount"),
    (.declining, "declining_balance"),
    (.buyoutTable, "buyout buy_out"),
    (.nrcRecapture, "recapture waived_nrc"),
    (.creditClawback, "clawback claw_back"),
    (.lesserOf, "lesser"),
    (.greaterOf, "greater"),
    (.freeBuyout, "free_buy_out"),
    (.presentValue, "pv npv discounted"),
  ])
}
