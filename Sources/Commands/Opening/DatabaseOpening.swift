package import CLI
import Glibc
import Postgres
package import SQL
import SQLite
package import Warehouse

/// The connection that `--db`, `TRUNKLINE_DB` or `db` in trunkline.yaml names; called as `Opening.database(invocation)`.
///
/// `create` makes a missing SQLite file; without it a missing file is status 78. Passwords come from `db_password`.
package func database(_ invocation: Invocation, create: Bool = false) throws -> any Database {
  guard let resolved = try invocation.setting("db"), let url = resolved.values.last else {
    throw Failure(.configuration, "no database is named", hint: "give --db sqlite:FILE or --db postgres://...")
  }
  guard let address = DatabaseAddress(url) else {
    throw Failure(
      .configuration, "\(resolved.source): \"\(url)\" is no database URL",
      hint: "write sqlite:FILE or postgres://user@host/database")
  }
  do {
    switch address {
    case .sqlite(let path):
      if !create, path != ":memory:", access(path, F_OK) != 0, errno == ENOENT {
        throw Failure(
          .configuration, "there is no database at \(path)",
          hint: "make it with: trunkline init --db \(url), or name another with --db")
      }
      return try SQLiteDatabase(path: path, create: create)
    case .postgres(let url):
      return try PostgresDatabase(url: url, password: invocation.databasePassword())
    }
  } catch {
    throw explain(error) ?? error
  }
}

/// The warehouse in the database of `database(_:)`, with all of its migrations applied.
///
/// A database without tables or with pending migrations is status 78.
package func warehouse(_ invocation: Invocation) throws -> OpenWarehouse {
  let connection = try database(invocation)
  do {
    return try OpenWarehouse(connection)
  } catch {
    throw explain(error) ?? error
  }
}

/// What an error of a database or warehouse means to the script that ran the command; nil for errors of other kinds.
///
/// Give it to `Program.main(spec, explain: Opening.explain)`, so that errors of every query end with the right status.
@Sendable package func explain(_ error: any Error) -> Failure? {
  switch error {
  case let failure as Failure: failure
  case let failure as SQLFailure: refusal(failure)
  case let error as WarehouseError: Failure(status(of: error), error.message, hint: error.hint)
  default: nil
  }
}

private func refusal(_ failure: SQLFailure) -> Failure {
  switch failure.kind {
  case .busy:
    Failure(
      .temporary, "the database is busy: \(failure.message)",
      hint: failure.hint ?? "try again when the other program is done")
  case .connection: Failure(.temporary, failure.message, hint: failure.hint)
  case .notADatabase:
    Failure(.configuration, "not a database: \(failure.message)", hint: failure.hint ?? "name another one with --db")
  case .full:
    Failure(.failed, failure.message, hint: failure.hint ?? "nothing was committed: make room and run it again")
  case .readOnly:
    Failure(.failed, failure.message, hint: failure.hint ?? "nothing was written: ask for write access to the database")
  case .corrupt:
    Failure(
      .failed, "the database is damaged: \(failure.message)",
      hint: failure.hint ?? "look at it with: trunkline db status")
  case .constraint, .other: Failure(.failed, failure.message, hint: failure.hint)
  }
}

private func status(of error: WarehouseError) -> ExitStatus {
  switch error {
  case .notInitialised, .alreadyInitialised, .migration, .pendingMigrations: .configuration
  case .unknownUser, .notPermitted, .testProfileOnly: .notPermitted
  case .noSuchChangeSet, .noSuchRun: .noInput
  case .ambiguousRun: .usage
  }
}
