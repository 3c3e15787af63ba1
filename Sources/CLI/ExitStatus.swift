/// What a program's end means to the script that ran it: one table for all commands (docs/exit-status.md).
package enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  case failed = 1
  case changes = 2
  case rejects = 3
  case blocked = 4
  case stale = 5
  case unapproved = 6
  case outsideWindow = 7
  case locked = 8
  case secretFound = 9
  case partial = 10
  case waiting = 11
  case usage = 64
  case badData = 65
  case noInput = 66
  case temporary = 75
  case notPermitted = 77
  case configuration = 78
  case interrupted = 130
  case terminated = 143

  /// One line, lower case, for `--help` and the docs.
  package var meaning: String {
    switch self {
    case .done: "done, or no changes"
    case .failed: "failed"
    case .changes: "there are changes (diff) or findings (checks)"
    case .rejects: "done, with rejected records"
    case .blocked: "blocked by validation or policy"
    case .stale: "the change set is stale or conflicting"
    case .unapproved: "approval missing, insufficient or one's own"
    case .outsideWindow: "outside the change window"
    case .locked: "another program holds the lock"
    case .secretFound: "a secret was found where none may be"
    case .partial: "partial: some documents failed"
    case .waiting: "waiting for a person"
    case .usage: "the command line was wrong"
    case .badData: "more bad data than --max-rejects allows"
    case .noInput: "the input is missing or unreadable"
    case .temporary: "temporary failure, try again"
    case .notPermitted: "not permitted to this person"
    case .configuration: "the configuration is wrong"
    case .interrupted: "interrupted (SIGINT), cleanly"
    case .terminated: "terminated (SIGTERM, SIGHUP, SIGQUIT), cleanly"
    }
  }

  /// The ones any command may end with.
  package static let common: [ExitStatus] = [.done, .failed, .usage, .configuration, .interrupted, .terminated]
}
