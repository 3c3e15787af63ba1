import Domain
import Model

/// Every heading known to mean something for one kind of row, indexed by its words.
struct Vocabulary {
  enum Certainty { case name, certain, perhaps, near }

  /// What a heading stands for; the side of an endpoint is told by the heading it is compared with.
  enum Place: Hashable {
    case field(entity: String, field: Int, hasRoles: Bool)
    case elsewhere(String)
  }

  struct Entry {
    let place: Place
    let phrase: String
    let certainty: Certainty
    let words: Set<String>
    /// Whether the same words, put otherwise, are doubtful for this place: only the very text is certain then.
    var isBlurred = false

    var isSure: Bool { certainty == .name || certainty == .certain }
  }

  private(set) var entries: [Entry] = []
  /// By all words written together.
  private(set) var exact: [String: [Int]] = [:]
  /// By each standard word.
  private(set) var byWord: [String: [Int]] = [:]
  private let main: Entity

  init(_ main: Entity) {
    self.main = main
    for entity in Self.reachable(from: main) { for index in entity.fields.indices { add(entity, index) } }
    for known in Inventory.knownElsewhere { add(known.words, .elsewhere(known.name), name: known.name) }
    blur()
  }

  /// The main entity first, then what its records refer to and the terms of their contracts.
  static func reachable(from main: Entity) -> [Entity] {
    var names = main.references
    for name in main.references { names.formUnion(Inventory.entity(name)?.references ?? []) }
    if names.contains("contracts") || main.name == "contracts" { names.insert("contract_terms") }
    names.subtract([main.name, "documents"])
    return [main] + Inventory.entities.filter { names.contains($0.name) }
  }

  private mutating func add(_ entity: Entity, _ index: Int) {
    let field = entity.fields[index]
    guard field.reference == nil else { return }
    let target = Target(entity: entity.name, role: "", field: index)
    let place = Place.field(entity: entity.name, field: index, hasRoles: target.hasRole(main: main))
    let words = Inventory.words(entity, field)
    let doubtful = Set(((words?.perhaps ?? []) + (words?.near ?? [])).map(SourceTable.normalized))
    if let first = field.synonyms.first, !doubtful.contains(SourceTable.normalized(first)) {
      insert(place, first, .name)
    }
    insert(place, entity.singular + " " + field.name, .certain)
    let isMain = entity.name == main.name
    let bare = isMain && (field.synonyms.isEmpty || field.wireName != field.name) ? [field.wireName] : []
    for synonym in field.synonyms.dropFirst() + bare + [entity.singular + " " + field.wireName] {
      if !doubtful.contains(SourceTable.normalized(synonym)) { insert(place, synonym, .certain) }
    }
    if let words { add(words, place, name: nil) }
  }

  private mutating func add(_ words: FieldWords, _ place: Place, name: String?) {
    if let name { insert(place, name, .name) }
    for phrase in words.certain { insert(place, phrase, .certain) }
    for phrase in words.perhaps { insert(place, phrase, .perhaps) }
    for phrase in words.near { insert(place, phrase, .near) }
  }

  private mutating func blur() {
    for doubtful in entries where !doubtful.isSure {
      for index in byWord[doubtful.words.first ?? ""] ?? []
      where entries[index].place == doubtful.place && entries[index].words == doubtful.words {
        entries[index].isBlurred = true
      }
    }
  }

  /// The row's own fields come first: `currency` of a circuit is not that of its contract.
  private func isOfMain(_ place: Place) -> Bool {
    if case .field(let entity, _, _) = place { return entity == main.name }
    return false
  }

  private mutating func insert(_ place: Place, _ phrase: String, _ certainty: Certainty) {
    let split = HeaderTokens.split(phrase)
    let key = split.joined()
    let known = exact[key, default: []].map { entries[$0] }
    if known.contains(where: { $0.place == place || (isOfMain($0.place) && !isOfMain(place) && $0.isSure) }) { return }
    let words = Set(split.flatMap(HeaderLexicon.standard))
    if words.isEmpty { return }
    exact[key, default: []].append(entries.count)
    // What is left of `Rechnung vom` without its preposition would be another field.
    let isCut = words.count == 1 && split.count > 1 && split.contains { HeaderLexicon.standard($0).isEmpty }
    if !isCut { for word in words { byWord[word, default: []].append(entries.count) } }
    entries.append(Entry(place: place, phrase: phrase, certainty: certainty, words: words))
  }
}

extension Target {
  /// Whether a target of this entity must say which end it means.
  func hasRole(main: Entity) -> Bool {
    guard let entity = Inventory.entity(entity) else { return false }
    return !entity.roles.isEmpty && entity.name != main.name
  }
}
