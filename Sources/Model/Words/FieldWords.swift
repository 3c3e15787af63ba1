/// What the values of a text column look like, where that tells fields apart.
package enum ValueShape: String, Sendable {
  case email, phone, country, region, postal, clli, digits, identifier, label, street, free
}

/// What people call the columns of one field; headings are separated by commas, case and punctuation do not count.
package struct FieldWords: Sendable {
  /// Headings that mean this field and no other, in any of the three languages.
  package let certain: [String]
  /// Headings with other meanings as well: the values decide, or nobody does.
  package let perhaps: [String]
  /// Headings near enough to be proposed to a person, never taken by themselves.
  package let near: [String]
  package let shape: ValueShape?

  init(
    _ english: String = "", de german: String = "", fr french: String = "", perhaps: String = "", near: String = "",
    shape: ValueShape? = nil
  ) {
    certain = Self.list(english) + Self.list(german) + Self.list(french)
    self.perhaps = Self.list(perhaps)
    self.near = Self.list(near)
    self.shape = shape
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { word in
      let start = word.drop { $0 == " " || $0 == "\n" }
      return String(start.reversed().drop { $0 == " " || $0 == "\n" }.reversed())
    }.filter { !$0.isEmpty }
  }
}

/// A field that files about circuits often carry and no entity has a place for yet.
package struct KnownField: Sendable {
  /// Its name in the set of canonical column names.
  package let name: String
  /// What a record of it would be: "an invoice".
  package let home: String
  package let type: FieldType
  package let words: FieldWords

  init(_ name: String, _ home: String, _ type: FieldType, _ words: FieldWords) {
    self.name = name
    self.home = home
    self.type = type
    self.words = words
  }
}

extension Inventory {
  /// What columns of a field are called, by `entity.field`; fields without an entry have their synonyms only.
  package static func words(_ entity: Entity, _ field: Field) -> FieldWords? {
    wordsByField["\(entity.name).\(field.name)"]
  }

  package static var fieldsWithWords: [String] { wordsByField.keys.sorted() }

  private static let wordsByField: [String: FieldWords] =
    circuitWords.merging(partyWords) { first, _ in first }
    .merging(placeWords) { first, _ in first }.merging(agreementWords) { first, _ in first }
}
