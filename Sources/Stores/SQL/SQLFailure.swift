/// What a database refused, sorted by what the caller can do about it.
package struct SQLFailure: Error, Equatable, CustomStringConvertible {
  package enum Kind: String, Sendable {
    /// A key, reference, check or type of the schema does not hold.
    case constraint
    /// Someone else writes, or reads what is to be written: trying later may succeed.
    case busy
    /// No space left for the database or its journal.
    case full
    case readOnly
    /// The database is damaged.
    case corrupt
    /// No database is reached: it is missing, the server is away, or it refuses the user.
    case connection
    /// The file is something else than a database.
    case notADatabase
    case other
  }

  package let kind: Kind
  /// The database's own words: lower case is not promised.
  package let message: String
  package let sql: String?
  /// What the person at the terminal can do, where the adapter knows.
  package let hint: String?

  package init(_ kind: Kind, _ message: String, sql: String? = nil, hint: String? = nil) {
    self.kind = kind
    self.message = message
    self.sql = sql
    self.hint = hint
  }

  package var description: String { message }
}
