package import Model
package import YAML

/// A mapping file of the folder, read or found wanting.
package struct SavedMapping: Sendable {
  package let path: String
  package let spec: MappingSpec
  /// What is wrong or undecided in it; it may be recognised, but not used.
  package let mistakes: SpecMistakes?

  /// nil where the text is no YAML, or names no headings to be recognised by.
  package init?(path: String, bytes: [UInt8]) {
    guard let (spec, mistakes) = MappingFile.read(file: path, bytes: bytes), !spec.signature.isEmpty else { return nil }
    self.path = path
    self.spec = spec
    self.mistakes = mistakes
  }

  fileprivate var signature: TableSignature { TableSignature(headers: spec.signature) }

  fileprivate func changes(in table: TableSignature) -> [SignatureChange] {
    let named = TableSignature(headers: spec.columns.map(\.header) + spec.undecided).keys
    return signature.changes(in: table, naming: Set(named), ignoringOthers: spec.ignoresOthers)
  }
}

/// The mappings that were saved: the user's own before those of everybody.
package struct MappingShelf: Sendable {
  /// Where new ones are put, as it is named to people: `Mappings/anna`.
  package let home: String
  private let own: [SavedMapping]
  private let shared: [SavedMapping]

  package init(home: String, own: [SavedMapping], shared: [SavedMapping]) {
    self.home = home
    self.own = own
    self.shared = shared
  }

  /// Where a mapping of this name is kept.
  package func path(of name: String) -> String { "\(home)/\(name).yaml" }

  package enum Finding: Sendable {
    case fits(SavedMapping)
    /// The nearest one, which the table is not quite.
    case moved(SavedMapping, [SignatureChange])
    case unknown
  }

  /// The mapping made for a table of these headings; own ones first, then the longest signature.
  package func find(_ table: SourceTable, entity: Entity) throws(MappingError) -> Finding {
    let wanted = table.signature
    for list in [own, shared] {
      let fitting = list.filter {
        $0.spec.entity.name == entity.name && $0.isOfSheet(table.sheet) && $0.changes(in: wanted).isEmpty
      }
      let longest = fitting.map(\.spec.signature.count).max() ?? 0
      let best = fitting.filter { $0.spec.signature.count == longest }
      if best.count > 1 { throw .severalMappings(best.map(\.path)) }
      if let found = best.first { return .fits(found) }
    }
    guard let near = nearest(wanted, entity, sheet: table.sheet) else { return .unknown }
    return .moved(near, near.changes(in: wanted))
  }

  /// The one that shares most headings, where that is at least two thirds of both; the first of equals.
  private func nearest(_ wanted: TableSignature, _ entity: Entity, sheet: String?) -> SavedMapping? {
    var best: (mapping: SavedMapping, shared: Int)?
    for mapping in own + shared where mapping.spec.entity.name == entity.name && mapping.isOfSheet(sheet) {
      let common = mapping.signature.shared(with: wanted)
      let widest = max(mapping.spec.signature.count, wanted.headers.count)
      if common * 3 >= widest * 2, common > best?.shared ?? 0 { best = (mapping, common) }
    }
    return best?.mapping
  }

  /// The targets people gave to single headings before, where all gave the same; how their texts were read is another's.
  func learned(_ entity: Entity) -> [String: LearnedRule] {
    var rules: [String: LearnedRule] = [:]
    var disputed: Set<String> = []
    for mapping in own + shared where mapping.spec.entity.name == entity.name {
      for (key, learned) in mapping.rules {
        if let other = rules[key] {
          if other.rule.target != learned.rule.target { disputed.insert(key) }
        } else {
          let bare = ColumnRule(header: learned.rule.header, target: learned.rule.target)
          rules[key] = LearnedRule(rule: bare, path: learned.path)
        }
      }
    }
    return rules.filter { !disputed.contains($0.key) }
  }
}

/// What a saved mapping says of a heading.
struct LearnedRule {
  let rule: ColumnRule
  let path: String
}

extension SavedMapping {
  /// What it says of each heading.
  var rules: [String: LearnedRule] {
    Dictionary(
      spec.columns.map { (TableSignature(headers: [$0.header]).keys[0], LearnedRule(rule: $0, path: path)) }
    ) { first, _ in first }
  }

  /// What is the same in every row of a file it is used for, whoever sent the file.
  var constants: [String] { spec.constants.map { "\($0.header) is \($0.fallback ?? "")" } }

  /// A mapping that names a sheet is for that sheet only.
  fileprivate func isOfSheet(_ sheet: String?) -> Bool { spec.sheet == nil || spec.sheet == sheet }
}
