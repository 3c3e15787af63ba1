import Wire

/// An edit while a person writes it: one value of an item after another.
struct EditDraft {
  private var open: [ReviewItem.Value] = []
  private(set) var edits: [Decision.Edit] = []

  init() {}

  init(_ item: ReviewItem) { open = item.values.filter { $0.form != nil } }

  var isDone: Bool { open.isEmpty }

  /// What to ask for the next value.
  var question: String {
    guard let value = open.first, let form = value.form else { return "" }
    return "\(ReviewItem.spoken(value.field)), now \(value.after ?? "nothing") (\(form.example); Enter keeps it): "
  }

  /// Takes what was written for the value asked for; nothing, or what it is already, keeps it.
  mutating func take(_ text: String) throws(EditedItem.Refusal) {
    guard let value = open.first else { return }
    if !text.isEmpty, text != value.after {
      _ = try EditedItem.value(text, of: value)
      edits.append(Decision.Edit(field: value.field, text: text))
    }
    open.removeFirst()
  }
}
