/// Reads squeezed text (lower case, no blanks): one rate, or a pair of them.
struct BandwidthText {
  private let text: Bytes
  private var index = 0

  private struct Rate {
    /// The digits as a whole number, and how many of them are decimals.
    var value: Int64 = 0
    var decimals = 0
    var unit: BandwidthUnit?
    /// A rate that its name settles, in kbps.
    var named: Int64?
  }

  private init(_ text: Bytes) { self.text = text }

  static func read(_ text: Bytes, defaultUnit: BandwidthUnit?) throws(BandwidthError) -> Bandwidth {
    if let kbps = BandwidthWords.rates[exactly: text] { return Bandwidth(kbps: kbps) }
    var reader = BandwidthText(text)
    let down = try reader.readRate()
    if reader.index == text.count { return Bandwidth(kbps: try kbps(of: down, defaultUnit)) }
    guard text[reader.index] == 0x2F else { throw .notABandwidth }
    reader.index += 1
    let up = try reader.readRate()
    guard reader.index == text.count else { throw .notABandwidth }
    let downUnit = down.unit ?? up.unit ?? defaultUnit ?? .mbps
    let upUnit = up.unit ?? downUnit
    return Bandwidth(kbps: try kbps(of: down, downUnit), upKbps: try kbps(of: up, upUnit))
  }

  private static func kbps(of rate: Rate, _ defaultUnit: BandwidthUnit?) throws(BandwidthError) -> Int64 {
    if let named = rate.named { return named }
    guard let unit = rate.unit ?? defaultUnit else { throw .unitMissing }
    var bits = Int128(rate.value) * Int128(unit.bits)
    for _ in 0..<rate.decimals {
      if bits % 10 != 0 { throw .notWholeKbps }
      bits /= 10
    }
    if bits % 1000 != 0 { throw .notWholeKbps }
    guard let kbps = Int64(exactly: bits / 1000), kbps <= Bandwidth.largest else { throw .outOfRange }
    return kbps
  }

  private mutating func readRate() throws(BandwidthError) -> Rate {
    var rate = Rate()
    let separator = try readNumber(&rate)
    let start = index
    readUnit()
    let word = Bytes(rebasing: text[start..<index])
    if word.isEmpty { return rate }
    if isEthernet(word, &rate) { return rate }
    guard let unit = BandwidthUnit.parse(word) else { throw .notABandwidth }
    rate.unit = unit
    // 1,544 and 2,048 Mbps are a T1 and an E1 with a decimal comma far more often than these numbers.
    if separator == 0x2C, unit == .mbps, rate.value == 1544 || rate.value == 2048 { throw .ambiguous }
    return rate
  }

  /// `10gige`, `100gbe`, `1000baset`, `10gbaselr`.
  private func isEthernet(_ word: Bytes, _ rate: inout Rate) -> Bool {
    if rate.decimals == 0, BandwidthWords.gigabitEthernet[exactly: word] != nil {
      rate.unit = .gbps
      return true
    }
    if word.starts(with: "base".utf8), [10, 100, 1000].contains(rate.value), rate.decimals == 0 {
      rate.unit = .mbps
      return true
    }
    guard word.starts(with: "gbase".utf8) else { return false }
    rate.unit = .gbps
    return true
  }

  /// Letters, and one `/s` or `/sec` that belongs to them.
  private mutating func readUnit() {
    while index < text.count, TextBytes.isLetter(text[index]) { index += 1 }
    guard index + 1 < text.count, text[index] == 0x2F, text[index + 1] == 0x73 else { return }
    index += 2
    if index + 1 < text.count, text[index] == 0x65, text[index + 1] == 0x63 { index += 2 }
  }

  /// Digits with groups of three or decimals; gives the separator that was taken as one of groups.
  private mutating func readNumber(_ rate: inout Rate) throws(BandwidthError) -> UInt8 {
    let start = index
    while index < text.count, TextBytes.isDigit(text[index]) || [0x2E, 0x2C, 0x20].contains(text[index]) { index += 1 }
    let digits = Bytes(rebasing: text[start..<index])
    guard let first = digits.first, TextBytes.isDigit(first), let last = digits.last, TextBytes.isDigit(last) else {
      throw .notABandwidth
    }
    let point = digits.lastIndex(of: 0x2E)
    let comma = digits.lastIndex(of: 0x2C)
    let blank = digits.lastIndex(of: 0x20)
    var decimal = point
    if let comma, point == nil, digits.count - comma - 1 != 3, blank == nil { decimal = comma }
    if let point, comma == nil, digits[(point + 1)...].elementsEqual("000".utf8) { throw .ambiguous }
    try accumulate(digits, decimal: decimal ?? digits.count, &rate)
    return decimal == nil ? digits[comma ?? blank ?? 0] : 0
  }

  private func accumulate(_ digits: Bytes, decimal: Int, _ rate: inout Rate) throws(BandwidthError) {
    var run = 0
    var separator: UInt8 = 0
    for index in digits.indices {
      if TextBytes.isDigit(digits[index]) {
        let (product, carried) = rate.value.multipliedReportingOverflow(by: 10)
        let (sum, overflowed) = product.addingReportingOverflow(Int64(digits[index] - 0x30))
        if carried || overflowed { throw .outOfRange }
        rate.value = sum
        run += 1
        continue
      }
      if index > decimal { throw .notABandwidth }
      if separator != 0 ? run != 3 : (index != decimal && !(1...3).contains(run)) { throw .notABandwidth }
      if index != decimal {
        if separator != 0, separator != digits[index] { throw .notABandwidth }
        separator = digits[index]
      }
      run = 0
    }
    if decimal == digits.count, separator != 0, run != 3 { throw .notABandwidth }
    if decimal < digits.count { rate.decimals = digits.count - decimal - 1 }
  }
}
