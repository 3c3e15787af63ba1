/// What stands at the end of a circuit (model.md 2.2).
package enum EndpointKind: String, Kind {
  case customerSite = "customer_site"
  case dataCenter = "data_center"
  case pop
  case carrierHotel = "carrier_hotel"
  case tower
  case rooftop
  case office
  case aggregation
  case other

  package static let lexicon = words([
    (.customerSite, "customer customer_premises customer_premise site cust_site branch store"),
    (.dataCenter, "datacenter data_centre datacentre dc idc colo rechenzentrum"),
    (.pop, "point_of_presence hub node"),
    (.carrierHotel, "meet_me_room mmr telco_hotel"),
    (.tower, "cell_tower cell_site mast"),
    (.rooftop, "roof roof_top"),
    (.office, "hq headquarters corporate branch_office head_office buro bureau"),
    (.aggregation, "aggregation_site agg agg_site central_office co"),
    (.other, "misc unknown"),
  ])
}
