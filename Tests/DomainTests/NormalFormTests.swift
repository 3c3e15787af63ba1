import TestSupport
import Testing

@testable import Domain

@Suite struct NormalFormTests {
  @Test(arguments: [
    ("10.MCXX.123456..NJ", "10MCXX123456NJ"), ("OQYX/123456//ZYO", "OQYX123456ZYO"), (" ab-12 ", "AB12"),
    ("ＡＢ１２", "AB12"), ("ﬁ-1", "FI1"), ("007", "007"), ("x²", "X2"), ("é1", "1"), ("ı1", "I1"),
  ])
  func circuitIDs(_ raw: String, _ normal: String) throws {
    let id = try #require(CircuitID(raw))
    #expect(id.normal == normal)
    #expect(CircuitID(normal) == id)
  }

  @Test func aCircuitIDIsNotEmpty() {
    for text in ["", " ", "--", "//", "漢", "\u{200B}"] { #expect(CircuitID(text) == nil, "\(text)") }
    #expect(CircuitID(" a/1 ")?.raw == "a/1")
  }

  @Test(arguments: CarrierName.examples.indices)
  func slugs(_ index: Int) {
    let example = CarrierName.examples[index]
    #expect(CarrierName.slug(example.name) == example.slug)
  }

  @Test(arguments: AddressKey.examples.indices)
  func addressKeys(_ index: Int) {
    let example = AddressKey.examples[index]
    #expect(
      key(example.street, example.suite, example.city, example.state, example.postal, example.country) == example.key)
  }

  private func key(_ parts: String...) -> String { key(parts.map { Array($0.utf8) }) }

  private func key(_ parts: [[UInt8]]) -> String {
    bytes(parts[0]) { street in
      bytes(parts[1]) { suite in
        bytes(parts[2]) { city in
          bytes(parts[3]) { state in
            bytes(parts[4]) { postal in
              bytes(parts[5]) { country in
                AddressKey.make(
                  street: street, suite: suite, city: city, state: state, postal: postal, country: country)
              }
            }
          }
        }
      }
    }
  }

  @Test func anAddressKeyIsItsOwnKey() {
    var random = SplitMix64("address keys")
    let words = [
      "60", "Hudson", "Street", "St.", "Suite", "Ste", "#", "#5", "100", "Floor", "3rd", "Fl", "Rm", "B", "North",
      "N.W.",
      "O'Hare", "Hauptstraße", "é", "|", ",", "-", "12-34", "Unit", "apt", "漢字", "12345-6789", "USA", "U.S.A.", "U",
      "S",
    ]
    for _ in 0..<20_000 {
      let parts = (0..<6).map { _ in
        (0..<Int.random(in: 0...6, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
          .joined(separator: " ")
      }
      let once = key(parts.map { Array($0.utf8) })
      let again = once.split(separator: "|", omittingEmptySubsequences: false).map { Array($0.utf8) }
      #expect(again.count == 6, "seed \(random.seed) \(parts)")
      if again.count == 6 { #expect(key(again) == once, "seed \(random.seed) \(parts)") }
    }
  }

  @Test func normalFormsAreIdempotent() {
    var random = SplitMix64("normal forms")
    let forms: [(String, (Bytes, inout [UInt8]) -> Void)] = [
      ("circuit id", { _ = CircuitID.normalize($0, into: &$1) }), ("slug", { CarrierName.slug($0, into: &$1) }),
      ("ban", { BillingAccountNumber.normalize($0, into: &$1) }),
      ("contract", { ContractNumber.normalize($0, into: &$1) }),
      ("fold", { TextBytes.appendFolded($0, into: &$1) }), ("nfkc", { TextBytes.appendNFKC($0, into: &$1) }),
    ]
    for _ in 0..<20_000 {
      let text = random.text()
      for (name, form) in forms {
        var once: [UInt8] = []
        bytes(text) { form($0, &once) }
        var twice: [UInt8] = []
        bytes(once) { form($0, &twice) }
        #expect(once == twice, "seed \(random.seed) \(name) \(text)")
      }
    }
  }

  @Test func accountAndContractNumbers() {
    #expect(BillingAccountNumber.normalize(" 201M81-3582 ") == "201M813582")
    #expect(BillingAccountNumber.normalize("0012.345/6\u{A0}a") == "00123456A")
    #expect(ContractNumber.normalize("  msa-01 \u{A0} / b ") == "MSA-01 / B")
  }

  @Test func trimmingKnowsTheSpacesOfTheWeb() {
    #expect(bytes("\u{FEFF}\u{A0}\u{200B} a b\u{3000}\t\r\n") { TextBytes.string(TextBytes.trim($0)) } == "a b")
    #expect(bytes(" \u{A0}\u{202F}") { TextBytes.isBlank($0) })
    #expect(bytes("é") { TextBytes.string(TextBytes.trim($0)) } == "é")
    #expect(TextBytes.foldedASCII("Straße Łódź Øre Æ œ Ð þ İ ﬁ") == "strasse lodz ore ae oe d th i fi")
    #expect(TextBytes.foldedASCII("Жук") == "жук")
  }
}
