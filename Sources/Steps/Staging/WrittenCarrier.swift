import Domain
import Model
import SQL
import Warehouse

/// The name of a carrier as the parties of the papers of a run write it.
struct WrittenCarrier {
  private let database: any Database
  private let run: Int64

  init(_ database: any Database, run: Int64) {
    self.database = database
    self.run = run
  }

  /// nil where no staged contract names it among its parties; of several spellings the first in byte order.
  func name(_ slug: String) throws -> String? {
    guard let contracts = Inventory.entity("contracts"), let carriers = Inventory.entity("carriers"),
      let parties = contracts.index(of: "parties")
    else { return nil }
    let cursor = try database.query(
      """
      SELECT s.payload FROM staging_references p JOIN staging_rows s ON s.id = p.staged
      WHERE p.run_no = $1 AND p.entity = $2 AND p.nkey = $3 AND s.entity = $4
      """, [.int(run), .int(Int64(carriers.number)), .text(slug), .int(Int64(contracts.number))])
    var names: Set<String> = []
    while try cursor.next() {
      var row = StagedRow(contracts)
      guard row.decode(cursor.bytes(0)), let all = row.text(parties) else { continue }
      for one in all.split(separator: ";") {
        let name = String(one.drop { $0 == " " })
        if CarrierName.slug(name) == slug { names.insert(name) }
      }
    }
    return names.min()
  }
}
