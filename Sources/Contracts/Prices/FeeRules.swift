import Domain
import Pages
import Regex

/// Finds the clauses that say what early termination costs, and reads their formulas.
struct FeeRules {
  private struct Clause {
    let range: Range<Int>
    let fee: TerminationFee?
    let isBeforeInstallation: Bool
  }

  private let formula = FeeFormula()
  private let trigger = Rule.pattern(
    "\\b(?:(?:early |service )?(?:termination|cancellation)[- ](?:charge|fee|liabilit|amount|penalt|payment)\\w*"
      + "|buy-?out (?:amount|fee|charge)|(?-i:ETF|ETL|ETC)\\b)"
  )
  private let ending = Rule.pattern("\\b(?:terminat|cancel|disconnect)\\w*")
  private let lead = Rule.pattern(
    "\\b(?:equal to|(?:the )?sum of|(?:shall|will|must|agrees? to|is required to|would) (?:also |then |immediately )?"
      + "(?:pay|owe|be charged|be (?:liable|responsible) for)|(?:is|be) (?:liable|responsible) for|(?:is|are) charged"
      + "|pays|consist\\w* of|calculated as(?: follows)?|(?:is|are|be) as follows|(?:charge|fee|liability|amount)s?"
      + "(?: (?:shall|will))? (?:is|be|of|are)|(?-i:ETF|ETL|ETC)(?: (?:shall|will))? (?:is|be|of|=))\\b:?"
  )
  private let early = Rule.pattern(
    "\\b(?:cancel\\w*|terminat\\w*)\\b[^.;]{0,160}?\\b(?:before|prior to)\\b[^.;]{0,60}?\\b(?:install|deliver|connect"
      + "|activat|turn[- ]?up|accept|service (?:start|commencement)|in-service|commencement)|\\bpre-?install"
  )
  private let cancellation = Rule.pattern("\\bcancellation (?:charge|fee)|\\bcancel\\w* (?:an?|the|any|such) order")
  /// What tells a clause from a text that merely names a fee.
  private let duty = Rule.pattern(
    "\\b(?:shall|will|must|agrees?|is|are|be|appl(?:y|ies)|owes?|pays?|liable|equals?|equal to|required|responsible"
      + "|due|payable)\\b|=|:"
  )
  private let figures = Rule.pattern("\\d ?%|percent|\\$ ?\\d|\\b(?:remaining|unexpired)\\b|\\[[^\\]\\w]{1,8}\\]")
  private let redacted = Rule.pattern("\\[[^\\]\\w]{1,8}\\]|\\bredacted\\b")
  private let item = Rule.pattern(
    "^\\s*(?:\\(?(?:[ivx]{1,4}|[a-h]|[1-9])[).]\\s|[•▪–-]\\s|plus\\b|and \\(|months? |contract year|years? \\d"
      + "|thereafter)"
  )
  private let free = Rule.pattern(
    "\\b(?:no|without(?: any)?) (?:early )?(?:termination|cancellation) (?:charge|fee|liabilit|penalt)\\w*(?: (?:or"
      + "|and) \\w+)?(?: (?:shall|will|is|are|applies|apply|be)\\b|\\.)|\\bwithout (?:any )?(?:penalty|liability"
      + "|early termination|further obligation|termination (?:charge|fee|liability))"
  )
  private let may = Rule.pattern(
    "\\bmay (?:\\w+ )?(?:terminate|cancel)\\b|\\b(?:termination|cancellation) (?:charge|fee|liabilit|penalt)")
  private let condition = Rule.pattern(
    "\\b(?:if|unless|upon|event|cause|breach|default|within|where|when|except|provided|failure|outage|chronic|prior"
      + " to|other than|but|in the case)\\b"
  )
  private let buyout: Pattern
  private let other = Rule.pattern(
    "\\b(?:(?:carrier|provider|supplier|company|seller|vendor|licensor)[’']?s? (?:shall|will) pay|indemnif|employ"
      + "|late (?:payment|fee))\\b"
  )

  init() {
    buyout = Rule.pattern(
      "\\b(?:no|not|without)\\b[^.;]{0,80}(?:terminat|cancel|buy-?out)[^.;]{0,120}\\b(?:once|after|if|when"
        + "|provided)\\b[^.;]{0,120}\\b(?:paid|spent|satisf\\w+|met|reach\\w*|exceed\\w*|total\\w*)\\b[^.;]{0,60}?"
        + "(\(Amounts.money))"
    )
  }

  /// nil when no clause states a fee; `.unknown` when one does and its formula is not understood.
  func read(_ text: ClauseText, _ amounts: Amounts) -> Finding<TerminationFee>? {
    let clauses = clauses(text, amounts)
    let before = clauses.filter(\.isBeforeInstallation)
    let after = clauses.filter { !$0.isBeforeInstallation }
    guard let main = after.first ?? before.first else { return noFee(text) }
    let later = agreed(after)
    let sooner = agreed(before)
    var doubts: [String] = []
    if Set(after.compactMap(\.fee)).count > 1 || Set(before.compactMap(\.fee)).count > 1 {
      doubts.append(Doubt.contradiction.rawValue)
    }
    var fee = later
    if !before.isEmpty, sooner != .unknown || after.isEmpty {
      fee =
        sooner == .unknown ? .unknown : .byPhase(beforeInstallation: sooner, after: after.isEmpty ? .unknown : later)
    }
    if clauses.contains(where: { redacted.first(in: text.bytes, within: $0.range) != nil }) {
      fee = .unknown
      doubts.append(Doubt.redacted.rawValue)
    }
    if fee.nodes.contains(.unknown) { doubts.append(Doubt.unknownFormula.rawValue) }
    if let goal = freeAfter(text, amounts), fee != .unknown { fee = .freeBuyout(after: goal, otherwise: fee) }
    let confidence = doubts.isEmpty ? PriceConfidence.sentence : PriceConfidence.disproven
    return text.text.evidence(main.range, method: "sentence/fee", confidence: confidence, doubts: doubts.sorted())
      .map { Finding(fee, $0) }
  }

  /// The one formula of several clauses; `.unknown` where they differ, or none is understood.
  private func agreed(_ clauses: [Clause]) -> TerminationFee {
    let fees = Set(clauses.compactMap(\.fee))
    guard fees.count == 1, let fee = fees.first else { return .unknown }
    return fee
  }

  private func clauses(_ text: ClauseText, _ amounts: Amounts) -> [Clause] {
    var clauses: [Clause] = []
    for index in text.sentences.indices {
      var sentence = text.sentences[index]
      if let last = clauses.last, sentence.lowerBound < last.range.upperBound { continue }
      guard isFee(text, sentence) else { continue }
      var next = index + 1
      while next < text.sentences.count, text.sentences[next].upperBound - sentence.lowerBound < 1600,
        item.first(in: Array(text.bytes[text.sentences[next]])) != nil
      {
        sentence = sentence.lowerBound..<text.sentences[next].upperBound
        next += 1
      }
      guard sentence.count < 3000 else { continue }
      let fee = read(text, sentence, amounts)
      guard fee != nil || figures.first(in: text.bytes, within: sentence) != nil else { continue }
      clauses.append(Clause(range: sentence, fee: fee, isBeforeInstallation: isEarly(text, sentence, fee)))
    }
    return clauses
  }

  /// A sentence that says how much is due for ending early.
  private func isFee(_ text: ClauseText, _ sentence: Range<Int>) -> Bool {
    let bytes = text.bytes
    guard ending.first(in: bytes, within: sentence) != nil || trigger.first(in: bytes, within: sentence) != nil,
      other.first(in: bytes, within: sentence) == nil, let lead = lead.first(in: bytes, within: sentence)
    else { return false }
    guard duty.first(in: bytes, within: sentence) != nil else { return false }
    if trigger.first(in: bytes, within: sentence) != nil || early.first(in: bytes, within: sentence) != nil {
      return true
    }
    let after = lead.range.lowerBound..<sentence.upperBound
    return figures.first(in: bytes, within: after) != nil && remaining.first(in: bytes, within: after) != nil
  }

  /// Said of the time before the service works: in words, or of an order that is cancelled with nothing due that remains.
  private func isEarly(_ text: ClauseText, _ sentence: Range<Int>, _ fee: TerminationFee?) -> Bool {
    if early.first(in: text.bytes, within: sentence) != nil { return true }
    guard cancellation.first(in: text.bytes, within: sentence) != nil, let fee else { return false }
    return fee.nodes.allSatisfy { $0.isCharge || $0 == .sumOfParts(fee.nodes.filter(\.isCharge)) }
  }

  private let remaining = Rule.pattern(
    "\\b(?:remain\\w*|unexpired|balance of the|would have been|recurring charges?|MRC|monthly (?:charges?|fees?))\\b")

  private func read(_ text: ClauseText, _ sentence: Range<Int>, _ amounts: Amounts) -> TerminationFee? {
    let from = trigger.first(in: text.bytes, within: sentence)?.range.lowerBound ?? sentence.lowerBound
    let leads = lead.all(in: text.bytes, within: sentence)
    let lead = leads.first { $0.range.lowerBound >= from } ?? leads.first
    guard let start = lead?.range.upperBound else { return nil }
    return formula.read(text.bytes, start..<sentence.upperBound, amounts)
      ?? (isTiered(text, sentence) ? formula.read(text.bytes, sentence, amounts) : nil)
  }

  /// Whether shares or months stand before the verb: `if terminated in year 1, Customer pays 100 %`.
  private func isTiered(_ text: ClauseText, _ sentence: Range<Int>) -> Bool {
    formula.shares.months(in: text.bytes, sentence).count > 1
  }

  /// Free by a sentence that attaches no condition.
  private func noFee(_ text: ClauseText) -> Finding<TerminationFee>? {
    for sentence in text.sentences where sentence.count < 400 {
      guard free.first(in: text.bytes, within: sentence) != nil, may.first(in: text.bytes, within: sentence) != nil,
        condition.first(in: text.bytes, within: sentence) == nil,
        let evidence = text.text.evidence(sentence, method: "sentence/no_fee", confidence: PriceConfidence.sentence)
      else { continue }
      return Finding(.noFee, evidence)
    }
    return nil
  }

  private func freeAfter(_ text: ClauseText, _ amounts: Amounts) -> Money? {
    for sentence in text.sentences {
      if let money = buyout.first(in: text.bytes, within: sentence)?[1] {
        return amounts.found(text.bytes, money)?.money
      }
    }
    return nil
  }
}
