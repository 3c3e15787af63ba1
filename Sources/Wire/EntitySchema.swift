package import Model
package import Records

extension WireShape {
  /// The SCHEMA message of the entity's stream, with every property it may have.
  package var schema: SchemaMessage {
    SchemaMessage(
      stream: entity.name, keyProperties: keyProperties,
      properties: properties.map { JSON.Member($0.name, Self.schema(of: $0)) })
  }

  private static func schema(of property: WireProperty) -> JSON {
    func type(_ name: String, _ more: [(String, JSON)] = []) -> JSON {
      .fields([("type", .array([.string("null"), .string(name)]))] + more)
    }
    switch property.type {
    case .money: return type("integer", [("x-unit", .string("minor"))])
    case .bandwidth: return type("integer", [("x-unit", .string("kbps"))])
    case .degrees: return type("integer", [("x-unit", .string("millionths of a degree"))])
    case .integer(let range):
      return type("integer", [("minimum", .int(range.lowerBound)), ("maximum", .int(range.upperBound))])
    case .flag: return type("integer", [("minimum", .int(0)), ("maximum", .int(1))])
    case .date: return type("string", [("format", .string("date"))])
    case .code(let list): return type("string", [("enum", .array((list.map { .string($0) }) + [.null]))])
    case .currency: return type("string", [("pattern", .string("^[A-Z]{3}$"))])
    case .text, .reference: return type("string")
    }
  }
}
