package import Domain
package import Model

/// One column of a table of records: its header is the field's name in the inventory, so that a mapping reads it unaided.
package struct FieldColumn: Sendable {
  /// `mrc`, `carrier`, `contract_number`: also its target in a mapping of the entity.
  package let header: String
  package let property: WireProperty

  /// Every column of an entity, references as the parts of the natural key they name.
  package static func all(of entity: Entity) -> [FieldColumn] {
    WireShape(entity).properties.map { property in
      let field = entity.fields[property.field]
      return FieldColumn(header: field.reference == nil ? field.name : property.name, property: property)
    }
  }

  /// The value in a record; `currency` is that of its amounts.
  package func value(in row: borrowing StagedRow, currency: Currency?) -> FieldValue {
    if let whole = row.integer(property.field) {
      if whole == 0, row.entity.fields[property.field].isTerm { return .text("month to month") }
      return FieldValue(whole, property.type, currency)
    }
    guard let text = row.text(property.field) else { return .blank }
    guard row.entity.fields[property.field].reference != nil else {
      if property.type == .date, let day = TextBytes.withBytes(of: text, CalendarDate.parseISO) { return .date(day) }
      return .text(text)
    }
    let parts = NaturalKey.parts(text)
    guard property.part < parts.count else { return .blank }
    return .text(parts[property.part])
  }
}

/// A value as a cell of a table that a person edits and `map` reads back to the same value.
package enum FieldValue: Equatable, Sendable {
  case blank
  case text(String)
  case date(CalendarDate)
  /// Whole units of ten to the power of minus `exponent`.
  case number(Int64, exponent: Int)

  /// An amount without a currency has decimals nobody knows: its minor units are written out in words.
  package init(_ whole: Int64, _ type: FieldType, _ currency: Currency?) {
    switch type {
    case .money:
      self = currency.map { .number(whole, exponent: $0.exponent) } ?? .text("\(whole) minor units of no currency")
    case .bandwidth: self = .text(Bandwidth(kbps: whole).description)
    case .flag: self = .text(whole == 0 ? "no" : "yes")
    case .degrees: self = .number(whole, exponent: 6)
    default: self = .number(whole, exponent: 0)
    }
  }

  /// Exact: amounts with the decimals of their currency, dates `YYYY-MM-DD`.
  package var text: String {
    switch self {
    case .blank: return ""
    case .text(let text): return text
    case .date(let day): return day.description
    case .number(let value, let exponent):
      var out: [UInt8] = []
      Money.write(minor: value, exponent: exponent, into: &out)
      return String(decoding: out, as: UTF8.self)
    }
  }
}
