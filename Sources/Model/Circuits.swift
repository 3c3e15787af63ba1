import Domain

extension Inventory {
  static let circuits = Entity(
    12, "circuits", "circuit", "A circuit bought from a carrier",
    key: [KeyPart("carrier"), KeyPart("carrier_circuit_id", .circuitID)],
    headline: ["service_type", "commit", "mrc", "nrc"],
    fields: [
      Field(1, "carrier", .reference("carriers"), "Who sells it", required: true),
      Field(
        2, "carrier_circuit_id", .text, "The carrier's identifier as written; compared without spaces and punctuation",
        ["circuit_id", "circuit number", "circuit no", "ckt id", "circuit"], required: true),
      Field(3, "aliases", .text, "Other identifiers, separated by spaces", ["aliases", "alternate ids"]),
      Field(4, "internal_id", .text, "Our own identifier", ["internal id", "our reference"]),
      Field(5, "service_type", .reference("service_types"), "Kind of service", group: .technical),
      Field(
        6, "status", .code(CircuitStatus.codes), "Where it stands in its life", ["status", "circuit status"]),
      Field(7, "purpose", .code(CircuitPurpose.codes), "What it is used for", ["purpose", "use"]),
      Field(
        8, "commit", .bandwidth, "Committed speed, towards the site", ["bandwidth", "speed", "capacity"],
        group: .technical),
      Field(9, "port", .bandwidth, "Speed of the port", ["port speed"], group: .technical),
      Field(
        10, "up", .bandwidth, "Speed from the site, where it differs", ["upload_speed", "upstream speed"],
        group: .technical),
      Field(11, "a_endpoint", .reference("endpoints"), "A end", group: .technical),
      Field(12, "z_endpoint", .reference("endpoints"), "Z end", group: .technical),
      Field(13, "handoff", .text, "Connector and medium", ["handoff"], group: .technical),
      Field(
        14, "topology", .code(["p2p", "evc", "nni", "uni", "enni"]), "Place in the network", ["topology"],
        group: .technical),
      Field(15, "parent_circuit", .reference("circuits"), "The circuit it rides on", group: .technical),
      Field(16, "lata", .text, "LATA", ["lata"], group: .technical),
      Field(17, "ordered_on", .date, "Day it was ordered", ["order date", "ordered on"], group: .project),
      Field(18, "foc_date", .date, "Firm order commitment", ["foc date", "foc"], group: .project),
      Field(
        19, "installed_on", .date, "Day it went live", ["install_date", "installed", "activation date"], group: .project
      ),
      Field(20, "accepted_on", .date, "Day billing starts", ["accepted on", "billing start"], group: .project),
      Field(21, "disconnect_requested_on", .date, "Day the end was ordered", ["disconnect requested"], group: .project),
      Field(
        22, "disconnected_on", .date, "Day it ended", ["disconnect_date", "termination date", "cancel date"],
        group: .project),
      .money(
        23, "mrc", "Monthly recurring charge",
        ["mrc", "monthly recurring charge", "monthly cost", "monthly charge", "monthly"],
        approval: .mrc),
      .money(
        24, "nrc", "Non-recurring charge", ["nrc", "non-recurring charge", "one time charge", "install cost"],
        approval: .nrc),
      .currency(25),
      Field(26, "po_number", .text, "Purchase order", ["po_number", "purchase order", "po"], group: .financial),
      Field(27, "gl_code", .text, "Ledger account", ["gl code"], group: .financial),
      Field(28, "cost_center", .text, "Cost centre", ["cost_center", "department", "cost centre"], group: .financial),
      Field(29, "billing_account", .reference("billing_accounts"), "Account it is billed on", group: .financial),
      Field(30, "contract", .reference("contracts"), "Contract it is bought under", group: .contract),
      Field(
        31, "order_number", .text, "Carrier's order number", ["order_number", "pon", "service order"], group: .project),
      Field(32, "usoc", .text, "USOCs, separated by spaces", ["usoc", "charge code"], group: .financial),
      Field(33, "market", .text, "Market", ["market"]),
      Field(34, "customer", .reference("customers"), "Customer served", group: .sales),
      Field(35, "contact_name", .text, "Local contact", ["contact_name", "contact", "site contact"]),
      Field(36, "contact_email", .text, "Mail address of the contact", ["contact_email", "email"]),
      Field(37, "contact_phone", .text, "Telephone of the contact", ["contact_phone", "phone"]),
      Field(38, "notes", .text, "Remarks", ["notes", "comments", "remarks", "description"]),
    ])

  static let lifecycleEvents = Entity(
    13, "lifecycle_events", "event", "Something that happened to a circuit; never changed, only added",
    key: [KeyPart("circuit"), KeyPart("kind"), KeyPart("occurred_on"), KeyPart("detail", .digest)],
    headline: ["detail"],
    fields: [
      Field(1, "circuit", .reference("circuits"), "The circuit it happened to", required: true),
      Field(2, "kind", .code(LifecycleKind.codes), "What happened", ["event", "event kind"], required: true),
      Field(3, "occurred_on", .date, "Day it happened", ["occurred on", "event date", "date"], required: true),
      Field(4, "detail", .text, "Particulars", ["detail", "details"]),
      Field(5, "document", .reference("documents"), "Paper that shows it"),
    ])
}
