import Domain
import Model
import Pages
import Review
import Warehouse

/// What a person reads before and after a review that edits or rejects values.
enum RevisionText {
  static func announcement(_ revision: Revision, of sheet: ReviewSheet) -> String {
    var text = "reviewing \(sheet.changeSet): \(count(revision.edited.count, "value")) edited, "
    text += "\(revision.rejected.count) rejected, \(count(revision.fallen.count, "record")) left out\n"
    for value in revision.values {
      text += "  \(value.verdict == .edit ? "edited    " : "rejected  ")\(VisibleText.of(value.line))\n"
      if let quote = quote(value, sheet) { text += "            \(quote)\n" }
    }
    for record in revision.fallen { text += "  left out  \(VisibleText.of(record.line))\n" }
    return text
      + "another change set takes the place of \(sheet.changeSet); no approval of \(sheet.changeSet) counts for it\n"
  }

  private static func quote(_ value: Revision.Value, _ sheet: ReviewSheet) -> String? {
    guard let entity = Inventory.entity(number: value.entity)?.singular else { return nil }
    let item = sheet.items.first { $0.entity == entity && $0.key == value.key && $0.fields.contains(value.field) }
    return item?.quote.map { "\(VisibleText.of(sheet.place(of: $0))): \"\(VisibleText.of($0.evidence.quote))\"" }
  }

  static func made(_ successor: ChangeSet, of sheet: ReviewSheet) -> String {
    "\(successor.name) (sha256 \(successor.digest.prefix(12))) takes the place of \(sheet.changeSet)"
      + " (sha256 \(sheet.digest.prefix(12)))\n"
  }

  static func carried(_ number: Int, _ path: String) -> String {
    "\(count(number, "decision")) on what stayed the same: \(path)\n"
  }

  static func leftToOthers(_ items: [ReviewItem]) -> String {
    items.map { item in
      "left to another who may approve, as you \(item.quote?.evidence.editor == nil ? "proposed" : "wrote") it: "
        + "item \(item.number), \(VisibleText.of(item.title))\n"
    }.joined()
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
