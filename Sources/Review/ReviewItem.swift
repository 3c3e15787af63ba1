package import Pages
package import Wire

/// What a person decides on at once: fields of one changed record that share an approval and a quote.
package struct ReviewItem: Equatable, Sendable {
  /// One field before and after, as people read it.
  package struct Value: Equatable, Sendable {
    /// The name in the model: `term_months`.
    package let field: String
    /// nil where there was nothing.
    package let before: String?
    /// nil where the value is cleared.
    package let after: String?
    /// How a person writes it anew; nil where it is not edited.
    package let form: EditForm?
    /// Why it is not edited, lower case, no full stop; empty where it is.
    package let fixed: String

    package init(field: String, before: String?, after: String?, form: EditForm? = nil, fixed: String = "") {
      self.field = field
      self.before = before
      self.after = after
      self.form = form
      self.fixed = fixed
    }
  }

  /// The words of the document that say so.
  package struct Quote: Equatable, Sendable {
    package let evidence: Evidence
    /// SHA-256 of what is shown of it; a decision names it.
    package let digest: String
    /// The rest of its first line and the line above; empty where the page's text is not at hand.
    package var before: String
    /// The rest of its last line and the line below.
    package var after: String

    /// `read by sentence/term`, or `written by ann@x` of a value that a person wrote in an earlier review.
    package var reader: String { evidence.editor.map { "written by \($0)" } ?? "read by \(evidence.method)" }

    package init(evidence: Evidence, digest: String, before: String = "", after: String = "") {
      self.evidence = evidence
      self.digest = digest
      self.before = before
      self.after = after
    }
  }

  /// Counts from 1 in the order of the change set; `approve --item N` takes it.
  package let number: Int
  /// The change item's place in the change set.
  package let seq: Int
  /// `circuit`.
  package let entity: String
  package let key: String
  /// `create`, `update`.
  package let action: String
  /// `mrc`, `term overwrites`: the act it needs of its own; nil where the rest covers it.
  package let mandatory: String?
  package let values: [Value]
  package var quote: Quote?
  /// True where the reader may not know the values: they and the quote are left out.
  package let isWithheld: Bool

  package init(
    number: Int, seq: Int, entity: String, key: String, action: String, mandatory: String? = nil, values: [Value],
    quote: Quote? = nil, isWithheld: Bool = false
  ) {
    self.number = number
    self.seq = seq
    self.entity = entity
    self.key = key
    self.action = action
    self.mandatory = mandatory
    self.values = values
    self.quote = quote
    self.isWithheld = isWithheld
  }

  /// What happens to the record, as people say it: `new`, `changed`.
  package var deed: String {
    switch action {
    case "create": "new"
    case "update": "changed"
    case "soft_delete": "deleted"
    case "restore": "restored"
    default: action
    }
  }

  package var fields: [String] { values.map(\.field) }
  /// Whether a person may write any of its values anew.
  package var isEditable: Bool { !isWithheld && values.contains { $0.form != nil } }
  /// 0...1000, nil without a quote.
  package var confidence: Int? { quote?.evidence.confidence }

  /// `MRC`, `Term months, ends on`: the fields as people say them.
  package var title: String {
    let words = fields.map(Self.spoken)
    return
      ([words.first ?? ""] + words.dropFirst().map { $0.hasPrefix($0.prefix(2).uppercased()) ? $0 : Self.lowered($0) })
      .joined(separator: ", ")
  }

  private static func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

  /// `MRC`, `Term months`.
  static func spoken(_ field: String) -> String {
    let words = field.split(separator: "_").map { word in
      ["mrc", "nrc", "etf", "bps"].contains(word) ? word.uppercased() : String(word)
    }
    let text = words.joined(separator: " ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}
