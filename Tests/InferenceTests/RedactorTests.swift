import Inference
import TestSupport
import Testing

/// What must not leave does not, and what a model needs stays.
@Suite struct RedactorTests {
  /// Made-up secrets, written in two parts so that no scanner of repositories takes them for real ones.
  static let secrets: [String] = [
    "sk-" + "proj-4fJ2kQ9vX7bN1mZ8", "sk-" + "ant-api03-AbCdEfGh12345678", "sk_" + "live_4eC39HqLyjWDarjtT1zdp7dc",
    "AKIA" + "IOSFODNN7EXAMPLE", "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a",
    "github_pat_" + "11ABCDEFG0abcdefghij_kl",
    "glpat-" + "AbCdEfGhIjKlMnOpQrSt", "xoxb-" + "123456789012-abcdefABCDEF",
    "AIza" + "SyA1234567890abcdefghijklmnopqrs",
    "ya29." + "a0AfH6SMBx1234567890", "npm_" + "abcdefghijklmnopqrstuvwxyz0123456789", "hf_" + "AbCdEfGhIjKlMnOpQrStUv",
    "SG." + "ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf09kqeF8tAmbihYzrnopKc1s5cr",
    "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "Bearer " + "mF_9.B5f-4.1JqM99xxyz", "password: hunter2", "Passwort=geheim", "api_key = 8f14e45f", "portal_pwd: x1",
    "token=abc.def", "mot de passe : secret", "SNMP community: s3cr3t", "PIN: 4711", "PSK=correcthorse", "secret : 7",
    "https://admin:s3cr" + "et@portal.example/login", "-----BEGIN RSA PRIVATE " + "KEY-----", "ftp://u:p@ss@host",
    "9f86d081884c7d659a2feaa0c55ad015", "dGhpc0lzQVZlcnlMb25nU2VjcmV0S2V5MTIz", "pass: 1", "access-key: AB12",
    "ｐａｓｓｗｏｒｄ：ｈｕｎｔｅｒ２", "pass\u{200B}word: hunter2",
  ]

  @Test(arguments: secrets)
  func secretsGo(_ secret: String) {
    for text in [secret, "see \(secret)", "(\(secret))"] {
      var redactor = Redactor()
      let redacted = redactor.cell(text, header: "Remarks")
      #expect(redacted.contains("[secret]"), "\(text) became \(redacted)")
      for part in ["hunter", "geheim", "s3cr", "4711", "8f14", "9f86d081"] { #expect(!redacted.contains(part)) }
    }
  }

  /// What tables of circuits are full of, and no secret.
  @Test(arguments: [
    "DHEC.123456..ATI", "/KEFN/456789//ATI", "70.KXGS.1234..LEC", "CKT-000123", "NYCMNY", "DLLSTXRNW01", "10GigE",
    "100M/20M", "OC-12", "USD 1,200.50", "$2,450.00", "1.200,50", "(120.00)", "12.50%", "2025-01-31", "31.01.2025",
    "01/31/2025", "20250131", "Jan 5, 2026", "36 months", "month to month", "DIA", "Lumen Technologies", "MSA-2021-004",
    "1200 Main Street, Suite 400", "75201-1234", "D-70173 Stuttgart", "32.7767, -96.7970", "Passaic, NJ", "Token Ring",
    "Keystone", "PIN Oaks Mall", "Community College", "Secretariat building",
    "VLAN 101", "ge-0/0/1.100", "AS64512", "Tier 1", "BAN", "N/A", "", "0001234", "R12-S04-P03", "Mo-Fr 08:00-17:00",
    "Straße des 17. Juni 135",
  ])
  func tablesStayLegible(_ text: String) {
    var redactor = Redactor()
    let redacted = redactor.cell(text, header: "Field 7")
    let expected = text == "0001234" ? "0000000" : text
    #expect(redacted == expected)
  }

  @Test(arguments: [
    ("jane.doe@carrier.example", "[email]"), ("Jane <jane@mail.carrier.example>", "Jane <[email]>"),
    ("jane＠carrier.example", "[email]"), ("+1 212 555 0147", "[phone]"), ("(212) 555-0147", "[phone]"),
    ("212-555-0147", "[phone]"), ("212.555.0147 x12", "[phone] x12"), ("+49 (0)711 123456-0", "[phone]"),
    ("0711 123456", "[phone]"), ("0711/123456-78", "[phone]"), ("01 42 68 53 00", "[phone]"),
    ("0049 711 123456", "[phone]"),
    ("DE89 3704 0044 0532 0130 00", "[iban]"), ("FR1420041010050500013M02606", "[iban]"),
    ("4111 1111 1111 1111", "[card]"), ("5500-0000-0000-0004", "[card]"), ("078-05-1120", "[id]"),
    ("10.20.30.40", "[ip]"), ("gw 192.168.1.1/30", "gw [ip]/30"), ("2001:db8::1", "[ip]"),
    ("00:1B:44:11:3A:B7", "[mac]"),
    ("Herr Müller", "[person]"), ("Mr. John Smith, NOC", "[person], NOC"), ("Mme Anne-Marie Curie", "[person]"),
    ("8310012345678", "0000000000000"), ("No 123456789", "No 000000000"),
  ])
  func personalDataGoes(_ text: String, _ expected: String) {
    var redactor = Redactor()
    #expect(redactor.cell(text, header: "Field 7") == expected)
  }

  @Test(arguments: [
    ("Contact", "Jane Doe", "[person]"), ("Site Contact Name", "J. Doe", "[person]"),
    ("LCON", "Jane 5-1234", "[person]"),
    ("Ansprechpartner", "Müller", "[person]"), ("contactName", "Doe", "[person]"),
    ("ACCOUNT_MANAGER", "Doe", "[person]"),
    ("Contact", "jane@x.example", "[email]"), ("Contact", "555 0147", "[phone]"), ("Phone", "0147", "[phone]"),
    ("Telefon", "12 34", "[phone]"), ("E-Mail", "jane at x", "[email]"), ("Account Number", "A-0012/7", "X-0000/0"),
    ("BAN", "12345", "00000"), ("Kundennummer", "KD 77", "XX 00"), ("Password", "x", "[secret]"),
    ("Portal PIN", "12", "[secret]"),
    ("API Key", "abc", "[secret]"), ("Owner", "Doe", "[person]"), ("Date of Birth", "1970-01-01", "0000-00-00"),
  ])
  func headersSayWhoseBusinessItIs(_ header: String, _ text: String, _ expected: String) {
    var redactor = Redactor()
    #expect(redactor.cell(text, header: header) == expected)
  }

  @Test(arguments: ["Circuit ID", "Carrier", "Pinnacle Site", "Keyword", "Discount", "Description", "Banner", "Rate"])
  func otherHeadersSayNothing(_ header: String) {
    var redactor = Redactor()
    #expect(redactor.cell("ABC 12", header: header) == "ABC 12")
  }

  /// An identifier made by a machine opens nothing, unlike a key as long.
  @Test func aUUIDIsNoSecret() {
    var redactor = Redactor()
    #expect(
      redactor.cell("c0ffee00-E29b-41d4-a716-4466554400aa", header: "id") == "c0ffee00-E29b-41d4-a716-0000000000aa")
    #expect(redactor.counts == [.digits: 1])
  }

  @Test func proseStaysHere() {
    var redactor = Redactor()
    let words = "we spoke to Jane on Monday and she said that the loop is out of contract"
    #expect(redactor.cell(words, header: "Notes") == "[text]")
    #expect(redactor.cell(String(repeating: "x", count: 101), header: "Notes") == "[text]")
    #expect(redactor.counts == [.text: 2])
  }

  @Test func headersAreRedactedToo() {
    var redactor = Redactor()
    #expect(redactor.header("Monthly (ask jane@x.example)") == "Monthly (ask [email])")
    #expect(redactor.header("password: hunter2") == "[secret]")
    #expect(redactor.header("MRC\r\nUSD") == "MRC USD")
    #expect(redactor.header(String(repeating: "h", count: 500)).count == 120)
  }

  /// Redacting again changes nothing, and digits that could call anybody never survive, on random texts.
  @Test func redactionIsIdempotent() {
    var random = SplitMix64()
    let pieces =
      Self.secrets + ["jane@x.example", "+1 212 555 0147", "10.1.2.3", "8310012345678", "Main", "DIA", ", ", " ", "é"]
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 1...3, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined(separator: " ")
      var redactor = Redactor()
      let once = redactor.cell(text, header: "x")
      #expect(redactor.cell(once, header: "x") == once, "seed \(random.seed): \(text)")
      #expect(!once.contains("8310012345678") && !once.contains("jane@"), "seed \(random.seed): \(text)")
    }
  }
}
