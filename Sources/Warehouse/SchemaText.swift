package import Model
package import SQL

/// The tables of the warehouse as SQL, derived from the inventory's declaration.
package enum SchemaText {
  /// The table of one entity: its id, its natural key for people who query it, a column per field, and its source.
  ///
  /// It has the fields of the given version of the inventory and earlier ones.
  static func table(of entity: Entity, version: Int, _ dialect: Dialect) -> String {
    let integer = dialect.type(for: .integer)
    let text = dialect.type(for: .text)
    var lines = ["  id \(integer) PRIMARY KEY", "  nkey \(text) NOT NULL"]
    lines += entity.fields.filter { $0.since <= version }.map { "  " + column($0, dialect) }
    lines += ["  deleted_at \(text)", "  run_no \(integer) NOT NULL", "  source_row \(integer)"]
    return "CREATE TABLE \(entity.name) (\n" + lines.joined(separator: ",\n") + "\n)" + dialect.tableSuffix
  }

  /// What a version of the inventory brought: new tables, and new columns of those there were.
  static func additions(of version: Int, _ dialect: Dialect) -> [String] {
    Inventory.entities.flatMap { entity -> [String] in
      if entity.since == version { return [table(of: entity, version: version, dialect)] }
      guard entity.since < version else { return [] }
      return entity.fields.filter { $0.since == version }.map {
        "ALTER TABLE \(entity.name) ADD COLUMN " + column($0, dialect)
      }
    }
  }

  private static func column(_ field: Field, _ dialect: Dialect) -> String {
    let name = dialect.quoted(field.columnName)
    var text = name + " " + dialect.type(for: kind(of: field))
    // A stub knows nothing but its key, so only key fields could be NOT NULL; the key itself is `nkey`.
    switch field.type {
    case .code(let list):
      // Not IN: for a list SQLite builds a small tree anew with every row.
      text += " CHECK (" + list.map { "\(name) = '\($0)'" }.joined(separator: " OR ") + ")"
    case .flag: text += " CHECK (\(name) IN (0, 1))"
    case .reference(let entity): text += " REFERENCES \(entity) (id)"
    default: break
    }
    return text
  }

  package static func kind(of field: Field) -> ColumnKind {
    if field.reference != nil || field.isInteger { return .integer }
    return field.type == .date ? .date : .text
  }

  /// The tables that are not of the inventory: who is who, runs, staging, change sets, approvals, audit.
  package static func system(_ dialect: Dialect) -> [String] {
    func table(_ name: String, _ columns: String, key: String, clustered: Bool = false) -> String {
      self.table(name, columns, key: key, clustered: clustered, dialect)
    }
    return [
      table("db_meta", "name text, value text", key: "name"),
      table(
        "runs",
        "run_no int, id text, attempt int, created_at text, principal text, as_of text, sources text, mapping text, "
          + "mode text, base_serial int, state text, counts text, sealed int, title text", key: "run_no"),
      table(
        "run_columns", "run_no int, entity int, field text, source_column text, method text, confidence int",
        key: "run_no, entity, field"),
      table(
        "records",
        "entity int, nkey text, id int, version int, row_hash blob, deleted int, stub int, change_set int",
        key: "entity, nkey", clustered: true),
      table(
        "staging_rows",
        "id int, run_no int, entity int, nkey text, row_hash blob, flags int, payload blob, source_row int, issues text null",
        key: "id"),
      table("staging_references", "run_no int, entity int, nkey text, staged int", key: "run_no, entity, nkey, staged"),
      table(
        "change_sets",
        "id int, digest text, run_no int, lineage text, base_serial int, state text, author text, created_at text, "
          + "as_of text, title text, summary text, committed_at text null, committed_by text null, serial int null, "
          + "reverts int null", key: "id"),
      table(
        "change_items",
        "change_set int, seq int, entity int, nkey text, action int, base_version int, row_hash blob, staged_hash blob, "
          + "staged int null, source_row int null, fields text null, note text null", key: "change_set, seq",
        clustered: true),
      table(
        "change_groups",
        "change_set int, field text, kind text, currency text, items int, before_minor int, after_minor int, "
          + "largest text", key: "change_set, field, kind, currency"),
      table(
        "approvals",
        "id int, change_set int, digest text, principal text, role text, verdict text, scope text, kind text, "
          + "items int, stated text, method text, reason text, at text", key: "id"),
      table(
        "audit_log",
        "seq int, at text, principal text, role text, action text, change_set int null, body text, root text, "
          + "prev_hash text, hash text", key: "seq"),
      table(
        "loads", "sources text, mapping text, run_no int, change_set int null, serial int, loaded_at text",
        key: "sources, mapping"),
    ]
  }

  /// Columns are `name type`, with a third word where they may be null; `clustered`: rows are found by their key alone,
  /// so that SQLite needs no second tree.
  private static func table(
    _ name: String, _ columns: String, key: String, clustered: Bool, _ dialect: Dialect
  ) -> String {
    let typed = columns.split(separator: ",").map { column -> String in
      let words = column.split(separator: " ")
      let kind: ColumnKind = words[1] == "int" ? .integer : words[1] == "blob" ? .blob : .text
      return "  \(words[0]) \(dialect.type(for: kind))" + (words.count > 2 ? "" : " NOT NULL")
    }
    let suffix = clustered && dialect == .sqlite ? " STRICT, WITHOUT ROWID" : dialect.tableSuffix
    return "CREATE TABLE \(name) (\n" + (typed + ["  PRIMARY KEY (\(key))"]).joined(separator: ",\n") + "\n)" + suffix
  }

  /// What runs read from documents need: the mark of the run, and the page and quote of every value.
  static func evidence(_ dialect: Dialect) -> [String] {
    [
      "ALTER TABLE runs ADD COLUMN kind \(dialect.type(for: .text)) NOT NULL DEFAULT 'table'",
      table(
        "field_evidence",
        "run_no int, entity int, nkey text, staged int, field text, place int, value text, document text, page int, "
          + "boxes text, quote text, method text, confidence int, doubts text",
        key: "run_no, entity, nkey, staged, field, place", clustered: true, dialect),
    ]
  }

  /// The index that finds staged rows by key: made by `stage` where references are still open or absence counts.
  package static let stagingIndex =
    "CREATE INDEX IF NOT EXISTS staging_key ON staging_rows (run_no, entity, nkey)"
}
