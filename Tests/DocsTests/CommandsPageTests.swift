import CLI
import TestSupport
import Testing

/// docs/commands.md names every verb and every option, in the words of the executables themselves.
@Suite struct CommandsPageTests {
  private static let verbs = Verbs.all.filter { !$0.executable.isEmpty && $0.leading.isEmpty }.map(\.name)

  @Test(arguments: Verbs.all.map(\.name))
  func everyVerbHasItsSection(_ verb: String) throws {
    let section = try #require(try Page("docs/commands.md").section("## trunkline \(verb)"), "no section of \(verb)")
    #expect(
      section.contains { !$0.isEmpty && !$0.hasPrefix("<!--") && !$0.hasPrefix("```") }, "\(verb) is not explained")
  }

  @Test(arguments: verbs)
  func everyOptionIsNamed(_ verb: String) throws {
    let told = try run("trunkline-" + verb, ["--describe"])
    let outline = try #require(Outline(text: told.stdout), "trunkline-\(verb) does not describe itself")
    let section = try #require(try Page("docs/commands.md").section("## trunkline \(verb)")).joined(separator: "\n")
    #expect(outline.verb == verb)
    for item in outline.items {
      #expect(section.contains("--\(item.long)"), "--\(item.long) is not in the section of \(verb)")
    }
    for word in outline.words { #expect(section.contains(word), "\(word) is not in the section of \(verb)") }
  }

  /// The help texts in the page are those the executables print.
  @Test func helpIsQuotedVerbatim() throws {
    let page = try Page("docs/commands.md")
    var changes: [(Range<Int>, [String])] = []
    for block in page.blocks("help") {
      let verb = try #require(block.mark.first)
      let help = try run("trunkline", verb == "trunkline" ? ["--help"] : [verb, "--help"])
      let lines = help.stdout.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      #expect(help.status == 0, "\(verb) --help ends with \(help.status)")
      changes.append((block.range, lines.last == "" ? lines.dropLast() : lines))
    }
    #expect(Set(page.blocks("help").compactMap(\.mark.first)) == Set(Self.verbs + ["trunkline"]))
    try Golden.check(page.replacing(changes), "docs/commands.md")
  }
}
