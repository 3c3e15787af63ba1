package import Records

/// One line of `decisions.jsonl`: what a person decided about one item, wherever they did.
package struct Decision: Equatable, Sendable {
  package enum Verdict: String, CaseIterable, Sendable { case approve, edit, reject, skip }
  /// One value as a person wrote it anew.
  package struct Edit: Equatable, Sendable {
    package let field: String
    package let text: String

    package init(field: String, text: String) {
      self.field = field
      self.text = text
    }
  }

  /// Where it was decided.
  package enum Surface: String, CaseIterable, Sendable { case html, terminal }

  package let changeSet: String
  /// The change set's digest, 64 hexadecimal digits.
  package let content: String
  package let seq: Int
  package let fields: [String]
  package let verdict: Verdict
  /// Of an edit: the fields written anew and what was written, in order of the fields' names.
  package let edits: [Edit]
  /// True when the quote was on the screen as the person decided.
  package let isAcknowledged: Bool
  package let comment: String
  /// Who decided, as the surface knows it; empty where it does not. Never the identity an act is recorded under.
  package let principal: String
  package let at: String
  package let surface: Surface
  /// The quote's digest; empty where the item has none.
  package let quote: String

  package init(
    changeSet: String, content: String, seq: Int, fields: [String], verdict: Verdict, edits: [Edit] = [],
    isAcknowledged: Bool, comment: String = "", principal: String = "", at: String, surface: Surface, quote: String
  ) {
    self.changeSet = changeSet
    self.content = content
    self.seq = seq
    self.fields = fields
    self.verdict = verdict
    self.edits = edits.sorted { $0.field < $1.field }
    self.isAcknowledged = isAcknowledged
    self.comment = comment
    self.principal = principal
    self.at = at
    self.surface = surface
    self.quote = quote
  }

  package func isAbout(_ item: ReviewItem) -> Bool { seq == item.seq && fields == item.fields }

  /// Members in the order they are written.
  package var json: JSON {
    .fields([
      ("change_set", .string(changeSet)), ("content_sha256", .string(content)), ("seq", .int(seq)),
      ("fields", .array(fields.map { .string($0) })), ("verdict", .string(verdict.rawValue)),
      ("edited_value", edits.isEmpty ? .null : .fields(edits.map { ($0.field, .string($0.text)) })),
      ("ack", .bool(isAcknowledged)), ("comment", .string(comment)), ("principal", .string(principal)),
      ("at", .string(at)), ("surface", .string(surface.rawValue)), ("quote", .string(quote)),
    ])
  }
}
