import Domain
import Pages

/// Reads what an agreement says about money.
final class PriceReader {
  private let tables: PriceTables
  private let labels: PriceLabels
  private let flattened = FlattenedTable()
  private let whole = OrderTotal()
  private let fees = FeeRules()
  private let escalations = EscalationRules()
  private let commitment = CommitmentRule()

  private let profile: ContractProfile?

  init(profile: ContractProfile?) {
    self.profile = profile
    let own = (profile?.labels ?? [:]).flatMap { column, words in words.map { ($0, column) } }
    tables = PriceTables(PriceHeadings(own: Dictionary(own, uniquingKeysWith: { first, _ in first })))
    labels = PriceLabels(labels: profile?.labels ?? [:])
  }

  func read(_ text: ClauseText) -> PriceReading {
    let contract = text.text
    let amounts = Amounts(contract.bytes, mark: profile?.mark, currency: profile?.currency)
    var reading = PriceReading()
    take(
      tables.read(contract.pages, amounts, ignoring: profile?.ignored ?? []), labels.read(text, amounts),
      flattened.read(text, amounts), into: &reading)
    whole.check(text, amounts, &reading)
    reading.minimumCommitment = commitment.read(text, amounts)
    reading.escalations = escalations.read(text, amounts)
    reading.fee = fees.read(text, amounts)
    if amounts.isMixed { reading.doubts.append(Doubt.twoCurrencies.rawValue) }
    return reading
  }

  /// Lines of tables, or of labels where there is no table; totals of either.
  private func take(
    _ tables: [PriceTables.Found], _ labelled: PriceTables.Found, _ flattened: PriceLine?,
    into reading: inout PriceReading
  ) {
    var all = PriceTables.Found()
    for table in tables {
      let checked = PriceSums.check(table)
      all.lines += checked.lines
      if tables.count == 1 { (all.totalMRC, all.totalNRC) = (checked.totalMRC, checked.totalNRC) }
    }
    if all.lines.isEmpty { all = PriceSums.check(labelled) }
    if all.lines.isEmpty, let flattened { all.lines = [flattened] }
    if all.totalMRC == nil {
      all.totalMRC = labelled.totalMRC
      PriceSums.prove(&all.lines, \.mrc, &all.totalMRC)
    }
    if all.totalNRC == nil {
      all.totalNRC = labelled.totalNRC
      PriceSums.prove(&all.lines, \.nrc, &all.totalNRC)
    }
    for index in all.lines.indices { all.lines[index].number = index + 1 }
    (reading.lines, reading.totalMRC, reading.totalNRC) = (all.lines, all.totalMRC, all.totalNRC)
    let disproven = (reading.totalMRC?.evidence.doubts ?? []) + (reading.totalNRC?.evidence.doubts ?? [])
    if disproven.contains(Doubt.sumMismatch.rawValue) { reading.doubts.append(Doubt.sumMismatch.rawValue) }
  }
}
