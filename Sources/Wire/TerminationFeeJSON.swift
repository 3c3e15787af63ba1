package import Domain
package import Records

/// A formula as JSON: `{"kind":"percent_of_remaining_mrc","pct":75}`; the same formula gives the same bytes.
extension TerminationFee {
  package var json: JSON {
    func node(_ kind: TerminationFeeKind, _ more: [(String, JSON)] = []) -> JSON {
      .fields([("kind", .string(kind.rawValue))] + more)
    }
    switch self {
    case .noFee, .unknown: return node(kind)
    case .percentOfRemainingMRC(let percent), .percentOfRemainingCommitment(let percent), .shortfall(let percent):
      return node(kind, [("pct", percent.json)])
    case .tieredPercent(let tiers, let basis):
      return node(kind, [("by", .string(basis.rawValue)), ("tiers", .array(tiers.map(\.json)))])
    case .fixedAmount(let amount): return node(kind, [("amount", amount.json)])
    case .declining(let first, let step, let months):
      return node(kind, [("from", first.json), ("step", step.json), ("months", .int(months))])
    case .buyoutTable(let rows):
      return node(
        kind, [("rows", .array(rows.map { .fields([("to", .int($0.through)), ("amount", $0.amount.json)]) }))])
    case .part(let part, .whole): return .string(part.rawValue)
    case .part(let part, let percent): return .fields([("part", .string(part.rawValue)), ("pct", percent.json)])
    case .monthsOfMRC(let months): return .fields([("months_mrc", .int(months))])
    case .sumOfParts(let parts): return node(.sumOfParts, [("parts", .array(parts.map(\.json)))])
    case .lesserOf(let parts), .greaterOf(let parts): return node(kind, [("parts", .array(parts.map(\.json)))])
    case .freeBuyout(let after, let fee): return node(kind, [("after", after.json), ("otherwise", fee.json)])
    case .presentValue(let fee, let yearly): return node(kind, [("yearly_pct", yearly.json), ("of", fee.json)])
    case .limited(let fee, let floor, let cap):
      let bounds = [("floor", floor), ("cap", cap)].compactMap { name, money in money.map { (name, $0.json) } }
      return .fields([("limited", fee.json)] + bounds)
    case .byPhase(let before, let after):
      return .fields([("before_installation", before.json), ("after", after.json)])
    }
  }

  /// nil unless `json` is what `json` writes, with members in any order.
  package init?(json: JSON) {
    if let word = json.text {
      guard let part = TerminationPart(rawValue: word) else { return nil }
      self = .part(part, .whole)
    } else if let kind = json["kind"]?.text {
      guard let kind = TerminationFeeKind(rawValue: kind), let fee = Self.node(kind, json) else { return nil }
      self = fee
    } else if let part = json["part"]?.text.flatMap({ TerminationPart(rawValue: $0) }) {
      guard let percent = Percent(json: json["pct"]) else { return nil }
      self = .part(part, percent)
    } else if let months = json["months_mrc"]?.int {
      guard (1...Term.longest).contains(months) else { return nil }
      self = .monthsOfMRC(months)
    } else if let inner = json["limited"].flatMap({ TerminationFee(json: $0) }) {
      self = .limited(inner, floor: Money(json: json["floor"]), cap: Money(json: json["cap"]))
    } else if let before = json["before_installation"].flatMap({ TerminationFee(json: $0) }),
      let after = json["after"].flatMap({ TerminationFee(json: $0) })
    {
      self = .byPhase(beforeInstallation: before, after: after)
    } else {
      return nil
    }
  }

  private static func node(_ kind: TerminationFeeKind, _ json: JSON) -> TerminationFee? {
    switch kind {
    case .noFee: return .noFee
    case .unknown: return .unknown
    case .percentOfRemainingMRC: return Percent(json: json["pct"]).map { .percentOfRemainingMRC($0) }
    case .percentOfRemainingCommitment: return Percent(json: json["pct"]).map { .percentOfRemainingCommitment($0) }
    case .shortfall: return Percent(json: json["pct"]).map { .shortfall($0) }
    case .tieredPercent:
      guard let basis = json["by"]?.text.flatMap({ TierBasis(rawValue: $0) }), let tiers = Tier.all(json["tiers"])
      else { return nil }
      return .tieredPercent(tiers, by: basis)
    case .fixedAmount: return Money(json: json["amount"]).map { .fixedAmount($0) }
    case .declining:
      guard let first = Money(json: json["from"]), let step = Money(json: json["step"]),
        let months = json["months"]?.int,
        months > 0
      else { return nil }
      return .declining(from: first, step: step, months: months)
    case .buyoutTable: return rows(json["rows"]).map { .buyoutTable($0) }
    case .sumOfParts: return fees(json["parts"]).map { .sumOfParts($0) }
    case .lesserOf: return fees(json["parts"]).map { .lesserOf($0) }
    case .greaterOf: return fees(json["parts"]).map { .greaterOf($0) }
    case .freeBuyout:
      guard let after = Money(json: json["after"]), let fee = json["otherwise"].flatMap({ TerminationFee(json: $0) })
      else { return nil }
      return .freeBuyout(after: after, otherwise: fee)
    case .presentValue:
      guard let yearly = Percent(json: json["yearly_pct"]), let fee = json["of"].flatMap({ TerminationFee(json: $0) })
      else { return nil }
      return .presentValue(fee, yearly: yearly)
    case .nrcRecapture, .creditClawback: return nil
    }
  }

  static func fees(_ json: JSON?) -> [TerminationFee]? {
    guard case .array(let items)? = json else { return nil }
    let fees = items.compactMap { TerminationFee(json: $0) }
    return fees.count == items.count ? fees : nil
  }

  private static func rows(_ json: JSON?) -> [BuyoutRow]? {
    let items = json?.items ?? []
    let rows = items.compactMap { item in
      item["to"]?.int.flatMap { through in
        Money(json: item["amount"]).map { BuyoutRow(through: through, amount: $0) }
      }
    }
    return rows.count == items.count && !rows.isEmpty ? rows : nil
  }
}

extension TerminationFee.Tier {
  var json: JSON {
    .fields([("from", .int(from)), ("to", through.map { .int($0) } ?? .string("end")), ("pct", percent.json)])
  }

  /// nil unless `json` is a list of at least one tier and nothing else.
  static func all(_ json: JSON?) -> [Self]? {
    let items = json?.items ?? []
    let tiers = items.compactMap { Self(json: $0) }
    return tiers.count == items.count && !tiers.isEmpty ? tiers : nil
  }

  private init?(json: JSON) {
    guard let from = json["from"]?.int, let percent = Percent(json: json["pct"]) else { return nil }
    if json["to"]?.text == "end" {
      self.init(from: from, through: nil, percent: percent)
    } else {
      guard let through = json["to"]?.int else { return nil }
      self.init(from: from, through: through, percent: percent)
    }
  }
}

extension Percent {
  var json: JSON { .number(number) }

  init?(json: JSON?) {
    guard case .number(let text)? = json else { return nil }
    self.init(number: text)
  }
}

extension Money {
  var json: JSON { .fields([("minor", .int(minor)), ("currency", .string(currency.code))]) }

  init?(json: JSON?) {
    guard case .number(let digits)? = json?["minor"], let minor = Int64(digits),
      let currency = json?["currency"]?.text.flatMap({ Currency(code: $0) })
    else { return nil }
    self.init(minor: minor, currency: currency)
  }
}
