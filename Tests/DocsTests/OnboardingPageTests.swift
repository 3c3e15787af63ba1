import TestSupport
import Testing

/// docs/onboarding.md is about the sample as it is, and leads from each code to its explanation.
@Suite struct OnboardingPageTests {
  /// Code and section of every row of the page's table of codes.
  private static func codes() throws -> [(code: String, section: String)] {
    try Page("docs/onboarding.md").lines.compactMap { line in
      guard line.hasPrefix("| [`"), let code = line.split(separator: "`").dropFirst().first,
        let link = line.split(separator: "(rejects.md#").dropFirst().first?.split(separator: ")").first
      else { return nil }
      return (String(code), String(link))
    }
  }

  @Test func everyCodeOfTheSampleIsNamedAndNoOther() throws {
    let lines = String(decoding: try readFile("\(repositoryRoot)/Samples/messy/errors.txt"), as: UTF8.self)
    let met = Set(lines.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
    #expect(Set(try Self.codes().map(\.code)) == met && met.count >= 12)
  }

  @Test func everyLinkLeadsToTheSectionThatExplainsTheCode() throws {
    for (code, section) in try Self.codes() {
      let heading = try #require(
        try Page("docs/rejects.md").lines.first { $0.hasPrefix("## ") && Self.anchor($0) == section }, "\(section)")
      let lines = try #require(try Page("docs/rejects.md").section(heading))
      #expect(lines.contains { $0.hasPrefix("| `\(code)` |") }, "\(code) is not explained under \(heading)")
    }
  }

  /// As a page of Markdown makes it of a heading.
  private static func anchor(_ heading: String) -> String {
    String(
      heading.dropFirst(3).lowercased().compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber ? $0 : nil })
  }
}
