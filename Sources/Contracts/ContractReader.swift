package import Pages

/// Reads what pages say, by rules over their words; the same pages give the same reading.
///
/// Not for two threads at once.
package final class ContractReader {
  private let passages = AddressedPassages()
  private let clauses = ClauseReader()
  private let mentions = DateMentions()
  private let splitter = AgreementSplitter()
  private let identity = AgreementIdentity()
  private let dates = LabelledDates()
  private let extras = AgreementExtras()
  private let roles = PartyRoles()
  private let prices: PriceReader
  private let profile: ContractProfile?

  /// With what is known of a carrier's paper, if anything is.
  package init(profile: ContractProfile? = nil) {
    self.profile = profile
    prices = PriceReader(profile: profile)
  }

  /// Every agreement of one file, in the order of its pages.
  ///
  /// `starts` are the pages, from 1, on which agreements begin; without them they are found.
  package func read(pages: [Page], starts: [Int]? = nil) -> [ContractReading] {
    let ranges = starts.map { cut(pages, $0) } ?? splitter.split(pages)
    return ranges.compactMap { read(Array(pages[$0])) }
  }

  private func cut(_ pages: [Page], _ starts: [Int]) -> [Range<Int>] {
    let first = [0] + pages.indices.dropFirst().filter { starts.contains(pages[$0].number) }
    return zip(first, first.dropFirst() + [pages.count]).map { $0..<$1 }
  }

  private func read(_ all: [Page]) -> ContractReading? {
    let (pages, isAddressed) = passages.dropped(from: all)
    guard let first = pages.first, let last = pages.last else { return nil }
    var reading = ContractReading(pages: first.number...max(first.number, last.number))
    let contract = ContractText(pages)
    clauses.read(contract, into: &reading)
    let text = ClauseText(contract, dates: mentions)
    identity.read(text, into: &reading)
    roles.read(text, known: profile?.names ?? [], into: &reading)
    dates.read(text, into: &reading)
    extras.read(text, into: &reading)
    reading.prices = prices.read(text)
    profile?.refine(text, &reading)
    let addressed = isAddressed ? [Doubt.addressed.rawValue] : []
    reading.doubts = Set(reading.doubts + reading.prices.doubts + addressed).sorted()
    return reading
  }
}
