/// An ISO 4217 currency, held in four bytes.
///
/// Only active codes exist (ISO 4217 list one of January 2025, with ANG and BGN still accepted).
package struct Currency: Hashable, Sendable, CustomStringConvertible {
  /// The three letters in the low 24 bits, the exponent in the high 8.
  private let packed: UInt32

  private init(packed: UInt32) { self.packed = packed }

  /// Takes three letters in any case; nil when they are not an active code.
  package init?(_ bytes: Bytes) {
    guard bytes.count == 3 else { return nil }
    let code =
      UInt32(TextBytes.upper(bytes[0])) << 16 | UInt32(TextBytes.upper(bytes[1])) << 8
      | UInt32(TextBytes.upper(bytes[2]))
    guard Self.contains(Self.active, code) else { return nil }
    packed = code | Self.exponent(of: code) << 24
  }

  /// Takes three letters in any case; nil when they are not an active code.
  package init?(code: String) {
    guard let found = TextBytes.withBytes(of: code, { Currency($0) }) else { return nil }
    self = found
  }

  /// The three capital letters.
  package var code: String { String(decoding: [letter(16), letter(8), letter(0)], as: UTF8.self) }

  /// The number of decimal digits of the minor unit: 2 for USD, 0 for JPY, 3 for KWD.
  @inline(__always)
  package var exponent: Int { Int(packed >> 24) }

  package var description: String { code }

  /// Whether the bare sign `$` is used for it (dollars and the pesos that share the sign).
  package var isDollar: Bool { Self.contains(Self.dollars, packed & 0xFF_FFFF) }

  /// Appends the three letters.
  package func write(into out: inout [UInt8]) {
    out.append(letter(16))
    out.append(letter(8))
    out.append(letter(0))
  }

  private func letter(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: packed >> shift) }

  package static let usd = Currency(packed: pack("USD", 2))
  package static let eur = Currency(packed: pack("EUR", 2))
  package static let gbp = Currency(packed: pack("GBP", 2))
  package static let jpy = Currency(packed: pack("JPY", 0))

  /// Every active currency in the order of its code.
  package static var all: [Currency] {
    stride(from: 0, to: active.utf8CodeUnitCount, by: 3)
      .compactMap { Currency(Bytes(start: active.utf8Start + $0, count: 3)) }
  }

  private static func pack(_ code: StaticString, _ exponent: UInt32) -> UInt32 {
    word(code.utf8Start) | exponent << 24
  }

  private static func word(_ at: UnsafePointer<UInt8>) -> UInt32 {
    UInt32(at[0]) << 16 | UInt32(at[1]) << 8 | UInt32(at[2])
  }

  private static func exponent(of code: UInt32) -> UInt32 {
    if contains(withoutDecimals, code) { return 0 }
    if contains(withThreeDecimals, code) { return 3 }
    return contains(withFourDecimals, code) ? 4 : 2
  }

  /// Binary search in a sorted run of three-letter codes.
  private static func contains(_ codes: StaticString, _ code: UInt32) -> Bool {
    var low = 0
    var high = codes.utf8CodeUnitCount / 3
    while low < high {
      let middle = (low + high) / 2
      let found = word(codes.utf8Start + middle * 3)
      if found == code { return true }
      if found < code { low = middle + 1 } else { high = middle }
    }
    return false
  }

  private static let active: StaticString = """
    AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBOVBRLBSDBTNBWPBYNBZDCADCDFCHECHFCHWCLFCLPCNYCOPCOU\
    CRCCUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISKJMDJODJPYKES\
    KGSKHRKMFKPWKRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMXVMYRMZNNADNGNNIONOKNPRNZDOMR\
    PABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZS\
    UAHUGXUSDUSNUYIUYUUYWUZSVEDVESVNDVUVWSTXAFXCDXCGXOFXPFYERZARZMWZWG
    """
  private static let withoutDecimals: StaticString = "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF"
  private static let withThreeDecimals: StaticString = "BHDIQDJODKWDLYDOMRTND"
  private static let withFourDecimals: StaticString = "CLFUYW"
  private static let dollars: StaticString = """
    ARSAUDBBDBMDBNDBSDBZDCADCLPCOPCUPDOPFJDGYDHKDJMDKYDLRDMXNNADNZDSBDSGDSRDTTDTWDUSDUYUXCD
    """
}
