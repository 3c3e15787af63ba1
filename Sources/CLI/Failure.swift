/// An end other than success, with what to tell the person and the exit status that goes with it.
package struct Failure: Error, Equatable, Sendable {
  package let status: ExitStatus
  /// Lower case, no full stop.
  package let message: String
  /// Where: `file:line:column`, `file row 17`, a table.
  package let place: String?
  /// What to do about it.
  package let hint: String?

  /// What the message is about, one line each and at most twenty: the rows that moved.
  package let details: [String]

  package init(
    _ status: ExitStatus, _ message: String, place: String? = nil, hint: String? = nil, details: [String] = []
  ) {
    self.status = status
    self.message = message
    self.place = place
    self.hint = hint
    self.details = details.count > 20 ? details.prefix(20) + ["and \(details.count - 20) more"] : details
  }
}

/// The reader of our standard output went away: the quiet end of a filter, exit 0.
package struct BrokenPipe: Error, Equatable {
  package init() {}
}

/// A signal that ends the program arrived while it was held back.
package struct Interrupted: Error, Equatable {
  package let signal: Int32

  package var status: ExitStatus { ExitStatus(rawValue: 128 + signal) ?? .terminated }
}
