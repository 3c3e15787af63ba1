import TestSupport
import Testing

@testable import Domain

@Suite struct EvidenceTests {
  private func dates(_ texts: [String]) -> DateEvidence.Verdict {
    var evidence = DateEvidence()
    for (row, text) in texts.enumerated() { bytes(text) { evidence.add($0, row: row + 1) } }
    return evidence.verdict
  }

  private func numbers(_ texts: [String]) -> NumberEvidence.Verdict {
    var evidence = NumberEvidence()
    for (row, text) in texts.enumerated() { bytes(text) { evidence.add($0, row: row + 1) } }
    return evidence.verdict
  }

  @Test func aColumnOfDatesIsProvenByOneRow() {
    #expect(dates(["03/04/2024", "25/06/2024"]) == .order(.dmy))
    #expect(dates(["03/04/2024", "", "06/25/2024"]) == .order(.mdy))
    #expect(dates(["03/04/2024", "05/06/2024", "07/08/2024"]) == .ambiguous)
    #expect(dates(["03/25/2024", "25/06/2024"]) == .conflict(rowA: 1, rowB: 2))
    #expect(dates(["25/06/2024", "x", "03/25/2024"]) == .conflict(rowA: 1, rowB: 3))
    #expect(dates(["2024-03-04", "2024/3/4", "4 Mar 2024"]) == .order(.ymd))
    #expect(dates(["04.03.2024", "31.12.2024"]) == .order(.dmy))
    #expect(dates(["04.03.2024"]) == .order(.dmy))
    #expect(dates(["03.25.2024", "04.03.2024"]) == .order(.mdy))
    #expect(dates(["99-03-04"]) == .order(.ymd))
    #expect(dates(["2024-03-04 00:00:00", "20240304"]) == .order(.ymd))
    #expect(dates(["DS1", "T3", "n/a"]) == .notDates)
    #expect(dates(["", " "]) == .notDates)
    #expect(dates(["2024-03-04", "TBD"]) == .order(.ymd))
    #expect(dates(["31/31/2024", "45355"]) == .notDates)
  }

  @Test func aColumnOfNumbersIsProvenByOneRow() {
    #expect(numbers(["1,234", "1,234.50"]) == .point)
    #expect(numbers(["1.234", "", "99,00"]) == .comma)
    #expect(numbers(["1.234", "5.678"]) == .ambiguous)
    #expect(numbers(["1,234.50", "7", "99,00"]) == .conflict(rowA: 1, rowB: 3))
    #expect(numbers(["12", "13"]) == .none)
    #expect(numbers(["n/a", "-"]) == .none)
    #expect(numbers(["10.0.0.1", "04.03.2024", "1,23.4"]) == .none)
    #expect(numbers(["$1,234,567"]) == .point)
    #expect(numbers(["1.250,50 €"]) == .comma)
  }

  @Test func whatIsProvenCanBeRead() {
    var random = SplitMix64("evidence")
    for _ in 0..<20_000 {
      let text = random.text()
      bytes(text) { text in
        var evidence = DateEvidence()
        evidence.add(text, row: 1)
        guard case .order(let order) = evidence.verdict else { return }
        let date = try? CalendarDate.parse(text, order: order)
        #expect(date != nil, "seed \(random.seed) \(TextBytes.string(text))")
      }
      bytes(text) { text in
        var evidence = NumberEvidence()
        evidence.add(text, row: 1)
        let mark: DecimalMark
        switch evidence.verdict {
        case .point: mark = .point
        case .comma: mark = .comma
        default: return
        }
        do throws(MoneyError) {
          _ = try Money.parse(text, mark: mark, currency: nil)
        } catch {
          let isAboutTheMark = error == .malformed || error == .ambiguous
          #expect(!isAboutTheMark, "seed \(random.seed) \(TextBytes.string(text))")
        }
      }
    }
  }
}
