import Domain
import Regex

/// The names above the lines on which a contract is signed.
struct PartySigners {
  let names: PartyNames

  private let signing = Rule.pattern(
    "\\b(?:in witness (?:whereof|thereof|hereof)|agreed (?:to )?and accepted|accepted and agreed|very truly yours"
      + "|signature page|sincerely|executed (?:this|as of|by)|duly authorized)\\b")
  private let mark = Rule.pattern("\\b(?:by|signed|signature|sign) ?:|/s/|(?<=\\n|\\x20)_{8,}")
  private let notSigner = Rule.pattern("(?:\\bby ?: ?(?:/s/)? ?|\\bits )$")
  private let partner = Rule.pattern(
    "\\G,? (?:as |its |the )?(?:sole |managing |general |its |authorized )*(?:general partner|partner|manager|member"
      + "|attorney|agent)\\b")
  private let person = Rule.pattern(
    "\\G ?((?-i:\\p{Lu}[\\w.’'-]+(?: \\p{Lu}\\.){0,2}(?: (?:de |van |von )?\\p{Lu}[\\w’'-]+){1,2}))(?=\\s|,|$)")
  private let office = Rule.pattern(
    "\\b(?:president|officer|director|manager|title|secretary|treasurer|chairman|ceo|cfo|partner|member|attorney|counsel"
      + "|trustee|its|vp|principal|name)\\b")

  /// Names with a legal form before the marks of signatures, in the order of the text.
  func companies(_ text: ClauseText) -> [PartyMember] {
    var found: [PartyMember] = []
    for mark in marks(text) {
      var end = mark.lowerBound
      var here: [PartyMember] = []
      for name in names.legalNames(in: text.before(end, 220), text).reversed() {
        guard end - name.upperBound < 46 else { break }
        end = name.lowerBound
        if notSigner.first(in: text.bytes, within: text.before(name.lowerBound, 10)) != nil
          || partner.first(in: text.bytes, within: text.after(name.upperBound, 60)) != nil
        {
          continue
        }
        here.append(PartyMember(name: name, isLegal: true, isDescribed: false, rule: "party_signed"))
      }
      found += here.reversed()
    }
    return found
  }

  /// People who sign for themselves: no name of a company above and no office below.
  func people(_ text: ClauseText) -> [PartyMember] {
    var last = 0
    return marks(text).compactMap { mark in
      let above = max(last, text.before(mark.lowerBound, 120).lowerBound)..<mark.lowerBound
      last = mark.upperBound
      let line = mark.upperBound..<max(mark.upperBound, text.text.lineEnd(at: mark.upperBound + 1))
      guard let name = person.first(in: text.bytes, within: line)?[1], names.legalNames(in: above, text).isEmpty,
        notSigner.first(in: text.bytes, within: text.before(mark.lowerBound, 10)) == nil,
        text.bytes[mark.lowerBound] == 0x2F,
        office.first(in: text.bytes, within: text.after(name.upperBound, 100)) == nil
      else { return nil }
      return PartyMember(name: name, isLegal: false, isDescribed: false, rule: "party_signed")
    }
  }

  /// The marks of signatures behind the words that lead to them, else anywhere.
  private func marks(_ text: ClauseText) -> [Range<Int>] {
    var zone = text.all
    if let first = signing.first(in: text.bytes, from: text.all.upperBound / 8) {
      zone = text.after(first.range.lowerBound, 8000)
    }
    let found = mark.all(in: text.bytes, within: zone).prefix(60).map(\.range)
    return found.isEmpty ? mark.all(in: text.bytes).prefix(40).map(\.range) : Array(found)
  }
}
