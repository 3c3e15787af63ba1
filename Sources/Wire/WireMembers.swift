package import Model
package import Records

/// A staged row as the members it has on the wire.
package enum WireMembers {
  package static func of(_ row: borrowing StagedRow) -> [JSON.Member] {
    let shape = WireShape(row.entity)
    var members: [JSON.Member] = []
    for property in shape.properties {
      let field = row.entity.fields[property.field]
      if let value = row.integer(property.field) {
        members.append(JSON.Member(property.name, .int(value)))
      } else if let text = row.text(property.field) {
        let parts = field.reference == nil ? [text] : NaturalKey.parts(text)
        guard property.part < parts.count else { continue }
        if case .integer = property.type, field.reference != nil {
          members.append(JSON.Member(property.name, .number(parts[property.part])))
        } else {
          members.append(JSON.Member(property.name, .string(parts[property.part])))
        }
      } else if row.kind(property.field) == .cleared {
        members.append(JSON.Member(property.name, .null))
      }
    }
    return members
  }
}
