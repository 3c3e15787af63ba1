import Domain
import Testing

@testable import Model

/// What is declared once is consistent, because everything else is derived from it.
@Suite struct DeclarationTests {
  @Test func numbersAndNamesAreUnique() {
    let entities = Inventory.entities
    for names in [entities.map { "\($0.number)" }, entities.map(\.name), entities.map(\.singular)] {
      #expect(Set(names).count == names.count, "\(names)")
    }
    // A table's name never means another entity's record.
    #expect(Set(entities.map(\.name)).isDisjoint(with: entities.map(\.singular)))
    #expect(entities.allSatisfy { (1...255).contains($0.number) }, "hashes and caches keep the number in one byte")
    for entity in entities {
      let fields = entity.fields
      for names in [
        fields.map { "\($0.number)" }, fields.map(\.name), fields.map(\.columnName), fields.map(\.wireName),
      ] {
        #expect(Set(names).count == names.count, "\(entity.name): \(names)")
      }
      #expect(fields.map(\.number) == fields.map(\.number).sorted(), "\(entity.name): staged rows are in this order")
      let reserved: Set<String> = ["id", "nkey", "deleted_at", "run_no", "source_row"]
      #expect(reserved.isDisjoint(with: fields.map(\.columnName)), "\(entity.name)")
    }
  }

  @Test func everyReferenceLeadsToARecordThatIsMadeBefore() {
    var made: Set<String> = []
    for entity in Inventory.entities {
      for field in entity.fields {
        guard let target = field.reference else { continue }
        #expect(Inventory.entity(target) != nil, "\(entity.name).\(field.name) refers to \(target)")
        #expect(made.contains(target) || target == entity.name, "\(entity.name).\(field.name): \(target) comes later")
        // A record can only be found again by a key that does not wait for itself.
        if target == entity.name { #expect(!entity.key.contains { $0.field == field.name }, "\(entity.name)") }
      }
      made.insert(entity.name)
    }
  }

  @Test func everyKeyIsOfFieldsThatAreThere() {
    for entity in Inventory.entities {
      #expect(!entity.key.isEmpty, "\(entity.name)")
      for part in entity.key {
        guard let field = entity.field(part.field) else {
          Issue.record("\(entity.name) has no \(part.field)")
          continue
        }
        let mayBeAbsent = part.normal.mayBeAbsent || entity.name == "etf_formulas"
        #expect(field.required || mayBeAbsent, "\(entity.name).\(field.name) is of the key and may be left out")
        #expect(field.type != .money, "\(entity.name).\(field.name): an amount identifies nothing")
      }
      for name in entity.headline { #expect(entity.index(of: name) != nil, "\(entity.name): \(name)") }
      // A stub has nothing but its key: what else is required could never be filled.
      if entity.missing == .stub {
        let keyed = Set(entity.key.map(\.field))
        #expect(entity.fields.allSatisfy { !$0.required || keyed.contains($0.name) }, "\(entity.name)")
      }
    }
  }

  /// MRC, ETF, term and access: each covers something, and nothing of their kind is left outside of them.
  @Test func everyMandatoryFieldHasItsGroup() {
    let all = Inventory.entities.flatMap { entity in entity.fields.map { (entity, $0) } }
    for approval in ApprovalField.allCases {
      #expect(all.contains { $0.1.approval == approval }, "nothing needs the act of \(approval)")
    }
    for (entity, field) in all {
      let place = "\(entity.name).\(field.name)"
      if field.type == .money {
        #expect(field.approval != nil, "\(place): an amount enters without an act")
        #expect(field.sensitivity == .confidential || field.sensitivity == .restricted, "\(place)")
        #expect(entity.currencyField != nil, "\(place): an amount without a currency")
      }
      if field.group == .financial { #expect(field.approval != nil, "\(place)") }
      let names = ["mrc": ApprovalField.mrc, "nrc": .nrc, "term_months": .term, "starts_on": .term, "ends_on": .term]
      if let expected = names[field.name] { #expect(field.approval == expected, "\(place)") }
      if entity.name == "users", field.name != "display_name" { #expect(field.approval == .access, "\(place)") }
      if entity.name == "etf_formulas", field.name != "term" { #expect(field.approval == .etf, "\(place)") }
    }
    #expect(ApprovalField.allCases.filter(\.mandatoryWhenNew) == [.mrc, .etf, .term, .access])
    #expect(ApprovalField.allCases.allSatisfy { !$0.mandatoryWhenNew || $0.countsWhenNew })
  }

  @Test func synonymsMeanOneField() {
    for entity in Inventory.entities {
      var meant: [String: String] = [:]
      for field in entity.fields {
        for synonym in field.synonyms {
          #expect(synonym == synonym.lowercased() && !synonym.isEmpty, "\(entity.name).\(field.name): \(synonym)")
          let other = meant.updateValue(field.name, forKey: synonym)
          #expect(other == nil, "\(entity.name): \(synonym) means \(other ?? "") and \(field.name)")
        }
      }
    }
  }

  @Test func namesFitBothDatabases() {
    for entity in Inventory.entities {
      for name in [entity.name, entity.singular] + entity.fields.map(\.columnName) {
        let fits = name.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f }
        #expect(fits && name.utf8.count <= 63 && name.first?.isLetter == true, "\(name)")
      }
      for field in entity.fields {
        #expect(!field.doc.isEmpty && !field.doc.hasSuffix("."), "\(entity.name).\(field.name)")
        guard case .code(let codes) = field.type else { continue }
        #expect(!codes.isEmpty && Set(codes).count == codes.count, "\(entity.name).\(field.name): \(codes)")
        #expect(codes.allSatisfy { !$0.contains("'") && !$0.isEmpty }, "\(entity.name).\(field.name): \(codes)")
      }
    }
  }

  /// What came later is added to the databases there are: their first migration stays as it was released.
  @Test func laterFieldsAreOfLaterVersions() {
    for entity in Inventory.entities {
      #expect((1...Inventory.version).contains(entity.since), "\(entity.name)")
      for field in entity.fields {
        #expect((1...Inventory.version).contains(field.since), "\(entity.name).\(field.name)")
        #expect(!field.required || field.since <= entity.since, "\(entity.name).\(field.name): older records lack it")
      }
    }
  }

  /// The wire has each field once, and each reference as the parts of the key it names.
  @Test(arguments: Inventory.entities.map(\.name)) func theWireHasEveryField(_ name: String) throws {
    let entity = try #require(Inventory.entity(name))
    let shape = WireShape(entity)
    let names = shape.properties.map(\.name)
    #expect(Set(names).count == names.count, "\(names)")
    #expect(shape.partCounts.count == entity.fields.count && shape.partCounts.reduce(0, +) == names.count)
    #expect(shape.partCounts.allSatisfy { $0 > 0 })
    #expect(Set(shape.keyProperties).isSubset(of: names) && !shape.keyProperties.isEmpty)
    #expect(shape.keyProperties.count == KeyLeaf.leaves(of: entity).count)
    for (index, field) in entity.fields.enumerated() {
      let own = shape.properties.filter { $0.field == index }
      #expect(own.map(\.part) == Array(own.indices), "\(field.name)")
      guard let target = field.reference.flatMap({ Inventory.entity($0) }) else {
        #expect(own.map(\.name) == [field.wireName])
        continue
      }
      let leaves = KeyLeaf.leaves(of: target)
      #expect(own.count == leaves.count && zip(own, leaves).allSatisfy { $0.owner == $1.owner && $0.type == $1.type })
      #expect(own.allSatisfy { $0.name.hasPrefix(field.name) })
    }
    for property in shape.properties { #expect(shape.property(property.name)?.field == property.field) }
    #expect(shape.property("no such property") == nil)
  }
}
