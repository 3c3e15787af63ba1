import Domain
import TestSupport
import Testing

@testable import Records

@Suite struct JSONTests {
  /// A value of any shape; names within an object are all different.
  private static func value(_ random: inout SplitMix64, depth: Int = 0) -> JSON {
    switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .int(Int64.random(in: .min ... .max, using: &random))
    case 3:
      return .number(["0", "-0", "1.50", "1e9", "-2.5E-3", "12345678901234567890123"].randomElement(using: &random)!)
    case 4: return .string(text(&random))
    case 5: return .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in value(&random, depth: depth + 1) })
    default:
      return .object(
        (0..<Int.random(in: 0..<5, using: &random)).map {
          JSON.Member("\($0)" + text(&random), value(&random, depth: depth + 1))
        })
    }
  }

  /// Text with everything that needs an escape, and letters of one to four bytes.
  private static func text(_ random: inout SplitMix64) -> String {
    let alphabet: [Unicode.Scalar] = [
      "\"", "\\", "/", "\n", "\r", "\t", "\u{0}", "\u{1}", "\u{8}", "\u{c}", "\u{1f}", "\u{7f}", "a", "Z", " ", "é",
      "Ж",
      "€", "\u{2028}", "\u{fffd}", "🛰", "\u{10ffff}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0..<20, using: &random) {
      text.unicodeScalars.append(alphabet.randomElement(using: &random)!)
    }
    return text
  }

  @Test func parseAfterWriteIsIdentity() throws {
    var random = SplitMix64()
    for round in 0..<2000 {
      let json = Self.value(&random)
      #expect(JSON.parse(json.line) == json, "seed \(random.seed) round \(round): \(json.line)")
      let bytes = try written { writer in
        json.write(to: &writer.out)
        try writer.out.flush()
      }
      #expect(String(decoding: bytes, as: UTF8.self) == json.line, "seed \(random.seed) round \(round)")
      if round > 200 { continue }
      #expect(!json.line.utf8.contains { $0 < 0x20 }, "a line never has a control character")
    }
  }

  /// An array of texts is read the same with a tree and without; anything else is none.
  @Test func textsAreReadWithoutATree() {
    var random = SplitMix64()
    for round in 0..<500 {
      let texts = (0..<Int.random(in: 0..<6, using: &random)).map { _ in Self.text(&random) }
      let line = JSON.array(texts.map { .string($0) }).line
      #expect(Self.strings(line) == texts, "seed \(random.seed) round \(round): \(line)")
    }
    #expect(Self.strings(" [ \"a\" , \"b\" ] ") == ["a", "b"] && Self.strings("[ ]") == [])
    for wrong in [
      "", "[", "[\"a\"", "[\"a\",]", "[\"a\" \"b\"]", "[1]", "[[\"a\"]]", "\"a\"", "{}", "[\"a\"]x", "[,\"a\"]",
    ] {
      #expect(Self.strings(wrong) == nil, "\(wrong)")
    }
  }

  private static func strings(_ line: String) -> [String]? {
    var line = line
    return line.withUTF8 { JSON.strings($0) }
  }

  @Test func escapesOfOthersAreUnderstood() {
    #expect(JSON.parse(#""\u0041\/\b\f\n\r\t\"\\""#) == .string("A/\u{8}\u{c}\n\r\t\"\\"))
    #expect(JSON.parse(#""\ud83d\ude00\u20AC""#) == .string("😀€"))
    for lone in [
      #""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\u0041""#, #""\u12""#, #""\x""#, #""a"#, "\"\u{1}\"",
    ] {
      #expect(JSON.parse(lone) == nil, "\(lone)")
    }
  }

  @Test(arguments: [
    "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "[1 2]", "01", "-", "1.", ".5", "1e", "+1", "tru",
    "nulll", "1 2", "{\"a\":1,\"a\":2}", "'a'", "NaN", "Infinity", "[1", "{\"a\":[}",
  ]) func whatIsNoJSONIsNil(_ text: String) {
    #expect(JSON.parse(text) == nil)
  }

  @Test func depthIsLimited() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(JSON.parse(nested(JSONScan.deepest)) != nil)
    #expect(JSON.parse(nested(JSONScan.deepest * 4)) == nil)
    #expect(JSON.parse(nested(1_000_000)) == nil)
  }

  /// One wrong byte anywhere in a text gives another value or nil, never a crash, and both readers agree.
  @Test func mutatedTextIsAnotherValueOrNone() {
    var random = SplitMix64()
    var tokenizer = Tokenizer()
    for round in 0..<4000 {
      var bytes = Array(JSON.object([JSON.Member("k", Self.value(&random))]).line.utf8)
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] = UInt8.random(in: 0...255, using: &random)
      guard Validity.isUTF8(bytes) else { continue }
      let tree = bytes.withUnsafeBufferPointer { JSON.parse($0) }
      let end = bytes.withUnsafeBufferPointer { tokenizer.object($0, at: 0) }
      // The tree refuses what the tokens need not look at: names used twice and lone surrogates.
      if tree?.members.isEmpty == false { #expect(end == bytes.count, "seed \(random.seed) round \(round)") }
      if end == nil, case .object? = tree { Issue.record("only the tree read it: seed \(random.seed) round \(round)") }
    }
  }

  @Test func tokensAreTheMembersAsTheyStand() throws {
    let line = Array(#"{ "a" : "x\n\u20ac" , "b":-1.5,"c":[1,{"d":"}"}],"e":null,"f\"":true}tail"#.utf8)
    var tokenizer = Tokenizer()
    line.withUnsafeBufferPointer { line in
      let end = tokenizer.object(line, at: 0) ?? 0
      #expect(String(decoding: line[end...], as: UTF8.self) == "tail")
      let parts = (0..<tokenizer.count).map { index -> String in
        let token = tokenizer[index]
        return String(decoding: line[Int(token.start)..<Int(token.start + token.length)], as: UTF8.self)
      }
      #expect(parts == [#"x\n\u20ac"#, "-1.5", #"[1,{"d":"}"}]"#, "null", "true"])
      #expect(tokenizer[0].escaped && !tokenizer[1].escaped && tokenizer[4].keyEscaped)
    }
  }

  @Test func wholeNumbersAreExact() {
    var random = SplitMix64()
    let edges: [Int64] = [.min, .min + 1, -1, 0, 1, 9, 10, 99, 100, .max - 1, .max]
    for value in edges + (0..<1000).map({ _ in Int64.random(in: .min ... .max, using: &random) }) {
      var text = [UInt8](repeating: 0, count: 20)
      let count = text.withUnsafeMutableBufferPointer { Decimal.write(value, to: $0.baseAddress!) }
      #expect(String(decoding: text[..<count], as: UTF8.self) == String(value))
      #expect(text[..<count].withUnsafeBufferPointer { Decimal.parse($0) } == value)
    }
    for text in [
      "", "-", "9223372036854775808", "-9223372036854775809", "1.0", "+1", " 1", "1e3", "00000000000000000000001",
    ] {
      #expect(Array(text.utf8).withUnsafeBufferPointer { Decimal.parse($0) } == nil, "\(text)")
    }
  }

  /// Agrees with the standard library on every sequence of up to three bytes that begins anywhere in a longer text.
  @Test func validityIsThatOfUTF8() {
    var random = SplitMix64()
    for round in 0..<20_000 {
      var bytes = Array(repeating: UInt8(0x61), count: Int.random(in: 0..<20, using: &random))
      for _ in 0..<Int.random(in: 0..<4, using: &random) { bytes.append(UInt8.random(in: 0...255, using: &random)) }
      bytes += Array(repeating: 0x62, count: Int.random(in: 0..<9, using: &random))
      let expected = String(validating: bytes, as: UTF8.self) != nil
      #expect(Validity.isUTF8(bytes) == expected, "seed \(random.seed) round \(round): \(bytes)")
    }
  }
}

extension Validity {
  fileprivate static func isUTF8(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer { isUTF8($0) } }
}
