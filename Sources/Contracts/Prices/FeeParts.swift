import Domain
import Regex

/// Reads one part of a termination clause: what it charges and how much of it.
struct FeeParts {
  private let shares: Shares
  private let recurring = Rule.pattern(
    "\\b(?:recurring|MRCS?|monthly|(?:service|contract|usage)? ?(?:charges|fees|rates|payments|amounts|rental)|mrr)\\b")
  private let remaining = Rule.pattern(
    "\\b(?:remain\\w*|unexpired|unpaid balance|balance (?:of|due)|would have been|would otherwise|would be (?:due"
      + "|payable)|(?:through|until|to) (?:the )?(?:end|expiration|expiry|completion)|rest of|left (?:in|on|under)"
      + "|not (?:yet )?expired|outstanding (?:term|months)|unserved|had (?:the|such) [\\w ]{0,30}not been"
      + " terminated)\\b"
  )
  private let once = Rule.pattern(
    "\\b(?:non[- ]?recurring|NRCS?|OTCS?|one[- ]time|install(?:ation)?|activation|set[- ]?up)\\b")
  private let waived = Rule.pattern("\\b(?:waived|discounted|waiver|foregone)\\b")
  private let unpaid = Rule.pattern("\\b(?:unpaid|outstanding|not yet (?:paid|billed)|unbilled|balance)\\b")
  private let third = Rule.pattern(
    "\\b(?:third[- ]part(?:y|ies)|off[- ]net|underlying (?:carrier|provider)s?|other (?:carrier|provider|supplier)s?"
      + "|local (?:access|exchange) (?:provider|carrier)s?|supplier|vendor)\\b"
  )
  private let construction = Rule.pattern("\\b(?:construct\\w*|build[- ]?outs?|special construction)\\b")
  private let credit = Rule.pattern(
    "\\b(?:credits?|incentives?|promotion\\w*|rebates?)\\b.{0,60}\\b(?:received|granted|given|issued|applied|paid"
      + "|provided|extended|to|by)\\b|\\b(?:repay|refund|reimburse|recapture|claw)\\w*.{0,50}\\b(?:credits?"
      + "|incentives?|discounts?|rebates?)\\b"
  )
  private let commitment = Rule.pattern(
    "\\b(?:AVC|MARC|MMC|MAC|(?:volume|revenue|annual|monthly|minimum|usage|spend\\w*|purchase) (?:\\w+"
      + " ){0,2}commitments?|(?<!service\\ )commitments?(?! (?:term|period)))\\b"
  )
  private let short = Rule.pattern(
    "\\b(?:shortfall|unmet|unsatisfied|unused|under-?utili[sz]\\w*|deficiency|difference between)\\b")
  private let following = Rule.pattern(
    "\\b(?:remain\\w*|each (?:subsequent|following)|subsequent|future|balance of the|unexpired)\\b")
  private let monthsOf = Rule.pattern(
    "\\b(\(Shares.number)) ?months?[’']?(?:s[’']?)?(?: of)?(?: the| such)?(?: service)?(?: applicable)?[’']? "
      + "(?:monthly |recurring |MRC|charges?|fees?|service charges)"
  )
  private let remainder = Rule.pattern(
    "\\b(?:the|any|such) (?:remaining|unpaid|balance of (?:the )?(?:remaining )?)(?: \\w+){0,2} ?(?:monthly|recurring"
      + "|MRC|charges)"
  )
  private let accrued = Rule.pattern(
    "\\b(?:accrued|incurred|(?:due|payable|owing|unpaid|owed|charges?|amounts?|provided|rendered)(?: and \\w+)?(?:"
      + " for (?:the )?services?(?: \\w+){0,3})?) (?:through|up to|to|prior to|as of|until|before) (?:and including"
      + " )?(?:the )?(?:effective )?(?:date|day|time) (?:of|when|on)"
  )

  init(_ shares: Shares) { self.shares = shares }

  /// nil when the part is none that is known; `.noFee` for what was owed anyway.
  func part(_ text: [UInt8], _ range: Range<Int>, amount: Amounts.Found?) -> TerminationFee? {
    func has(_ pattern: Pattern) -> Bool { pattern.first(in: text, within: range) != nil }
    let found = shares.shares(in: text, range)
    guard found.count <= 1, found.first?.isConflict != true else { return nil }
    let percent = found.first?.percent
    if has(credit), !has(commitment), !has(remaining) { return .part(.credits, percent ?? .whole) }
    if has(commitment), let percent {
      if has(following) { return .percentOfRemainingCommitment(percent) }
      return has(short) ? .shortfall(percent) : nil
    }
    if has(waived), has(once) { return .part(.waivedNRC, percent ?? .whole) }
    if has(third) { return .part(.thirdParty, percent ?? .whole) }
    if has(construction) { return .part(.construction, percent ?? .whole) }
    if has(remaining), has(recurring), !has(once) {
      guard let percent = percent ?? (isWhole(text, range) ? .whole : nil) else { return nil }
      return .percentOfRemainingMRC(percent)
    }
    if has(once) { return .part(has(unpaid) ? .unpaidNRC : .nrc, percent ?? .whole) }
    if percent == nil, let match = monthsOf.first(in: text, within: range), let number = match[1],
      let count = shares.number(text, number), (1...60).contains(count)
    {
      return .monthsOfMRC(count)
    }
    if has(accrued) { return .noFee }
    if let amount, percent == nil { return .fixedAmount(amount.money) }
    return nil
  }

  /// Whether what remains is due without a share being named.
  private func isWhole(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    shares.whole(in: text, range) || remainder.first(in: text, within: range) != nil
  }
}
