/// What a contract document does (model.md 2.2).
package enum ContractKind: String, Kind {
  case msa
  case serviceOrder = "service_order"
  case amendment
  case sow
  case lease
  case license
  case loa
  case quote

  package static let lexicon = words([
    (
      .msa,
      """
      master_service_agreement master_services_agreement master_agreement master frame_agreement rahmenvertrag \
      contrat_cadre
      """
    ),
    (.serviceOrder, "so order order_form service_schedule schedule work_order"),
    (.amendment, "addendum change_order change_agreement amend nachtrag avenant"),
    (.sow, "statement_of_work"),
    (.lease, "lease_agreement tower_lease site_lease"),
    (.license, "licence license_agreement licence_agreement"),
    (.loa, "letter_of_authorization letter_of_agency loa_cfa"),
    (.quote, "quotation proposal"),
  ])
}
