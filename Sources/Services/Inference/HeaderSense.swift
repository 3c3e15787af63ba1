/// What a header says about whether its cells are anybody's business.
enum HeaderSense {
  case secret, person, phone, email, account, other

  private static let secrets: Set<String> = [
    "password", "passwd", "pwd", "passcode", "passphrase", "pin", "secret", "token", "credential", "credentials",
    "community", "psk", "passwort", "kennwort", "geheimnis", "apikey", "api key", "access key", "private key",
    "mot de passe",
  ]
  private static let emails: Set<String> = ["email", "mail", "e mail", "courriel"]
  private static let phones: Set<String> = [
    "phone", "telephone", "tel", "fax", "mobile", "cell", "handy", "telefon", "rufnummer", "portable", "tlf",
  ]
  private static let persons: Set<String> = [
    "contact", "contacts", "person", "attn", "attention", "manager", "rep", "representative", "technician", "tech",
    "engineer", "requester", "requestor", "requested by", "approver", "approved by", "created by", "ordered by",
    "signed by", "entered by", "updated by", "owner", "employee", "user", "username", "first name", "last name",
    "surname", "full name", "caller", "signatory", "lcon", "poc", "ansprechpartner", "ansprechpartnerin", "kontakt",
    "bearbeiter", "besteller", "mitarbeiter", "vorname", "nachname", "interlocuteur", "responsable", "prenom",
    "prénom", "demandeur",
  ]
  private static let accounts: Set<String> = [
    "account", "acct", "ban", "iban", "bic", "bank", "card", "ssn", "tax", "vat", "konto", "kontonummer",
    "kundennummer", "kundennr", "kunden nr", "kunden nummer", "vertragskonto", "compte", "customer number",
    "customer no", "client number", "client no", "numéro client", "steuernummer", "siret", "siren",
    "birth", "birthday", "dob", "geburtsdatum",
  ]

  init(_ header: String) {
    let words = Self.words(of: header)
    let phrases = Set(words + zip(words, words.dropFirst()).map { "\($0) \($1)" }).union(
      zip(zip(words, words.dropFirst()), words.dropFirst(2)).map { "\($0.0) \($0.1) \($1)" })
    let table = [
      (Self.secrets, HeaderSense.secret), (Self.emails, .email), (Self.phones, .phone), (Self.persons, .person),
      (Self.accounts, .account),
    ]
    self = table.first { !$0.0.isDisjoint(with: phrases) }?.1 ?? .other
  }

  /// Lower-case words; `contactName` and `CONTACT_NAME` have two.
  static func words(of header: String) -> [String] {
    var words = [""]
    var wasLower = false
    for character in header {
      if !character.isLetter {
        words.append("")
      } else {
        if character.isUppercase, wasLower { words.append("") }
        words[words.count - 1] += character.lowercased()
      }
      wasLower = character.isLowercase
    }
    return words.filter { !$0.isEmpty }
  }
}
