/// One thing that trunkline.yaml, the environment or an option may set.
package struct Setting: Sendable {
  /// What its text must look like.
  ///
  /// `secret` and `key` are references; of a key `config show` prints the last four characters.
  package enum Kind: Sendable, Equatable { case text, path, flag, integer, date, currency, secret, key }

  /// `name`, or `section.name`.
  package let key: String
  package let kind: Kind
  package let help: String
  package let fallback: String?
  package let choices: [String]

  init(_ key: String, _ kind: Kind, _ help: String, fallback: String? = nil, choices: [String] = []) {
    self.key = key
    self.kind = kind
    self.help = help
    self.fallback = fallback
    self.choices = choices
  }
}

/// Every key a settings file may hold, in one table.
package enum Settings {
  package static let all: [Setting] = [
    Setting("db", .text, "the database: sqlite:FILE or postgres://...", fallback: "sqlite:trunkline.db"),
    Setting("db_password", .secret, "the database's password, as env:NAME or file:PATH"),
    Setting("tenant", .text, "whose inventory", fallback: "default"),
    Setting(
      "documents", .path,
      "where originals are kept by digest (default: documents beside the SQLite database, once there is one)"),
    Setting("runs", .path, "where runs keep their files", fallback: "runs"),
    Setting("mappings", .path, "where mapping files are kept and looked for", fallback: "Mappings"),
    Setting("reports", .path, "where report definitions are looked for", fallback: "Reports"),
    Setting("currency", .currency, "the currency of amounts that name none, as ISO 4217 code"),
    Setting("as_of", .date, "the day everything is reckoned from, YYYY-MM-DD (default: today, UTC)"),
    Setting("log", .text, "how messages are written", fallback: "text", choices: ["text", "json"]),
    Setting("quiet", .flag, "no progress, no notes", fallback: "false"),
    Setting("offline", .flag, "ask no model over the network, whatever else is set", fallback: "false"),
    Setting("extract.encoding", .text, "the text encoding of tables (default: detected)"),
    Setting("ocr.languages", .text, "languages of scanned pages, as tesseract names them", fallback: "eng"),
    Setting(
      "ocr.dpi", .integer, "pixels an inch; a page with columns of amounts is read again at 300", fallback: "200"),
    Setting("ocr.cache", .path, "where recognised pages are kept (default: ocr in the folder of originals)"),
    Setting("ocr.workers", .integer, "how many pages at once (default: one for each processor)"),
    Setting("map.mapping", .text, "a mapping file, or auto: by the table's headings", fallback: "auto"),
    Setting("map.max_rejects", .integer, "rejected rows beyond this end map with exit 65"),
    Setting("stage.max_rejects", .integer, "rejected records beyond this end stage with exit 65"),
    Setting("report.format", .text, "the format of reports", choices: ["xlsx", "csv", "json", "html"]),
    Setting(
      "ai.provider", .text, "who answers when a command is told to ask", fallback: "off",
      choices: ["off", "openai", "anthropic", "openai-compatible", "deterministic"]),
    Setting("ai.model", .text, "the model, as the provider names it"),
    Setting("ai.endpoint", .text, "the address, https://HOST/v1 (default: the provider's own)"),
    Setting("ai.key", .key, "the provider's key, as env:NAME or file:PATH"),
    Setting("ai.timeout", .integer, "seconds to a whole answer", fallback: "60"),
    Setting("ai.connect_timeout", .integer, "seconds to a connection", fallback: "10"),
    Setting("ai.max_tokens", .integer, "the longest answer, in tokens", fallback: "8192"),
    Setting(
      "ai.form", .text, "how the schema is handed over (default: the newest way the server takes)",
      choices: ["json_schema", "json_object", "tool"]),
    Setting("ai.ca_file", .path, "authorities to trust for the endpoint, as a PEM file (default: the system's)"),
    Setting("ai.proxy", .text, "the proxy, http://HOST:PORT (default: none, whatever the environment says)"),
  ]

  /// The setting of a key.
  package static func named(_ key: String) -> Setting? { all.first { $0.key == key } }

  /// `TRUNKLINE_DB` of `db`, `TRUNKLINE_EXTRACT__HEADER_ROW` of `extract.header-row`.
  package static func environmentName(_ key: String) -> String {
    "TRUNKLINE_"
      + key.split(separator: ".").map { part in
        String(part.uppercased().map { $0 == "-" ? "_" : $0 })
      }.joined(separator: "__")
  }
}
