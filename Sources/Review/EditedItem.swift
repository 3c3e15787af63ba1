import Domain
package import Records
import Wire

/// What an edit makes of an item: the new values as they are staged, read by the parsers that read tables.
package struct EditedItem: Equatable, Sendable {
  /// Why an edit is not taken: lower case, no full stop.
  package struct Refusal: Error, Equatable, Sendable {
    package let why: String
  }

  /// By field, in the item's order; fields that were not edited are not among them.
  package let values: [(field: String, value: JSON)]

  package static func == (left: Self, right: Self) -> Bool {
    left.values.map { [.string($0.field), $0.value] } == right.values.map { [.string($0.field), $0.value] }
  }

  package init(_ item: ReviewItem, _ decision: Decision) throws(Refusal) {
    guard !item.isWithheld else { throw Refusal(why: "you may not read this value") }
    if item.mandatory != nil {
      guard item.quote != nil, decision.isAcknowledged else {
        throw Refusal(why: "\(item.title) is mandatory, and its quote was not shown")
      }
    }
    guard !decision.edits.isEmpty else { throw Refusal(why: "nothing is written anew") }
    for edit in decision.edits where !item.fields.contains(edit.field) {
      throw Refusal(why: "it has no value \"\(edit.field)\"")
    }
    var values: [(field: String, value: JSON)] = []
    for value in item.values {
      guard let edit = decision.edits.first(where: { $0.field == value.field }) else { continue }
      values.append((value.field, try Self.value(edit.text, of: value)))
    }
    self.values = values
  }

  /// The value a text comes to.
  package static func value(_ text: String, of value: ReviewItem.Value) throws(Refusal) -> JSON {
    let name = ReviewItem.spoken(value.field)
    guard let form = value.form else {
      throw Refusal(why: "\(name) cannot be edited, for \(value.fixed.isEmpty ? "it is not shown" : value.fixed)")
    }
    if text == value.after { throw Refusal(why: "\(name) \"\(VisibleText.of(text))\" is what was read: approve it") }
    do throws(EditForm.Refusal) {
      return try form.read(text)
    } catch {
      throw Refusal(why: "\(name) \"\(VisibleText.of(text))\" \(error.why)")
    }
  }
}
