import Glibc
import Postgres
package import SQL
import SQLite

/// The databases one test runs on; use as `@Test(arguments: TestStore.available)`.
package enum TestStore: String, CaseIterable, Sendable {
  case sqlite, postgres

  package static let available: [TestStore] = PostgresServer.isAvailable ? [.sqlite, .postgres] : [.sqlite]

  /// An empty database of its own, deleted with the last reference.
  package func make() throws -> TestDatabase { try TestDatabase(self) }
}

/// An empty database for one test, and as many connections to it as the test wants.
package final class TestDatabase {
  package let store: TestStore
  /// The file or the address.
  package let place: String
  private let folder: TemporaryFolder

  init(_ store: TestStore) throws {
    self.store = store
    folder = try TemporaryFolder()
    switch store {
    case .sqlite: place = folder.file("trunkline.db")
    case .postgres: place = try PostgresServer.shared.get().makeDatabase()
    }
  }

  deinit {
    if store == .postgres { try? PostgresServer.shared.get().dropDatabase(place) }
  }

  /// Opens one more connection; `busyTimeout` is in milliseconds.
  package func connect(busyTimeout: Int = 5000) throws -> any Database {
    switch store {
    case .sqlite: try SQLiteDatabase(path: place, create: true, busyTimeout: busyTimeout)
    case .postgres: try PostgresDatabase(url: place, busyTimeout: busyTimeout)
    }
  }
}
