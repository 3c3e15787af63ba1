/// Headings of contracts and their terms.
extension Inventory {
  static let agreementWords: [String: FieldWords] = [
    "contracts.number": FieldWords(
      """
      contract number, contract id, contract, contract reference, agreement number, agreement id, agreement,
      agreement reference, msa number, master agreement number, service agreement number, contract identifier,
      master contract number, msa id, contract no, carrier contract number, service contract number,
      contract agreement number, framework agreement number, contract key, lease number
      """,
      de:
        "Vertragsnummer, Vertrag, Vertrags-ID, Rahmenvertrag, Rahmenvertragsnummer, Vertragskennung, Vertragsreferenz",
      fr: "numéro de contrat, contrat, référence contrat, référence du contrat, numéro du contrat, identifiant contrat",
      near: "msa, amendment, tariff reference, contract name", shape: .identifier),
    "contracts.effective_on": FieldWords(
      """
      contract start, contract start date, start date, contract effective date, agreement start date, contract begin date,
      contract begin, begin date, contract commencement date, contract commencement, date start, agreement effective date,
      contract from, contract start on, contract award date, beginning date, date de début
      """,
      de: """
        Vertragsbeginn, Vertragsstart, Startdatum, Beginndatum, Vertragsanfang, Vertrag von, Vertrag ab,
        Anfangsdatum, Vertragsstartdatum, Datum Vertragsbeginn
        """,
      fr:
        "début du contrat, date de début de contrat, date de début du contrat, début de contrat, prise d'effet du contrat",
      perhaps:
        "start, begin, effective date, commencement date, contract date, from, beginn, début, effective, von, valid from",
      near: "award date, agreement date, anfang"),
    "contracts.signed_on": FieldWords(
      "signed date, date signed, signature date, contract signed, contract signed date, contract signature date, execution date, signed",
      de: "Unterschriftsdatum, unterzeichnet am, Vertragsdatum, Vertragsabschluss", fr: "date de signature, signé le"),
    "contracts.kind": FieldWords(
      "contract type, agreement type, contract kind", de: "Vertragsart, Vertragstyp", fr: "type de contrat"),
    "contracts.status": FieldWords(
      "contract status, agreement status, contract state", de: "Vertragsstatus",
      fr: "statut du contrat, état du contrat"),
    "contracts.min_commit": FieldWords("minimum commitment, monthly minimum commitment, minimum monthly commitment"),
    "contract_terms.starts_on": FieldWords(
      "term start, term start date, initial term start date, term begin date, term commencement date, term begin",
      de: "Laufzeitbeginn, Laufzeit von, Laufzeit ab, Beginn der Laufzeit",
      fr: "début d'engagement, date de début d'engagement"),
    "contract_terms.ends_on": FieldWords(
      """
      contract end, contract end date, end date, date end, expiration date, expiry date, expiry, expires, expires on,
      expiration, term end, term end date, contract expiration, contract expiration date, contract expiry,
      contract expiry date, contract expires, contract expire date, term expiration date, term expiration, term expiry,
      term expires, end of contract, end of contract date, agreement end date, agreement expiration date, end of term,
      date of expiry, contract to, contract until, initial term end date, commitment end date, minimum term end date,
      lease end date, lease expiration date, contract completion date, end of term date, term expiry date,
      expire date, contract exp date, contract end term, expiring on, contract term end date, contract term end,
      contract term expiration date, minimum term end
      """,
      de: """
        Vertragsende, Enddatum, Laufzeitende, Ablaufdatum, Vertragsablauf, Vertrag bis, Laufzeit bis, Ende der Laufzeit,
        Ende der Mindestvertragslaufzeit, Ende Mindestlaufzeit, gebunden bis, Datum Vertragsende, läuft ab am,
        Ende Vertragslaufzeit, Vertragsenddatum, Ablauf
        """,
      fr: """
        date de fin, fin de contrat, date de fin de contrat, fin du contrat, date de fin du contrat, fin d'engagement,
        date d'échéance du contrat, date d'expiration, échéance du contrat, date de fin d'engagement, expiration du contrat
        """, perhaps: "end, ende, fin, to, bis, until, end on, valid to, valid until, échéance, gültig bis",
      near: "renewal date, next renewal date, term date, contract renewal date, eol"),
    "contract_terms.term_months": FieldWords(
      """
      term months, term, contract term, contract length, contract duration, term length, contract term months,
      length of term, length of contract, commitment term, term of contract, agreement term, minimum term, initial term,
      contract period, lease term, committed term, term in months, term duration, minimum contract term,
      commitment period, contract months, commitment length, commitment months, contract term length, service term,
      number of months, mct, initial period, contract length months, minimum contract period, term mos, initial contract term, initial term months, minimum period,
      contract term in months, agreement length, contract term duration, variable term agreement, variable term
      """,
      de: """
        Laufzeit, Vertragslaufzeit, Mindestvertragslaufzeit, Mindestlaufzeit, Vertragsdauer, Laufzeit in Monaten, MVLZ,
        Bindungsfrist, Vertragsbindung, Bindung, Erstlaufzeit, Mindestvertragsdauer, Laufzeit Monate
        """,
      fr: """
        durée du contrat, durée d'engagement, durée contractuelle, durée, engagement, durée minimale, durée de contrat,
        durée de l'engagement, durée initiale, période d'engagement, durée en mois
        """, perhaps: "duration, months, dauer, monate, mois, commitment", near: "term years, length"),
    "contract_terms.auto_renew": FieldWords(
      """
      auto renew, auto renewal, automatic renewal, autorenew, auto renews, automatically renews, auto renew flag,
      evergreen, auto extension, automatic extension, auto renewal clause, auto renewing, automatic renewal clause,
      auto renewal flag, renews automatically
      """,
      de: """
        automatische Verlängerung, Autoverlängerung, verlängert sich automatisch, stillschweigende Verlängerung,
        autom. Verlängerung, automatische Vertragsverlängerung
        """,
      fr:
        "tacite reconduction, renouvellement automatique, reconduction automatique, reconduction, reconduction tacite",
      perhaps: "renewal, renew, verlängerung, renouvellement"),
    "contract_terms.renewal_term_months": FieldWords(
      """
      renewal term, renewal term months, renewal period, renewal length, extension term, renewal duration,
      renewal term length, auto renew term, auto renewal term, auto renewal period
      """, de: "Verlängerungszeitraum, Verlängerungslaufzeit, Verlängerungsdauer", fr: "durée de renouvellement"),
    "contract_terms.renewal_kind": FieldWords("renewal type, renewal kind, renewal option", de: "Verlängerungsart"),
    "contract_terms.notice_days": FieldWords(
      """
      notice period, notice days, notice, cancellation notice, termination notice, notice period days, days notice,
      days of notice, cancellation notice period, cancellation notice days, termination notice period,
      termination notice days, required notice, notice requirement, non renewal notice, non renewal notice days,
      cancellation period, notice to cancel, notice term, renewal notice days, renewal notice period
      """,
      de: "Kündigungsfrist, Kündigungsfrist in Tagen, Kündigungsfrist Tage, Kündigungszeitraum",
      fr: "préavis, délai de préavis, préavis de résiliation, durée du préavis, préavis en jours",
      near: "notice date, notice by"),
  ]
}
