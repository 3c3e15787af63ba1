/// Fields of invoices, price lists and ports: known by their headings, so that nothing else is taken for them.
extension Inventory {
  package static let knownElsewhere: [KnownField] = ports + invoices + rates

  private static let ports: [KnownField] = [
    KnownField(
      "vlan", "a port", .text,
      FieldWords(
        """
        vlan, vlan id, vlan number, svlan, cvlan, s vlan, c vlan, outer vlan, inner vlan, ce vlan, vlan tag, evc vlan,
        vlan ids, s tag, c tag, customer vlan, provider vlan, dot1q tag, vlan no, service vlan
        """, fr: "identifiant vlan, numéro de vlan")),
    KnownField(
      "xconnect_id", "a port", .text,
      FieldWords(
        """
        cross connect id, cross connect, xconnect, xconnect id, xc id, x connect, x connect id, cfa,
        carrier facility assignment, connecting facility assignment, cross connect number, cross connect reference,
        patch panel, patch panel id, pp info, patch panel port, loa cfa, cross connect order number, cfa id,
        cross connection id, patch panel info, panel port, xc number, patch position, odf position
        """, de: "Querverbindung, Patchfeld, Patchpanel, Querverbindungsnummer",
        fr: "jarretière, référence de brassage, bandeau, renvoi",
        near: "loa, meet me room, tie down, panel, odf, demarc port",
        shape: .identifier)),
  ]

  private static let amount = FieldType.money
  private static let count = FieldType.integer(0...Int64.max)

  private static let invoices: [KnownField] = [
    KnownField(
      "invoice_number", "an invoice", .text,
      FieldWords(
        """
        invoice number, invoice no, invoice id, invoice, bill number, bill id, bill no, statement number, statement id,
        invoice reference, tax invoice number, invoice identifier, supplier invoice number, vendor invoice number, billing invoice number
        """, de: "Rechnungsnummer, Belegnummer, Rechnung, Rechnungs-ID, Fakturanummer",
        fr: "numéro de facture, facture, référence facture, numéro de la facture",
        near: "document number, voucher number", shape: .identifier)),
    KnownField(
      "invoice_date", "an invoice", .date,
      FieldWords(
        """
        invoice date, bill date, billing date, statement date, date of invoice, invoice issue date, date billed,
        bill issue date, invoiced on, invoice created date, date invoiced, invoice dt, bill cycle date
        """, de: "Rechnungsdatum, Belegdatum, Rechnung vom, Fakturadatum, Rechnungsstellung",
        fr: "date de facture, date de facturation, date de la facture, date facture, date d'émission",
        near: "issue date, document date, posting date, invoice month, bill month, bill cycle, billing month")),
    KnownField(
      "due_date", "an invoice", .date,
      FieldWords(
        """
        due date, payment due, payment due date, pay by date, date due, bill due date, invoice due date, pay by, due by,
        amount due date, due on, payment date due, net due date
        """, de: "Fälligkeit, Fälligkeitsdatum, fällig am, zahlbar bis, Zahlungsziel, Fälligkeitstermin",
        fr: "date d'échéance, date limite de paiement, échéance de paiement, à payer avant le", near: "due, échéance")),
    KnownField(
      "period_start", "an invoice", .date,
      FieldWords(
        """
        billing period start, period start, bill from, bill period start, service period start, period from,
        billing period from, bill period from, charge from, charge from date, billing from, period begin,
        invoice period start, billing cycle start, bill start, usage start date, period start date, bill from date,
        billing period start date, billing period begin, service from, service from date, period beginning,
        statement period start, charge period start, billed from, service period from, bill cycle start date,
        billing period begin date
        """,
        de: """
          Abrechnungszeitraum von, Zeitraum von, Leistungszeitraum von, Abrechnung von, Rechnungszeitraum von,
          Abrechnungszeitraum Beginn, Periode von, Beginn Abrechnungszeitraum
          """, fr: "début de période, période du, date de début de période, début période de facturation",
        perhaps: "from, from date, von, du")),
    KnownField(
      "period_end", "an invoice", .date,
      FieldWords(
        """
        billing period end, period end, bill to, bill period end, service period end, period to, billing period to,
        bill period to, charge to, charge to date, charge through, billing to, period ending, invoice period end,
        billing cycle end, bill end, usage end date, period end date, bill to date, billing period end date,
        service to, service to date, statement period end, charge period end, billed to, billed through, bill thru,
        service period to, charge thru date, bill through, bill through date, bill cycle end date
        """,
        de: """
          Abrechnungszeitraum bis, Zeitraum bis, Leistungszeitraum bis, Abrechnung bis, Rechnungszeitraum bis,
          Abrechnungszeitraum Ende, Periode bis, Ende Abrechnungszeitraum
          """, fr: "fin de période, période au, date de fin de période, fin période de facturation",
        perhaps: "to, to date, bis, au, through")),
    KnownField(
      "amount", "an invoice", amount,
      FieldWords(
        """
        total amount, amount due, balance, total due, invoice amount, invoice total, total charges, grand total,
        balance due, total current charges, bill total, bill amount, total amount due, current charges, billed amount,
        amount billed, total invoice amount, total billed, line total, total bill, net amount, gross amount,
        total invoice, current balance, invoiced amount, total balance, amount payable, total payable, charge amount,
        total new charges, total invoiced, extended amount, extended price, ext amount, ext price, extended cost, subtotal, new charges, amount owed
        """,
        de: """
          Gesamtbetrag, Rechnungsbetrag, Bruttobetrag, Nettobetrag, Gesamtsumme, Endbetrag, Zahlbetrag, Rechnungssumme,
          Betrag netto, Betrag brutto, Gesamtpreis, Summe netto, Summe brutto, Saldo, offener Betrag
          """,
        fr:
          "montant total, montant TTC, montant HT, total TTC, total HT, net à payer, solde, montant dû, montant facturé",
        perhaps: "total, total cost, total price, amount, betrag, summe, montant, charge, charges")),
    KnownField(
      "tax_amount", "an invoice", amount,
      FieldWords(
        """
        tax amount, tax, taxes, vat, vat amount, taxes and surcharges, tax and surcharge, surcharges, surcharge, sales tax,
        gst, gst amount, taxes and fees, fees and surcharges, surcharges and fees, taxes fees and surcharges, total tax, total taxes, usf, federal tax, state tax,
        local tax, regulatory fees, tax total, taxes fees, fees and taxes, total taxes and fees, tax charges,
        taxes surcharges, taxes and surcharge amount, fusf
        """, de: "Steuer, Steuerbetrag, MwSt, MwSt.-Betrag, USt, Mehrwertsteuer, Umsatzsteuer, Steuern, USt-Betrag",
        fr: "TVA, montant TVA, montant de la TVA, taxe, montant des taxes", near: "tax rate, vat rate, tax code")),
    KnownField(
      "charge_desc", "an invoice", .text,
      FieldWords(
        """
        charge description, line description, item description, charge type, charge name, line item description,
        line item, usoc description, description of charge, billing description, feature description, charge detail,
        charge text, line text, description of service, item, charge category, billing item, item name, charge label,
        rate element description, line item name, description of charges
        """,
        de: """
          Leistungsbeschreibung, Positionstext, Artikelbezeichnung, Leistungsbezeichnung, Buchungstext, Rechnungsposition,
          Positionsbezeichnung, Artikel, Leistungstext
          """,
        fr:
          "libellé, désignation, libellé de la ligne, description de la prestation, intitulé, libellé de la prestation",
        perhaps: "charge, position, service description, product description, beschreibung, details", shape: .label)),
    KnownField(
      "quantity", "an invoice", count,
      FieldWords(
        """
        quantity, qty, number of units, unit count, units, billed quantity, quantity billed, item quantity, item count,
        line quantity, units billed
        """, de: "Anzahl, Menge, Stückzahl, Stück", fr: "quantité, qté", near: "count, nombre, volume")),
    KnownField(
      "unit_price", "an invoice", amount,
      FieldWords(
        """
        unit price, unit cost, unit rate, price per unit, rate per unit, cost per unit, unit charge, price each, unit amount,
        cost each, each, per unit, item price, unit list price
        """, de: "Einzelpreis, Stückpreis, Preis pro Einheit, Preis pro Stück, E-Preis",
        fr: "prix unitaire, PU, PU HT, tarif unitaire, coût unitaire", perhaps: "unit mrc", near: "list price")),
  ]

  private static let rates: [KnownField] = [
    KnownField(
      "destination", "a price list", .text,
      FieldWords(
        """
        destination, destination name, dest, dest name, destination country, breakout name,
        destination description, destination network, country breakout, code name, prefix name, country destination, terminating destination, call destination, destination breakout
        """, de: "Zielland, Zielnetz, Destination, Ziel, Rufziel", fr: "pays de destination, nom de la destination",
        perhaps: "breakout, country name, zone, route, area", shape: .label)),
    KnownField(
      "dial_prefix", "a price list", .text,
      FieldWords(
        """
        dial prefix, prefixes, dial code, dial codes, dial string, dialing code, dialling code, dialed prefix,
        area code, destination code, city code, code prefix, dialed digits, dialled digits, e164 prefix, dialing prefix,
        numbering plan code, destination prefix, number prefix, digit string, calling code, phone prefix
        """, de: "Vorwahl, Rufnummernpräfix, Präfix, Ländervorwahl, Ortsvorwahl",
        fr: "préfixe, indicatif, indicatif pays",
        perhaps: "code, codes, country code, breakout, prefix", near: "digits, cc", shape: .digits)),
    KnownField(
      "rate", "a price list", amount,
      FieldWords(
        """
        rate per minute, price per minute, ppm, cost per minute, per minute rate, minute rate, rate min, price min,
        voice rate, call rate, rate per min, charge per minute, per min rate, interstate rate, intrastate rate, rpm,
        per minute price, minute price, cost per min, price per min, usage rate
        """, de: "Minutenpreis, Preis pro Minute, Minutenentgelt, Preis/min, Verbindungspreis",
        fr: "prix minute, prix à la minute, tarif minute, coût minute, prix par minute, tarif à la minute",
        perhaps: "rate, price, cost, preis, prix",
        near: "new rate, peak rate, current rate, off peak rate")),
    KnownField(
      "effective_date", "a price list", .date,
      FieldWords(
        """
        effective from, rate effective date, price effective date, valid from, valid from date, effective as of,
        rate start date, effective on, date effective, new rate effective date, effective from date
        """, de: "gültig ab, gültig von, wirksam ab, Gültigkeitsdatum, Gültigkeitsbeginn, Preis gültig ab",
        fr: "date d'effet, valable à partir du, date d'entrée en vigueur, applicable à partir du, date d'application",
        perhaps: "effective date, effective, eff date")),
    KnownField(
      "billing_increment", "a price list", .text,
      FieldWords(
        """
        billing increment, increment, increments, rounding increment, billing interval, initial increment, min increment,
        call increment, interval, billing increments, charging interval, minimum increment, rate increment,
        initial subsequent, interval 1, interval n, subsequent increment, next increment, increment seconds, rounding
        """, de: "Taktung, Takt, Abrechnungstakt, Abrechnungstaktung",
        fr: "incrément, palier de facturation, pas de facturation",
        perhaps: "", near: "pulse, minimum duration")),
  ]
}
