/// Where a contract stands (model.md 2.2).
package enum ContractStatus: String, Kind {
  case draft
  case inForce = "in_force"
  case evergreen
  case expired
  case terminated
  case superseded

  package static let lexicon = words([
    (.draft, "in_draft unsigned pending pending_signature"),
    (.inForce, "active live signed executed current in_effect in_term effective"),
    (.evergreen, "month_to_month mtm m2m out_of_term holdover auto_renewed"),
    (.expired, "ended lapsed"),
    (.terminated, "cancelled canceled closed"),
    (.superseded, "replaced renewed amended_and_restated"),
  ])
}
