/// What happened to a circuit or a contract on a day (model.md 2.2).
package enum LifecycleKind: String, Kind {
  case order
  case foc
  case install
  case accept
  case bandwidthChange = "bandwidth_change"
  case move
  case priceChange = "price_change"
  case renewal
  case outage
  case repair
  case disconnect
  case decommission
  case note

  package static let lexicon = words([
    (.order, "ordered order_placed"),
    (.foc, "firm_order_commitment foc_received"),
    (.install, "installed installation turn_up turnup"),
    (.accept, "accepted acceptance billing_start"),
    (.bandwidthChange, "upgrade downgrade speed_change"),
    (.move, "moved relocation"),
    (.priceChange, "rate_change repricing"),
    (.renewal, "renew renewed"),
    (.outage, "incident trouble"),
    (.repair, "repaired restored"),
    (.disconnect, "disconnected cease ceased termination"),
    (.decommission, "decommissioned retired"),
    (.note, "comment remark"),
  ])
}
