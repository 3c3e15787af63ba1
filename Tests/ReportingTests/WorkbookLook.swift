import Reporting
import TestSupport
import Testing

@Suite struct WorkbookLook {
  @Test func look() throws {
    let fixture = try InventoryFixture()
    _ = try InventoryFixture.request(InventoryFixture.definition("inventory")).writeWorkbook(
      fixture.warehouse, to: "/tmp/look/inventory.xlsx")
    _ = try InventoryFixture.request(InventoryFixture.definition("changes")).writeWorkbook(
      fixture.warehouse, to: "/tmp/look/changes.xlsx")
  }
}
