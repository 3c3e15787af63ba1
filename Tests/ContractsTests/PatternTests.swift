import Regex
import Testing

@Suite struct PatternTests {
  private func all(_ source: String, _ text: String, exactCase: Bool = false) throws -> [String] {
    let bytes = Array(text.utf8)
    return try Pattern(source, exactCase: exactCase).all(in: bytes).map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  @Test func findsEveryMatchInOrder() throws {
    #expect(try all("\\d+", "a1 b22 c333") == ["1", "22", "333"])
    #expect(try all("x*", "axé") == ["", "x", "", ""])
    #expect(try all("é", "Éé") == ["É", "é"])
    #expect(try all("é", "Éé", exactCase: true) == ["é"])
  }

  @Test func aGroupThatTookNoPartIsNil() throws {
    let match = try #require(try Pattern("(a)|(b)|(c)").first(in: Array("b".utf8)))
    #expect(match[1] == nil)
    #expect(match[2] == 0..<1)
    #expect(match[3] == nil)
    #expect(match[9] == nil)
  }

  @Test func aRangeIsAllThereIsButForWhatStandsBefore() throws {
    let text = Array("term of five years".utf8)
    #expect(try Pattern("years").first(in: text, within: 0..<12) == nil)
    #expect(try Pattern("five$").first(in: text, within: 0..<12)?.range == 8..<12)
    #expect(try Pattern("\\Gfive").first(in: text, within: 8..<18)?.range == 8..<12)
    #expect(try Pattern("^five").first(in: text, within: 8..<18) == nil)
    #expect(try Pattern("(?<=of )five").first(in: text, within: 8..<18)?.range == 8..<12)
    #expect(try Pattern("e").all(in: text, within: 8..<12).map(\.range) == [11..<12])
  }

  @Test func aWrongPatternSaysWhere() {
    #expect(throws: PatternError.self) { try Pattern("(a") }
    do { _ = try Pattern("ab[") } catch {
      #expect(error.pattern == "ab[" && error.offset == 3 && !error.message.isEmpty)
    }
  }

  @Test func anEndlessSearchIsGivenUp() throws {
    let text = Array((String(repeating: "a", count: 5000) + "!").utf8)
    #expect(try Pattern("^(a+)+$").first(in: text) == nil)
  }
}
