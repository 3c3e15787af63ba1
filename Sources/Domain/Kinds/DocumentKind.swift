/// What a stored document is (model.md 2.2).
package enum DocumentKind: String, Kind {
  case msa
  case serviceOrder = "service_order"
  case amendment
  case sow
  case invoice
  case bill
  case loa
  case foc
  case fccLicense = "fcc_license"
  case siteAgreement = "site_agreement"
  case floorplan
  case meterPhoto = "meter_photo"
  case notice
  case email
  case other

  package static let lexicon = words([
    (.msa, "master_service_agreement master_services_agreement master_agreement"),
    (.serviceOrder, "so order order_form service_schedule contract agreement"),
    (.amendment, "addendum change_order"),
    (.sow, "statement_of_work"),
    (.invoice, "rechnung facture"),
    (.bill, "statement utility_bill"),
    (.loa, "letter_of_authorization letter_of_agency loa_cfa"),
    (.foc, "firm_order_commitment"),
    (.fccLicense, "fcc_licence rf_license license licence"),
    (.siteAgreement, "lease site_lease tower_lease license_agreement"),
    (.floorplan, "floor_plan"),
    (.meterPhoto, "meter"),
    (.notice, "letter termination_notice renewal_notice notification"),
    (.email, "e_mail mail eml"),
    (.other, "misc unknown"),
  ])
}
