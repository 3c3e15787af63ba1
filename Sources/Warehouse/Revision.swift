import Model
package import Records

/// What a review made of a change set: the values a person edited or rejected, and the records that fell with them.
///
/// It stands in the counts of the successor's run, which the successor's seal covers, and in the audit log.
package struct Revision: Equatable, Sendable {
  package enum Verdict: String, Sendable { case edit, reject }

  /// One value of one record that did not stay as it was read.
  package struct Value: Equatable, Sendable {
    package let verdict: Verdict
    /// The entity's number.
    package let entity: Int
    package let key: String
    package let field: String
    package let before: JSON
    /// null for a rejected value.
    package let after: JSON
    /// What amounts are in, before and after.
    package let currencies: (before: String, after: String)
    package let reason: String

    package init(
      _ verdict: Verdict, entity: Int, key: String, field: String, before: JSON, after: JSON,
      currencies: (before: String, after: String), reason: String
    ) {
      self.verdict = verdict
      self.entity = entity
      self.key = key
      self.field = field
      self.before = before
      self.after = after
      self.currencies = currencies
      self.reason = reason
    }

    package static func == (left: Self, right: Self) -> Bool { left.json == right.json }

    /// `term lumen/SO-1  term_months  36 -> 24: the amendment says so`, or the value and `rejected`.
    package var line: String {
      guard let entity = Inventory.entity(number: entity), let field = entity.field(field) else { return key }
      let old = ValueText.of(before, field, currency: currencies.before)
      let new = verdict == .edit ? "\(old) -> \(ValueText.of(after, field, currency: currencies.after))" : old
      let why = reason.isEmpty ? "" : ": \(reason)"
      return "\(entity.singular) \(key)  \(field.name)  \(new)\(why)"
    }
  }

  /// A record that is left out, and why.
  package struct Fallen: Equatable, Sendable {
    package let entity: Int
    package let key: String
    package let why: String

    package init(entity: Int, key: String, why: String) {
      self.entity = entity
      self.key = key
      self.why = why
    }

    package var line: String { "\(Inventory.entity(number: entity)?.singular ?? "") \(key): \(why)" }
  }

  /// The change set it was made of, and that one's digest.
  package let of: Int
  package let digest: String
  /// Who reviewed it.
  package let by: String
  package let at: String
  package let values: [Value]
  package let fallen: [Fallen]
  /// Everybody whose values are in the successor, those of earlier reviews too; nobody else is taken for an editor.
  package let editors: [String]

  package init(
    of: Int, digest: String, by: String, at: String, values: [Value], fallen: [Fallen], editors: [String]
  ) {
    self.editors = editors
    self.of = of
    self.digest = digest
    self.by = by
    self.at = at
    self.values = values
    self.fallen = fallen
  }

  package var edited: [Value] { values.filter { $0.verdict == .edit } }
  package var rejected: [Value] { values.filter { $0.verdict == .reject } }

  /// Whether it touched anything of a record.
  package func touches(_ entity: Int, _ key: String) -> Bool {
    values.contains { $0.entity == entity && $0.key == key } || fallen.contains { $0.entity == entity && $0.key == key }
  }
}

extension Revision {
  package var json: JSON {
    .fields([
      ("of", .int(of)), ("sha256", .string(digest)), ("by", .string(by)), ("at", .string(at)),
      ("values", .array(values.map(\.json))), ("left_out", .array(fallen.map(\.json))),
      ("editors", .array(editors.map { .string($0) })),
    ])
  }

  package init?(json: JSON) {
    guard let of = json["of"]?.int, let digest = json["sha256"]?.text, let by = json["by"]?.text,
      let at = json["at"]?.text
    else { return nil }
    self.init(
      of: of, digest: digest, by: by, at: at, values: (json["values"]?.items ?? []).compactMap { Value(json: $0) },
      fallen: (json["left_out"]?.items ?? []).compactMap { Fallen(json: $0) },
      editors: (json["editors"]?.items ?? []).compactMap(\.text))
  }
}

extension Revision.Value {
  fileprivate var json: JSON {
    .fields([
      ("verdict", .string(verdict.rawValue)), ("entity", .int(entity)), ("key", .string(key)),
      ("field", .string(field)), ("before", before), ("after", after), ("currency", .string(currencies.before)),
      ("currency_after", .string(currencies.after)), ("reason", .string(reason)),
    ])
  }

  fileprivate init?(json: JSON) {
    guard let verdict = json["verdict"]?.text.flatMap(Revision.Verdict.init(rawValue:)),
      let entity = json["entity"]?.int, let key = json["key"]?.text, let field = json["field"]?.text
    else { return nil }
    self.init(
      verdict, entity: entity, key: key, field: field, before: json["before"] ?? .null, after: json["after"] ?? .null,
      currencies: (json["currency"]?.text ?? "", json["currency_after"]?.text ?? ""),
      reason: json["reason"]?.text ?? "")
  }
}

extension Revision.Fallen {
  fileprivate var json: JSON {
    .fields([("entity", .int(entity)), ("key", .string(key)), ("why", .string(why))])
  }

  fileprivate init?(json: JSON) {
    guard let entity = json["entity"]?.int, let key = json["key"]?.text else { return nil }
    self.init(entity: entity, key: key, why: json["why"]?.text ?? "")
  }
}

extension Run {
  /// The member of its counts that says so.
  package static let revisionMember = "review"

  /// What a review made of the run it was copied from; nil for a run that was staged.
  package var revision: Revision? { counts[Self.revisionMember].flatMap { Revision(json: $0) } }
}

extension OpenWarehouse {
  /// The reviews that a run went through, the latest first: each made of the change set before.
  package func reviews(behind run: Run) throws -> [Revision] {
    var reviews: [Revision] = []
    var next: Run? = run
    while let review = next?.revision, review.of < reviews.last?.of ?? Int.max {
      reviews.append(review)
      next = try changeSets(id: Int64(review.of)).flatMap { try self.run(number: $0.runNumber) }
    }
    return reviews
  }
}
