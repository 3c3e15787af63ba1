import Domain

extension Inventory {
  static let documents = Entity(
    1, "documents", "document", "A source file, kept by its digest", key: [KeyPart("sha256", .lower)],
    headline: ["filename", "kind"],
    fields: [
      Field(1, "sha256", .text, "SHA-256 of the bytes, 64 hexadecimal digits", ["sha256", "digest"], required: true),
      Field(2, "filename", .text, "Name the file came with", ["filename", "file name", "file"]),
      Field(3, "mime", .text, "Media type", ["mime", "media type"]),
      Field(4, "bytes", .integer(0...Int64.max), "Size in bytes", ["bytes", "size"]),
      Field(5, "pages", .integer(0...1_000_000), "Number of pages", ["pages", "page count"]),
      Field(6, "kind", .code(DocumentKind.codes), "What kind of paper it is", ["kind", "document type"]),
      Field(7, "received_on", .date, "Day it arrived", ["received on", "received", "date received"]),
      Field(8, "source_uri", .text, "Where it came from", ["source uri", "source"]),
    ])

  static let carriers = Entity(
    2, "carriers", "carrier", "A company that sells circuits", key: [KeyPart("slug", .slug)], missing: .stub,
    fields: [
      Field(
        1, "slug", .text, "Normalised name; other names lead to it through carrier_aliases", ["slug"], required: true),
      Field(
        2, "name", .text, "Name shown to people", ["carrier", "provider", "vendor", "service provider", "carrier name"]),
      Field(3, "legal_name", .text, "Registered name", ["legal name", "registered name"]),
      Field(
        4, "asn", .text, "Autonomous system numbers, separated by spaces", ["asn", "as number"], group: .technical),
      Field(5, "portal_url", .text, "Customer portal", ["portal url", "portal"]),
      Field(6, "noc_phone", .text, "NOC telephone, E.164", ["noc phone"]),
      Field(7, "noc_email", .text, "NOC mail address", ["noc email"]),
      Field(8, "account_manager", .text, "Account manager: name, telephone, mail", ["account manager"]),
      Field(9, "support_hours", .text, "Hours of support", ["support hours"]),
      Field(
        10, "dispute_window_days", .integer(0...3650), "Days after the invoice in which it may be disputed",
        ["dispute window days", "dispute window"], group: .contract),
      Field(11, "remit_to", .text, "Where payments go", ["remit to"], group: .financial, sensitivity: .confidential),
      .currency(12),
    ])

  static let carrierAliases = Entity(
    3, "carrier_aliases", "carrier_alias", "Another name of a carrier, reviewed once", key: [KeyPart("alias", .slug)],
    fields: [
      Field(1, "alias", .text, "Normalised other name", ["alias", "also known as", "other name"], required: true),
      Field(
        2, "carrier", .reference("carriers"), "The carrier it means", ["alias of", "carrier slug"], required: true),
      Field(3, "name", .text, "The other name as it is written", ["alias name"]),
    ])

  static let serviceTypes = Entity(
    4, "service_types", "service_type", "A kind of service", key: [KeyPart("code")], missing: .stub,
    fields: [
      Field(
        1, "code", .text, "Upper-case code such as DIA or EPL", ["service_type", "service", "product", "circuit type"],
        required: true),
      Field(2, "name", .text, "Name shown to people", ["service name"]),
      Field(3, "layer", .code(ServiceLayer.codes), "Network layer", ["layer"], group: .technical),
      Field(4, "default_handoff", .text, "Usual handoff", ["default handoff"], group: .technical),
      Field(
        5, "is_recurring", .flag, "Whether it is billed monthly", ["is recurring", "recurring"], group: .financial),
    ])

  static let billingAccounts = Entity(
    5, "billing_accounts", "billing_account", "An account number (BAN) at a carrier",
    key: [KeyPart("carrier"), KeyPart("ban", .account)], missing: .stub,
    fields: [
      Field(1, "carrier", .reference("carriers"), "Who bills it", required: true),
      Field(
        2, "ban", .text, "Billing account number as written",
        ["carrier_account", "account number", "ban", "billing account"],
        group: .financial, sensitivity: .confidential, required: true),
      Field(3, "name", .text, "Name shown to people", ["account name"]),
      Field(
        4, "bill_cycle_day", .integer(1...28), "Day of the month the bill closes", ["bill cycle day"], group: .financial
      ),
      Field(
        5, "payment_terms_days", .integer(0...365), "Days to pay", ["payment terms days", "payment terms"],
        group: .financial),
      Field(6, "gl_default", .text, "Ledger account charged by default", ["gl default"], group: .financial),
      Field(
        7, "expected_by_day", .integer(1...31), "Day of the month by which the bill should be here",
        ["expected by day"],
        group: .financial),
      Field(8, "tax_exempt", .flag, "Whether taxes should be absent", ["tax exempt"], group: .financial),
      Field(9, "remit", .text, "Where payments go", ["remit"], group: .financial, sensitivity: .confidential),
      .currency(10),
    ])

  static let customers = Entity(
    6, "customers", "customer", "Someone served over circuits", key: [KeyPart("key")], missing: .stub,
    fields: [
      Field(
        1, "key", .text, "External reference, else name and address", ["customer key"], group: .sales, required: true),
      Field(
        2, "name", .text, "Name shown to people", ["customer", "customer name", "tenant", "client"], group: .sales),
      Field(
        3, "external_ref", .text, "Number in the customer system", ["customer number", "external ref"], group: .sales),
      Field(4, "segment", .text, "Market segment", ["segment"], group: .sales),
      Field(5, "market", .text, "Market", ["customer market"], group: .sales),
      Field(6, "street", .text, "Street", ["customer street"], group: .sales),
      Field(7, "city", .text, "City", ["customer city"], group: .sales),
      Field(8, "state", .text, "State or province", ["customer state"], group: .sales),
      Field(9, "postal", .text, "Postal code", ["customer postal"], group: .sales),
      Field(10, "country", .text, "Country", ["customer country"], group: .sales),
      Field(11, "status", .text, "Status in the customer system", ["customer status"], group: .sales),
    ])

  static let endpoints = Entity(
    7, "endpoints", "endpoint", "A place where a circuit ends", key: [KeyPart("key")], missing: .stub,
    roles: ["a", "z"],
    fields: [
      Field(
        1, "key", .text, "CLLI and suite, else the address, else the name; fixed when created",
        ["key", "endpoint key"],
        group: .technical, required: true),
      Field(2, "name", .text, "Name of the site", ["site", "site name", "location name"], group: .technical),
      Field(3, "kind", .code(EndpointKind.codes), "Kind of place", ["kind", "site type"], group: .technical),
      Field(
        4, "street", .text, "Street and number", ["address", "street address", "service address"], group: .technical),
      Field(5, "suite", .text, "Suite, floor or room", ["suite", "floor", "room"], group: .technical),
      Field(6, "city", .text, "City", ["city"], group: .technical),
      Field(7, "state", .text, "State or province", ["state", "province"], group: .technical),
      Field(8, "postal", .text, "Postal code", ["postal", "zip", "zip code", "postcode"], group: .technical),
      Field(9, "country", .text, "Country", ["country"], group: .technical),
      Field(10, "latitude", .degrees(limit: 90_000_000), "North positive", ["latitude", "lat"], group: .technical),
      Field(11, "longitude", .degrees(limit: 180_000_000), "East positive", ["longitude", "lon"], group: .technical),
      Field(12, "clli", .text, "CLLI code, 8 or 11 characters", ["clli"], group: .technical),
      Field(13, "npanxx", .text, "NPA-NXX", ["npanxx", "npa-nxx"], group: .technical),
      Field(14, "cage", .text, "Cage", ["cage"], group: .technical),
      Field(15, "rack", .text, "Rack", ["rack"], group: .technical),
      Field(16, "customer", .reference("customers"), "Whose site it is", group: .sales),
    ])

  static let users = Entity(
    14, "users", "user", "Someone who may propose or approve", key: [KeyPart("email", .lower)],
    headline: ["login", "role", "active"],
    fields: [
      Field(
        1, "email", .text, "Mail address, the user's name in every record", ["email", "mail", "contact_email"],
        group: .access, approval: .access, required: true),
      Field(
        2, "login", .text, "Account name on the operating system", ["login", "os user", "user name"], group: .access,
        approval: .access),
      Field(3, "display_name", .text, "Name shown to people", ["display name", "full name"], group: .access),
      Field(
        4, "role", .code(UserRole.codes), "What they may author and approve", ["role"], group: .access,
        approval: .access, required: true),
      Field(5, "groups", .text, "Groups, separated by spaces", ["groups"], group: .access, approval: .access),
      Field(6, "active", .flag, "Whether they may act", ["active"], group: .access, approval: .access),
      Field(
        7, "signing_key_fpr", .text, "Fingerprint of their signing key", ["signing key", "fingerprint"], group: .access,
        approval: .access, sensitivity: .confidential),
    ])
}
