import Domain
import Regex

/// The names behind the labels of a form: `Customer: Quill & Parchment, Inc.`, `Party A: ...`.
struct PartyLabels {
  let names: PartyNames

  private let label = Rule.pattern(
    "(?:^|\\n|\\s)(?:customer|client|subscriber|company|provider|supplier|vendor|seller|buyer|purchaser|licensee"
      + "|licensor|franchisee|franchisor|distributor|reseller|sponsor|organi[sz]er|contractor|consultant|owner|operator"
      + "|publisher|developer|party [a-d1-4]|lessor|lessee|landlord|tenant|agent|manufacturer|between)"
      + "(?: (?:legal )?name)? ?: ?")

  func read(_ text: ClauseText) -> [PartyMember] {
    label.all(in: text.bytes, within: text.after(0, 8000)).compactMap { match in
      let rest = text.after(match.range.upperBound, 160)
      guard let found = names.name(at: rest, isJoined: true, text) else { return nil }
      // Without a legal form it has to be all that stands on its line.
      guard found.isLegal || text.text.lineEnd(at: found.range.lowerBound) <= found.range.upperBound + 1 else {
        return nil
      }
      return PartyMember(name: found.range, isLegal: found.isLegal, isDescribed: false, rule: "party_labelled")
    }
  }
}

/// A party's name without what does not tell it from another.
enum PartySlug {
  private static let forms: Set<String> = [
    "inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "lp", "llp", "plc", "l",
    "p",
    "c", "the", "sa", "s", "a", "ag", "gmbh", "bv", "b", "v", "n", "nv",
  ]

  static func of(_ name: Range<Int>, _ text: ClauseText) -> String {
    var parts = CarrierName.slug(text.string(name)).split(separator: "-").map(String.init)
    while parts.count > 1, let last = parts.last, forms.contains(last) { parts.removeLast() }
    if parts.count > 1, parts[0] == "the" { parts.removeFirst() }
    return parts.joined()
  }

  /// Whether both are the same name, or one is the beginning or the end of the other.
  static func isSame(_ first: String, _ second: String) -> Bool {
    let (short, long) = first.count < second.count ? (first, second) : (second, first)
    return short.count > 3 && (long.hasPrefix(short) || long.hasSuffix(short)) || first == second
      || long.count > 9 && long.dropLast(long.count / 6).elementsEqual(short.prefix(long.count - long.count / 6))
  }
}
