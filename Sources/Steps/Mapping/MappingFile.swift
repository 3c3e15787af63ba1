import Digest
import Domain
import Model
package import YAML

/// Reads mapping files; every mistake of a file is reported at once, each with its line.
package struct MappingFile {
  private var reader: SpecReader
  private var spec: MappingSpec

  private static let keys = [
    "name", "version", "entity", "mode", "max_deletes", "signature", "defaults", "columns", "constants", "on_missing",
    "clear", "guarded",
  ]

  /// `entity` stands in where the file names none.
  package static func parse(
    file: String, bytes: [UInt8], entity: String? = nil
  ) throws(SpecMistakes) -> MappingSpec {
    let root = try SpecReader.parse(file: file, bytes: bytes)
    let (spec, mistakes) = read(root, file, bytes, entity)
    if let mistakes { throw mistakes }
    return spec
  }

  /// What a file says as far as it says it, and what is wrong or undecided in it; nil where it is no YAML.
  static func read(file: String, bytes: [UInt8]) -> (spec: MappingSpec, mistakes: SpecMistakes?)? {
    guard let root = try? SpecReader.parse(file: file, bytes: bytes) else { return nil }
    return read(root, file, bytes, nil)
  }

  private static func read(
    _ root: YAMLNode, _ file: String, _ bytes: [UInt8], _ entity: String?
  ) -> (spec: MappingSpec, mistakes: SpecMistakes?) {
    var parser = MappingFile(file)
    parser.read(root, entity)
    parser.spec.file = file
    parser.spec.sha256 = SHA256.hex(of: bytes)
    do throws(SpecMistakes) {
      try parser.reader.finish()
      return (parser.spec, nil)
    } catch {
      return (parser.spec, error)
    }
  }

  private init(_ file: String) {
    reader = SpecReader(file: file)
    spec = MappingSpec(entity: Inventory.entities[0])
  }

  private mutating func read(_ root: YAMLNode, _ entity: String?) {
    let fields = reader.mapping(
      root, allowed: Self.keys, required: ["name", "columns"] + (entity == nil ? ["entity"] : []))
    spec.name = reader.string(fields["name"]) ?? ""
    spec.version = reader.integer(fields["version"], in: 1...Int(Int32.max)) ?? 1
    let singulars = Inventory.entities.map(\.singular)
    let chosen = reader.choice(fields["entity"], among: singulars) ?? entity
    guard let main = chosen.flatMap({ Inventory.entity(singular: $0) }) else { return }
    spec.entity = main
    spec.mode =
      reader.choice(fields["mode"], among: MappingSpec.Mode.allCases.map(\.rawValue))
      .flatMap { MappingSpec.Mode(rawValue: $0) } ?? .partial
    spec.maxDeletes = reader.integer(fields["max_deletes"], in: 0...Int.max)
    let signature = reader.mapping(fields["signature"], allowed: ["headers", "sheet"])
    spec.signature = reader.strings(signature["headers"])
    spec.sheet = reader.string(signature["sheet"])
    let defaults = reader.mapping(fields["defaults"], allowed: ["currency", "decimal", "dates", "bandwidth_unit"])
    spec.defaults = reading(defaults, unit: "bandwidth_unit")
    spec.clear = reader.string(fields["clear"]) ?? "#N/A"
    spec.isGuarded = reader.bool(fields["guarded"]) ?? false
    readColumns(fields["columns"])
    readConstants(fields["constants"])
    readMissing(fields["on_missing"])
  }

  private mutating func readColumns(_ node: YAMLNode?) {
    var taken: [Target: String] = [:]
    for entry in reader.entries(node) {
      guard let header = entry.key.text else { continue }
      if entry.value.text == "ignore" {
        if header == "*" {
          spec.ignoresOthers = true
        } else {
          spec.columns.append(ColumnRule(header: header, target: nil))
        }
        continue
      }
      guard let rule = column(header, entry), let target = rule.target else { continue }
      if let other = taken.updateValue(header, forKey: target) {
        reader.mistake(at: entry.key, "\"\(header)\" and \"\(other)\" have the same target")
      }
      spec.columns.append(rule)
    }
  }

  private static let options = [
    "to", "parse", "enum", "currency", "decimal", "dates", "unit", "required", "default", "proposed", "by",
  ]

  private mutating func column(_ header: String, _ entry: YAMLEntry) -> ColumnRule? {
    let node = entry.value
    if let text = node.text {
      if text == Self.undecided {
        spec.undecided.append(header)
        reader.mistake(at: node, "\"\(header)\" is undecided", hint: "write its target, or ignore to leave it out")
        return nil
      }
      return target(node, text).map { ColumnRule(header: header, target: $0) }
    }
    let isProposed = node["proposed"] != nil && node["to"] == nil
    let fields = reader.mapping(node, allowed: Self.options, required: isProposed ? [] : ["to"])
    let by = reader.string(fields["by"])
    if isProposed {
      spec.undecided.append(header)
      let who = by.map { " by \($0)" } ?? ""
      reader.mistake(
        at: entry.key, "\"\(header)\" is proposed\(who) and undecided",
        hint: "write to: in place of proposed: to agree, another target, or ignore")
      return nil
    }
    guard let to = fields["to"], let text = reader.string(to), let target = target(to, text) else { return nil }
    var rule = ColumnRule(header: header, target: target)
    rule.by = by
    rule.reading = reading(fields, unit: "unit")
    rule.required = reader.bool(fields["required"]) ?? false
    rule.fallback = reader.string(fields["default"])
    for entry in reader.entries(fields["enum"]) {
      guard let word = entry.key.text, let value = reader.string(entry.value) else { continue }
      if value == Self.undecided {
        reader.mistake(
          at: entry.value, "what \"\(word)\" stands for is undecided", hint: "write the word to read in its place")
      }
      rule.words[word] = value
    }
    check(fields["parse"], target)
    return rule
  }

  private mutating func target(_ node: YAMLNode, _ text: String) -> Target? {
    if let target = Target.parse(text, main: spec.entity) { return target }
    let known = Target.all(of: spec.entity).map { $0.text(main: spec.entity) }
    let own = spec.entity.fields.map(\.name)
    reader.mistake(
      at: node, "\"\(text)\" is no target",
      hint: Suggestion.hint(for: text, in: text.contains(".") ? known : own + known))
    return nil
  }

  private static let undecided = "undecided"

  /// Takes out what nobody has decided yet; each is a mistake with its line.
  private mutating func decided(_ fields: [String: YAMLNode], _ unit: String) -> [String: YAMLNode] {
    let choices = [
      "currency": "write the currency, such as USD", "decimal": "write point or comma",
      "dates": "write ymd, mdy or dmy",
      unit: "write kbps, mbps or gbps",
    ]
    return fields.filter { key, node in
      guard node.text == Self.undecided, let hint = choices[key] else { return true }
      reader.mistake(at: node, "\(key) is undecided", hint: hint)
      return false
    }
  }

  private mutating func reading(_ fields: [String: YAMLNode], unit: String) -> Reading {
    let fields = decided(fields, unit)
    var reading = Reading()
    if let node = fields["currency"], let code = reader.string(node) {
      reading.currency = Currency(code: code)
      if reading.currency == nil { reader.mistake(at: node, "\"\(code)\" is no ISO 4217 currency") }
    }
    reading.mark = reader.choice(fields["decimal"], among: DecimalMark.allCases.map(\.rawValue))
      .flatMap { DecimalMark(rawValue: $0) }
    reading.order = reader.choice(fields["dates"], among: DateOrder.allCases.map(\.rawValue))
      .flatMap { DateOrder(rawValue: $0) }
    reading.unit = reader.choice(fields[unit], among: BandwidthUnit.allCases.map(\.rawValue))
      .flatMap { BandwidthUnit(rawValue: $0) }
    return reading
  }

  /// `parse:` only repeats what the target's type says; a contradiction is a mistake.
  private mutating func check(_ node: YAMLNode?, _ target: Target) {
    guard let node, let type = Inventory.entity(target.entity)?.fields[target.field].type else { return }
    let word =
      switch type {
      case .money: "money"
      case .bandwidth: "bandwidth"
      case .date: "date"
      case .integer: "int"
      case .flag: "flag"
      case .degrees: "degrees"
      case .code: "code"
      case .currency: "currency"
      case .text, .reference: "text"
      }
    _ = reader.choice(node, among: [word])
  }

  private mutating func readConstants(_ node: YAMLNode?) {
    let mapped = Set(spec.columns.compactMap(\.target))
    for entry in reader.entries(node) {
      guard let text = entry.key.text, let target = target(entry.key, text) else { continue }
      if mapped.contains(target) { reader.mistake(at: entry.key, "\"\(text)\" is the target of a column already") }
      var rule = ColumnRule(header: text, target: target)
      rule.fallback = reader.string(entry.value)
      if rule.fallback == Self.undecided {
        reader.mistake(
          at: entry.value, "\(text) is undecided", hint: "write its value, or name a column that gives it")
      }
      spec.constants.append(rule)
    }
  }

  private mutating func readMissing(_ node: YAMLNode?) {
    for entry in reader.entries(node) {
      guard let name = reader.choice(entry.key, among: Inventory.entities.map(\.singular)) else { continue }
      let policy = reader.choice(entry.value, among: ["stub", "error"])
      spec.onMissing[Inventory.entity(singular: name)?.name ?? name] = policy.flatMap { MissingPolicy(rawValue: $0) }
    }
  }
}
