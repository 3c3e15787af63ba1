/// What happens to a contract when its term ends (documents.md 4.1).
package enum RenewalKind: String, Kind {
  case noRenewal = "none"
  case monthToMonth = "month_to_month"
  case successive
  case successiveEqualTerm = "successive_equal_term"
  case evergreen

  package static let lexicon = words([
    (.noRenewal, "no no_renewal expires non_renewing one_time fixed_term does_not_renew"),
    (.monthToMonth, "mtm m2m monthly month_by_month m_t_m"),
    (.successive, "fixed auto auto_renew automatic auto_renewal renewal renews yes annual one_year successive_terms"),
    (.successiveEqualTerm, "equal_term same_term initial_term successive_initial_term"),
    (.evergreen, "until_cancelled until_canceled indefinite perpetual"),
  ])
}
