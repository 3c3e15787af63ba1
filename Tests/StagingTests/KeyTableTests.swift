import TestSupport
import Testing
import Warehouse

struct KeyTableTests {
  @Test func itAnswersWhatADictionaryAnswers() {
    var random = SplitMix64()
    var table = KeyTable()
    var model: [[UInt8]: Int64] = [:]
    for number in 0..<20_000 {
      let length = Int.random(in: 0...24, using: &random)
      // Few letters, so that keys come again and share beginnings and ends.
      let key = (0..<length).map { _ in UInt8.random(in: 0x41...0x42, using: &random) }
      let entity = Int64.random(in: 0...2, using: &random)
      let known = key.withUnsafeBufferPointer { table[entity, $0] }
      #expect(known == model[[UInt8(entity)] + key], "seed \(random.seed)")
      if number.isMultiple(of: 3) { continue }
      key.withUnsafeBufferPointer { table.set(entity, $0, Int64(number)) }
      model[[UInt8(entity)] + key] = Int64(number)
    }
    #expect(table.count == model.count)
  }

  @Test func atItsLimitItForgetsAndBeginsAgain() {
    var table = KeyTable(limit: 10)
    for number in 0..<25 {
      Array(String(number).utf8).withUnsafeBufferPointer { table.set(1, $0, Int64(number)) }
      #expect(table.count <= 10)
    }
    #expect(Array("24".utf8).withUnsafeBufferPointer { table[1, $0] } == 24)
    #expect(Array("3".utf8).withUnsafeBufferPointer { table[1, $0] } == nil)
  }
}
