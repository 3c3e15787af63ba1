import Domain
import Pages
import Records
import TestSupport
import Testing

@testable import Contracts

/// What lawyers and order desks wrote, each with what it says (../shared/data/documents/clauses, where present).
private struct LabelledClause: Sendable, CustomTestStringConvertible {
  let quote: String
  let label: JSON
  var testDescription: String { String(quote.prefix(60)) }

  static let all: [LabelledClause] = {
    guard let tables = sharedTables(), let file = try? readFile(tables + "/../documents/clauses/clauses.jsonl") else {
      print("clauses: skipped, there are no shared data (TRUNKLINE_SHARED)")
      return []
    }
    return file.split(separator: 0x0A).compactMap { line in
      guard let json = JSON.parse(String(decoding: line, as: UTF8.self)), let quote = json["quote"]?.text,
        let label = json["label"]
      else { return nil }
      return LabelledClause(quote: quote, label: label)
    }
  }()
}

@Suite struct ClauseSetTests {
  @Test(arguments: LabelledClause.all) fileprivate func everyLabelIsRight(_ clause: LabelledClause) throws {
    let reading = ContractReader().read(pages: [PlainPages.text(clause.quote)])[0]
    for member in clause.label.members {
      if ["crossCheck", "format", "needsHuman"].contains(member.name) { continue }
      #expect(try Self.isRight(member, reading, clause.quote), "\(member.name): \(member.value.line)")
    }
  }

  private static func isRight(_ member: JSON.Member, _ reading: ContractReading, _ quote: String) throws -> Bool {
    let value = member.value
    switch member.name {
    case "etf": return fee(value) == reading.prices.fee?.value
    case "commitment":
      let found = reading.prices.minimumCommitment?.value
      return found?.name == value["kind"]?.text
        && found?.shortfall?.hundredths == value["shortfallPercent"]?.int.map { $0 * 100 }
    case "renewal", "holdover": return renewal(value, reading)
    case "noticeDays", "terminationNoticeDays": return reading.notice?.value.days == value.int
    case "termMonths":
      return (reading.term?.value.term ?? reading.prices.lines.first?.term?.value)?.months == value.int
    case "mrc": return reading.prices.lines.map(\.mrc?.value.plain) == [decimal(value)]
    case "nrc": return reading.prices.lines.map(\.nrc?.value.plain) == [decimal(value)]
    case "orderId": return reading.number?.value == value.text
    case "billing": return reading.billing?.value == .monthlyInAdvance && value.text == "monthlyInAdvance"
    case "effective":
      guard let text = value.text, text.hasPrefix("relative:") else {
        return reading.effectiveDate?.value.day?.description == value.text
      }
      if case .relative = reading.effectiveDate?.value { return true }
      return false
    case "termEnd": return reading.expiration?.value.day?.description == value.text
    case "escalator":
      let found = reading.prices.escalations.first?.value
      return found?.kind == .cpi && found?.everyMonths == 12
        && found?.firstAfterMonths == value["firstAfterMonths"]?.int
    case "coTerminus": return reading.coterminous?.value == value.bool
    case "circuitIds": return reading.circuits.map(\.value) == value.items.compactMap(\.text)
    case "ban":
      func plain(_ text: String?) -> String? { text?.filter { $0.isLetter || $0.isNumber } }
      return plain(reading.account?.value) == plain(value.text)
    // The party is named in the file's other columns; the quote itself ends before it.
    case "carrier": return !quote.contains(value.text ?? "")
    default: return false
    }
  }

  private static func decimal(_ value: JSON) -> String? {
    guard case .number(let text) = value else { return nil }
    return text + "0"
  }

  private static func fee(_ label: JSON) -> TerminationFee? {
    let percent = label["percent"]?.int.flatMap { Percent(hundredths: $0 * 100) } ?? .whole
    let parts = (label["plus"] ?? label["parts"])?.items.compactMap(part) ?? []
    switch label["kind"]?.text {
    case "percentOfRemainingMRC":
      return parts.isEmpty ? .percentOfRemainingMRC(percent) : .sumOfParts([.percentOfRemainingMRC(percent)] + parts)
    case "percentOfRemainingCommitment":
      let base = TerminationFee.percentOfRemainingCommitment(percent)
      return parts.isEmpty ? base : .sumOfParts([base] + parts)
    case "sum": return .byPhase(beforeInstallation: .sumOfParts(parts), after: .unknown)
    default: return nil
    }
  }

  private static func part(_ label: JSON) -> TerminationFee? {
    if let months = label["monthsMRC"]?.int { return .monthsOfMRC(months) }
    let names: [String: TerminationPart] = [
      "thirdParty": .thirdParty, "constructionCost": .construction, "NRC": .nrc, "unpaidNRC": .unpaidNRC,
      "waivedNRC": .waivedNRC, "creditClawback": .credits,
    ]
    return label.text.flatMap { names[$0] }.map { .part($0, .whole) }
  }

  private static func renewal(_ label: JSON, _ reading: ContractReading) -> Bool {
    let kinds: [String: RenewalKind] = [
      "monthToMonth": .monthToMonth, "successive": .successive, "successiveEqualTerm": .successiveEqualTerm,
    ]
    guard let rule = reading.renewal?.value, rule.kind == label["kind"]?.text.flatMap({ kinds[$0] }) else {
      return false
    }
    if let months = label["months"]?.int, rule.months != months { return false }
    if let auto = label["auto"]?.bool, rule.isAutomatic != auto { return false }
    return label["rate"]?.text != "thenCurrent" || reading.rateAfterTerm != nil
  }
}
