/// Headings of carriers, accounts and customers.
extension Inventory {
  static let partyWords: [String: FieldWords] = [
    "carriers.name": FieldWords(
      """
      carrier, provider, vendor, service provider, carrier name, provider name, vendor name, supplier, supplier name,
      telco, network operator, operator, isp, network provider, lec, ilec, access provider, access vendor,
      telecom provider, circuit provider, circuit vendor, circuit carrier, underlying carrier, local provider,
      last mile provider, last mile carrier, tail provider, billing carrier, serving carrier, telecom carrier,
      access carrier, off net provider, offnet provider, type 2 provider, wholesale provider, wholesale carrier,
      last mile vendor, lec name, ilec name, access supplier, local access provider, service provider name, isp name, network carrier,
      line provider, carrier vendor, local carrier, third party provider, transport provider
      """,
      de: """
        Anbieter, Provider, Netzbetreiber, Lieferant, Dienstleister, Telekommunikationsanbieter, Leitungsanbieter,
        Betreiber, Diensteanbieter, Anbietername, Lieferantenname, Netzanbieter
        """,
      fr: """
        fournisseur, opérateur, prestataire, opérateur télécom, fournisseur d'accès, FAI, nom du fournisseur,
        fournisseur de service, nom de l'opérateur
        """, perhaps: "vertragspartner, kreditor, network, company, partner", near: "manufacturer, brand", shape: .label
    ),
    "carriers.account_manager": FieldWords(
      "account manager, account manager name, account rep, carrier account manager", de: "Kundenbetreuer",
      fr: "responsable de compte", near: "sales rep"),
    "carriers.noc_phone": FieldWords("noc phone, noc phone number, noc telephone, noc number", shape: .phone),
    "carriers.noc_email": FieldWords("noc email, noc email address, noc mail", shape: .email),
    "billing_accounts.ban": FieldWords(
      """
      account number, ban, billing account, billing account number, account, account id, carrier account,
      carrier account number, provider account, provider account number, provider account id, vendor account number,
      vendor account, bill account, master account, master account number, summary account number,
      btn, billing telephone number, billing tn, bill account number, invoice account, invoice account number,
      customer account number, customer account, customer account id, ban number, billing account id, account reference,
      master ban, parent ban, billing ban, billing id, bill account no, supplier account number, service account number, account no, main account, main billing account,
      carrier ban, account identifier
      """,
      de: """
        Kundennummer, Kundenkonto, Kundenkontonummer, Buchungskonto, Buchungskontonummer, Rechnungskonto, Vertragskonto,
        Vertragskontonummer, Abrechnungskonto, Kontonummer, Kunden-Nr., Rechnungskontonummer, Debitorennummer
        """,
      fr: """
        numéro de compte, compte client, numéro client, compte de facturation, code client, référence client,
        numéro de client, numéro de compte client, numéro de compte de facturation
        """, perhaps: "billing number, customer number, customer id, konto, compte, sub account, sub account number",
      near: "parent account, acna", shape: .identifier),
    "billing_accounts.name": FieldWords(
      "billing account name", fr: "intitulé du compte", perhaps: "account name", shape: .label),
    "customers.name": FieldWords(
      """
      customer, customer name, tenant, tenant name, client, client name, end user, end user name, end customer,
      end customer name, subscriber, subscriber name, customer company, customer company name, customer organization,
      business name, eu name, end user customer, end client, customer legal name
      """,
      de: "Kunde, Kundenname, Endkunde, Mandant, Auftraggeber, Endkundenname, Name des Kunden",
      fr: "nom du client, client final, raison sociale, nom client, abonné, nom de l'abonné",
      perhaps:
        "company, company name, organization, organization name, firma, société, entreprise, user, business unit, account name",
      near: "agency, entity, billed entity name, school district", shape: .label),
    "customers.external_ref": FieldWords(
      "external customer id, crm id, crm account id", perhaps: "customer reference, customer number, customer id",
      shape: .identifier),
  ]
}
