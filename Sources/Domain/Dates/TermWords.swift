/// Words for months, years and month-to-month in English, German and French.
enum TermWords {
  static let monthToMonth = Lexicon<Bool>(grouped: [
    (
      true,
      """
      mtm m2m m_t_m m_m month_to_month month_by_month monthtomonth monthly mois_par_mois monatlich monat_zu_monat
      """
    )
  ])

  /// Months of one unit; 0 for units that are not whole months.
  static let units = Lexicon<Int>(grouped: [
    (1, "m mo mos mth mths mnth mnths month months month_s month_term mon monat monate monaten mois"),
    (12, "y yr yrs year years year_s year_term jahr jahre jahren j an ans annee annees"),
    (0, "d day days w week weeks tag tage jour jours"),
  ])
}
