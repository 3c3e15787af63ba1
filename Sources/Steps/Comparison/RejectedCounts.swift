import Records
package import Warehouse

/// How much of a source is in no plan because it was rejected: rows that `extract` and `map` set aside whole, and records that
/// `stage` refused, of which a row may have several.
package struct RejectedCounts {
  /// Rows rejected before they became records.
  let before: Int
  /// Records refused since.
  let records: Int
  /// Rows of the source in all, those of the records counted once.
  package let rows: Int

  package init(_ run: Run) {
    before = run.counts["rejected_before"]?.int ?? 0
    records = run.counts["rejected"]?.int ?? 0
    rows = before + (run.counts["rejected_rows"]?.int ?? records)
  }

  /// As a plan's summary has them.
  init(summary: JSON) {
    let all = summary["rejected"]?.int ?? 0
    before = summary["rejected_before"]?.int ?? 0
    records = all - before
    rows = summary["rejected_rows"]?.int ?? all
  }

  var members: [(String, JSON)] {
    [("rejected", .int(before + records)), ("rejected_before", .int(before)), ("rejected_rows", .int(rows))]
  }

  /// `75 rows rejected`; a document's rows are its pages.
  func words(_ noun: String) -> String { PlanText.plural(rows, noun) + " rejected" }

  /// Rows and records apart, in a sentence without its end.
  func sentence(_ noun: String) -> String {
    let (was, does) = rows == 1 ? ("was", "is") : ("were", "are")
    let start = "\(PlanText.plural(rows, noun)) of the source \(was) rejected and \(does) not in this plan"
    if records == 0 { return start }
    let refused = "as \(PlanText.plural(records, "record"))"
    if before == 0 { return start + ", " + refused }
    return start + ": \(before) before \(before == 1 ? "it" : "they") became records, \(rows - before) " + refused
  }
}
