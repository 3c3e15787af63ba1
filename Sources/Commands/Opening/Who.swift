package import CLI
package import Warehouse

/// Who is acting: the operating system's user as a user of the database, or only as a name where none is needed.
package enum Who {
  /// The active user who runs the program; `--as` names another, in a test database only.
  package static func user(_ invocation: Invocation, _ warehouse: OpenWarehouse, actsAs name: String? = nil) throws
    -> User
  {
    if let name {
      guard warehouse.isTest else { throw WarehouseError.testProfileOnly("--as") }
      return try warehouse.user(named: name)
    }
    return try warehouse.user(login: Principal.osUser())
  }

  /// The name a proposal is made under: the user's mail address, else the login. Anyone may propose.
  package static func proposer(_ warehouse: OpenWarehouse, actsAs name: String? = nil) throws -> String {
    if let name {
      guard warehouse.isTest else { throw WarehouseError.testProfileOnly("--as") }
      return try warehouse.user(named: name).email
    }
    let login = try Principal.osUser()
    return (try? warehouse.user(login: login).email) ?? login
  }

  /// The day everything is reckoned from, as text.
  package static func asOf(_ invocation: Invocation) throws -> String {
    let day = try Clock.asOf(invocation)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(day.year)-\(two(day.month))-\(two(day.day))"
  }
}
