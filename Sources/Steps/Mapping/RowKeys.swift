import Domain
import Model
import Records

extension RowMapper {
  /// Fills references and derives the key of one record of the row.
  mutating func complete(_ index: Int) {
    let part = parts[index]
    for copy in part.copies where slots[copy.to].kind == .absent && isGiven(copy.from) {
      if copy.part >= 0, !keyed[copy.part] { continue }
      slots[copy.to] = slots[copy.from]
    }
    let isNamed = part.derivation != .none && isGiven(part.derived)
    derive(part, index)
    var hasKey = true
    for slot in part.ownKeys where !isGiven(slot) { hasKey = false }
    for slot in part.referenceKeys where !isGiven(slot) { hasKey = false }
    keyed[index] = hasKey && (part.isMain || !part.ownKeys.isEmpty || isNamed || hasMore(part))
    if part.isMain {
      checkMain(index)
    } else if !keyed[index], hasMore(part) {
      warn(binding.plan.parts[index])
    }
  }

  private func isGiven(_ slot: Int) -> Bool { slots[slot].kind == .text || slots[slot].kind == .integer }

  /// Whether a cell of the row filled anything but the key and the currency.
  private func hasMore(_ part: HotPart) -> Bool {
    for slot in part.values where slots[slot].kind != .absent { return true }
    return false
  }

  private mutating func checkMain(_ index: Int) {
    for slot in parts[index].identifiers where isGiven(slot) {
      scratch.removeAll(keepingCapacity: true)
      if CircuitID.normalize(slots[slot].text, into: &scratch) > 0 {
        warn(ofLetters: slots[slot].text, isIdentifier: true, header(slot))
        continue
      }
      issues.append(Self.issue(.key, header(slot), String(decoding: slots[slot].text, as: UTF8.self)))
    }
    if !keyed[index] { noteMissing(binding.plan.parts[index]) }
  }

  private mutating func noteMissing(_ part: PartPlan) {
    for slot in part.ownKeys + part.referenceKeys where !isGiven(slot) {
      let rule = binding.rules.first { $0.slot == slot }
      if rule == nil, !issues.isEmpty { continue }
      let name = rule?.header ?? part.entity.singular + "." + part.shape.properties[slot - part.firstSlot].name
      if !issues.contains(where: { $0.field == name }) { issues.append(Self.issue(.required, name, "")) }
    }
  }

  private static func issue(_ code: RejectCode, _ field: String, _ value: String) -> Issue {
    Issue(code.rawValue, .error, field: field, message: code.meaning, hint: code.remedy, value: value)
  }

  /// Values of a record without its key cannot be kept; the row says so.
  private mutating func warn(_ part: PartPlan) {
    warnings.append(
      Issue(
        "W_NO_KEY", .warn, field: part.entity.singular, message: "its key is blank, so its other values are left out",
        hint: "fill the key's cells"))
  }

  /// Letters that the eye and the comparison of keys see differently.
  private mutating func warn(ofLetters text: Bytes, isIdentifier: Bool, _ field: String) {
    if TextBytes.isASCII(text) { return }
    let value = String(decoding: text, as: UTF8.self)
    if let found = Lookalike.first(in: text) {
      warnings.append(
        Issue(
          "W_LOOKALIKE", .warn, field: field,
          message: "\(found.letter) is of another script and looks like \(found.looksLike)",
          hint: "type it in Latin letters, unless it is meant to be another name", value: value))
    }
    if isIdentifier, let lost = Lookalike.lostLetter(in: text) {
      warnings.append(
        Issue(
          "W_LETTERS", .warn, field: field,
          message: "\(lost) and other letters outside A-Z do not count when identifiers are compared",
          hint: "identifiers that differ only in such letters are taken for one: write them in A-Z", value: value))
    }
  }

  private mutating func derive(_ part: HotPart, _ index: Int) {
    let derived = part.derived
    guard slots[derived].kind == .absent else { return }
    switch part.derivation {
    case .none: return
    case .contract:
      let kind: StaticString = "service_order"
      slots[derived] = .text(Bytes(start: kind.utf8Start, count: kind.utf8CodeUnitCount))
    case .term: slots[derived] = .integer(1)
    case .carrier: deriveCarrier(part, derived)
    case .endpoint, .customer: derivePlace(part, places[index], derived)
    }
  }

  private mutating func deriveCarrier(_ part: HotPart, _ slug: Int) {
    let source = part.sources[0]
    let name = slots[source]
    guard name.kind == .text else { return }
    if let known = keys.find(name.text) {
      slots[slug] = .text(arena.copy(known))
      return
    }
    var out: [UInt8] = []
    CarrierName.slug(name.text, into: &out)
    if out.isEmpty {
      issues.append(Self.issue(.key, header(source), String(decoding: name.text, as: UTF8.self)))
      return
    }
    out.withUnsafeBufferPointer { keys.insert(name.text, $0) }
    warn(ofLetters: name.text, isIdentifier: false, header(source))
    slots[slug] = .text(out.withUnsafeBufferPointer { arena.copy($0) })
  }

  private func header(_ slot: Int) -> String { binding.rules.first { $0.slot == slot }?.header ?? "" }

  /// Asks for the memory of all keys of places before the first is looked up.
  mutating func expectPlaces() {
    for index in parts.indices where parts[index].isPlace {
      places[index] = place(parts[index])
      keys.expect(places[index].hash)
    }
    for index in parts.indices where parts[index].isPlace { keys.touch(places[index].hash) }
  }

  /// The cells that make the key of an endpoint or a customer; no bytes where all are blank.
  private mutating func place(_ part: HotPart) -> PlaceCells {
    var size = 1
    var isBlank = true
    for slot in part.sources {
      size += 1
      if slots[slot].kind != .text { continue }
      isBlank = false
      size += slots[slot].text.count
    }
    if isBlank { return PlaceCells() }
    let base = arena.reserve(size)
    base[0] = part.derivation == .endpoint ? 1 : 2
    var end = 1
    for slot in part.sources {
      if slots[slot].kind == .text, let text = slots[slot].text.baseAddress {
        (base + end).update(from: text, count: slots[slot].text.count)
        end += slots[slot].text.count
      }
      base[end] = 0
      end += 1
    }
    let bytes = Bytes(start: base, count: end)
    return PlaceCells(bytes: bytes, hash: BoundedTable.hash(bytes))
  }

  /// The key of an endpoint or a customer of its cells, each distinct combination made once.
  private mutating func derivePlace(_ part: HotPart, _ cells: PlaceCells, _ key: Int) {
    if cells.bytes.isEmpty { return }
    if let found = keys.find(cells.bytes, cells.hash) {
      if !found.isEmpty { slots[key] = .text(arena.copy(found)) }
      return
    }
    var out: [UInt8] = []
    if part.derivation == .endpoint { appendEndpoint(part.sources, &out) } else { appendCustomer(part.sources, &out) }
    let text = out.withUnsafeBufferPointer { arena.copy($0) }
    keys.insert(cells.bytes, text)
    if !text.isEmpty { slots[key] = .text(text) }
  }

  private func text(_ slot: Int) -> Bytes? { slots[slot].kind == .text ? slots[slot].text : nil }

  private mutating func appendEndpoint(_ s: UnsafeMutableBufferPointer<Int>, _ out: inout [UInt8]) {
    if let clli = text(s[0]) {
      out += Array("clli:".utf8)
      TextBytes.appendFolded(clli, into: &out)
      if let suite = text(s[1]) {
        out.append(0x3A)
        TextBytes.appendFolded(suite, into: &out)
      }
    } else if (2...6).contains(where: { text(s[$0]) != nil }) {
      out += Array("addr:".utf8)
      address.append(
        street: text(s[2]), suite: text(s[1]), city: text(s[3]), state: text(s[4]), postal: text(s[5]),
        country: text(s[6]), into: &out)
    } else if let name = text(s[7]) {
      out += Array("name:".utf8)
      TextBytes.appendFolded(name, into: &out)
    }
  }

  private mutating func appendCustomer(_ s: UnsafeMutableBufferPointer<Int>, _ out: inout [UInt8]) {
    if let reference = text(s[0]) {
      out += Array("ref:".utf8)
      TextBytes.appendFolded(reference, into: &out)
    } else if let name = text(s[1]) {
      out += Array("name:".utf8)
      TextBytes.appendFolded(name, into: &out)
      guard (2...6).contains(where: { text(s[$0]) != nil }) else { return }
      out.append(0x7C)
      address.append(
        street: text(s[2]), suite: nil, city: text(s[3]), state: text(s[4]), postal: text(s[5]), country: text(s[6]),
        into: &out)
    }
  }
}

/// The cells a place's key is made of, as bytes that live as long as the row.
struct PlaceCells {
  var bytes = Bytes(start: nil, count: 0)
  var hash: UInt64 = 0
}
