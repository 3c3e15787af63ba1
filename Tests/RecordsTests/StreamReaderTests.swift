import Digest
import TestSupport
import Testing

@testable import Records

@Suite struct StreamReaderTests {
  private static let ids = ["AA/1", "é\"\\\n\t", "🛰", "", "x\u{0}y"]

  @Test(arguments: [64, 1 << 18]) func whatIsWrittenIsRead(_ capacity: Int) throws {
    let bytes = try stream(Self.ids, rejected: 2)
    let reading = try Reading(bytes, capacity: capacity)
    #expect(reading.schemas == ["circuits"])
    #expect(reading.records.count == Self.ids.count)
    #expect(reading.records[0] == "circuits 1 2 id=AA/1")
    #expect(reading.records[1] == #"circuits 2 3 id=é\"\\\n\t"#)
    #expect(reading.ends.map(\.input) == [7] && reading.totals.rejected == 2)
    #expect(!reading.isUnsealed)
  }

  /// Counts that no stream has are refused before they are added up.
  @Test(arguments: ["9223372036854775807", "-1", "1.5"], ["\"accepted\":", "\"rejected\":", "\"in\":", "\"x\":"])
  func countsBeyondReasonAreRefused(_ count: String, _ name: String) throws {
    let run =
      "{\"id\":\"r\",\"step\":\"map\",\"in\":1,\"accepted\":1,\"rejected\":0,\"skipped\":{\"x\":0},\"emitted\":{},"
    let counts = run.replacing("\(name)1", with: name + count).replacing("\(name)0", with: name + count)
    #expect(counts != run)
    for line in [counts, run + "\"rejected_before\":\(count),"] {
      let state = "{\"type\":\"STATE\",\"value\":{\"run\":\(line)\"final\":true,\"crc32c\":\"00000000\"}}}\n"
      let error = #expect(throws: WireError.self) { _ = try Reading(Array(state.utf8)) }
      #expect(error?.message.contains("counts") == true, "\(String(describing: error))")
    }
  }

  /// At whatever byte a stream ends, nobody takes it for whole; without its very last newline it is whole.
  @Test func aStreamCutAnywhereIsRefused() throws {
    let bytes = try stream(Self.ids)
    for cut in 1..<(bytes.count - 1) {
      #expect(throws: WireError.self, "cut at \(cut)") { _ = try Reading(Array(bytes[..<cut])) }
    }
    #expect(try Reading(Array(bytes.dropLast())).ends.count == 1)
    #expect(try Reading([]).ends.isEmpty)
    let lines = bytes.indices.filter { bytes[$0] == 10 }.map { $0 + 1 }.dropLast()
    for (number, cut) in lines.enumerated() {
      #expect(throws: WireError.truncated(line: number + 1)) { _ = try Reading(Array(bytes[..<cut])) }
    }
  }

  /// A record that is left out, doubled or moved to another place is noticed by count or checksum.
  @Test func alteredLinesAreNoticed() throws {
    let lines = try stream(Self.ids).split(separator: 10).map { Array($0) + [10] }
    for place in 1...Self.ids.count {
      var less = lines
      less.remove(at: place)
      #expect(throws: WireError.emitted(stream: "circuits", stated: 5, counted: 4)) {
        _ = try Reading(less.flatMap { $0 })
      }
      #expect(throws: WireError.emitted(stream: "circuits", stated: 5, counted: 6)) {
        _ = try Reading((lines[...place] + lines[place...]).flatMap { $0 })
      }
      if place == 1 { continue }
      var moved = lines
      moved.swapAt(place, 1)
      #expect(throws: WireError.self) { _ = try Reading(moved.flatMap { $0 }) }
    }
  }

  @Test func theChecksumIsCRC32C() throws {
    var crc = CRC32C()
    Array("123456789".utf8).withUnsafeBufferPointer { crc.update($0.baseAddress!, count: 9) }
    #expect(crc.hex == "e3069283")
    let bytes = try stream(Self.ids)
    let last = bytes.dropLast().lastIndex(of: 10)! + 1
    var body = CRC32C()
    bytes.withUnsafeBufferPointer { body.update($0.baseAddress!, count: last) }
    let state = JSON.parse(String(decoding: bytes[last...].dropLast(), as: UTF8.self))
    #expect(state?["value"]?["run"]?["crc32c"]?.text == body.hex)
  }

  @Test func severalStreamsFollowEachOther() throws {
    let bytes = try stream(["a"], rejected: 1) + stream([]) + stream(["b", "c"])
    let reading = try Reading(bytes)
    #expect(reading.ends.map(\.input) == [2, 0, 2])
    #expect(reading.totals.input == 4 && reading.totals.accepted == 3 && reading.totals.rejected == 1)
    #expect(reading.totals.emitted == ["circuits": 3])
    // A record between two streams belongs to none.
    let stray = Array(#"{"type":"RECORD","stream":"circuits","record":{"id":"d"}}"#.utf8) + [10]
    #expect(throws: WireError.afterEnd(line: 4)) { _ = try Reading(stream(["a"]) + stray) }
  }

  @Test func aLineIsAtMostEightMegabytes() throws {
    let fits = String(repeating: "x", count: (8 << 20) - 200)
    #expect(try Reading(stream([fits])).records.count == 1)
    let over = String(repeating: "x", count: 8 << 20)
    #expect(throws: WireError.lineTooLong(line: 2, limit: LineReader.longest)) { _ = try Reading(stream([over])) }
  }

  @Test(arguments: [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf5, 0x80, 0x80, 0x80]] as [[UInt8]])
  func bytesThatAreNotUTF8AreRefusedWithTheirLine(_ bad: [UInt8]) throws {
    let bytes = try stream(["a", "MARK"])
    let text = String(decoding: bytes, as: UTF8.self)
    let at = text.utf8.distance(from: text.startIndex, to: try #require(text.firstRange(of: "MARK")).lowerBound)
    #expect(throws: WireError.invalidUTF8(line: 3)) { _ = try Reading(bytes[..<at] + bad + bytes[(at + 4)...]) }
  }

  /// Other spacing, order and case, carriage returns, and types nobody knows, which are counted.
  @Test func streamsOfOthersAreRead() throws {
    let lines = [
      #"{"stream":"circuits", "type":"schema", "key_properties":[], "schema":{"properties":{"id":{}}}}"#,
      #"{"type": "ACTIVATE_VERSION", "stream": "circuits", "version": 1}"#,
      #"{ "record" : {"id" : "a"}, "stream" : "circuits", "type" : "Record", "time_extracted":"2026-11-21T00:00:00Z" }"#,
      #"{"type":"BATCH","stream":"circuits"}"#, #"{"type":"STATE","value":{"bookmark":1}}"#,
      #"{"type":"BATCH","stream":"circuits"}"#,
    ]
    let bytes = Array(lines.map { $0 + "\r\n" }.joined().utf8)
    #expect(throws: WireError.unsealed(line: 1)) { _ = try Reading(bytes) }
    let reading = try Reading(bytes, acceptsUnsealed: true)
    #expect(reading.isUnsealed && reading.states == 1 && reading.ends.isEmpty)
    #expect(reading.records == ["circuits 0 0 id=a"])
    #expect(reading.unknown == ["ACTIVATE_VERSION": 1, "BATCH": 2])
  }

  @Test(arguments: [
    "[]", "null", "{}", "{\"type\":1}", "{\"type\":\"SCHEMA\"}", "{\"type\":\"RECORD\",\"stream\":\"circuits\"}",
    "{\"type\":\"RECORD\",\"stream\":\"circuits\",\"record\":[]}", "{\"type\":\"RECORD\",\"record\":{}}", "x", "",
    "{\"type\":\"RECORD\",\"stream\":\"circuits\",\"record\":{\"id\":\"a\"}}{}",
    "{\"type\":\"STATE\",\"value\":{\"run\":{\"final\":true}}}",
  ]) func whatIsNoMessageIsRefusedWithItsLine(_ line: String) throws {
    let whole = try stream(["a"])
    let at = whole.firstIndex(of: 10)! + 1
    let error = #expect(throws: WireError.self) {
      _ = try Reading(whole[..<at] + Array(line.utf8) + [10] + whole[at...])
    }
    guard case .invalidJSON(line: 2, _)? = error else {
      Issue.record("\(line): \(String(describing: error))")
      return
    }
  }

  /// Random bytes never crash the reader, and never pass for a complete stream.
  @Test func noiseIsNoStream() throws {
    var random = SplitMix64()
    let whole = try stream(Self.ids)
    for round in 0..<400 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<(bytes.count / 2), using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if bytes == whole { continue }
      #expect(throws: WireError.self, "seed \(random.seed) round \(round)") { _ = try Reading(bytes) }
    }
  }

  @Test func countsAddUp() throws {
    var left = StreamCounts(run: "a", step: "map")
    left.input = 5
    left.accepted = 3
    left.skipped = ["blank": 2]
    left.emitted = ["circuits": 3]
    var right = StreamCounts(run: "b", step: "map")
    right.input = 4
    right.rejected = 1
    right.accepted = 2
    right.skipped = ["blank": 1]
    right.emitted = ["carriers": 1, "circuits": 2]
    #expect(left.balanced && right.balanced)
    left.add(right)
    #expect(left.balanced && left.run == "a" && left.input == 9 && left.skippedTotal == 3 && left.emittedTotal == 6)
    #expect(StreamCounts(json: left.members(checksum: "0")) == left)
    for name in ["in", "accepted", "rejected"] {
      let without = left.members(checksum: "0").members.filter { $0.name != name }
      #expect(StreamCounts(json: .object(without)) == nil, "\(name)")
    }
    #expect(StreamCounts(json: .object(left.members(checksum: "").members + [])) != nil)
    let negative = JSON.parse(#"{"in":1,"accepted":1,"rejected":0,"skipped":{"blank":-1},"emitted":{}}"#)
    #expect(StreamCounts(json: try #require(negative)) == nil)
  }
}
