package import Domain
package import Model

/// What a mapping file says, checked: columns to targets, and how their texts are read.
package struct MappingSpec: Sendable {
  package enum Mode: String, CaseIterable, Sendable { case partial, authoritative }

  package var file = ""
  package var name = ""
  package var version = 1
  package var entity: Entity
  package var mode = Mode.partial
  package var maxDeletes: Int?
  /// Headers by which a later run recognises files of this kind.
  package var signature: [String] = []
  /// The only sheet of a workbook it is for; nil for any.
  package var sheet: String?
  /// Columns nobody has decided about; a mapping with any is not used.
  var undecided: [String] = []
  package var defaults = Reading()
  package var columns: [ColumnRule] = []
  /// `"*": ignore`: columns that are not named are left out without complaint.
  package var ignoresOthers = false
  package var constants: [ColumnRule] = []
  package var onMissing: [String: MissingPolicy] = [:]
  /// The cell text that clears a field.
  package var clear = "#N/A"
  /// Text that would run as a formula has an apostrophe before it, which is taken off.
  package var isGuarded = false
  /// SHA-256 of the file's bytes.
  package var sha256 = ""

  package init(entity: Entity) { self.entity = entity }
}

/// How texts are read where they do not tell by themselves.
package struct Reading: Sendable, Equatable {
  package var currency: Currency?
  package var mark: DecimalMark?
  package var order: DateOrder?
  package var unit: BandwidthUnit?

  package init() {}

  /// Own choices first, then the others'.
  package func filled(from other: Reading) -> Reading {
    var merged = self
    merged.currency = currency ?? other.currency
    merged.mark = mark ?? other.mark
    merged.order = order ?? other.order
    merged.unit = unit ?? other.unit
    return merged
  }
}

/// One column, or one constant, of a mapping.
package struct ColumnRule: Sendable {
  package let header: String
  /// nil for `ignore`.
  package var target: Target?
  package var reading = Reading()
  /// Cell text to the text that is read in its place.
  package var words: [String: String] = [:]
  package var required = false
  /// What a blank cell counts as; the value of a constant.
  package var fallback: String?
  /// Who proposed it, where that was no person: `provider/model`.
  package var by: String?

  package init(header: String, target: Target?) {
    self.header = header
    self.target = target
  }
}
