/// Tables that are not of the inventory, which a definition may show: what changed, who approved it, what was committed.
enum BuiltinTable: String, CaseIterable {
  case changeSets = "change_sets"
  case changes, impact, approvals, receipts

  struct Column {
    let name: String
    let format: ColumnFormat
    let doc: String

    init(_ name: String, _ format: ColumnFormat, _ doc: String) {
      self.name = name
      self.format = format
      self.doc = doc
    }

    var caption: String {
      let text = name.split(separator: "_").joined(separator: " ")
      return text.prefix(1).uppercased() + text.dropFirst()
    }
  }

  var columns: [Column] {
    switch self {
    case .changeSets: Self.changeSetColumns
    case .changes: Self.changeColumns
    case .impact: Self.impactColumns
    case .approvals: Self.approvalColumns
    case .receipts: Self.receiptColumns
    }
  }

  /// The column that holds the currency of this table's amounts.
  var currency: Int? { columns.firstIndex { $0.name == "currency" } }

  private static let changeSetColumns = [
    Column("change_set", .id, "Name of the change set"), Column("state", .text, "proposed, committed or rejected"),
    Column("title", .text, "What it was made from"), Column("author", .text, "Who proposed it"),
    Column("created_at", .text, "When it was made, UTC"), Column("as_of", .date, "Day it was reckoned from"),
    Column("run", .id, "Run it was made from"),
    Column("base_serial", .integer, "State of the database it was made against"),
    Column("items", .integer, "Records it touches"), Column("digest", .id, "SHA-256 over its items"),
    Column("committed_at", .text, "When it was committed, UTC"), Column("committed_by", .text, "Who committed it"),
    Column("serial", .integer, "State of the database after it"),
    Column("reverts", .id, "The change set it takes back"),
  ]

  private static let changeColumns = [
    Column("change_set", .id, "Name of the change set"), Column("seq", .integer, "Place within the change set"),
    Column("entity", .text, "Table of the record"), Column("key", .id, "Natural key of the record"),
    Column("action", .text, "create, update, soft_delete, restore, or conflict (never applied)"),
    Column("field", .text, "Field that changes"), Column("currency", .text, "ISO 4217 code of the amounts of the row"),
    Column("before", .value, "Value before; empty where there was none"),
    Column("after", .value, "Value after; empty where it is cleared"),
    Column("delta", .money, "After minus before, of amounts"),
    Column("approval", .text, "Mandatory approval the field falls under"),
    Column("file", .text, "Source file"), Column("source_row", .integer, "Row of the source file"),
    Column("source_column", .text, "Column of the source file"), Column("run", .id, "Run that read it"),
    Column("note", .text, "Remark of the comparison"),
  ]

  private static let impactColumns = [
    Column("change_set", .id, "Name of the change set"), Column("field", .text, "Mandatory approval"),
    Column("kind", .text, "new, or overwrite of a committed value"), Column("items", .integer, "Records it touches"),
    Column("currency", .text, "ISO 4217 code of the amounts of the row"), Column("before", .money, "Sum before"),
    Column("after", .money, "Sum after"), Column("delta", .money, "After minus before"),
  ]

  private static let approvalColumns = [
    Column("change_set", .id, "Name of the change set"), Column("at", .text, "When, UTC"),
    Column("principal", .text, "Who decided"), Column("role", .text, "Their role then"),
    Column("verdict", .text, "What they decided"), Column("scope", .text, "What the decision covers"),
    Column("kind", .text, "new or overwrite"), Column("items", .integer, "Records it covers"),
    Column("stated", .text, "The sum or row count they stated"), Column("method", .text, "How the decision was given"),
    Column("reason", .text, "Why"), Column("digest", .id, "Digest of the change set they decided about"),
  ]

  private static let receiptColumns = [
    Column("seq", .integer, "Place in the audit chain"), Column("at", .text, "When, UTC"),
    Column("principal", .text, "Who"), Column("role", .text, "Their role then"),
    Column("action", .text, "What was done"),
    Column("change_set", .id, "Name of the change set"), Column("root", .id, "Root over the digests of its rows"),
    Column("prev_hash", .id, "Hash of the entry before"), Column("hash", .id, "Hash of this entry"),
  ]
}
