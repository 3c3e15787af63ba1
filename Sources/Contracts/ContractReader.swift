package import Pages

/// Reads what pages say, by rules over their words; the same pages give the same reading.
///
/// Not for two threads at once.
package final class ContractReader {
  private let clauses = ClauseReader()

  package init() {}

  package func read(pages: [Page]) -> [ContractReading] {
    guard let first = pages.first, let last = pages.last else { return [] }
    var reading = ContractReading(pages: first.number...max(first.number, last.number))
    clauses.read(ContractText(pages), into: &reading)
    return [reading]
  }
}
