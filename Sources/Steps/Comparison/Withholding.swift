import Records
package import Warehouse

/// Why an authoritative source proposes no deletions this time: what it lacks may only be missing from the file.
package enum Withholding: String {
  case rejected, unsealed, empty

  /// nil for a source whose absences count, and for one that is not authoritative.
  package init?(_ run: Run) {
    guard run.mode == "authoritative" else { return nil }
    let rejected = (run.counts["rejected"]?.int ?? 0) + (run.counts["rejected_before"]?.int ?? 0)
    if rejected > 0 {
      self = .rejected
    } else if !run.isSealed {
      self = .unsealed
    } else if run.counts["accepted"]?.int ?? 0 == 0 {
      self = .empty
    } else {
      return nil
    }
  }

  package var sentence: String {
    switch self {
    case .rejected:
      "rows of the authoritative source were rejected, so absence proves nothing: no deletions are proposed"
    case .unsealed:
      "the authoritative source is an unsealed stream, so absence proves nothing: no deletions are proposed"
    case .empty: "the authoritative source lists nothing at all, which proves nothing: no deletions are proposed"
    }
  }
}
