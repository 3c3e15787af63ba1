package import Model
import SQL

/// Someone who acts on the database.
package struct User: Equatable, Sendable {
  package let email: String
  package let login: String
  package let role: String

  /// Whether a name in a record means this user: the mail address or the login, whatever their case.
  package func isCalled(_ name: String) -> Bool {
    !name.isEmpty && (name.lowercased() == email.lowercased() || name.lowercased() == login.lowercased())
  }

  /// read_only and agent propose at most; they never approve or commit.
  package var mayApprove: Bool { role != "read_only" && role != "agent" }

  /// Whether the role may read a field: prices, fees and what is more restricted are for exec and finance.
  package func mayRead(_ sensitivity: Sensitivity) -> Bool {
    switch sensitivity {
    case .public, .internal: true
    case .confidential, .restricted: role == "exec" || role == "finance"
    }
  }

  /// Whether the role may approve a mandatory field: money, fees and terms are for exec and finance, access for exec.
  package func mayApprove(_ field: ApprovalField) -> Bool {
    switch field {
    case .mrc, .nrc, .etf, .term, .financial: role == "exec" || role == "finance"
    case .access: role == "exec"
    }
  }
}

extension OpenWarehouse {
  /// The active user whose `login` is the operating system's, or an error that says how to become one.
  package func user(login: String) throws -> User {
    guard let user = try users("login = $1", login) else { throw WarehouseError.unknownUser(login: login) }
    return user
  }

  /// Any active user, by mail address or login: for `--as`, which only a test database accepts.
  package func user(named name: String) throws -> User {
    guard let user = try users("login = $1 OR lower(email) = lower($1)", name) else {
      throw WarehouseError.unknownUser(login: name)
    }
    return user
  }

  private func users(_ condition: String, _ value: String) throws -> User? {
    let cursor = try database.query(
      "SELECT email, coalesce(login, ''), role FROM users WHERE (\(condition)) AND active = 1 AND deleted_at IS NULL"
        + " ORDER BY id LIMIT 1", [.text(value)])
    guard try cursor.next() else { return nil }
    return User(email: cursor.text(0), login: cursor.text(1), role: cursor.text(2))
  }

  /// How many active users may approve `field`: with two, nobody approves what they proposed themselves.
  package func approvers(of field: ApprovalField) throws -> Int {
    let roles = field == .access ? "'exec'" : "'exec', 'finance'"
    return Int(
      try database.firstInt(
        "SELECT count(*) FROM users WHERE active = 1 AND deleted_at IS NULL AND role IN (\(roles))") ?? 0)
  }
}
