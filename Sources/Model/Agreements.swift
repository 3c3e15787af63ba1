import Domain

extension Inventory {
  static let contracts = Entity(
    8, "contracts", "contract", "An agreement with a carrier, or a service order under one",
    key: [KeyPart("carrier"), KeyPart("number", .number), KeyPart("kind")], headline: ["effective_on", "status"],
    fields: [
      Field(1, "carrier", .reference("carriers"), "The other party", group: .contract, required: true),
      Field(
        2, "number", .text, "Number as written", ["contract_number", "contract id", "agreement number", "contract"],
        group: .contract, required: true),
      Field(
        3, "kind", .code(ContractKind.codes), "Service order unless said otherwise",
        ["contract kind", "agreement type"],
        group: .contract, required: true),
      Field(4, "parent", .reference("contracts"), "The agreement it stands under", group: .contract),
      Field(5, "effective_on", .date, "Day it takes effect", ["contract_start", "effective date"], group: .contract),
      Field(6, "signed_on", .date, "Day of the last signature", ["signed on", "signature date"], group: .contract),
      Field(7, "status", .code(ContractStatus.codes), "Status", ["contract status"], group: .contract),
      Field(8, "governing_law", .text, "Governing law", ["governing law"], group: .contract),
      .currency(9),
      .money(10, "total_mrc", "Sum of the MRC of its lines", ["total mrc"], approval: .mrc),
      .money(11, "total_nrc", "Sum of the NRC of its lines", ["total nrc"], approval: .nrc),
      .money(12, "min_commit", "Minimum commitment a month", ["minimum commitment", "min commit"]),
      Field(13, "document", .reference("documents"), "The paper it was read from", group: .contract),
      Field(14, "counterparty_type", .text, "Carrier, landlord, utility", ["counterparty type"], group: .contract),
      added(15, "title", .text, "Title of the paper", ["contract title", "agreement title"]),
      added(16, "parties", .text, "Who made it, as written", ["parties", "contract parties"]),
      added(17, "agreed_on", .date, "Date the agreement bears", ["agreement date", "dated as of"]),
      added(18, "agreed_text", .text, "That date as written, where it is no day", ["agreement date as written"]),
      added(
        19, "effective_text", .text, "When it takes effect as written, where it is no day",
        ["effective date as written"]
      ),
      added(20, "document_pages", .text, "The pages of the paper that hold it, as 1-4", ["document pages"]),
    ])

  static let contractTerms = Entity(
    9, "contract_terms", "term", "How long a contract binds, and how it ends",
    key: [KeyPart("contract"), KeyPart("seq")], headline: ["term_months", "starts_on", "ends_on", "notice_days"],
    fields: [
      Field(1, "contract", .reference("contracts"), "Whose term it is", group: .contract, required: true),
      Field(
        2, "seq", .integer(1...999), "1 for the first; amendments append", ["term seq"], group: .contract,
        required: true),
      term(
        3, "term_months", .integer(0...1200), "Months; 0 is month to month", ["term_months", "term", "contract term"]),
      term(4, "starts_on", .date, "First day", ["term start", "term start date"]),
      term(5, "ends_on", .date, "Last day", ["contract_end", "end date", "expiration date", "term end"]),
      Field(6, "auto_renew", .flag, "Whether it renews by itself", ["auto_renew", "auto renewal"], group: .contract),
      Field(
        7, "renewal_term_months", .integer(0...1200), "Months of each renewal", ["renewal term months"],
        group: .contract),
      Field(8, "renewal_kind", .code(RenewalKind.codes), "How it renews", ["renewal kind"], group: .contract),
      term(9, "notice_days", .integer(0...3650), "Days of notice before the end", ["notice_days", "notice period"]),
      Field(10, "notice_method", .code(NoticeMethod.codes), "How notice is given", ["notice method"], group: .contract),
      Field(11, "notice_address", .text, "Where notice goes", ["notice address"], group: .contract),
      Field(12, "rate_after_term", .text, "Price rule after the term", ["rate after term"], group: .contract),
      Field(13, "coterminous", .flag, "Whether it ends with its parent", ["coterminous"], group: .contract),
      added(
        14, "start_basis", .code(["effective", "installation", "billing_start", "last_signature"]),
        "What its months are counted from", ["start basis", "term start basis"], approval: .term),
      added(15, "ends_text", .text, "End as written, where it is no day", ["end as written"], approval: .term),
      added(16, "notice_rule", .text, "Notice in the paper's own units", ["notice rule"], approval: .term),
      added(
        17, "notice_earliest_days", .integer(0...3650), "Days before the end before which no notice counts",
        ["earliest notice days"], approval: .term),
    ])

  static let escalators = Entity(
    10, "escalators", "escalator", "A rule that raises a price in steps",
    key: [KeyPart("term"), KeyPart("kind"), KeyPart("first_on", .optional)], headline: ["rate_bps", "every_months"],
    fields: [
      Field(1, "term", .reference("contract_terms"), "The term it belongs to", group: .contract, required: true),
      Field(
        2, "kind", .code(EscalatorKind.codes), "Kind of rule", ["escalator kind", "escalator"], group: .contract,
        required: true),
      term(3, "first_on", .date, "Day of the first step", ["first increase", "escalator start"]),
      term(4, "rate_bps", .integer(-10_000...100_000), "Hundredths of a percent", ["rate bps", "escalator rate"]),
      Field(5, "index_name", .text, "Price index", ["index name", "index"], group: .contract),
      term(6, "floor_bps", .integer(-10_000...100_000), "Least step", ["floor bps"]),
      term(7, "cap_bps", .integer(-10_000...100_000), "Greatest step", ["cap bps"]),
      term(8, "every_months", .integer(1...1200), "Months between steps", ["every months"]),
      Field(9, "compounding", .flag, "Whether a step raises the last price", ["compounding"], group: .contract),
      Field(10, "applies_to", .text, "mrc, power or lease", ["applies to"], group: .contract),
      Field(11, "steps", .text, "Steps as JSON, where the kind is step", ["steps"], group: .contract, approval: .term),
      added(
        12, "first_after_months", .integer(0...1200), "Months of the term before the first step",
        ["first after months"], approval: .term),
    ])

  static let etfFormulas = Entity(
    11, "etf_formulas", "etf", "What ending a term early costs", key: [KeyPart("term")], headline: ["kind", "tiers"],
    fields: [
      Field(1, "term", .reference("contract_terms"), "The term it belongs to", group: .contract, required: true),
      etf(2, "kind", .code(TerminationFeeKind.codes), "Kind of formula", ["etf kind", "etf", "early termination fee"]),
      etf(3, "tiers", .text, "Tiers as JSON", ["etf tiers"]),
      etf(4, "addons", .text, "Further charges as JSON", ["etf addons"]),
      etf(5, "floor", .money, "Least fee", ["etf floor"]),
      etf(6, "cap", .money, "Greatest fee", ["etf cap"]),
      etf(7, "currency", .currency, "ISO 4217 code of floor and cap", ["currency"]),
      etf(8, "notice_credit", .flag, "Whether the notice period counts", ["notice credit"]),
      etf(9, "text_quote", .text, "The clause, verbatim", ["etf clause", "text quote"]),
      etf(10, "example", .text, "What it comes to in one worked example", ["etf example"], since: 2),
    ])

  static let contractLines = Entity(
    15, "contract_lines", "contract_line", "One priced line of a contract or service order",
    key: [KeyPart("contract"), KeyPart("line_no")], headline: ["circuit_text", "description", "mrc", "nrc"], since: 2,
    fields: [
      Field(1, "contract", .reference("contracts"), "Whose line it is", group: .contract, required: true),
      Field(
        2, "line_no", .integer(1...100_000), "Its place in the contract, from 1", ["line no", "line number", "line"],
        group: .contract, required: true),
      Field(3, "circuit", .reference("circuits"), "The circuit of the inventory it prices", group: .contract),
      Field(
        4, "circuit_text", .text, "The circuit's identifier as the line has it", ["line circuit id"], group: .contract),
      Field(5, "service_type", .reference("service_types"), "Kind of service", group: .technical),
      Field(6, "description", .text, "What is priced", ["line description"], group: .contract),
      Field(7, "quantity", .integer(0...1_000_000_000), "How many", ["quantity", "qty"], group: .contract),
      .money(8, "mrc", "Monthly recurring charge of the line", ["line mrc"], approval: .mrc),
      .money(9, "nrc", "Non-recurring charge of the line", ["line nrc"], approval: .nrc),
      .currency(10),
      Field(11, "usoc", .text, "USOCs, separated by spaces", ["line usoc"], group: .financial),
      Field(12, "starts_on", .date, "Day its charge begins", ["line start"], group: .contract, approval: .term),
      term(13, "term_months", .integer(0...1200), "Months; 0 is month to month", ["line term"]),
      Field(14, "bandwidth", .bandwidth, "Speed of the service", ["line bandwidth"], group: .technical),
      Field(15, "a_address", .text, "A end as written", ["line a address"], group: .technical),
      Field(16, "z_address", .text, "Z end as written", ["line z address"], group: .technical),
    ])

  /// A field that came with contracts read from paper.
  private static func added(
    _ number: Int, _ name: String, _ type: FieldType, _ doc: String, _ synonyms: [String],
    approval: ApprovalField? = nil
  ) -> Field {
    Field(number, name, type, doc, synonyms, group: .contract, approval: approval, since: 2)
  }

  private static func term(
    _ number: Int, _ name: String, _ type: FieldType, _ doc: String, _ synonyms: [String]
  ) -> Field {
    Field(number, name, type, doc, synonyms, group: .contract, approval: .term)
  }

  private static func etf(
    _ number: Int, _ name: String, _ type: FieldType, _ doc: String, _ synonyms: [String], since: Int = 1
  ) -> Field {
    Field(
      number, name, type, doc, synonyms, group: .contract, approval: .etf, sensitivity: .confidential, since: since)
  }
}
