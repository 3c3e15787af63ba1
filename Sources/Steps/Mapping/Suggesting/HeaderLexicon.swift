/// Words of headings and the one word each stands for: abbreviations, plurals, German and French.
enum HeaderLexicon {
  /// What a word stands for; several for a compound (`vertragsbeginn`), the word itself where nothing is known.
  static func standard(_ word: String) -> [String] {
    if dropped.contains(word) { return [] }
    if let known = words[word] { return [known] }
    if let single = singular(word), let known = words[single] { return [known] }
    return compound(word) ?? [word]
  }

  static func isKnown(_ word: String) -> Bool { words[word] != nil }

  /// Every known spelling long enough for a slip in it to be told from another word.
  static let spellings: [String] = words.keys.filter { $0.utf8.count >= 6 }.sorted()

  /// Articles and prepositions that tell nothing.
  private static let dropped: Set<String> = Set(
    """
    the of for in on at and or und et ou de des la le les l d der die das den dem für fur pour par per im zum zur vom our
    your their dans sur en with is s inkl incl excl zzgl ca
    """.split { $0 == " " || $0 == "\n" }.map(String.init))

  private static let words: [String: String] = {
    var table: [String: String] = [:]
    for line in families.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      for word in words where table[word] == nil { table[word] = words[0] }
    }
    return table
  }()

  private static func singular(_ word: String) -> String? {
    guard word.utf8.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss") else { return nil }
    if word.hasSuffix("ies") { return String(word.dropLast(3)) + "y" }
    if word.hasSuffix("xes") || word.hasSuffix("sses") { return String(word.dropLast(2)) }
    return String(word.dropLast())
  }

  // MARK: Compounds

  /// Endings short enough to be part of many words, allowed at the end of a compound only.
  private static let endings: Set<String> = ["id", "no", "nr", "dt", "nm", "po"]
  private static let links = ["", "s", "n", "es", "en", "er"]

  /// The fewest known words that make up the whole text, with a linking letter between German ones.
  static func compound(_ word: String) -> [String]? {
    let letters = Array(word.utf8)
    guard (5...40).contains(letters.count), letters.allSatisfy({ $0 &- 0x61 < 26 }) else { return nil }
    var best: [[String]?] = Array(repeating: nil, count: letters.count + 1)
    best[0] = []
    for start in letters.indices {
      guard let before = best[start], before.count < 4 else { continue }
      for end in (start + 2)...max(letters.count, start + 2) where end <= letters.count {
        let text = String(decoding: letters[start..<end], as: UTF8.self)
        guard let known = part(text, isFirst: start == 0, isLast: end == letters.count) else { continue }
        for link in links where start > 0 || end < letters.count || link.isEmpty {
          let next = end + link.utf8.count
          guard next <= letters.count, letters[end..<next].elementsEqual(link.utf8) else { continue }
          if next == letters.count, !link.isEmpty { continue }
          if best[next].map({ $0.count > before.count + 1 }) ?? true { best[next] = before + [known] }
        }
      }
    }
    return best[letters.count].flatMap { $0.count > 1 ? $0 : nil }
  }

  private static func part(_ text: String, isFirst: Bool, isLast: Bool) -> String? {
    if text.utf8.count < 3 { return isLast && !isFirst && endings.contains(text) ? words[text] : nil }
    if text.utf8.count == 3, !isFirst, !isLast { return nil }
    return words[text]
  }

  // MARK: The table

  /// One family a line, the standard word first.
  private static let families = """
    account acct acc acnt konto kontos compte accnt
    activation aktivierung aktiviert
    activated
    address addr adr addres adresse adressen anschrift addrs
    agreement agmt agrmt vereinbarung agreements
    amount amt betrag montant amnt
    apartment apt
    asset assets
    autorenew autorenewal autorenews
    bandwidth bw bandbreite bdw bandbr
    ban bans
    begin beg beginn begins beginning start starts starting anfang debut strt started commencement commence commencing commences
    deactivation deactivated deact deaktivierung
    building bldg bld gebaude gebaeude batiment bat bldng
    cancel cancellation cancelled canceled cancelation
    capacity kapazitat kapazitaet capacite cap
    carrier carriers provider providers prvdr vendor vendors vndr supplier suppliers telco telcos isp anbieter netzbetreiber betreiber lieferant fournisseur operateur operator prestataire dienstleister diensteanbieter
    cease ceased cessation
    charge charges chg chrg chgs chrgs cost costs fee fees price prices preis kosten gebuhr gebuehr gebuehren gebuhren entgelt frais cout couts prix tarif redevance prc
    circuit ckt ckts cct ccts crkt circuits circuito leitung leitungs liaison crct
    city town ort stadt ville commune cty
    clli
    code codes cd
    comment note notes comments cmt cmts remark remarks bemerkung bemerkungen kommentar kommentare anmerkung anmerkungen notiz notizen hinweis hinweise remarque remarques commentaire commentaires observation observations
    commit committed commitment cmtd
    connection connect connected conn
    contact kontakt ansprechpartner kontaktperson interlocuteur correspondant lcon poc
    contract contr ktr kontrakt vertrag vertrags contrat contrats contracts cntr cntrct
    costcenter kostenstelle
    country cntry ctry land pays countries
    currency curr cur ccy wahrung waehrung devise monnaie crncy
    customer cust client clients customers kunde kunden endkunde mandant tenant tenants subscriber enduser abonne custmr cstmr
    date dt datum dat dates
    day days tag tage tagen jour jours
    decommission decommissioned decom
    delivery delivered lieferung livraison delivr
    department dept dpt abteilung
    description desc descr dscr descrip beschreibung bezeichnung dsc descript
    destination dest dst ziel
    detail details dtl dtls
    disconnect disc disco disconn disconnected disconnection discon
    download downstream dl dwn downlink downld descendant
    due fallig faellig falligkeit faelligkeit
    effective eff effectif effectiv wirksam effct
    email mail mails emails courriel
    end ende fin ends ending ended
    expiration exp expiry expires expire expired expiring ablauf xpiration
    floor flr etage stockwerk
    frame
    increment incr inc taktung takt
    link lien liens links
    to thru through until bis au
    from von ab
    install inst instal installed installation einrichtung installiert instl
    interface schnittstelle intf
    invoice inv invc invoices bill bills billing billed rechnung rechnungs facture facturation factures faktura abrechnung invoiced blng
    item artikel items position
    length len
    line ligne lines anschluss anschlusse
    location loc locn site sites standort standorte lieu emplacement locations premises premise lokation
    minimum min mindest minimal minimale minimales
    minute minuten minutes
    month monthly mo mos mth mths mthly mnthly months monat monats monate monaten monatlich monatliche monatlicher monatliches mtl mensuel mensuelle mensuels mensuelles mois mensualite mon mnth mntly
    name names nom namen nm
    nonrecurring nonrec
    nrc nrcs
    mrc mrcs
    notice preavis notif
    number no nr num nbr numb nummer numero id ids ident identifier identifiant kennung ref reference referenz kennzeichen nos refnr identification
    onetime oneoff einmalig einmalige einmaliger einmaliges einmal uniques unique otc
    order ord ordr orders ordered auftrag auftrags commande bestellt
    payment pay paid zahlung paiement pmt
    percent pct prozent
    period periode zeitraum perd
    phone tel telephone telefon phones fon telephon
    po purchaseorder
    port ports
    postal zip zipcode zips postcode plz postleitzahl postalcode
    prefix prefixes prafix praefix
    product prod produkt produit products prd
    province provinz
    quantity qty quant menge anzahl quantite qte qnty
    rack racks
    rate rates raten
    recurring recur rec recurrent recurrente recurrents recurrentes wiederkehrend wiederkehrende laufend laufende laufendes recurr
    region regions
    renewal renew renews renewed verlangerung verlaengerung reconduction renouvellement
    requested request req rqst requests
    room raum zimmer salle
    service svc svcs srv srvc serv services dienst dienste leistung srvce
    speed geschwindigkeit spd debit vitesse spds
    state states bundesland
    status stat stati zustand statut sts
    street str strasse rue strassen straat
    surcharge surcharges surchg
    tax taxes vat mwst ust steuer steuern tva gst umsatzsteuer mehrwertsteuer
    technology tech technologie
    term terms laufzeit duree dauer duration trm
    termination terminated terminates terminate resiliation resilie
    total tot gesamt ttl totals sum summe
    turnup
    type typ art kind types tp
    unit units einheit einzel unitaire stuck stueck
    upload upstream ul upld uplink remontant uplod
    valid gultig gueltig valable
    vlan vlans
    xconnect crossconnect crossconnects xconn xcon xc
    zone
    usd dollar dollars
    eur euro euros
    """
}
