import Domain
import Regex

/// Reads the formula of a termination clause from the words that state it.
struct FeeFormula {
  let shares = Shares()
  private let parts: FeeParts
  private let splits = Rule.pattern(
    ";|(?<![\\w)])\\(?(?:[ivx]{1,4}|[a-h])\\) |(?<=[;:,.]|[;:,.]\\ |and\\ |or\\ |of\\ |plus\\ )\\(?[1-9]\\) |,? ?"
      + "(?:and )?\\bplus\\b|,? together with\\b|,? as well as\\b|,? in addition to\\b"
      + "|(?<=[^,;])(?<!any),? and (?=(?:all|any|an?) (?:[\\w-]+ ){0,3}(?:un|non|waived|install|third|construct"
      + "|credit|portion|cost|out|one-time|NRC)|the (?:un|out|non|third|cost|waived|construct|one-time|amount of"
      + " any))|[•▪]"
  )
  private let choice = Rule.pattern("\\b(?:the )?(lesser|lower|smaller|greater|higher|larger) of\\b:?")
  private let between = Rule.pattern("\\b(?:and|or)\\b")
  private let cap: Pattern
  private let floor: Pattern
  private let present: Pattern
  private let declining: Pattern
  private let ending = Rule.pattern(
    "\\b(?:terminat\\w*|cancel\\w*|occurs?|effective|disconnect\\w*|ends?)(?: [\\w’']+){0,6}? ?(?:during|in|within"
      + "|after|before|at any time (?:during|in)|between)?(?: the)?(?: contract| service)? ?$"
  )
  private let during = Rule.pattern(
    "\\bremaining (?:MRC|monthly|recurring|charges|fees)\\b.*\\b(?:in|during|within)(?: the)? ?$")
  private let opening = Rule.pattern(
    "\\G\\W*(?:equal to)?\\W*(?:the )?(?:sum|total|aggregate|following|all)?(?: of)?(?: the)?(?: following)?(?:"
      + " amounts| charges)?\\W*(?:and)?\\W*$|\\G\\W*in each case\\b"
  )
  private let recurring = Rule.pattern("\\b(?:recurring|MRCS?|monthly|charges|fees|payments)\\b")
  private let rest = Rule.pattern(
    "\\b(?:remaining (?:months|term|part|portion)|(?:remainder|rest|balance) of)\\b")

  init() {
    parts = FeeParts(shares)
    let money = Amounts.money
    let share = "(\\d{1,2}(?:\\.\\d{1,2})?) ?(?:%|percent)\\)?(?: (?:per (?:annum|year)|annual\\w*|a year))?"
    cap = Rule.pattern(
      "(?:,? (?:but|and|provided that|which|that))?(?: [\\w ]{0,40})?\\b(?:(?:not|never|in no event)(?: to| shall)?"
        + " exceed|(?:no|not|in no event) (?:be )?(?:more|greater) than|up to a maximum (?:\\w+ )?of|capped at|a"
        + " maximum (?:\\w+ )?of|shall not exceed) (\(money))"
    )
    floor = Rule.pattern(
      "(?:,? (?:but|and|provided that|which|that))?(?: [\\w ]{0,40})?\\b(?:(?:no|not|never|in no event)(?: be| shall"
        + " be)? less than|(?:subject to )?a minimum (?:\\w+ )?of|but at least) (\(money))"
    )
    present = Rule.pattern(
      "(?:,? )?(?:discounted|reduced)?(?: to)?(?: (?:its|their|the))?\\b(?:net"
        + " )?present[- ]value\\b[^.;]{0,80}?\(share)|,? ?discounted (?:at|by|using)[^.;]{0,40}?\(share)(?: to (?:net"
        + " )?present value)?"
    )
    declining = Rule.pattern(
      "(\(money))[^.;]{0,100}?\\b(?:reduc\\w*|declin\\w*|decreas\\w*|less|minus)\\b[^.;]{0,40}?"
        + "(\(money))[^.;]{0,30}?\\b(?:per|each|every|for each)\\b(?: (?:full|completed|elapsed))? (month|year)"
    )
  }

  /// What the clause charges; nil when a part of it that has figures is not understood.
  func read(_ source: [UInt8], _ range: Range<Int>, _ amounts: Amounts) -> TerminationFee? {
    var text = source
    let limits = limits(&text, range, amounts)
    let yearly = yearly(&text, range)
    guard var fee = formula(text, range, amounts) else { return nil }
    if let yearly { fee = .presentValue(fee, yearly: yearly) }
    if limits.floor != nil || limits.cap != nil { fee = .limited(fee, floor: limits.floor, cap: limits.cap) }
    return fee
  }

  private func limits(_ text: inout [UInt8], _ range: Range<Int>, _ amounts: Amounts) -> (floor: Money?, cap: Money?) {
    func take(_ pattern: Pattern) -> Money? {
      guard let match = pattern.first(in: text, within: range), let money = match[1],
        let found = amounts.found(text, money)
      else { return nil }
      blank(&text, match.range)
      return found.money
    }
    let cap = take(cap)
    return (take(floor), cap)
  }

  private func yearly(_ text: inout [UInt8], _ range: Range<Int>) -> Percent? {
    guard let match = present.first(in: text, within: range), let share = match[1] ?? match[2],
      let percent = Percent(number: String(decoding: text[share], as: UTF8.self))
    else { return nil }
    blank(&text, match.range)
    return percent
  }

  private func blank(_ text: inout [UInt8], _ range: Range<Int>) {
    for index in range { text[index] = 0x20 }
  }

  private func formula(_ text: [UInt8], _ range: Range<Int>, _ amounts: Amounts) -> TerminationFee? {
    if let match = choice.first(in: text, within: range) { return choice(match, text, range, amounts) }
    if let match = declining.first(in: text, within: range), let first = match[1], let step = match[2],
      let unit = match[3],
      let from = amounts.found(text, first)?.money, let by = amounts.found(text, step)?.money
    {
      return .declining(from: from, step: by, months: text[unit.lowerBound] | 0x20 == 0x6D ? 1 : 12)
    }
    if let table = buyoutTable(text, range, amounts) { return table }
    return sum(text, range, amounts)
  }

  private func choice(
    _ match: Pattern.Match, _ text: [UInt8], _ range: Range<Int>, _ amounts: Amounts
  ) -> TerminationFee? {
    let isLess =
      match[1].map { [0x6C, 0x73].contains(text[$0.lowerBound] | 0x20) && text[$0.lowerBound + 1] | 0x20 != 0x61 }
      ?? false
    let after = match.range.upperBound..<range.upperBound
    var sides = chunks(text, after)
    if sides.count < 2 {
      sides =
        between.all(in: text, within: after).lazy.map { cut in
          [after.lowerBound..<cut.range.lowerBound, cut.range.upperBound..<after.upperBound]
        }.first { halves in halves.allSatisfy { part(text, $0, amounts) != nil } } ?? []
    }
    let fees = sides.compactMap { part(text, $0, amounts) }
    guard fees.count == sides.count, fees.count == 2 else { return nil }
    return isLess ? .lesserOf(fees) : .greaterOf(fees)
  }

  private func part(_ text: [UInt8], _ range: Range<Int>, _ amounts: Amounts) -> TerminationFee? {
    let found = amounts.all(in: text, within: range)
    guard found.count <= 1 else { return nil }
    let months = shares.months(in: text, range)
    guard months.isEmpty else { return nil }
    return parts.part(text, range, amount: found.first)
  }

  /// Pieces between enumerators, semicolons and words that add; what is too short to say anything is left out.
  private func chunks(_ text: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    for match in splits.all(in: text, within: range) {
      pieces.append(start..<match.range.lowerBound)
      start = match.range.upperBound
    }
    pieces.append(start..<range.upperBound)
    // An amount alone is the whole of it: `a fee of $5,000.00`.
    return pieces.count == 1 ? pieces : pieces.filter { piece in text[piece].count { $0 > 0x40 } > 6 }
  }

  private func buyoutTable(_ text: [UInt8], _ range: Range<Int>, _ amounts: Amounts) -> TerminationFee? {
    let months = shares.months(in: text, range)
    let found = amounts.all(in: text, within: range)
    guard months.count >= 2, months.count == found.count, shares.shares(in: text, range).isEmpty else { return nil }
    var rows: [TerminationFee.BuyoutRow] = []
    for (month, amount) in zip(months, found) {
      guard let through = month.through, through > rows.last?.through ?? 0,
        month.from == (rows.last?.through ?? 0) + 1
      else { return nil }
      rows.append(TerminationFee.BuyoutRow(through: through, amount: amount.money))
    }
    return .buyoutTable(rows)
  }

  private func sum(_ text: [UInt8], _ range: Range<Int>, _ amounts: Amounts) -> TerminationFee? {
    var tiers: [TerminationFee.Tier] = []
    var basis = TerminationFee.TierBasis.monthBilled
    var fees: [TerminationFee] = []
    let chunks = chunks(text, range)
    for chunk in chunks {
      let found = shares.shares(in: text, chunk)
      let months = shares.months(in: text, chunk)
      if found.contains(where: \.isConflict) { return nil }
      if !found.isEmpty, !months.isEmpty || isRest(text, chunk, tiers) {
        guard recurring.first(in: text, within: chunk) != nil || !tiers.isEmpty,
          let new = self.tiers(found, months, after: tiers.last)
        else { return nil }
        if tiers.isEmpty {
          guard let found = self.basis(text, chunk, found, months) else { return nil }
          basis = found
        }
        tiers += new
        continue
      }
      if let fee = part(text, chunk, amounts) {
        if fee != .noFee { fees.append(fee) }
      } else if chunks.count > 1 ? !isLead(text, chunk, found) : isFigure(text, chunk, amounts, found) {
        return nil
      }
    }
    return combined(tiers, basis, fees)
  }

  /// Words before a list: `100 % of`, `the sum of`, and what closes a list.
  private func isLead(_ text: [UInt8], _ chunk: Range<Int>, _ found: [Shares.Share]) -> Bool {
    if let share = found.first {
      return found.count == 1 && share.percent == .whole && chunk.upperBound - share.range.upperBound <= 12
    }
    return opening.first(in: text, within: chunk) != nil
  }

  /// A figure that nothing explains; a bare `100 % of` before a list is none.
  private func isFigure(_ text: [UInt8], _ chunk: Range<Int>, _ amounts: Amounts, _ found: [Shares.Share]) -> Bool {
    if amounts.first(in: text, within: chunk) != nil { return true }
    guard let share = found.first else { return false }
    return found.count > 1 || share.percent != .whole || chunk.upperBound - share.range.upperBound > 12
  }

  private func isRest(_ text: [UInt8], _ chunk: Range<Int>, _ tiers: [TerminationFee.Tier]) -> Bool {
    tiers.last?.through != nil && rest.first(in: text, within: chunk) != nil
  }

  /// What the first range is about: the month in which the service ends, where the clause says so or begins with it.
  ///
  /// nil for `100 % of the remaining MRC during months 1-12`, which may be either.
  private func basis(
    _ text: [UInt8], _ chunk: Range<Int>, _ found: [Shares.Share], _ months: [Shares.Months]
  ) -> TerminationFee.TierBasis? {
    guard let first = months.first?.range.lowerBound, let share = found.first?.range.lowerBound else {
      return .monthBilled
    }
    if first < share { return .monthEnded }
    let start = text[share..<first].lastIndex { $0 == 0x3B || $0 == 0x2E || $0 == 0x25 }.map { $0 + 1 } ?? share
    if ending.first(in: text, within: start..<first) != nil { return .monthEnded }
    return during.first(in: text, within: start..<first) == nil ? .monthBilled : nil
  }

  /// Shares and ranges that take turns, each tier where the one before ends.
  private func tiers(
    _ found: [Shares.Share], _ months: [Shares.Months], after last: TerminationFee.Tier?
  ) -> [TerminationFee.Tier]? {
    var months = months
    if months.isEmpty, let share = found.last {
      months = [Shares.Months(range: share.range.upperBound..<share.range.upperBound, from: nil, through: nil)]
    }
    guard found.count == months.count, let share = found.first, let range = months.first else { return nil }
    let isShareFirst = share.range.lowerBound < range.range.lowerBound
    for (index, (share, range)) in zip(found, months).enumerated() {
      if (share.range.lowerBound < range.range.lowerBound) != isShareFirst { return nil }
      guard index + 1 < found.count else { continue }
      let (next, limit) = isShareFirst ? (found[index + 1].range, range.range) : (months[index + 1].range, share.range)
      if next.lowerBound < limit.lowerBound { return nil }
    }
    var tiers: [TerminationFee.Tier] = []
    for (share, range) in zip(found, months) {
      let before = tiers.last ?? last
      // Nothing can follow a tier that goes to the end of the term.
      if before != nil, before?.through == nil { return nil }
      let next = (before?.through ?? 0) + 1
      guard range.from ?? next == next else { return nil }
      tiers.append(TerminationFee.Tier(from: next, through: range.through, percent: share.percent))
    }
    return tiers
  }

  private func combined(
    _ tiers: [TerminationFee.Tier], _ basis: TerminationFee.TierBasis, _ fees: [TerminationFee]
  ) -> TerminationFee? {
    var fees = fees
    if !tiers.isEmpty {
      if fees.contains(where: { !$0.isCharge }) { return nil }
      let isOne = tiers.count == 1 && tiers[0].from == 1 && tiers[0].through == nil
      fees.insert(isOne ? .percentOfRemainingMRC(tiers[0].percent) : .tieredPercent(tiers, by: basis), at: 0)
    }
    // What is missing of the running period is part of what remains.
    let remaining = fees.firstIndex { if case .percentOfRemainingCommitment = $0 { true } else { false } }
    if let remaining, case .percentOfRemainingCommitment(let percent) = fees[remaining] {
      fees.removeAll { $0 == .shortfall(percent) }
    }
    let formulas = fees.filter { !$0.isCharge }
    guard formulas.count <= 1 else { return nil }
    let ordered = formulas + fees.filter(\.isCharge)
    return ordered.count > 1 ? .sumOfParts(ordered) : ordered.first
  }
}
