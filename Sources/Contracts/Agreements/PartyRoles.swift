import Domain
import Pages
import Regex

/// Tells the carrier from the customer among the parties.
struct PartyRoles {
  private let customer = Rule.pattern(
    "\\b(?:customer|client|buyer|purchaser|licensee|lessee|tenant|subscriber|end user)\\b")
  private let carrier = Rule.pattern(
    "\\b(?:carrier|provider|supplier|vendor|seller|licensor|lessor|landlord|company|contractor)\\b")
  private let trade = Rule.pattern(
    "\\b(?:telecom\\w*|communications?|networks?|fib(?:er|re)\\w*|telephone|wireless|broadband|cable|internet|carrier"
      + "|tele\\w+|cellular|satellite|towers?)\\b"
  )
  private let labelled = Rule.pattern(
    "(?:^|\\n|\\s)(?:(customer|client|subscriber)|(carrier|(?:service )?provider|supplier|vendor))(?: (?:legal"
      + " )?name)? ?: ?((?-i:[A-Z0-9])[^\\n:;]{2,70}?)(?=\\s*(?:$|\\n|;|\\b(?:customer|client|carrier|provider"
      + "|supplier|vendor|address|account|contact|order|billing|service|date|agreement|master|number|effective"
      + "|attention|phone|email)\\b[^\\n:]{0,24}[:#]))"
  )

  func read(_ text: ClauseText, known: [String], into reading: inout ContractReading) {
    if reading.parties.count < 2 { add(text, into: &reading) }
    let slugs = Set(known.map { CarrierName.slug($0) })
    for index in reading.parties.indices where reading.parties[index].value.role == .other {
      reading.parties[index].value.role = role(reading.parties[index].value, slugs)
    }
    settle(&reading.parties)
  }

  private func role(_ party: ContractParty, _ known: Set<String>) -> ContractParty.Role {
    if known.contains(CarrierName.slug(party.name)) { return .carrier }
    let term = Array((party.definedTerm ?? "").utf8)
    if customer.first(in: term) != nil { return .customer }
    if carrier.first(in: term) != nil { return .carrier }
    return .other
  }

  /// Of two, whoever is not the customer is the carrier; without defined terms the one whose name is of the trade.
  private func settle(_ parties: inout [Finding<ContractParty>]) {
    let isSold = parties.contains { $0.value.role == .customer }
    if parties.count > 2, isSold, !parties.contains(where: { $0.value.role == .carrier }) {
      let named = parties.indices.filter {
        parties[$0].value.role == .other && trade.first(in: Array(parties[$0].value.name.utf8)) != nil
      }
      if named.count == 1 { parties[named[0]].value.role = .carrier }
    }
    guard parties.count == 2 else { return }
    func other(_ index: Int) -> Int { 1 - index }
    for index in 0...1 where parties[index].value.role != .other && parties[other(index)].value.role == .other {
      parties[other(index)].value.role = parties[index].value.role == .customer ? .carrier : .customer
    }
    guard parties.allSatisfy({ $0.value.role == .other }) else { return }
    let isTrade = parties.map { trade.first(in: Array($0.value.name.utf8)) != nil }
    if isTrade[0] != isTrade[1] {
      parties[isTrade[0] ? 0 : 1].value.role = .carrier
      parties[isTrade[0] ? 1 : 0].value.role = .customer
    }
  }

  /// Names behind the labels of an order form.
  private func add(_ text: ClauseText, into reading: inout ContractReading) {
    for match in labelled.all(in: text.bytes, within: text.after(0, 5000)) {
      guard let name = match[3] else { continue }
      let role: ContractParty.Role = match[1] != nil ? .customer : .carrier
      let written = text.string(name)
      let slug = CarrierName.slug(written)
      if let index = reading.parties.firstIndex(where: { CarrierName.slug($0.value.name) == slug }) {
        reading.parties[index].value.role = role
      } else if !reading.parties.contains(where: { $0.value.role == role }),
        let evidence = text.text.evidence(
          match.range, method: "label/party", confidence: PriceConfidence.label)
      {
        reading.parties.append(Finding(ContractParty(name: written, role: role), evidence))
      }
    }
  }
}
