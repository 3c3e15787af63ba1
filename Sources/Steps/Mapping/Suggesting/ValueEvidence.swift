import Domain
import Model

/// What the values of a column are, and what they cannot be.
struct ValueEvidence {
  private let column: SourceTable.Column
  private let samples: [String]

  init(_ column: SourceTable.Column) {
    self.column = column
    samples = column.samples.filter { !$0.isEmpty }
  }

  private var hasKinds: Bool { column.filled > 0 && !column.kinds.isEmpty }

  private func most(_ fits: (String) -> Bool) -> Bool {
    !samples.isEmpty && samples.count(where: fits) * 2 > samples.count
  }

  private func count(_ kinds: String...) -> Int { kinds.reduce(0) { $0 + (column.kinds[$1] ?? 0) } }

  private var counted: Int { column.kinds.values.reduce(0, +) }

  /// Whether most values are dates, Excel's or eight digits included only where the column as a whole says so.
  var isDates: Bool { hasKinds ? column.hasDates || count("date") * 2 > counted : most(Self.isDate) }

  var isNumbers: Bool { hasKinds ? count("integer", "decimal") * 2 > counted : most(Self.isNumber) }

  private var isEmails: Bool { most { $0.contains("@") && !$0.contains(" ") } }
  private var isSpeeds: Bool { most(Self.isSpeed) }
  private var isAmounts: Bool { isNumbers && (samples.isEmpty ? count("decimal") * 2 > counted : most(Self.hasMark)) }
  private var isStreets: Bool { most(Self.isStreet) }
  private var isStatuses: Bool { most { text in TextBytes.withBytes(of: text) { CircuitStatus.parse($0) } != nil } }

  /// Why the values cannot be this, nil where they can; a column nobody has looked into can be anything.
  func veto(_ type: FieldType, _ shape: ValueShape?, isPlaceName: Bool = false) -> String? {
    guard hasKinds || !samples.isEmpty else { return nil }
    switch type {
    case .money:
      if isDates { return "the values are dates" }
      return isNumbers ? nil : "the values are no amounts"
    case .degrees: return isNumbers && !isDates ? nil : "the values are no degrees"
    case .date: return isDates ? nil : "the values are no dates"
    case .bandwidth: return isDates ? "the values are dates" : speedVeto
    case .integer:
      if isDates { return "the values are dates" }
      if isNumbers || samples.isEmpty { return nil }
      return most(Self.startsWithNumber) || most(Self.isTerm) ? nil : "the values are no whole numbers"
    case .flag:
      return samples.isEmpty || most(Self.isFlag)
        ? (isDates ? "the values are dates" : nil) : "the values are not yes or no"
    case .currency: return samples.isEmpty || most(Self.isCurrency) ? nil : "the values are no currencies"
    case .code: return textual ?? (isAmounts ? "the values are amounts" : nil)
    case .text, .reference: return shape.flatMap { veto($0, isPlaceName: isPlaceName) }
    }
  }

  private var speedVeto: String? {
    if samples.isEmpty || isSpeeds || isNumbers && !most(Self.hasSign) { return nil }
    let read = most { text in
      TextBytes.withBytes(of: text) { (try? Bandwidth.parse($0, defaultUnit: .mbps)) != nil }
    }
    return read ? nil : "the values are no speeds"
  }

  private var textual: String? {
    if isDates { return "the values are dates" }
    return isEmails ? "the values are mail addresses" : nil
  }

  private func veto(_ shape: ValueShape, isPlaceName: Bool) -> String? {
    switch shape {
    case .free: return nil
    case .email: return samples.isEmpty || isEmails ? nil : "the values are no mail addresses"
    case .phone: return samples.isEmpty || most(Self.isPhone) ? textual : "the values are no telephone numbers"
    case .identifier:
      if let textual { return textual }
      if isAmounts { return "the values are amounts" }
      if isSpeeds { return "the values are speeds" }
      return most { !$0.utf8.contains { $0 &- 0x30 < 10 } } ? "the values hold no digits" : nil
    case .label:
      if let textual { return textual }
      if isAmounts { return "the values are amounts" }
      if isSpeeds { return "the values are speeds" }
      if isPlaceName { return isStreets ? "the values are street addresses" : nil }
      return hasKinds && isNumbers ? "the values are numbers" : nil
    case .street: return textual ?? (isNumbers ? "the values are numbers" : nil)
    case .country: return textual ?? (isNumbers || isStreets ? "the values are no countries" : nil)
    case .region:
      if let textual { return textual }
      if isNumbers || isStreets { return "the values are no states" }
      return isStatuses ? "the values are statuses" : nil
    case .postal: return samples.isEmpty || most(Self.isPostal) ? textual : "the values are no postal codes"
    case .digits: return samples.isEmpty || most(Self.isDigits) ? nil : "the values are no numbers"
    case .clli: return samples.isEmpty || most(Self.isCLLI) ? nil : "the values are no CLLI codes"
    }
  }

  /// Whether the values alone show this, which settles a heading with several meanings.
  func proves(_ type: FieldType, _ shape: ValueShape?) -> Bool {
    guard !samples.isEmpty || hasKinds, veto(type, shape) == nil else { return false }
    switch type {
    case .date: return isDates
    case .money: return isAmounts
    case .bandwidth: return isSpeeds
    case .flag: return most(Self.isFlag) && !isNumbers
    case .currency: return most(Self.isCurrency)
    case .code: return isStatuses
    case .text, .reference:
      switch shape {
      case .email: return isEmails
      case .phone: return most(Self.isPhone)
      case .clli: return most(Self.isCLLI)
      case .street: return isStreets
      case .region: return most(Self.isRegion)
      default: return false
      }
    default: return false
    }
  }
}
