import Domain
import TestSupport
import Testing
import Warehouse

@testable import Model

extension SplitMix64 {
  /// Text with what keys and encodings look at: separators, escapes, letters of several bytes, nothing at all.
  mutating func text() -> String {
    let pieces = ["", "a", "Z", "9", "/", "%", "%2F", "-", " ", "é", "Ж", "ß", "Ⅳ", "🛰", "\u{0}", "\n", "\"", "İ"]
    return (0..<Int.random(in: 0..<8, using: &self)).map { _ in pieces.randomElement(using: &self)! }.joined()
  }

  /// Sets every field of a row to something or leaves it; without `clears` nothing is cleared.
  mutating func fill(_ row: inout StagedRow, clears: Bool = true) {
    row.reset()
    for (index, field) in row.entity.fields.enumerated() {
      switch Int.random(in: 0..<4, using: &self) {
      case 0: continue
      case 1 where clears: row.clear(index)
      default:
        if field.isInteger {
          let edges: [Int64] = [.min, -1, 0, 1, 63, 64, .max]
          let any = Int64.random(in: .min ... .max, using: &self)
          row.set(index, integer: Bool.random(using: &self) ? any : edges.randomElement(using: &self)!)
        } else {
          row.set(index, text: text())
        }
      }
    }
  }
}

private func facts(_ row: borrowing StagedRow) -> [String] {
  var facts: [String] = []
  for index in row.entity.fields.indices {
    facts.append("\(row.kind(index)) \(row.integer(index).map(String.init) ?? "") \(row.text(index) ?? "")")
  }
  return facts
}

@Suite struct StagedRowTests {
  @Test func decodeAfterEncodeIsIdentity() {
    var random = SplitMix64()
    for entity in Inventory.entities {
      var row = StagedRow(entity)
      var back = StagedRow(entity)
      for round in 0..<200 {
        random.fill(&row)
        var bytes: [UInt8] = []
        row.encode(clears: true, into: &bytes)
        let isRead = bytes.withUnsafeBufferPointer { back.decode($0) }
        #expect(isRead && facts(back) == facts(row), "\(entity.name) seed \(random.seed) round \(round)")
        #expect(back.hasClears == row.entity.fields.indices.contains { row.kind($0) == .cleared })
        var plain: [UInt8] = []
        row.encode(clears: false, into: &plain)
        #expect(plain.withUnsafeBufferPointer { back.decode($0) })
        #expect(facts(back) == facts(row).map { $0.hasPrefix("cleared") ? "absent  " : $0 }, "seed \(random.seed)")
      }
    }
  }

  /// Other bytes are refused or are another row: what is read is written again in the same form.
  @Test func noBytesCrashTheDecoder() {
    var random = SplitMix64()
    for entity in Inventory.entities {
      var row = StagedRow(entity)
      for round in 0..<300 {
        random.fill(&row)
        var bytes: [UInt8] = []
        row.encode(clears: true, into: &bytes)
        if !bytes.isEmpty {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
        }
        bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
        guard bytes.withUnsafeBufferPointer({ row.decode($0) }) else { continue }
        var again: [UInt8] = []
        row.encode(clears: true, into: &again)
        var copy = StagedRow(entity)
        let isRead = again.withUnsafeBufferPointer { copy.decode($0) }
        #expect(isRead && facts(copy) == facts(row), "\(entity.name) seed \(random.seed) round \(round)")
      }
      for bad: [UInt8] in [
        [0x80], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], [3], [4, 200], [0],
      ] {
        #expect(bad.withUnsafeBufferPointer { !row.decode($0) }, "\(entity.name) \(bad)")
      }
    }
  }

  @Test func theHashKnowsValuesAndWishes() throws {
    let entity = try #require(Inventory.entity("circuits"))
    let notes = try #require(entity.index(of: "notes"))
    let mrc = try #require(entity.index(of: "mrc"))
    var hasher = RowHasher()
    var row = StagedRow(entity)
    row.set(mrc, integer: 100)
    let blank = Array(hasher.hash(staged: row))
    #expect(blank == Array(hasher.hash(row)) && blank.count == RowHasher.size)
    row.clear(notes)
    #expect(Array(hasher.hash(row)) == blank, "a record has no cleared fields")
    #expect(Array(hasher.hash(staged: row)) != blank, "#N/A and a blank are two wishes")
    row.set(notes, text: "")
    #expect(Array(hasher.hash(row)) != blank)
    // Order of writing does not matter; another entity's row with the same bytes is another row.
    var first = StagedRow(entity)
    first.set(notes, text: "x")
    first.set(mrc, integer: 5)
    var second = StagedRow(entity)
    second.set(mrc, integer: 9)
    second.set(mrc, integer: 5)
    second.set(notes, text: "x")
    #expect(Array(hasher.hash(first)) == Array(hasher.hash(second)))
  }

  /// Rows that differ in any value hash apart, with certainty for all we will ever see.
  @Test func differentRowsHashApart() {
    var random = SplitMix64()
    var hasher = RowHasher()
    for entity in Inventory.entities {
      var seen: [[UInt8]: [String]] = [:]
      var row = StagedRow(entity)
      for _ in 0..<300 {
        random.fill(&row)
        let hash = Array(hasher.hash(staged: row))
        if let before = seen[hash] { #expect(before == facts(row), "\(entity.name) seed \(random.seed)") }
        seen[hash] = facts(row)
      }
    }
  }
}

@Suite struct NaturalKeyTests {
  private static func key(_ parts: [String], _ normal: KeyNormal = .exact) -> String {
    var key: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if index > 0 { NaturalKey.appendSeparator(to: &key) }
      _ = Array(part.utf8).withUnsafeBufferPointer { NaturalKey.append($0, normal, to: &key) }
    }
    return String(decoding: key, as: UTF8.self)
  }

  /// No two lists of parts share a key, whatever separators they hold.
  @Test func partsAfterKeyIsIdentity() {
    var random = SplitMix64()
    for round in 0..<3000 {
      let parts = (0..<Int.random(in: 1...4, using: &random)).map { _ in random.text() }
      #expect(NaturalKey.parts(Self.key(parts)) == parts, "seed \(random.seed) round \(round): \(parts)")
    }
  }

  @Test(arguments: [KeyNormal.circuitID, .slug, .lower, .account, .number, .digest])
  func aNormalFormIsItsOwn(_ normal: KeyNormal) {
    var random = SplitMix64()
    for round in 0..<2000 {
      let text = random.text()
      let once = Self.key([text], normal)
      #expect(!once.contains("/"), "\(normal): a part never holds the separator")
      if normal == .digest { continue }
      let again = NaturalKey.parts(once).map { Self.key([$0], normal) }
      #expect(again == [once], "\(normal) seed \(random.seed) round \(round): \(text) \(once)")
    }
  }

  @Test func keysAreMadeOfTheirFieldsAlone() {
    var random = SplitMix64()
    for entity in Inventory.entities {
      let keyed = Set(entity.key.compactMap { entity.index(of: $0.field) })
      var row = StagedRow(entity)
      for round in 0..<100 {
        random.fill(&row, clears: false)
        for field in keyed {
          if entity.fields[field].isInteger { row.set(field, integer: 7) } else { row.set(field, text: "a1") }
        }
        var key: [UInt8] = []
        #expect(row.appendKey(to: &key) == nil, "\(entity.name) round \(round)")
        var bare = StagedRow(entity)
        for field in keyed {
          if entity.fields[field].isInteger { bare.set(field, integer: 7) } else { bare.set(field, text: "a1") }
        }
        var same: [UInt8] = []
        _ = bare.appendKey(to: &same)
        #expect(key == same, "\(entity.name) seed \(random.seed)")
        // Without a part it is no key, and the part is named.
        for part in entity.key where !part.normal.mayBeAbsent {
          guard let field = entity.index(of: part.field) else { continue }
          bare.remove(field)
          var none: [UInt8] = []
          #expect(bare.appendKey(to: &none) == part.field, "\(entity.name)")
          if entity.fields[field].isInteger { bare.set(field, integer: 7) } else { bare.set(field, text: "a1") }
        }
        if round > 3 { break }
      }
    }
  }
}

@Suite struct ValueCheckTests {
  private static func text(_ type: FieldType, _ text: String) -> String? {
    Array(text.utf8).withUnsafeBufferPointer { ValueCheck(type).text($0)?.code }
  }

  @Test func valuesThatDoNotFitAreNamed() {
    #expect(Self.text(.date, "2024-02-29") == nil && Self.text(.date, "2023-02-29") == "E_DATE")
    #expect(Self.text(.currency, "USD") == nil && Self.text(.currency, "usd1") == "E_CURRENCY")
    #expect(Self.text(.code(["a", "bb"]), "bb") == nil)
    for other in ["", "b", "A", "a ", "bbb"] { #expect(Self.text(.code(["a", "bb"]), other) == "E_CODE", "\(other)") }
    #expect(Self.text(.text, "") == "E_EMPTY" && Self.text(.text, " ") == nil)
    for type in [FieldType.money, .bandwidth, .flag, .integer(0...1), .degrees(limit: 1)] {
      #expect(Self.text(type, "1") == "E_TYPE" && ValueCheck(type).wantsInteger)
    }
    #expect(ValueCheck(.text).integer(1)?.code == "E_TYPE" && !ValueCheck(.text).wantsInteger)
  }

  @Test func rangesIncludeTheirEnds() {
    for (type, low, high) in [
      (FieldType.integer(1...28), Int64(1), Int64(28)), (.flag, 0, 1), (.degrees(limit: 90), -90, 90),
    ] {
      let check = ValueCheck(type)
      #expect(check.integer(low) == nil && check.integer(high) == nil)
      #expect(check.integer(low - 1)?.code == "E_RANGE" && check.integer(high + 1)?.code == "E_RANGE")
    }
    #expect(ValueCheck(.bandwidth).integer(-1)?.code == "E_RANGE" && ValueCheck(.bandwidth).integer(.max) == nil)
  }

  /// An amount of sixteen digits is a slip, and a few of them would overflow every sum they enter.
  @Test func amountsHaveALimit() {
    let check = ValueCheck(.money)
    let most = Int64(Money.mostMinor)
    for amount in [0, -1, most, -most] { #expect(check.integer(amount) == nil) }
    for amount in [most + 1, -most - 1, .max, .min] {
      #expect(check.integer(amount)?.code == "E_RANGE", "\(amount)")
    }
  }
}
