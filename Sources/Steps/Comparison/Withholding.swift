import Records
package import Warehouse

/// Why an authoritative source proposes no deletions this time: what it lacks may only be missing from the file.
package enum Withholding: String {
  case rejected, missing, corrections, unsealed, empty

  /// nil for a source whose absences count, and for one that is not authoritative.
  package init?(_ run: Run) {
    guard run.mode == "authoritative" else { return nil }
    let rejected = (run.counts["rejected"]?.int ?? 0) + (run.counts["rejected_before"]?.int ?? 0)
    if rejected > 0 {
      self = .rejected
    } else if Self.lacksFile(run) {
      self = .missing
    } else if run.sources.items.contains(where: { $0["corrects"] != nil }) {
      self = .corrections
    } else if !run.isSealed {
      self = .unsealed
    } else if run.counts["accepted"]?.int ?? 0 == 0 {
      self = .empty
    } else {
      return nil
    }
  }

  /// Whether `extract` was given more files than have arrived: one could not be read.
  private static func lacksFile(_ run: Run) -> Bool {
    let given = run.sources.items.compactMap { $0["of"]?.int }.max() ?? 0
    let arrived = Set(run.sources.items.map { [$0["src"]?.text, $0["file"]?.text] })
    return arrived.count < given
  }

  package var sentence: String {
    switch self {
    case .rejected:
      "rows of the authoritative source were rejected, so absence proves nothing: no deletions are proposed"
    case .missing:
      "a file of the authoritative source did not arrive, so absence proves nothing: no deletions are proposed"
    case .corrections:
      "these are corrected rows of an authoritative source, not all of it: no deletions are proposed"
    case .unsealed:
      "the authoritative source is an unsealed stream, so absence proves nothing: no deletions are proposed"
    case .empty: "the authoritative source lists nothing at all, which proves nothing: no deletions are proposed"
    }
  }
}
