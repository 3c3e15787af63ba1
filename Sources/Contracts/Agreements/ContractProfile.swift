package import Domain
package import Pages
import Regex

/// What is known of the paper of one carrier, from a file of `Mappings/contracts` (docs/contract-profiles.md).
package struct ContractProfile: Sendable {
  /// A field of the agreement that a pattern of the profile may give.
  package enum Field: String, CaseIterable, Sendable {
    case number
    case parent
    case account
    case governingLaw = "governing_law"
  }

  /// As it is to be called.
  package var carrier: String
  /// Other names that stand on its paper.
  package var aliases: [String]
  /// Words, all of which a document of this carrier has.
  package var recognise: [String]
  /// Headings and labels of the carrier's own for what the reader knows under other names.
  package var labels: [PriceColumn: [String]]
  /// Headings of parts that have no prices of the order, as of an example or a price list.
  package var ignored: [String]
  /// A pattern for a field; its first group is the value.
  package var patterns: [Field: String]
  package var mark: DecimalMark?
  package var currency: Currency?

  package init(
    carrier: String, aliases: [String] = [], recognise: [String] = [], labels: [PriceColumn: [String]] = [:],
    ignored: [String] = [], patterns: [Field: String] = [:], mark: DecimalMark? = nil, currency: Currency? = nil
  ) {
    self.carrier = carrier
    self.aliases = aliases
    self.recognise = recognise
    self.labels = labels
    self.ignored = ignored
    self.patterns = patterns
    self.mark = mark
    self.currency = currency
  }

  package var names: [String] { [carrier] + aliases }

  /// Whether the pages have one of its names and every word that it is recognised by, case and white space aside.
  package func isOf(_ pages: [Page]) -> Bool {
    let text = pages.map { Self.folded($0.text) }.joined(separator: " ")
    func has(_ words: String) -> Bool { text.contains(Self.folded(Array(words.utf8))) }
    return names.contains(where: has) && recognise.allSatisfy(has)
  }

  private static func folded(_ text: [UInt8]) -> String {
    text.withUnsafeBufferPointer { bytes in
      var out: [UInt8] = []
      TextBytes.appendFolded(bytes, into: &out)
      return String(decoding: out, as: UTF8.self).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }
  }

  /// What is wrong with a pattern: it does not compile, or has no group.
  package static func fault(of pattern: String) -> String? {
    do {
      _ = try Pattern(pattern)
    } catch { return "\(error.message) at character \(error.offset + 1)" }
    return pattern.replacing("\\(", with: "").contains(/\((?!\?[:=!<])/)
      ? nil : "no group: put the value in parentheses"
  }

  /// The fields that the profile's own patterns find stand over those of the rules.
  func refine(_ text: ClauseText, _ reading: inout ContractReading) {
    for (field, source) in patterns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard let pattern = try? Pattern(source), let match = pattern.first(in: text.bytes), let value = match[1],
        let evidence = text.text.evidence(
          match.range, method: "profile/\(field.rawValue)", confidence: PriceConfidence.table)
      else { continue }
      let finding = Finding(text.string(value), evidence)
      switch field {
      case .number: reading.number = finding
      case .parent: reading.parent = finding
      case .account: reading.account = finding
      case .governingLaw: reading.governingLaw = finding
      }
    }
  }
}
