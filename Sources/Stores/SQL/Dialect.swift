/// The four kinds of column a table of the inventory may have.
///
/// A date is text `YYYY-MM-DD` on the way in and out, whatever the database keeps.
package enum ColumnKind: Sendable {
  case integer, text, blob, date
}

/// Where the two databases differ in the words of SQL; values are always `$1`, `$2`... in both.
package enum Dialect: Sendable {
  case sqlite, postgres

  /// DDL of a column's type; text sorts by its UTF-8 bytes in both databases, whatever the locale of the server.
  package func type(for kind: ColumnKind) -> String {
    switch (self, kind) {
    case (.sqlite, .integer): "INTEGER"
    case (.sqlite, .text), (.sqlite, .date): "TEXT"
    case (.sqlite, .blob): "BLOB"
    case (.postgres, .integer): "BIGINT"
    case (.postgres, .text): "TEXT COLLATE \"C\""
    case (.postgres, .blob): "BYTEA"
    case (.postgres, .date): "DATE"
    }
  }

  /// What follows the closing parenthesis of CREATE TABLE: SQLite holds column types only where told to.
  package var tableSuffix: String {
    switch self {
    case .sqlite: " STRICT"
    case .postgres: ""
    }
  }

  /// `$first, $first+1, ...`, as many as `count`.
  package func placeholders(_ count: Int, from first: Int = 1) -> String {
    (first..<first + count).map { "$\($0)" }.joined(separator: ", ")
  }

  /// A table or column name in double quotes, safe whatever it holds.
  package func quoted(_ name: String) -> String {
    var result = "\""
    for character in name.unicodeScalars {
      if character == "\"" { result.append("\"") }
      result.unicodeScalars.append(character)
    }
    return result + "\""
  }
}
