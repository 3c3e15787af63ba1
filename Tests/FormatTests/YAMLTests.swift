import TestSupport
import Testing
import YAML

@Suite struct YAMLTests {
  /// A tree in one line: plain text bare, quoted text in quotes.
  private static func shape(_ node: YAMLNode) -> String {
    switch node.kind {
    case .scalar(let text, let quoted): quoted ? "\"\(text)\"" : text
    case .sequence(let elements): "[" + elements.map(shape).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { shape($0.key) + ": " + shape($0.value) }.joined(separator: ", ") + "}"
    }
  }

  @Test(arguments: [
    ("", ""), ("# nothing\n", ""), ("a: 1\nb: no\n", "{a: 1, b: no}"), ("- x\n- 'y'\n", "[x, \"y\"]"),
    ("z: 1\na: 2\nm: 3\n", "{z: 1, a: 2, m: 3}"), ("a:\n  - b: {c: [d, e]}\n", "{a: [{b: {c: [d, e]}}]}"),
    ("a:\n", "{a: }"), ("a: |\n  x\n  y\n", "{a: \"x\ny\n\"}"), ("a: 0755\nb: 1e3\nc: ~\n", "{a: 0755, b: 1e3, c: ~}"),
    ("%YAML 1.1\n---\na: b\n...\n", "{a: b}"), ("<<: x\n", "{<<: x}"), ("\u{FEFF}a: é\n", "{a: é}"),
    ("a: \"\\0b\"\n", "{a: \"\0b\"}"), ("a: b\r\nc: d\r\n", "{a: b, c: d}"),
  ])
  func trees(_ text: String, _ expected: String) throws {
    #expect(try Self.shape(YAMLNode.parse(text)) == expected)
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3\n", 3, 1, "key \"a\" is given twice, first on line 1"),
    ("a: 1\n\"a\": 2\n", 2, 1, "key \"a\" is given twice, first on line 1"),
    ("a: &x 1\n", 1, 4, "anchors (&name) are not supported; write the value out"),
    ("a: &x [1]\nb: *x\n", 1, 4, "anchors (&name) are not supported; write the value out"),
    ("a: *x\n", 1, 4, "aliases (*name) are not supported; write the value out"),
    ("a: !!int 3\n", 1, 4, "tags (!name) are not supported; a value's type is decided by its key"),
    ("? [a, b]\n: c\n", 1, 3, "a key is text, not a list"),
    ("a: 1\n---\nb: 2\n", 2, 1, "a second document; a file holds one"),
    ("a: b: c\n", 1, 5, "mapping values are not allowed in this context"),
    ("a: \"x\n", 2, 1, "while scanning a quoted scalar: found unexpected end of stream"),
    ("a: 1\n\tb: 2\n", 2, 1, "while scanning a plain scalar: found a tab character that violates indentation"),
  ])
  func refusals(_ text: String, _ line: Int, _ column: Int, _ message: String) throws {
    let error = try #require(throws: YAMLError.self) { try YAMLNode.parse(text) }
    #expect(error == YAMLError(line: line, column: column, message: message))
  }

  @Test func invalidUTF8HasAPlace() throws {
    let error = try #require(throws: YAMLError.self) {
      try YAMLNode.parse(bytes: Array("a: b\nc: ".utf8) + [0xC3, 0x28])
    }
    #expect(error.line == 2 && error.column == 5)
  }

  @Test func depthIsBounded() throws {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(throws: Never.self) { try YAMLNode.parse(nested(64)) }
    let error = try #require(throws: YAMLError.self) { try YAMLNode.parse(nested(65)) }
    #expect(error.message == "nested deeper than 64 levels")
    #expect(throws: YAMLError.self) { try YAMLNode.parse(String(repeating: "[", count: 100_000)) }
  }

  @Test func sizeIsBounded() throws {
    let comment = [UInt8(ascii: "#")] + [UInt8](repeating: UInt8(ascii: "x"), count: YAMLNode.maximumBytes - 1)
    #expect(try YAMLNode.parse(bytes: comment).isEmpty)
    #expect(throws: YAMLError.self) { try YAMLNode.parse(bytes: comment + [0x78]) }
  }

  @Test(
    arguments: [
      ("true", true, nil), ("false", false, nil), ("yes", nil, nil), ("True", nil, nil), ("'true'", nil, nil),
      ("12", nil, 12), ("-3", nil, -3), ("0", nil, 0), ("007", nil, nil), ("+1", nil, nil), ("1_000", nil, nil),
      ("'12'", nil, nil), ("1e3", nil, nil), ("99999999999999999999", nil, nil),
    ] as [(String, Bool?, Int?)])
  func typesOnlyWhenAsked(_ text: String, _ bool: Bool?, _ int: Int?) throws {
    let node = try YAMLNode.parse(text)
    #expect(node.bool == bool)
    #expect(node.int == int)
  }

  @Test func placesAreOneBased() throws {
    let node = try YAMLNode.parse("# head\ncarrier: x\nfields:\n  - mrc\n")
    let element = try #require(
      node["fields"].flatMap { if case .sequence(let list) = $0.kind { list.first } else { nil } })
    #expect(element.line == 4 && element.column == 5)
    #expect(node["carrier"]?.line == 2 && node["carrier"]?.column == 10)
    #expect(node["absent"] == nil)
  }

  // MARK: spec files

  @Test func sixMistakesAreSixLines() throws {
    let text = """
      name: circuits
      colums: [a]
      kind: tabel
      rows: many
      strict: yes
      sheets: Inventory
      """
    var reader = SpecReader(file: "m.yaml")
    let root = try SpecReader.parse(file: "m.yaml", bytes: Array(text.utf8))
    let allowed = ["name", "columns", "kind", "rows", "strict", "sheets", "entity"]
    let fields = reader.mapping(root, allowed: allowed, required: ["entity"])
    #expect(reader.string(fields["name"]) == "circuits")
    #expect(reader.choice(fields["kind"], among: ["table", "document"]) == nil)
    #expect(reader.integer(fields["rows"]) == nil)
    #expect(reader.bool(fields["strict"]) == nil)
    #expect(reader.strings(fields["sheets"]) == [])
    #expect(reader.string(fields["absent"]) == nil)
    let mistakes = try #require(throws: SpecMistakes.self) { try reader.finish() }
    #expect(
      mistakes.description == """
        m.yaml:1:1: missing key "entity"
        m.yaml:2:1: unknown key "colums" (did you mean "columns"?)
        m.yaml:3:7: "tabel" is not known here (did you mean "table"?)
        m.yaml:4:7: a whole number expected, not "many"
        m.yaml:5:9: true or false expected, not "yes"
        m.yaml:6:9: a list expected, not text (write [Inventory] or one "- " line each)
        """)
  }

  @Test func bounds() throws {
    var reader = SpecReader(file: "m.yaml")
    let node = try YAMLNode.parse("70000")
    #expect(reader.integer(node, in: 1...100) == nil)
    #expect(reader.mistakes.map(\.message) == ["70000 is outside 1 to 100"])
    #expect(reader.integer(node, in: 1...70000) == 70000)
  }

  @Test func syntaxErrorsAreMistakesToo() throws {
    let mistakes = try #require(throws: SpecMistakes.self) {
      try SpecReader.parse(file: "m.yaml", bytes: Array("a: [".utf8))
    }
    #expect(mistakes.mistakes.count == 1 && mistakes.description.hasPrefix("m.yaml:"))
  }

  // MARK: suggestions

  @Test(
    arguments: [
      ("colums", "columns"), ("Columns", "columns"), ("clomuns", "columns"), ("entiyt", "entity"),
      ("max-rejects", "max_rejects"),
      ("zebra", nil), ("", nil), ("ent", "entity"), ("en", nil), ("bd", "db"),
    ] as [(String, String?)])
  func nearest(_ word: String, _ expected: String?) {
    #expect(Suggestion.nearest(word, in: ["columns", "entity", "max_rejects", "db"]) == expected)
  }

  @Test(arguments: [("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("circuit", "circuits", 1)])
  func distance(_ left: String, _ right: String, _ expected: Int) {
    #expect(Suggestion.distance(left, right) == expected)
    #expect(Suggestion.distance(right, left) == expected)
  }

  // MARK: writing

  @Test(arguments: [
    ("Monthly charge", "Monthly charge"), ("no", "\"no\""), ("Null", "\"Null\""), ("12", "\"12\""), ("", "\"\""),
    ("a: b", "\"a: b\""), ("- a", "\"- a\""), ("a #b", "\"a #b\""), ("line\nbreak", "\"line\\nbreak\""),
    ("a ", "\"a \""), ("Größe", "\"Größe\""), ("a\u{85}b", "\"a\\u0085b\""),
  ])
  func quoting(_ text: String, _ expected: String) {
    #expect(YAMLWriter.quote(text) == expected)
  }

  /// parse(quote(x)) = x, as a key, a value, and inside a list.
  @Test func quotedTextReadsBack() throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = Dice(seed: seed)
    let alphabet: [Unicode.Scalar] =
      (0...0x17F).compactMap { Unicode.Scalar($0 as UInt32) }
      + ["\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}", "\u{E000}", "\u{1F4A9}", "€", "本"]
      + Array(": - # ' \" [ ] { } , & * ! | > % @ ` no y ~ \\ \n\t".unicodeScalars)
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        text.unicodeScalars.append(alphabet[Int.random(in: alphabet.indices, using: &generator)])
      }
      let quoted = YAMLWriter.quote(text)
      let node = try YAMLNode.parse("\(quoted): [\(quoted), \(quoted)]\nlonger than any text: \(quoted)\n")
      let expected = [UInt32](text.unicodeScalars.map(\.value))
      guard case .mapping(let entries) = node.kind, entries.count == 2 else {
        Issue.record("seed \(seed): \(quoted)")
        return
      }
      for found in [entries[0].key.text, entries[1].value.text] {
        #expect(found?.unicodeScalars.map(\.value) == expected, "seed \(seed): \(quoted)")
      }
    }
  }
}

/// SplitMix64.
private struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
