import Model

/// docs/data-model.md, from the declaration of the inventory.
enum DataModelPage {
  static var text: String {
    var lines = [
      "# The data model", "",
      "Written from `Sources/Model` by a test (`make record`): do not edit. One entity is one table, one stream on the wire",
      "and one word in mapping targets. Entities stand in the order in which records may refer to each other.", "",
      "A mapping target is `entity.field`, as in `circuit.mrc`; a circuit's endpoints say which end: `endpoint.a.street`.",
      "On the wire a reference is the natural key of the record it names, part by part. \"approval\" names the act a person",
      "must perform before the field enters or changes (docs/tour.md).", "",
      "Units: money is whole minor units of the record's `currency`, speeds are whole kbps (k = 1000), places are millionths",
      "of a degree, flags are 0 or 1, dates are `YYYY-MM-DD`.", "",
      "| entity | what it is | natural key | when a record refers to one that is not there |",
      "| --- | --- | --- | --- |",
    ]
    for entity in Inventory.entities {
      lines.append(
        "| [\(entity.name)](#\(entity.name)) | \(entity.doc) | \(key(entity)) | \(missing(entity.missing)) |")
    }
    for entity in Inventory.entities { lines += section(entity) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ entity: Entity) -> [String] {
    let shape = WireShape(entity)
    var lines = [
      "", "## \(entity.name)", "", "\(entity.doc). In mapping targets: `\(entity.singular)`.", "",
      "| no. | field | on the wire | type | group | approval | sensitivity | meaning | headers recognised |",
      "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for (index, field) in entity.fields.enumerated() {
      let wire = shape.properties.filter { $0.field == index }.map { "`\($0.name)`" }.joined(separator: " ")
      let required = field.required ? " (required)" : ""
      let approval = field.approval?.rawValue ?? ""
      let cells = [
        "\(field.number)", "`\(field.name)`\(required)", wire, type(field.type), field.group.rawValue, approval,
        field.sensitivity.rawValue, field.doc, field.synonyms.joined(separator: ", "),
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines
  }

  private static func key(_ entity: Entity) -> String {
    entity.key.map { part in
      let how = normal(part.normal)
      return "`\(part.field)`" + (how.isEmpty ? "" : " (\(how))")
    }.joined(separator: " + ")
  }

  private static func normal(_ normal: KeyNormal) -> String {
    switch normal {
    case .exact: ""
    case .circuitID: "letters and digits only"
    case .slug: "as a slug"
    case .lower: "in lower case"
    case .account: "without spaces and punctuation"
    case .number: "upper case, single spaces"
    case .digest: "a fingerprint of it"
    case .optional: "or none"
    }
  }

  private static func missing(_ policy: MissingPolicy) -> String {
    switch policy {
    case .stub: "a stub is proposed, flagged"
    case .error: "the record is rejected"
    }
  }

  private static func type(_ type: FieldType) -> String {
    switch type {
    case .text: "text"
    case .money: "money, minor units"
    case .bandwidth: "speed, kbps"
    case .date: "date"
    case .integer(let range):
      "whole number, \(range.lowerBound) to \(range.upperBound == .max ? "any" : String(range.upperBound))"
    case .flag: "flag"
    case .degrees(let limit): "millionths of a degree, ±\(limit / 1_000_000)°"
    case .code(let words): "one of " + words.joined(separator: ", ")
    case .currency: "ISO 4217"
    case .reference(let entity): "a record of [\(entity)](#\(entity))"
    }
  }
}
