extension AddressKey {
  /// An address and its key: the definition of the rule for docs and tests.
  package struct Example: Sendable {
    package let street: String
    package let suite: String
    package let city: String
    package let state: String
    package let postal: String
    package let country: String
    package let key: String

    init(
      _ street: String, _ suite: String, _ city: String, _ state: String, _ postal: String, _ country: String,
      is key: String
    ) {
      (self.street, self.suite, self.city) = (street, suite, city)
      (self.state, self.postal, self.country, self.key) = (state, postal, country, key)
    }
  }

  package static let examples: [Example] = [
    Example(
      "60 Hudson Street", "Suite 1903", "New York", "NY", "10013-3315", "USA",
      is: "60 hudson st|1903|new york|ny|10013|us"),
    Example(
      "60 Hudson St., Ste. 1903", "", "New York", "NY", "10013", "US", is: "60 hudson st|1903|new york|ny|10013|us"),
    Example(
      "60 HUDSON ST #1903", "#1903", "NEW YORK", "ny", "100133315", "", is: "60 hudson st|1903|new york|ny|10013|"),
    Example(
      "350 East Cermak Road, 5th Floor", "Room B", "Chicago", "IL", "60616", "United States",
      is: "350 e cermak rd|fl 5 rm b|chicago|il|60616|us"),
    Example(
      "350 E. Cermak Rd Fl 5", "Rm B", "Chicago", "IL", "60616", "U.S.A.",
      is: "350 e cermak rd|fl 5 rm b|chicago|il|60616|us"),
    Example("1 Northwest Boulevard", "", "Saint Louis", "MO", "63101", "US", is: "1 nw blvd||st louis|mo|63101|us"),
    Example(
      "Kleyerstraße 90", "", "Frankfurt am Main", "", "60326", "Deutschland",
      is: "kleyerstr 90||frankfurt am main||60326|de"),
    Example(
      "8 Buckingham Avenue", "", "Slough", "", "SL1 4AX", "United Kingdom", is: "8 buckingham ave||slough||sl14ax|gb"),
    Example(
      "151 Front Street West", "Unit 12", "Toronto", "ON", "M5J 2N1", "Canada",
      is: "151 front st w|12|toronto|on|m5j2n1|ca"),
    Example("O'Hare Plaza", "", "Sault Ste. Marie", "MI", "49783", "", is: "ohare plz||sault ste marie|mi|49783|"),
    Example("", "", "Denver", "CO", "", "", is: "||denver|co||"),
  ]
}
