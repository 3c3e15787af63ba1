/// Headings of the fields of a circuit itself.
extension Inventory {
  static let circuitWords: [String: FieldWords] = circuitIdentity.merging(circuitService) { first, _ in first }
    .merging(circuitDates) { first, _ in first }.merging(circuitMoney) { first, _ in first }
    .merging(circuitPeople) { first, _ in first }

  private static let circuitIdentity: [String: FieldWords] = [
    "circuits.carrier_circuit_id": FieldWords(
      """
      circuit id, circuit number, circuit reference, circuit, ckt id, ckt, cct, cid, eckt, ecckt, ecckt id, exchange circuit id,
      carrier circuit id, provider circuit id, lec circuit id, telco circuit id, vendor circuit id, telco id, service id,
      service number, service reference, service identifier, line id, line number, access id, access circuit id,
      access number, circuit designation, circuit identification, connection id, link id, service instance id, clfi,
      working telephone number, wtn, hicap id, facility id, supplier circuit reference, circuit key, evc id,
      sid, uni id, service circuit id, exchange carrier circuit id, transport circuit id, lec circuit, access circuit,
      clec circuit id, bearer id, bearer circuit id, tail circuit id, last mile circuit id, local loop id, loop id
      """,
      de: """
        Leitungsnummer, Leitungskennung, Leitungs-ID, Leitungsbezeichnung, Leitung, LSZ, Anschlussnummer, Anschlusskennung,
        Anschluss-ID, Dienstnummer, Dienst-ID, Leistungsnummer, Leistungs-ID, Ordnungsnummer, Schaltungsnummer,
        Zugangsnummer, Produktinstanz, Servicenummer
        """,
      fr: """
        identifiant circuit, identifiant du circuit, numéro de circuit, référence circuit, référence liaison,
        identifiant de liaison, numéro de liaison, liaison, numéro de ligne, numéro de désignation, ND, identifiant d'accès,
        référence d'accès, référence du service, identifiant du service, référence prestation, numéro de prestation
        """,
      perhaps: "tn, telephone number, rufnummer, circuit name, line, ligne, anschluss, id, number, access",
      near: "btn, inventory id, nickname, identifier, reference, product id, subscription id, clo", shape: .identifier),
    "circuits.aliases": FieldWords(
      """
      alternate id, alternate circuit id, other circuit ids, secondary circuit id, legacy circuit id, old circuit id,
      former circuit id, previous circuit id, alias, circuit alias
      """, de: "frühere Leitungsnummer, alte Leitungsnummer", fr: "ancien identifiant, ancienne référence",
      shape: .identifier),
    "circuits.internal_id": FieldWords(
      """
      internal id, our reference, internal circuit id, internal reference, asset id, asset number,
      inventory number, customer circuit id, internal circuit number, internal circuit reference
      """,
      de:
        "interne Nummer, interne Referenz, unsere Referenz, interne Kennung, Inventarnummer, eigene Referenz, unser Zeichen",
      fr: "référence interne, notre référence, identifiant interne, numéro d'inventaire", near: "asset tag",
      shape: .identifier),
    "circuits.purpose": FieldWords(
      "circuit purpose, purpose of circuit, circuit use, circuit role", de: "Verwendungszweck", fr: "usage du circuit",
      perhaps: "use, usage, role, application, function"),
    "circuits.status": FieldWords(
      """
      service status, lifecycle status, life cycle status, line status, operational status, inventory status,
      connection status, provisioning status, line state, active inactive, lifecycle, lifecycle state, state of service, circuit state,
      operational state, status code, lifecycle stage, life cycle stage
      """,
      de: "Zustand, Leitungsstatus, Betriebsstatus, Anschlussstatus, Bearbeitungsstatus",
      fr: "statut, état, état du service, statut du circuit, état du circuit, statut du service, état de la ligne",
      perhaps: "state, active, stage, install status, order status, billing status, service state"),
    "circuits.market": FieldWords("market area, market name", near: "territory"),
    "circuits.lata": FieldWords(near: "lata, lata number, lata code"),
  ]

  private static let circuitService: [String: FieldWords] = [
    "service_types.code": FieldWords(
      """
      service type, service, product, product name, product type, circuit type, access type, line type, connection type,
      type of service, type of circuit, service category, product family, transport type, access technology,
      technology, technology type, network service, offering, service product, service offering, kind of service,
      circuit category, facility type, service group, product group, product line, service line, access product,
      connection technology, access method, access service, service kind, type
      """,
      de: """
        Produkt, Produktname, Produktbezeichnung, Produktart, Dienst, Dienstart, Leistungsart, Leitungsart, Leitungstyp,
        Anschlussart, Anschlusstyp, Zugangsart, Zugangstechnologie, Zugangstechnik, Technologie, Anschlusstechnologie,
        Tarif, Tarifname, Diensttyp
        """,
      fr: """
        type de service, produit, offre, type de liaison, type de circuit, type d'accès, technologie, nom du produit,
        type de ligne, type de lien, type de raccordement, nature du service, nature de la liaison, nature de la prestation
        """,
      perhaps:
        "category, class, product description, service description, media, medium, leistung, prestation, support",
      near: "nc code, nc, nci, service class, product code, service code, package, plan", shape: .label),
    "service_types.name": FieldWords("service name", perhaps: "service description", shape: .label),
    "circuits.commit": FieldWords(
      """
      bandwidth, speed, capacity, line speed, circuit speed, service speed, access speed, data rate, line rate, bit rate,
      bitrate, download speed, downstream speed, down speed, download, downstream, download bandwidth, bandwidth down,
      downstream bandwidth, committed information rate, cir, committed bandwidth, committed speed, committed rate,
      committed data rate, circuit capacity, circuit size, circuit bandwidth, link speed, throughput, connection speed,
      access bandwidth, contracted bandwidth, ordered bandwidth, service bandwidth, guaranteed bandwidth, evc bandwidth,
      evc speed, transmission speed, transmission rate, access rate, line capacity, link capacity, bandwidth in,
      bandwidth size, download rate, service rate, contracted speed, total bandwidth, down up, download upload, upload download, speed down up,
      speed up down, bandwidth up down, bandwidth down up, pipe size, ethernet speed, evc cir, circuit rate, max download speed
      """,
      de: """
        Bandbreite, Geschwindigkeit, Übertragungsrate, Datenrate, Kapazität, Leitungsgeschwindigkeit,
        Anschlussgeschwindigkeit, Übertragungsgeschwindigkeit, Downloadrate, Downloadgeschwindigkeit, Bandbreite Downstream,
        Bandbreite Download, Leitungskapazität, Übertragungskapazität
        """,
      fr: """
        débit, bande passante, débit descendant, vitesse, capacité, débit garanti, débit nominal, débit de la ligne,
        débit du lien, vitesse de téléchargement, débit souscrit
        """, perhaps: "rate, size, down, mbps, gbps, kbps, mbit"),
    "circuits.port": FieldWords(
      """
      port speed, port size, port bandwidth, physical port speed, interface speed, access port speed, uni speed,
      port capacity, physical bandwidth, port rate
      """, de: "Portgeschwindigkeit, Portbandbreite, Schnittstellengeschwindigkeit",
      fr: "débit du port, vitesse du port"),
    "circuits.up": FieldWords(
      """
      upload speed, upstream speed, upload, upstream, up speed, upload bandwidth, upstream bandwidth, bandwidth up,
      uplink speed, upload rate, upstream rate, max upload speed, bandwidth out
      """,
      de: "Uploadrate, Uploadgeschwindigkeit, Bandbreite Upstream, Bandbreite Upload",
      fr: "débit montant, débit remontant, vitesse montante", perhaps: "up"),
    "circuits.handoff": FieldWords(
      """
      hand off, handoff type, interface type, connector, connector type, port type, physical interface, hand off type,
      handoff interface, demarc type, customer interface, media type, physical handoff
      """,
      de: "Schnittstelle, Übergabeschnittstelle, Steckertyp, Schnittstellentyp", fr: "type d'interface, connecteur",
      perhaps: "interface", near: "demarc, termination type"),
    "circuits.topology": FieldWords("circuit topology, network topology", de: "Topologie", fr: "topologie"),
    "circuits.usoc": FieldWords(
      "usoc, usocs, usoc code, universal service order code, charge code, rate element, rate element code",
      de: "Leistungscode, Artikelnummer", fr: "code tarif", near: "billing code, feature code, product code, nc code"),
  ]

  private static let circuitDates: [String: FieldWords] = [
    "circuits.ordered_on": FieldWords(
      """
      order date, ordered on, ordered, date ordered, order placed, order placed date, date of order, order entry date,
      order received date, order submitted date, application date, asr date, order submission date, order creation date,
      order created
      """,
      de: "Bestelldatum, Auftragsdatum, bestellt am, beauftragt am, Auftragseingang, Beauftragungsdatum",
      fr: "date de commande, date de la commande, commandé le", near: "submitted date, request date, po date"),
    "circuits.foc_date": FieldWords(
      """
      foc, foc date, firm order commitment, firm order commitment date, firm order confirmation, foc due date,
      firm order confirmation date, carrier commit date
      """, de: "bestätigter Termin, bestätigter Liefertermin", fr: "date de livraison confirmée, date confirmée",
      near: "committed date, promise date, confirmed date"),
    "circuits.installed_on": FieldWords(
      """
      install date, installed, installed on, installation date, date installed, activation date, activated on,
      date activated, activated, service activation date, in service date, date in service, in service since, live date,
      go live date, go live, date live, service start date, service start, start of service, service commencement date,
      turn up date, turnup date, turn up, test and turn up date, completion date, install completion date, connect date,
      connected on, date connected, connection date, provisioned date, provision date, provisioning date,
      commissioning date, commissioned on, commission date, ready for service date, ready for service, rfs, rfs date,
      delivery date, delivered on, date delivered, handover date, hand over date, actual install date,
      circuit start date, isd, line start date, circuit live date, service delivery date, date of installation,
      service effective date
      """,
      de: """
        Bereitstellungsdatum, Bereitstellung, bereitgestellt am, Inbetriebnahme, Inbetriebnahmedatum, Installationsdatum,
        installiert am, Aktivierungsdatum, aktiviert am, Schaltdatum, Schalttermin, geschaltet am, Einschaltdatum,
        Leistungsbeginn, Servicebeginn, Übergabedatum, Lieferdatum, Bereitstellungstermin, in Betrieb seit,
        Leistung ab, Aktivierung, Anschaltdatum, Datum der Bereitstellung
        """,
      fr: """
        date de mise en service, mise en service, date d'installation, date d'activation, date de livraison, MES,
        date de raccordement, début de service, date MES, installé le, livré le, date de mise en production
        """,
      near: """
        crd, customer required date, customer requested date, requested due date, desired due date, commencement date,
        comm date, wunschtermin, date souhaitée, active date, liefertermin
        """),
    "circuits.accepted_on": FieldWords(
      """
      accepted on, start of billing, acceptance date, accepted date, customer acceptance date, billing start, billing start date,
      bill start date, billing commencement date, billing effective date, charge start date, billing commencement
      """,
      de: "Abnahmedatum, Abrechnungsbeginn, abgenommen am, Abrechnung ab, Berechnungsbeginn",
      fr: "date de recette, date d'acceptation, début de facturation, date de début de facturation"),
    "circuits.disconnect_requested_on": FieldWords(
      """
      disconnect requested, disconnect request date, disconnect requested date, cancellation request date,
      cease request date, disconnect order date, disconnect requested on
      """, de: "gekündigt am, Kündigung eingereicht am", fr: "date de demande de résiliation"),
    "circuits.disconnected_on": FieldWords(
      """
      term'd date, termed date, termed on, date termed, term'd on,
      disconnect date, disconnected, disconnected on, disconnection date, date disconnected, disconnect, termination date,
      terminated, terminated on, terminates, date terminated, cancel date, cancellation date, cancelled on, date cancelled,
      cease date, ceased, cessation date, decommission date, decommissioned, deactivation date, deactivated on,
      service end date, service end, service termination date, end of service, end of service date, circuit end date,
      out of service date, effective disconnect date, actual disconnect date, disco date, disc date, retirement date,
      billing end date, billing stop date
      """,
      de: """
        Kündigungsdatum, gekündigt zum, Kündigung zum, Abschaltdatum, Abschaltung, abgeschaltet am, Leistungsende,
        Außerbetriebnahme, Deaktivierungsdatum, Deinstallationsdatum, Stilllegung, Stilllegungsdatum, Rückbaudatum,
        Serviceende, Abmeldedatum, Kündigungstermin
        """,
      fr: """
        date de résiliation, résiliation, résilié le, date de fin de service, date de coupure, date de déconnexion,
        fin de service, date de désactivation
        """, perhaps: "kündigung", near: "stop date, removal date"),
  ]

  private static let circuitMoney: [String: FieldWords] = [
    "circuits.mrc": FieldWords(
      """
      monthly recurring charge, monthly recurring cost, monthly recurring fee, monthly recurring amount, mrc amount,
      monthly recurring price, monthly recurring, monthly recurring rate, monthly cost, monthly charge, monthly,
      monthly fee, monthly price, monthly rate, monthly amount, monthly rental, monthly rent, monthly lease,
      monthly access charge, monthly service charge, monthly service fee, monthly circuit cost, recurring charge,
      recurring cost, recurring, recurring amount, recurring fee, recurring price, cost per month, price per month,
      charge per month, amount per month, per month, circuit mrc, circuit cost, circuit charge, contracted mrc,
      current mrc, line rental, rental charge, rental, recurring monthly charge, recurring monthly cost, mthly charge,
      monthly line rental, monthly billing amount, monthly billed amount, lease cost, mrc charge, mrc cost, mrc price,
      service mrc, access mrc, rc, monthly rec, monthly recurring charge total, monthly subscription, subscription fee, monthly total recurring charge
      """,
      de: """
        Monatspreis, Monatsentgelt, monatliche Kosten, Kosten pro Monat, Preis pro Monat, Entgelt pro Monat,
        Monatsbetrag, Monatsmiete, monatliche Gebühr, Grundpreis, Grundgebühr, Grundentgelt, monatlicher Grundpreis,
        laufende Kosten, wiederkehrende Kosten, mtl. Kosten, mtl. Preis, mtl. Entgelt, Mietpreis, Miete, monatlich,
        monatliche Rate, Monatsgebühr, laufendes Entgelt, Betrag pro Monat, wiederkehrendes Entgelt, Monatskosten,
        monatliche Miete, monatliche Grundgebühr, monatliches Grundentgelt
        """,
      fr: """
        abonnement mensuel, abonnement, coût mensuel, redevance mensuelle, redevance, frais mensuels, prix mensuel,
        mensualité, loyer mensuel, loyer, tarif mensuel, montant mensuel, récurrent mensuel, récurrent,
        charges récurrentes, frais récurrents, coût par mois, prix par mois, coût récurrent, mensuel
        """,
      perhaps: "cost, price, rate, charge, fee, amount, preis, kosten, prix, montant, total mrc, charges, unit mrc",
      near: "mrr, spend, expense, total monthly charge, total recurring charge, net mrc, mrc usd equivalent, run rate"),
    "circuits.nrc": FieldWords(
      """
      non recurring charge, nonrecurring charge, nrc amount, non recurring cost, non recurring, non recurring amount,
      non recurring fee, one time charge, one time cost, one time fee, one time, one time amount, otc, one off charge,
      one off cost, one off fee, one off, install cost, installation cost, installation charge, installation fee,
      install fee, install charge, setup fee, setup cost, setup charge, setup, set up fee, set up cost, activation fee,
      activation charge, connection charge, connection fee, initial charge, construction cost, construction charge, start fee, start charge, startup fee,
      special construction charge, special construction, nrc charge, nrc cost, install nrc, setup nrc, installation nrc, one time nrc, total install cost
      """,
      de: """
        Einmalkosten, Einmalpreis, einmalige Kosten, Einmalentgelt, einmaliges Entgelt, einmaliger Preis,
        Einrichtungsgebühr, Einrichtungskosten, Einrichtungspreis, Einrichtungsentgelt, Installationskosten,
        Installationsgebühr, Bereitstellungspreis, Bereitstellungsentgelt, Bereitstellungskosten, Bereitstellungsgebühr,
        Anschlusspreis, Anschlussgebühr, Anschlusskosten, einmalig, Einmalgebühr, einmalige Gebühr, Einmalbetrag,
        Setup-Gebühr, einmalige Einrichtung, einmaliger Bereitstellungspreis, einmaliges Bereitstellungsentgelt
        """,
      fr: """
        frais d'installation, frais de mise en service, frais uniques, frais d'accès au service, FAS, frais d'activation,
        coût d'installation, frais non récurrents, coût unique, non récurrent, frais de raccordement, frais initiaux,
        frais d'accès, frais de création, frais ponctuels
        """, near: "install, upfront cost, capex, installation"),
    "circuits.currency": FieldWords(
      """
      currency code, ccy, curr, iso currency, billing currency, invoice currency, charge currency, contract currency,
      mrc currency, local currency, currency iso, currency type
      """, de: "Währung, Währungscode, WKZ, Abrechnungswährung, Vertragswährung, Währungskennzeichen",
      fr: "devise, monnaie, code devise, devise de facturation"),
    "circuits.po_number": FieldWords(
      """
      po number, purchase order, po, purchase order number, customer po, customer po number, po id, po reference,
      customer purchase order, client po, po no
      """, de: "Bestellnummer, Bestell-Nr., SAP-Bestellnummer, Bestellung, BANF",
      fr: "bon de commande, numéro de bon de commande, numéro du bon de commande", shape: .identifier),
    "circuits.gl_code": FieldWords(
      """
      gl code, gl account, general ledger, general ledger account, general ledger code, ledger account, gl,
      gl account number, gl string, gl coding, gl number, accounting code
      """, de: "Sachkonto, Kontierung, Hauptbuchkonto, Sachkontonummer",
      fr: "compte comptable, code comptable, imputation",
      near: "account code", shape: .identifier),
    "circuits.cost_center": FieldWords(
      """
      cost center, cost centre, cost center code, cost centre code, cost center number, department, department code,
      department name, department number, cost code, profit center, cost centre name, cost center name
      """,
      de: "Kostenstelle, Kostenstellennummer, KST, Abteilung, Kostenträger, Geschäftsbereich, Kostenstellenbezeichnung",
      fr: "centre de coût, centre de coûts, centre de profit, code centre de coûts, centre de frais",
      perhaps: "division, département, business unit",
      near: "project code, budget code, allocation code, fund, org code"),
  ]

  private static let circuitPeople: [String: FieldWords] = [
    "circuits.order_number": FieldWords(
      """
      order number, order id, pon, service order, service order number, service order id, so number, sales order,
      sales order number, work order, work order number, order reference, order, carrier order number,
      carrier order id, son, order confirmation number, vendor order number, provider order number, asr number, asr, order no, purchase order number pon,
      foc order number, customer order number, job number, service request number, order key
      """, de: "Auftragsnummer, Auftrag, Auftrags-ID, Auftragskennung, Auftragsreferenz, Vorgangsnummer",
      fr: "numéro de commande, référence commande, commande, référence de commande, numéro d'ordre",
      near: "confirmation number, request number, ticket number, quote number, project number", shape: .identifier),
    "circuits.contact_name": FieldWords(
      """
      contact name, contact, site contact, local contact, lcon, local contact name, on site contact, onsite contact,
      lcon name, contact person, site contact name, primary contact, technical contact, point of contact, poc,
      contact full name, tech contact, customer contact, onsite contact name, primary contact name
      """, de: "Ansprechpartner, Kontaktperson, Kontakt, Ansprechpartner vor Ort, Kontaktname, Ansprechpartner Kunde",
      fr:
        "nom du contact, interlocuteur, contact sur site, contact site, correspondant, contact local, contact technique",
      near: "requestor, account manager, site manager", shape: .label),
    "circuits.contact_email": FieldWords(
      """
      contact email, email, email address, e-mail, mail, contact mail, site contact email, lcon email,
      local contact email, contact email address, mail address, contact e-mail address
      """, de: "E-Mail-Adresse, Mailadresse, Kontakt-E-Mail, E-Mail Ansprechpartner, Ansprechpartner E-Mail",
      fr: "courriel, adresse email, adresse électronique, mail du contact, adresse mail, email du contact",
      perhaps: "contact", shape: .email),
    "circuits.contact_phone": FieldWords(
      """
      contact phone, phone, phone number, telephone, contact number, contact telephone, site phone, site contact phone,
      lcon phone, lcon number, local contact phone, local contact number, lcon tel, contact phone number, tel, mobile,
      site contact number, contact mobile, telephone no, site phone number, phone no, contact tel
      """, de: "Telefon, Telefonnummer, Tel., Kontakttelefon, Handynummer, Mobilnummer, Telefon Ansprechpartner",
      fr: "téléphone, tél, numéro de téléphone, téléphone du contact, portable, téléphone contact",
      perhaps: "contact, tn, telephone number, rufnummer", shape: .phone),
    "circuits.notes": FieldWords(
      """
      notes, note, comments, comment, remarks, remark, description, additional info, additional information, addl info, special instructions, memo,
      internal notes, other information, free text, circuit notes, circuit description, general comments, order notes, narrative,
      circuit comments, misc notes
      """,
      de: "Bemerkung, Bemerkungen, Kommentar, Kommentare, Anmerkung, Anmerkungen, Notiz, Notizen, Hinweis, Hinweise",
      fr: "remarque, remarques, commentaire, commentaires, observation, observations",
      perhaps: "details, misc, info, beschreibung", shape: .free),
  ]
}
