import Glibc
import TestSupport
import Testing

/// What pages refer to is there, and what the program says is explained.
@Suite struct ReferenceTests {
  @Test func everyCodeIsExplained() throws {
    let explained = Set(
      try Page("docs/rejects.md").lines.filter { $0.hasPrefix("| `") }
        .compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) })
    let said = try Literals.inSources().filter(isCode)
    #expect(!said.isEmpty)
    for code in said.subtracting(explained).sorted() { Issue.record("docs/rejects.md does not explain \(code)") }
  }

  private func isCode(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count > 3, bytes[0] == 0x45 || bytes[0] == 0x57, bytes[1] == 0x5F || bytes[1] == 0x2D else {
      return false
    }
    return bytes[2...].allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
  }

  @Test(arguments: ((try? Page.all()) ?? []).map(\.path))
  func linksLeadSomewhere(_ path: String) throws {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    for part in try Page(path).text.split(separator: "](").dropFirst() {
      guard let target = part.split(separator: ")", omittingEmptySubsequences: false).first else { continue }
      let file = target.split(separator: "#", omittingEmptySubsequences: false)[0]
      if file.isEmpty || file.contains("://") || file.contains(" ") { continue }
      #expect(access("\(repositoryRoot)/\(folder)/\(file)", F_OK) == 0, "\(path) points at \(target)")
    }
  }

  /// Pages name files of the repository in backticks; those have to exist.
  @Test(arguments: ((try? Page.all()) ?? []).map(\.path))
  func filesNamedExist(_ path: String) throws {
    let roots = ["Sources/", "Tests/", "Samples/", "scripts/", "docs/", "Reports/"]
    for part in try Page(path).text.split(separator: "`") {
      guard roots.contains(where: { part.hasPrefix($0) }), !part.contains(where: { " *<>\n…".contains($0) }) else {
        continue
      }
      let name = part.split(separator: ":")[0]
      if name.contains("NAME") { continue }
      #expect(access("\(repositoryRoot)/\(name)", F_OK) == 0, "\(path) names \(name)")
    }
  }
}
