import Glibc
import TestSupport
import Testing

/// What pages refer to is there, and what the program says is explained.
@Suite struct ReferenceTests {
  @Test func everyCodeIsExplained() throws {
    let explained = Set(
      try Page("docs/rejects.md").lines.filter { $0.hasPrefix("| `") }
        .compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) })
    let said = Set(try Literals.inSources().compactMap(code))
    #expect(!said.isEmpty)
    for code in said.subtracting(explained).sorted() { Issue.record("docs/rejects.md does not explain \(code)") }
  }

  /// `E_DATE` of a literal that is it, or that begins with `E_DATE: `.
  private func code(_ literal: String) -> String? {
    let word = literal.prefix { $0 == "_" || $0.isASCII && ($0.isNumber || $0.isUppercase) }
    let rest = literal.dropFirst(word.count)
    let isCode = (word.hasPrefix("E_") || word.hasPrefix("W_")) && word.count > 2 && !word.hasSuffix("_")
    return isCode && (rest.isEmpty || rest.hasPrefix(": ")) ? String(word) : nil
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

  /// A promise without its test is none.
  @Test func testsNamedExist() throws {
    var sources: [String: String] = [:]
    for text in try Literals.sources("Tests") {
      for part in text.split(separator: "struct ").dropFirst() {
        sources[String(part.prefix { $0.isLetter || $0.isNumber }), default: ""] += text
      }
    }
    let named = try Page("docs/promises.md").text.split(separator: "`").filter { part in
      let halves = part.split(separator: ".")
      return halves.count == 2 && (halves[0].hasSuffix("Tests") || halves[0].hasSuffix("Laws"))
    }
    #expect(named.count > 80)
    for name in named {
      let halves = name.split(separator: ".")
      #expect(sources[String(halves[0])]?.contains("func \(halves[1])(") == true, "docs/promises.md names \(name)")
    }
  }
}
