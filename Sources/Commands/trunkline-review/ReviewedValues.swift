import Comparison
import Model
import Pages
import Records
import Review

/// What the edits and rejections of a review ask of a change set, and what of it stays for the successor.
struct ReviewedValues {
  private let sheet: ReviewSheet
  private let decisions: [Decision]

  init(_ sheet: ReviewSheet, _ decisions: [Decision]) {
    self.sheet = sheet
    self.decisions = decisions
  }

  private func decision(_ item: ReviewItem) -> Decision? { decisions.first { $0.isAbout(item) } }

  private func isRejected(_ item: ReviewItem) -> Bool { decision(item)?.verdict == .reject }

  /// Nothing of the change set is left: it is rejected as a whole.
  var isAllRejected: Bool { sheet.items.allSatisfy(isRejected) }

  /// nil where every value that is decided stays as it was read.
  func request() throws(EditedItem.Refusal) -> RevisionRequest? {
    var changes: [RevisionRequest.Change] = []
    for item in sheet.items.sorted(by: { $0.number < $1.number }) {
      guard let made = decision(item), let entity = Inventory.entity(either: item.entity) else { continue }
      func change(_ field: String, _ value: JSON?) -> RevisionRequest.Change? {
        entity.index(of: field).map {
          RevisionRequest.Change(
            entity: entity.number, key: item.key, field: $0, value: value, evidence: item.quote?.evidence,
            reason: made.comment)
        }
      }
      switch made.verdict {
      case .approve, .skip: continue
      case .reject: changes += item.fields.compactMap { change($0, nil) }
      case .edit: changes += try EditedItem(item, made).values.compactMap { change($0.field, $0.value) }
      }
    }
    let dropped = droppedRecords
    if changes.isEmpty, dropped.isEmpty { return nil }
    return RevisionRequest(set: sheet.changeSet, digest: sheet.digest, changes: changes, dropped: dropped)
  }

  /// Records of which every item is rejected.
  private var droppedRecords: Set<RevisionRequest.Record> {
    var kept: Set<RevisionRequest.Record> = []
    var all: Set<RevisionRequest.Record> = []
    for item in sheet.items {
      guard let entity = Inventory.entity(either: item.entity) else { continue }
      let record = RevisionRequest.Record(entity: entity.number, key: item.key)
      all.insert(record)
      if !isRejected(item) { kept.insert(record) }
    }
    return all.subtracting(kept)
  }

  /// The decisions as they are about the successor: of values that stayed, what was decided; of edited ones, that they hold.
  ///
  /// Only what is the same to the eye, value and quote, carries over; none of it is an approval before a person confirms it
  /// with the successor's values on the screen.
  func carried(to successor: ReviewSheet) -> [Decision] {
    successor.items.compactMap { item in
      for former in sheet.items where former.entity == item.entity && former.key == item.key {
        guard let made = decision(former), made.verdict == .approve || made.verdict == .edit else { continue }
        guard item.fields.allSatisfy({ former.fields.contains($0) }) else { continue }
        let isSame = item.looks(like: former)
        let isWritten = made.verdict == .edit && (item.quote?.isOf(made) ?? false) && item.holds(made)
        let isRest = made.verdict == .edit && item.isPart(of: former, without: made)
        if (isSame && made.verdict == .approve) || isWritten || isRest { return made.carried(to: item, of: successor) }
      }
      return nil
    }
  }
}

extension ReviewItem.Quote {
  /// Whether somebody wrote the value in a review.
  fileprivate func isOf(_ made: Decision) -> Bool { evidence.editor != nil && !made.edits.isEmpty }
}

extension ReviewItem {
  /// Whether it holds what was written anew, as the text says it.
  fileprivate func holds(_ made: Decision) -> Bool {
    fields.allSatisfy { field in made.edits.contains { $0.field == field } }
  }

  /// Whether a person sees the same values and the same quote.
  fileprivate func looks(like former: ReviewItem) -> Bool {
    values.count == former.values.count && quote?.digest == former.quote?.digest
      && values.allSatisfy { value in former.values.contains { value.reads(like: $0) } }
  }

  /// Whether its values are those of an item that stayed when others of it were edited.
  fileprivate func isPart(of former: ReviewItem, without made: Decision) -> Bool {
    quote?.digest == former.quote?.digest
      && values.allSatisfy { value in
        former.values.contains { value.reads(like: $0) } && !made.edits.contains { $0.field == value.field }
      }
  }
}

extension ReviewItem.Value {
  fileprivate func reads(like other: Self) -> Bool {
    field == other.field && before == other.before && after == other.after
  }
}

extension Decision {
  fileprivate func carried(to item: ReviewItem, of sheet: ReviewSheet) -> Decision {
    Decision(
      changeSet: sheet.changeSet, content: sheet.digest, seq: item.seq, fields: item.fields, verdict: .approve,
      isAcknowledged: isAcknowledged, comment: comment, principal: principal, at: at, surface: surface,
      quote: item.quote?.digest ?? "")
  }
}
