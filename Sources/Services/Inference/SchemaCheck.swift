package import Records

/// Checks a value against the part of JSON Schema that questions use, whatever a server promised.
package enum SchemaCheck {
  /// The first thing wrong, nil when the value holds to the schema.
  package static func problem(_ value: JSON, _ schema: JSON) -> String? {
    problem(value, schema, root: schema, at: "it")
  }

  private static func problem(_ value: JSON, _ schema: JSON, root: JSON, at place: String) -> String? {
    if let name = schema["$ref"]?.text {
      guard let part = name.split(separator: "/").last, let shared = root["$defs"]?[String(part)] else {
        return "\(place) refers to nothing"
      }
      return problem(value, shared, root: root, at: place)
    }
    if let choices = schema["enum"]?.items, !choices.contains(value) { return "\(place) is none of the choices" }
    switch schema["type"]?.text {
    case "object": return object(value, schema, root: root, at: place)
    case "array":
      guard case .array(let items) = value else { return "\(place) is no list" }
      guard let each = schema["items"] else { return nil }
      for (index, item) in items.enumerated() {
        if let problem = problem(item, each, root: root, at: "item \(index + 1) of \(place)") { return problem }
      }
      return nil
    case "string": return value.text == nil ? "\(place) is no text" : nil
    case "boolean": return value.bool == nil ? "\(place) is neither true nor false" : nil
    case "integer": return value.int == nil ? "\(place) is no whole number" : nil
    default: return nil
    }
  }

  private static func object(_ value: JSON, _ schema: JSON, root: JSON, at place: String) -> String? {
    guard case .object(let members) = value else { return "\(place) is no object" }
    for name in schema["required"]?.items.compactMap(\.text) ?? [] where value[name] == nil {
      return "\(place) lacks \(name)"
    }
    for member in members {
      guard let expected = schema["properties"]?[member.name] else {
        if schema["additionalProperties"]?.bool == false {
          return "\(place) has \(member.name), which nobody asked for"
        }
        continue
      }
      if let problem = problem(member.value, expected, root: root, at: member.name) { return problem }
    }
    return nil
  }
}
