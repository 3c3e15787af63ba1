import SQL
import SQLite
import TestSupport
import Testing
import Warehouse

struct RecordHeadsTests {
  /// Keys close together are found by walking, keys far apart by looking each up: the answers are the same.
  @Test(arguments: [1, 2, 7, 40]) func walkingFindsWhatLookingUpFinds(_ distance: Int) throws {
    var random = SplitMix64()
    let database = try SQLiteDatabase(path: ":memory:", create: true)
    for statement in SchemaText.system(.sqlite) { try database.script(statement) }
    for number in 0..<2000 {
      try database.run(
        "INSERT INTO records VALUES ($1, $2, $3, 1, $4, $5, 0, 1)",
        [
          .int(Int64(number % 2 + 1)), .text("k/\(number * 7 % 5000)"), .int(Int64(number)),
          .blob([UInt8(number % 251)]),
          .int(Int64(number % 3 == 0 ? 1 : 0)),
        ])
    }
    let heads = try RecordHeads(database, entities: [1, 2, 3])
    // Known and unknown keys, some of them twice, in order.
    var wanted: [(entity: Int64, text: String)] = []
    for entity in Int64(1)...3 {
      let keys = (0..<5000).filter { _ in Int.random(in: 0..<distance, using: &random) == 0 }.map { "k/\($0)" }
      wanted += (keys + keys.filter { _ in Bool.random(using: &random) }).sorted {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
      .map { (entity, $0) }
    }
    func answers(_ find: ([(entity: Int64, key: UnsafeBufferPointer<UInt8>)]) throws -> [String]) throws -> [String] {
      let copies = wanted.map { key -> UnsafeMutableBufferPointer<UInt8> in
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: key.text.utf8.count)
        _ = copy.initialize(from: key.text.utf8)
        return copy
      }
      defer { for copy in copies { copy.deallocate() } }
      return try find(zip(wanted, copies).map { ($0.entity, UnsafeBufferPointer($1)) })
    }
    let walked = try answers { keys in
      var found: [String] = []
      try heads.find(ordered: keys) { found.append("\($0) \($1) \(Array($2))") }
      return found
    }
    let looked = try answers { keys in
      var found: [String] = []
      try heads.find(keys) { found.append("\($0) \($1) \(Array($2))") }
      return found
    }
    #expect(walked == looked, "seed \(random.seed)")
    #expect(!walked.isEmpty)
  }
}
