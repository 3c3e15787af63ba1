/// What a field holds. Units are part of the type: money in minor units, speeds in kbps, places in millionths of a degree.
package enum FieldType: Equatable, Sendable {
  case text
  /// Whole minor units of the record's `currency`.
  case money
  /// Whole kbps, k = 1000.
  case bandwidth
  case date
  case integer(ClosedRange<Int64>)
  /// 0 or 1.
  case flag
  /// Millionths of a degree within the given limit either side of zero.
  case degrees(limit: Int64)
  /// One of a closed list.
  case code([String])
  /// ISO 4217.
  case currency
  /// Another record, by its natural key.
  case reference(String)
}

/// Who may author and approve a field (model.md 2.7).
package enum FieldGroup: String, CaseIterable, Sendable {
  case financial, contract, technical, operational, project, sales, access
}

package enum Sensitivity: String, CaseIterable, Sendable {
  case `public`, `internal`, confidential, restricted
}

/// A field that needs a recorded human act of its own before it enters or changes (plan.md 3.0).
package enum ApprovalField: String, CaseIterable, Sendable, Comparable {
  case mrc, nrc, etf, term, access
  /// Every other field of the financial group: its overwrites need an act, its first values do not.
  case financial

  /// NRC and other financial fields need their act only where they overwrite a committed value.
  package var mandatoryWhenNew: Bool { self != .nrc && self != .financial }

  /// Whether first values are counted at all; other financial fields count only where they are overwritten.
  package var countsWhenNew: Bool { self != .financial }

  /// True where the act states sums of money; the others state the number of rows.
  package var isMoney: Bool { self == .mrc || self == .nrc }

  package static func < (left: Self, right: Self) -> Bool { left.order < right.order }

  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How a value becomes part of a natural key.
package enum KeyNormal: Equatable, Sendable {
  /// As it stands.
  case exact
  /// NFKC, upper case, only A-Z 0-9.
  case circuitID
  /// A carrier's slug.
  case slug
  case lower
  /// Billing account numbers: upper case, no spaces, dots, dashes or slashes.
  case account
  /// Contract numbers: upper case, single spaces.
  case number
  /// A fingerprint of the text, or `-` for none.
  case digest
  /// As it stands, or `-` for none.
  case optional

  /// Whether a record has a key without a value of this part.
  package var mayBeAbsent: Bool { self == .digest || self == .optional }
}

/// One column of one entity, with everything that is derived from it.
package struct Field: Sendable {
  /// Stable within its entity and never reused: staged rows and row hashes are written with it.
  package let number: Int
  package let name: String
  package let type: FieldType
  package let group: FieldGroup
  package let approval: ApprovalField?
  package let sensitivity: Sensitivity
  package let required: Bool
  /// The version of the inventory that brought it; an earlier database gets it by a migration.
  package let since: Int
  /// Header texts that mean this field; the first is its name in the set of canonical column names.
  package let synonyms: [String]
  package let doc: String

  /// The property's name on the wire and the column's in the database, but for references.
  package var wireName: String {
    switch type {
    case .money: name + "_minor"
    case .bandwidth: name + "_kbps"
    case .degrees: name + "_e6"
    default: name
    }
  }

  package var columnName: String {
    if case .reference = type { return name + "_id" }
    return wireName
  }

  package var reference: String? {
    if case .reference(let entity) = type { return entity }
    return nil
  }

  /// Whether staged rows hold it as a whole number.
  package var isInteger: Bool {
    switch type {
    case .money, .bandwidth, .integer, .flag, .degrees: true
    default: false
    }
  }

  /// Whether it is a length of time people write as `3 years` or, for 0, `month to month`.
  package var isTerm: Bool { name.hasSuffix("_months") && name != "every_months" }

  init(
    _ number: Int, _ name: String, _ type: FieldType, _ doc: String, _ synonyms: [String] = [],
    group: FieldGroup = .operational, approval: ApprovalField? = nil, sensitivity: Sensitivity = .internal,
    required: Bool = false, since: Int = 1
  ) {
    self.number = number
    self.name = name
    self.type = type
    self.group = group
    self.approval = approval ?? (group == .financial ? .financial : nil)
    self.sensitivity = sensitivity
    self.required = required
    self.since = since
    self.synonyms = synonyms
    self.doc = doc
  }

  /// MRC, NRC and other amounts: financial and confidential unless said otherwise.
  static func money(
    _ number: Int, _ name: String, _ doc: String, _ synonyms: [String] = [], approval: ApprovalField? = nil
  ) -> Field {
    Field(number, name, .money, doc, synonyms, group: .financial, approval: approval, sensitivity: .confidential)
  }

  static func currency(_ number: Int) -> Field {
    Field(number, "currency", .currency, "ISO 4217 code of every amount of the record", ["currency"], group: .financial)
  }
}
