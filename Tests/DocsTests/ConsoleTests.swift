import Glibc
import TestSupport
import Testing

/// Console blocks marked `<!-- run -->` are executed, those of one page in one folder, one after another.
@Suite struct ConsoleTests {
  private static let pages = ((try? Page.all()) ?? []).filter { !$0.blocks("run").isEmpty }.map(\.path)

  @Test(arguments: pages)
  func whatThePagePrintsIsPrinted(_ path: String) throws {
    let page = try Page(path)
    let folder = try TemporaryFolder()
    for name in ["Samples", "Mappings", "Reports"] where access("\(repositoryRoot)/\(name)", F_OK) == 0 {
      symlink("\(repositoryRoot)/\(name)", folder.file(name))
    }
    var changes: [(Range<Int>, [String])] = []
    for block in page.blocks("run") {
      changes.append((block.range, try ConsoleBlock(block.lines).run(in: folder.path)))
    }
    try Golden.check(page.replacing(changes), path)
  }

  @Test func theReadmeIsExecuted() throws {
    #expect(Self.pages.contains("README.md") && Self.pages.contains("docs/tour.md"))
    #expect(Self.pages.contains("docs/onboarding.md"))
  }

  @Test func blocksAreReadAndMatched() throws {
    let block = ConsoleBlock(["$ printf 'a\\nb\\nc\\n' |", "> cat", "a", "...", "$ true", "$ echo x >&2", "x"])
    #expect(block.entries.map(\.command) == [["printf 'a\\nb\\nc\\n' |", "cat"], ["true"], ["echo x >&2"]])
    let folder = try TemporaryFolder()
    #expect(try block.run(in: folder.path).joined(separator: "\n").hasSuffix("a\n...\n$ true\n$ echo x >&2\nx"))
    let wrong = ConsoleBlock(["$ echo a", "b", "...", "c"])
    #expect(try wrong.run(in: folder.path) == ["$ echo a", "a"])
    for (lines, pattern, agree) in [
      (["a", "b"], ["...", "b"], true), (["b"], ["...", "b"], true), (["a"], ["...", "b"], false), ([], ["..."], true),
      (["a", "b"], ["a"], false), ([], ["a"], false),
      (["serial 1 of x"], ["serial ... of x"], true), (["serial 1 of y"], ["serial ... of x"], false),
    ] {
      #expect(ConsoleBlock.matches(lines[...], pattern[...]) == agree, "\(lines) \(pattern)")
    }
  }
}
