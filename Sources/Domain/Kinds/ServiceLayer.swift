/// The network layer a service lives on (model.md 2.2, service_types).
package enum ServiceLayer: String, Kind {
  case l0
  case l1
  case l2
  case l3
  case colo
  case power
  case voice
  case other

  package static let lexicon = words([
    (.l0, "layer_0 dark_fiber dark_fibre fiber fibre"),
    (.l1, "layer_1 wave wavelength optical tdm"),
    (.l2, "layer_2 ethernet"),
    (.l3, "layer_3 ip internet"),
    (.colo, "colocation co_location"),
    (.power, "electrical electricity"),
    (.voice, "telephony phone"),
    (.other, "misc"),
  ])
}
