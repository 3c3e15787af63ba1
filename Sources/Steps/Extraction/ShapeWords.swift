import Domain

/// Words that tell the parts of a table: English, German, French, folded to lower-case ASCII.
enum ShapeWords {
  static let missing: Set<String> = [
    "n/a", "na", "#n/a", "null", "none", "nil", "-", "--", "---", "?", ".", "...", "k.a.", "n.v.", "nan", "tbd", "s.o.",
  ]
  static let flags: Set<String> = ["yes", "no", "true", "false", "y", "n", "ja", "nein", "oui", "non", "x"]

  /// Words that headers are made of and values rarely are.
  static let names: Set<String> = Set(
    (english + " " + german + " " + french).split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

  private static let english = """
    id ids no number num nr name names code codes key type types kind class category categories status state states
    city town county country region zip zipcode postal postcode street address addr location site building floor room
    latitude longitude lat lon lng date dates time timestamp year month day start end begin from to until expiry
    expiration expires effective created updated modified amount total price cost costs fee fees charge charges rate
    mrc nrc arc tax currency qty quantity count units unit value values balance invoice account acct ban billing bill
    customer client vendor carrier provider supplier company organization organisation organisations organizations
    circuit ckt service services product products item items sku description desc details note notes comment comments
    remarks bandwidth speed capacity term terms contract agreement owner contact email mail phone fax telephone mobile
    first last title url link website gender age sex size length width height weight percent percentage
    ratio rank score index group source target reference ref order orders line level version label field
    department division dept usd eur gbp monthly annual yearly recurring install installed disconnect activation port
    vlan interface device clli npa nxx a z end aend zend router model serial manufacturer filename file path
    parent identifier population lata icsc node subtype subject area district province municipality village
    """
  private static let german = """
    nummer bezeichnung beschreibung strasse plz ort stadt land bundesland datum beginn ende laufzeit betrag preis kosten
    gebuehr waehrung menge anzahl kunde kundennummer lieferant anbieter vertrag vertragsnummer rechnung rechnungsnummer
    leitung leitungsnummer bandbreite standort adresse hausnummer telefon vorname nachname firma art typ einheit summe
    monat jahr tag bemerkung kommentar kennung schluessel wert netto brutto mwst steuer konto kostenstelle abteilung
    monatlich einmalig kuendigungsfrist gemeinde kreis region postleitzahl einwohner flaeche geschlecht artikel
    """
  private static let french = """
    numero nom prenom libelle adresse rue ville pays departement commune codepostal debut fin duree montant prix cout
    frais devise quantite nombre client fournisseur operateur contrat facture ligne debit lieu telephone
    statut etat mois annee jour commentaire remarque reference valeur unite hors ht ttc tva compte taux
    mensuel mise resiliation code postal lien raccordement type
    """

  private static let totals: [String] = [
    "total", "totals", "grand total", "subtotal", "sub total", "sub-total", "sum", "summe", "gesamt", "gesamtsumme",
    "gesamtbetrag", "zwischensumme", "endsumme", "insgesamt", "total general", "sous-total", "sous total",
    "montant total",
    "subtotals", "sub totals", "sub-totals", "grand totals", "grand-total", "carrier total", "account total",
    "running total", "teilsumme", "gesamt summe", "sous-totaux", "totaux generaux", "totaux", "somme", "overall",
    "overall total", "report total", "total amount", "totale", "importe total", "suma",
    "average", "averages", "avg", "durchschnitt", "mittelwert", "moyenne",
  ]

  private static let ends: [String] = [
    "end of", "page ", "seite ", "report generated", "generated", "printed", "exported", "source", "sources", "quelle",
    "note", "notes", "hinweis", "remarque", "record count", "records", "rows", "row count", "number of rows",
    "prepared",
    "erstellt", "stand", "copyright", "(c)", "confidential", "vertraulich", "confidentiel", "disclaimer", "legend",
    "legende", "footnote", "report run", "run date", "run by", "as of", "applied filters", "filters", "total records",
    "total rows", "eof", "trailer", "genere le", "edite le", "fin du", "ende des", "anzahl",
  ]

  /// Lower case without marks, runs of white space as one space, none at the ends.
  static func folded(_ text: String) -> String {
    TextBytes.foldedASCII(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether a text is made of words of headers: at least half of them, in any of three languages.
  static func namesColumn(_ text: String) -> Bool {
    var words = 0
    var known = 0
    var spaced = ""
    var wasLower = false
    for character in text {
      let isUpper = character.isUppercase
      if isUpper, wasLower { spaced.append(" ") }
      wasLower = character.isLowercase
      spaced.append(character)
    }
    for word in TextBytes.foldedASCII(spaced).split(whereSeparator: { !($0.isLetter || $0.isNumber) }) {
      words += 1
      if names.contains(String(word)) || names.contains(String(word.drop { $0.isNumber })) { known += 1 }
    }
    return known > 0 && known * 2 >= words
  }

  /// `Total`, `Grand total:`, `Summe EUR`, `Total Zayo`: a label of a row that sums up others; not `TOTAL-NET-01`.
  static func isTotal(_ text: String) -> Bool {
    let label = folded(text)
    if label.isEmpty || label.utf8.count > 60 { return false }
    return totals.contains { total in
      guard label.hasPrefix(total) else { return label.hasSuffix(" " + total) || label.hasSuffix(" " + total + ":") }
      guard let next = label.dropFirst(total.count).first else { return true }
      return !(next.isLetter || next.isNumber || "-_.#".contains(next))
    }
  }

  /// A label that says nothing but that it is a sum.
  static func isTotalAlone(_ text: String) -> Bool {
    totals.contains(folded(text).filter { $0 != ":" && $0 != "*" })
  }

  /// `End of report`, `Page 1 of 3`, `*** fin ***`: how the last lines of reports begin.
  static func isEnding(_ text: String) -> Bool {
    let label = folded(text)
    if ends.contains(where: { label.hasPrefix($0) }) { return true }
    return label.first.map { "*-=_<([".contains($0) } ?? false
  }

  /// A unit alone, or anything in brackets: `Mbps`, `(USD)`, `[YYYY-MM-DD]`.
  static func isUnit(_ text: String) -> Bool {
    let label = folded(text)
    if label.count > 2, let first = label.first, let last = label.last,
      (first == "(" && last == ")") || (first == "[" && last == "]")
    {
      return true
    }
    return units.contains(label)
  }

  private static let units: Set<String> = [
    "mbps", "gbps", "kbps", "mbit/s", "gbit/s", "kbit/s", "mb/s", "gb/s", "mb", "gb", "usd", "eur", "gbp", "chf", "$",
    "eur/month", "usd/month", "us$", "%", "km", "m", "ft", "mi", "miles", "months", "days", "years", "monate", "tage",
    "jahre", "mois", "jours", "yyyy-mm-dd", "mm/dd/yyyy", "dd/mm/yyyy", "dd.mm.yyyy", "tt.mm.jjjj", "jj/mm/aaaa",
    "text",
    "string", "integer", "numeric", "date", "number", "decimal", "varchar", "int", "float", "boolean", "ms", "s", "kg",
    "units", "count", "qty", "each", "m2", "sqm", "usd/mo", "$/mo", "eur/mo", "€", "£", "eur/monat", "in eur", "in usd",
  ]
}
