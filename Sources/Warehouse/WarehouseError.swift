/// What stops a command that works on the warehouse; each carries what a person needs to go on.
package enum WarehouseError: Error, Equatable {
  case notInitialised
  case alreadyInitialised
  case migration(number: Int, name: String, state: MigrationStatus.State)
  case pendingMigrations(Int)
  case unknownUser(login: String)
  case notPermitted(principal: String, role: String, what: String)
  case testProfileOnly(String)
  case noSuchChangeSet(String)
  case noSuchRun(String)
  case ambiguousRun
}

extension WarehouseError {
  package var message: String {
    switch self {
    case .notInitialised: "the database has no trunkline tables"
    case .alreadyInitialised: "the database was initialised before"
    case .migration(let number, let name, .unknown):
      "migration \(number) (\(name)) was applied by a newer trunkline than this one"
    case .migration(let number, let name, _): "migration \(number) (\(name)) is not the one that was applied"
    case .pendingMigrations(let count): "\(count) migration\(count == 1 ? " is" : "s are") pending"
    case .unknownUser(let login): "the operating system user \(login) is no active user of this database"
    case .notPermitted(let principal, let role, let what): "\(principal) (\(role)) may not \(what)"
    case .testProfileOnly(let what): "\(what) works only in a database made with --profile test"
    case .noSuchChangeSet(let name): "no change set \(name)"
    case .noSuchRun(let name): "no run \(name)"
    case .ambiguousRun: "no run is named and none came through the pipe"
    }
  }

  package var hint: String {
    switch self {
    case .notInitialised: "make them with: trunkline init --db URL"
    case .alreadyInitialised: "nothing was changed; see trunkline db status"
    case .migration(_, _, .unknown): "use the newer program for this database"
    case .migration: "this program was built from altered sources: use a released one"
    case .pendingMigrations: "apply them with: trunkline db migrate --db URL"
    case .unknownUser: "an exec can add you: map a users file and commit it, or use the account that ran trunkline init"
    case .notPermitted: "ask someone whose role allows it: exec and finance approve money and terms"
    case .testProfileOnly: "do it at a terminal, as yourself"
    case .noSuchChangeSet: "list them with: trunkline changes"
    case .noSuchRun: "list change sets and their runs with: trunkline changes"
    case .ambiguousRun: "feed diff what stage prints, or give --run"
    }
  }
}
