import SQL
import TestSupport
import Testing

@testable import Warehouse

@Suite struct InitTests {
  @Test(arguments: TestStore.available) func aDatabaseIsMadeOnce(_ store: TestStore) throws {
    let fixture = try ApprovalFixture(store, profile: "standard")
    #expect(try fixture.warehouse.serial() == 0 && !fixture.warehouse.isTest)
    #expect(try fixture.warehouse.user(login: "exec").role == "exec")
    let again = Founding(lineage: "b", profile: "test", email: "e@x", login: "e", role: "exec", now: "")
    #expect(throws: WarehouseError.alreadyInitialised) {
      _ = try OpenWarehouse.initialise(try fixture.store.connect(), again)
    }
    #expect(try OpenWarehouse(try fixture.store.connect()).profile == "standard")
  }

  @Test(arguments: TestStore.available) func aForeignDatabaseIsLeftAlone(_ store: TestStore) throws {
    let database = try store.make()
    let connection = try database.connect()
    try connection.run("CREATE TABLE theirs (id INTEGER)")
    let founding = Founding(lineage: "b", profile: "test", email: "e@x", login: "e", role: "exec", now: "")
    #expect(throws: WarehouseError.alreadyInitialised) { _ = try OpenWarehouse.initialise(connection, founding) }
    #expect(try !OpenWarehouse.hasTable("users", in: connection))
  }

  @Test func theCommandsSayWhatTheyDid() throws {
    let folder = try TemporaryFolder()
    let environment = ["TRUNKLINE_DB": "sqlite:\(folder.file("t.db"))"]
    let made = try run("trunkline-init", ["--profile", "test"], environment: environment)
    #expect(made.status == 0 && made.stdout.hasPrefix("TEST DATABASE: "))
    #expect(try run("trunkline-init", [], environment: environment).status == 78)
    #expect(try run("trunkline-db", ["doctor"], environment: environment).status == 0)
    #expect(try run("trunkline-audit", ["verify"], environment: environment).status == 0)
    let other = String(repeating: "b", count: 64)
    #expect(try run("trunkline-audit", ["verify", "--expect", other], environment: environment).status == 2)
    #expect(try run("trunkline-init", ["--lineage", "00"], environment: environment).status == 64)
  }
}
