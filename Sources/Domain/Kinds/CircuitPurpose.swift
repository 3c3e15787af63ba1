/// What a circuit is used for (model.md 2.2).
package enum CircuitPurpose: String, Kind {
  case backhaul
  case transport
  case transit
  case dia
  case lastMile = "last_mile"
  case interconnect
  case mgmt
  case other

  package static let lexicon = words([
    (.backhaul, "back_haul"),
    (.transport, "wave lit_transport metro long_haul"),
    (.transit, "ip_transit upstream"),
    (.dia, "internet internet_access dedicated_internet_access dedicated_internet broadband"),
    (.lastMile, "access local_loop loop tail tail_circuit"),
    (.interconnect, "cross_connect xconnect nni enni peering"),
    (.mgmt, "management oob out_of_band"),
    (.other, "misc unknown"),
  ])
}
