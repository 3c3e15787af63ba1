import Domain
import Pages
import TestSupport
import Testing

@testable import Contracts

private func usd(_ cents: Int64) -> Money { Money(minor: cents, currency: .usd) }

@Suite struct PriceTableTests {
  private static func read(_ pages: Page...) -> PriceReading {
    ContractReader().read(pages: pages, starts: [1])[0].prices
  }

  private static let header: (y: Int, cells: [(x: Int, text: String)]) = (
    100, [(50, "Line"), (80, "Circuit ID"), (190, "Service"), (330, "Term"), (400, ">MRC"), (480, ">NRC")]
  )

  private static func row(_ y: Int, _ number: Int, _ mrc: String, _ nrc: String) -> (
    y: Int, cells: [(x: Int, text: String)]
  ) {
    (
      y,
      [
        (50, "\(number)"), (80, "KX/ETH/\(1000 + number)"), (190, "Ethernet 500 Mbps"), (330, "36"), (400, ">" + mrc),
        (480, ">" + nrc),
      ]
    )
  }

  @Test func rowsAndTotalsThatAgree() throws {
    let found = Self.read(
      PlainPages.table([
        Self.header, Self.row(116, 1, "$1,250.00", "$500.00"), Self.row(132, 2, "$950.50", "Waived"),
        (148, [(80, "Total"), (400, ">$2,200.50"), (480, ">$500.00")]),
        (180, [(50, "All prices are exclusive of taxes, which are shown on each invoice as they are due")]),
      ]))
    #expect(found.lines.map(\.mrc?.value) == [usd(125_000), usd(95_050)])
    #expect(found.lines.map(\.nrc?.value) == [usd(50_000), usd(0)])
    #expect(found.lines.map(\.circuitID?.value) == ["KX/ETH/1001", "KX/ETH/1002"])
    #expect(found.lines.allSatisfy { $0.term?.value.months == 36 && $0.bandwidth?.value.kbps == 500_000 })
    #expect(found.lines.allSatisfy { $0.serviceType?.value == "Ethernet 500 Mbps" })
    #expect(found.totalMRC?.value == usd(220_050) && found.totalNRC?.value == usd(50_000))
    #expect(found.lines.allSatisfy { $0.mrc?.evidence.confidence == 970 })
    #expect(found.doubts.isEmpty)
    let evidence = try #require(found.lines[0].mrc?.evidence)
    #expect(evidence.quote == "1 KX/ETH/1001 Ethernet 500 Mbps 36 $1,250.00 $500.00" && evidence.page == 1)
    #expect(evidence.boxes == [PageBox(50_000, 116_000, 480_000, 128_000)])
  }

  /// Recognised figures are sure only where they add up, however sure recognition was of them.
  @Test func recognisedAmountsNeedTheirTotal() throws {
    func read(_ total: String?) -> PriceReading {
      let sum = total.map { [(y: 148, cells: [(80, "Total"), (400, ">" + $0), (480, ">$500.00")])] } ?? []
      var page = PlainPages.table(
        [Self.header, Self.row(116, 1, "$1,250.00", "$500.00"), Self.row(132, 2, "$950.50", "$0.00")] + sum)
      page.method = .ocr
      for word in page.words.indices { page.words[word].confidence = 96 }
      return Self.read(page)
    }
    let alone = try #require(read(nil).lines.first?.mrc?.evidence)
    #expect(alone.confidence == 700 && alone.doubts == ["W_RECOGNISED"])
    let summed = try #require(read("$2,200.50").lines.first?.mrc?.evidence)
    #expect(summed.confidence == 970 && summed.doubts == ["W_RECOGNISED"])
    let wrong = try #require(read("$2,300.50").lines.first?.mrc?.evidence)
    #expect(wrong.confidence == 300 && wrong.doubts == ["W_RECOGNISED", "W_SUM_MISMATCH"])
  }

  /// A table on a page that lay on its side is quoted where it lies.
  @Test func aTableOfATurnedPageIsBoxedWhereItIsShown() throws {
    var page = PlainPages.table([
      Self.header, Self.row(116, 1, "$1,250.00", "$500.00"), Self.row(132, 2, "$950.50", "$0.00"),
    ])
    (page.method, page.turn) = (.ocr, 180)
    let boxes = try #require(Self.read(page).lines.first?.mrc?.evidence.boxes)
    #expect(boxes == [page.shown(PageBox(50_000, 116_000, 480_000, 128_000))] && boxes[0].y0 > 600_000)
  }

  @Test func aWrongTotalMakesThemDoubtful() {
    let found = Self.read(
      PlainPages.table([
        Self.header, Self.row(116, 1, "$1,250.00", "$500.00"), Self.row(132, 2, "$950.50", "$0.00"),
        (148, [(80, "Total"), (400, ">$2,300.50"), (480, ">$500.00")]),
      ]))
    #expect(found.doubts == ["W_SUM_MISMATCH"])
    #expect(found.lines.allSatisfy { $0.mrc?.evidence.doubts == ["W_SUM_MISMATCH"] })
    #expect(found.lines.allSatisfy { ($0.mrc?.evidence.confidence ?? 0) < 500 })
    #expect(found.lines[0].nrc?.evidence.doubts == [])
  }

  @Test func cellsThatWrap() {
    let page = PlainPages.table([
      (
        100,
        [
          (50, "Circuit"), (150, "Service"), (260, "Location A"), (360, "Location Z"), (480, ">Monthly"),
          (560, ">One-Time"),
        ]
      ),
      (113, [(50, "Number"), (150, "Type"), (480, ">Charge"), (560, ">Charge")]),
      (
        140,
        [
          (50, "AB.1234"), (150, "Wavelength"), (260, "100 Main St"), (360, "200 Oak Ave"), (480, ">3,100.00"),
          (560, ">1,000.00"),
        ]
      ),
      (153, [(150, "10 Gbps"), (260, "Suite 5"), (360, "Denver CO")]),
      (
        180,
        [
          (50, "AB.1235"), (150, "Wavelength"), (260, "12 Elm St"), (360, "9 Pine Rd"), (480, ">2,900.00"),
          (560, ">0.00"),
        ]
      ),
    ])
    let found = Self.read(page)
    #expect(found.lines.count == 2)
    #expect(found.lines.first?.serviceType?.value == "Wavelength 10 Gbps")
    #expect(found.lines.first?.addressA?.value == "100 Main St Suite 5")
    #expect(found.lines.first?.addressZ?.value == "200 Oak Ave Denver CO")
    #expect(found.lines.first?.bandwidth?.value.kbps == 10_000_000)
    #expect(found.lines.map(\.mrc?.value) == [usd(310_000), usd(290_000)])
    #expect(found.lines.map(\.nrc?.value) == [usd(100_000), usd(0)])
    #expect(found.lines.allSatisfy { $0.mrc?.evidence.doubts == ["W_CURRENCY_ASSUMED"] })
  }

  @Test(arguments: [("", 880), ("$", 970)])
  func aRightSumSaysNothingAboutACurrencyThatIsOnlyAssumed(_ sign: String, _ confidence: Int) {
    let rows = (0..<2).map { Self.row(116 + 16 * $0, $0 + 1, sign + "100.00", sign + "10.00") }
    let total = [(80, "Total"), (400, ">" + sign + "200.00"), (480, ">" + sign + "20.00")]
    let found = Self.read(PlainPages.table([Self.header] + rows + [(160, total)]))
    #expect(found.lines.map(\.mrc?.evidence.confidence) == [confidence, confidence])
    #expect(found.totalMRC?.evidence.confidence == confidence)
  }

  @Test(arguments: [true, false]) func aTableGoesOnOverAPage(_ hasHeader: Bool) {
    let one = PlainPages.table([Self.header] + (0..<40).map { Self.row(116 + 16 * $0, $0 + 1, "$100.00", "$10.00") })
    let rest = (0..<5).map { Self.row(72 + 16 * $0, $0 + 41, "$100.00", "$10.00") }
    let repeated: [(y: Int, cells: [(x: Int, text: String)])] = [(50, Self.header.cells)]
    let two = PlainPages.table(
      (hasHeader ? repeated : [(40, [(50, "Continued from page 1")])]) + rest + [
        (160, [(80, "Total"), (400, ">$4,500.00"), (480, ">$450.00")])
      ], number: 2)
    let found = Self.read(one, two)
    #expect(found.lines.count == 45 && found.lines.map(\.number) == Array(1...45))
    #expect(found.lines.last?.circuitID?.value == "KX/ETH/1045" && found.lines.last?.mrc?.evidence.page == 2)
    #expect(found.lines.allSatisfy { $0.mrc?.evidence.confidence == 970 })
  }

  @Test(
    arguments: [
      ("$300.00", "$900.00", 3, 90_000, []), ("$300.00", "$300.00", 3, 30_000, []),
      ("$300.00", nil, 3, 30_000, ["W_QUANTITY"]), ("$300.00", nil, 1, 30_000, []),
    ] as [(String, String?, Int, Int64, [String])])
  func aPriceBesideAQuantity(_ price: String, _ total: String?, _ count: Int, _ minor: Int64, _ doubts: [String]) {
    var lines: [(y: Int, cells: [(x: Int, text: String)])] = [
      (100, [(50, "Service"), (250, "Qty"), (400, ">Monthly Recurring Charge")]),
      (116, [(50, "SIP trunk"), (250, "\(count)"), (400, ">" + price)]),
    ]
    if let total { lines.append((132, [(50, "Total"), (400, ">" + total)])) }
    let found = Self.read(PlainPages.table(lines))
    #expect(found.lines.map(\.mrc?.value) == [usd(minor)])
    #expect(found.lines[0].mrc?.evidence.doubts.filter { $0 != "W_COMPUTED" } == doubts)
  }

  @Test func aUnitPriceAndItsSum() {
    let found = Self.read(
      PlainPages.table([
        (100, [(50, "Description"), (200, "Qty"), (300, ">Unit MRC"), (400, ">Total MRC"), (500, ">NRC")]),
        (116, [(50, "Cross connect"), (200, "4"), (300, ">$250.00"), (400, ">$1,000.00"), (500, ">$0.00")]),
      ]))
    #expect(found.lines.map(\.mrc?.value) == [usd(100_000)] && found.lines[0].quantity?.value == 4)
    let single = Self.read(
      PlainPages.table([
        (100, [(50, "Description"), (200, "Qty"), (300, ">Unit MRC")]),
        (116, [(50, "Cross connect"), (200, "4"), (300, ">$250.00")]),
      ]))
    #expect(single.lines.map(\.mrc?.value) == [usd(100_000)])
    #expect(single.lines[0].mrc?.evidence.doubts == ["W_COMPUTED"])
  }

  @Test func blackedOutAndTwoCurrencies() {
    let found = Self.read(
      PlainPages.table([
        Self.header, Self.row(116, 1, "$[***]", "$500.00"), Self.row(132, 2, "€950.50", "ICB"),
      ]))
    #expect(found.lines[0].mrc == nil && found.lines[0].doubts == ["W_REDACTED"])
    #expect(found.lines[0].nrc?.value == usd(50_000))
    #expect(found.lines[1].mrc?.value.currency == .eur && found.lines[1].nrc == nil)
    #expect(found.doubts == ["W_TWO_CURRENCIES"])
  }

  @Test func pricesInEuropeanFigures() {
    let found = Self.read(
      PlainPages.table([
        Self.header, Self.row(116, 1, "€1.250,00", "€500,00"), Self.row(132, 2, "€950,50", "€0,00"),
        (148, [(80, "Total"), (400, ">€2.200,50"), (480, ">€500,00")]),
      ]))
    #expect(found.lines.map(\.mrc?.value.minor) == [125_000, 95_050])
    #expect(found.totalMRC?.value == Money(minor: 220_050, currency: .eur))
  }

  @Test func figuresThatStandOutsideOfTheirHeading() {
    let found = Self.read(
      PlainPages.table([
        (100, [(60, "Item"), (90, "Service / Circuit ID"), (270, "Location A"), (424, "MRC"), (494, "NRC")]),
        (
          116,
          [(60, "1"), (90, "Ethernet Line 1 Gbps"), (270, "12 Elm Street"), (482, ">$1,875.00"), (552, ">$300.00")]
        ),
        (129, [(90, "KX.ETH.7001..AB")]),
        (146, [(60, "2"), (90, "Virtual Line 100 Mbps"), (270, "9 Oak Road"), (482, ">$460.00"), (552, ">Included")]),
        (159, [(90, "XC-0077-12")]), (176, [(90, "Total"), (482, ">$2,335.00"), (552, ">$300.00")]),
      ]))
    #expect(found.lines.map(\.mrc?.value) == [usd(187_500), usd(46_000)])
    #expect(found.lines.map(\.nrc?.value) == [usd(30_000), usd(0)])
    #expect(found.lines.map(\.circuitID?.value) == ["KX.ETH.7001..AB", "XC-0077-12"])
    #expect(found.lines.map(\.serviceType?.value) == ["Ethernet Line 1 Gbps", "Virtual Line 100 Mbps"])
    #expect(found.totalMRC?.evidence.confidence == 970)
  }

  @Test func whatWasPaidBeforeIsNoPrice() {
    let found = Self.read(
      PlainPages.table([
        (100, [(60, "Circuit ID"), (200, "Current MRC"), (300, "New MRC"), (400, "NRC")]),
        (116, [(60, "KX.1001"), (200, "$2,300.00"), (300, "$1,995.00"), (400, "$0.00")]),
      ]))
    #expect(found.lines.map(\.mrc?.value) == [usd(199_500)] && found.totalMRC == nil)
  }

  @Test(arguments: ["($100.00)", "-$100.00", "$100.00 CR", "30", "$1,00.00", "TBD", "100 Mbps"])
  func whatIsNoCharge(_ cell: String) {
    let found = Self.read(PlainPages.table([Self.header, Self.row(116, 1, cell, "$5.00")]))
    #expect(found.lines.first?.mrc == nil)
  }

  @Test func theWholeOfTheOrderProvesItsSums() {
    let lines: [(y: Int, cells: [(x: Int, text: String)])] = [
      Self.header, Self.row(116, 1, "$100.00", "$50.00"), (132, [(80, "Total"), (400, ">$100.00"), (480, ">$50.00")]),
    ]
    func term(_ total: String) -> Int? {
      let text: (y: Int, cells: [(x: Int, text: String)]) = (160, [(50, "Total order value over the term: \(total)")])
      return Self.read(PlainPages.table(lines + [text])).lines.first?.term?.evidence.confidence
    }
    #expect(term("$3,650.00") == 970 && term("$3,600.00") == 880)
  }

  /// Tables of other things, and rows that no price says belong to the order.
  @Test func whatIsNoPriceTable() {
    let page = PlainPages.table([
      (100, [(50, "Severity"), (200, "Response"), (350, "Credit")]),
      (116, [(50, "1"), (200, "30 minutes"), (350, "$100.00")]),
      (140, [(50, "The service"), (150, "and the location"), (250, "of a monthly fee"), (400, "are told")]),
      (154, [(50, "within"), (150, "some"), (250, "(30)"), (400, "days")]),
      (160, [(50, "Months"), (200, "Termination charge")]), (176, [(50, "1-12"), (200, "$5,000.00")]),
    ])
    #expect(Self.read(page).lines.isEmpty)
  }
}

@Suite struct PriceLabelTests {
  private static func read(_ text: String) -> PriceReading {
    ContractReader().read(pages: [PlainPages.text(text)], starts: [1])[0].prices
  }

  @Test(
    arguments: [
      ("Customer shall pay a monthly recurring charge of $2,450.00 for the Service.", 245_000, nil),
      ("The MRC shall be USD 1,999.50 and the NRC shall be USD 250.00.", 199_950, 25_000),
      ("Monthly Recurring Charge: $800.00\nInstallation Charge: $1,500.00", 80_000, 150_000),
      ("MRC: $75 NRC: $0.00", 7500, 0),
      ("Customer will pay charges of $1,100.00 per month.", 110_000, nil),
      ("A one-time installation fee of $350.00 and a monthly service fee of $99.95 apply.", 9995, 35_000),
      ("The monthly recurring charge is reduced from $2,450.00 to $2,100.00 as of the effective date.", 210_000, nil),
      ("Monthly Recurring Charge (MRC): $640.00\nNon-Recurring Charge (NRC): $640.00", 64_000, 64_000),
      ("The monthly recurring charge for the Service is Two Thousand Dollars ($2,000.00).", 200_000, nil),
      ("Setup fee: $1 000 Monthly fee: $800", 80_000, 100_000),
    ] as [(String, Int64, Int64?)])
  func pricesInWords(_ text: String, _ mrc: Int64, _ nrc: Int64?) {
    let found = Self.read(text)
    #expect(found.lines.count == 1 && found.lines[0].mrc?.value == usd(mrc))
    #expect(found.lines.first?.nrc?.value == nrc.map { usd($0) })
  }

  @Test(arguments: [
    "A minimum monthly charge of $500.00 applies.", "Late fees of $25.00 per month accrue on overdue amounts.",
    "Customer shall receive a credit of $100.00 per month.",
    "The liability of either party shall not exceed $10,000.00.",
    "Insurance of at least $1,000,000 per occurrence shall be kept.", "The term is 36 months.",
    "An estimated monthly charge of $70.00 is shown for information.", "The MRC is [***].",
    "Line Circuit ID MRC NRC $505.00", "Current MRC New MRC $2,300.00 $1,995.00",
    "The previous monthly recurring charge of $900.00 no longer applies.",
  ])
  func noPrice(_ text: String) { #expect(Self.read(text).lines.isEmpty) }

  @Test func blocksOfLabels() {
    let found = Self.read(
      """
      Service: Dedicated Internet
      Circuit ID: QX.1001
      Bandwidth: 1 Gbps
      Service Address: 12 Main Street, Boise ID
      Term: 36 months
      MRC: $1,000.00
      NRC: $200.00

      Service: Ethernet Private Line
      Circuit ID: QX.1002
      Bandwidth: 200 Mbps
      Term: 24 months
      MRC: $450.00
      NRC: $0.00

      Total MRC: $1,450.00
      """)
    #expect(found.lines.map(\.circuitID?.value) == ["QX.1001", "QX.1002"])
    #expect(found.lines.map(\.mrc?.value) == [usd(100_000), usd(45_000)])
    #expect(found.lines.map(\.term?.value.months) == [36, 24])
    #expect(found.lines.map(\.bandwidth?.value.kbps) == [1_000_000, 200_000])
    #expect(found.totalMRC?.value == usd(145_000) && found.totalMRC?.evidence.confidence == 970)
  }
}

@Suite struct RisingPriceTests {
  private static func read(_ text: String) -> PriceReading {
    ContractReader().read(pages: [PlainPages.text(text)], starts: [1])[0].prices
  }

  private static func percent(_ text: String) -> Percent { Percent(number: text)! }

  private static let variants: [(String, Escalation?)] = [
    (
      "The MRC shall increase by three percent (3%) annually on each anniversary of the Effective Date.",
      Escalation(.fixedPercent(percent("3")))
    ),
    (
      "Monthly recurring charges will increase 4.5% per year after the second year.",
      Escalation(.fixedPercent(percent("4.5")), firstAfterMonths: 24)
    ),
    (
      "Beginning in month 25, the monthly rate shall be increased by 5% each year.",
      Escalation(.fixedPercent(percent("5")), firstAfterMonths: 24)
    ),
    ("The charges escalate by 2% every twelve months.", Escalation(.fixedPercent(percent("2")))),
    (
      "Provider may adjust the recurring charges annually by the change in the CPI-U.",
      Escalation(.cpi(index: "CPI-U", floor: nil, cap: nil))
    ),
    (
      "The fees shall be increased annually by the percentage increase in the Consumer Price Index, not to exceed 5%.",
      Escalation(.cpi(index: "CPI", floor: nil, cap: percent("5")))
    ),
    (
      "The monthly charges increase each year by the greater of 3% or the CPI.",
      Escalation(.greaterOf(percent("3"), index: "CPI", cap: nil))
    ),
    (
      "The monthly charges increase each year by the lesser of 3% or the CPI.",
      Escalation(.cpi(index: "CPI", floor: nil, cap: percent("3")))
    ),
    (
      "The rental shall increase by the change in the RPI on each anniversary, subject to a minimum of 2% and a maximum of 6%.",
      Escalation(.cpi(index: "RPI", floor: percent("2"), cap: percent("6")))
    ),
    ("The MRC shall increase by $50.00 each year.", Escalation(.fixedAmount(usd(5000)))),
    (
      "The monthly recurring charges shall remain fixed during the Initial Term.",
      Escalation(.noEscalator, everyMonths: nil)
    ),
    ("Rates are not subject to any increase during the Service Term.", Escalation(.noEscalator, everyMonths: nil)),
    ("Late charges increase by 2% each year.", nil), ("Customer may increase bandwidth by 20% each year.", nil),
    ("Taxes may increase by 3% annually.", nil), ("Provider may increase its rates upon 30 days' notice.", nil),
    ("The charges shall increase by three percent (4%) annually.", nil),
  ]

  @Test(arguments: variants.indices) func rises(_ index: Int) {
    let (text, escalation) = Self.variants[index]
    #expect(Self.read(text).escalations.map(\.value) == (escalation.map { [$0] } ?? []), "\(text)")
  }

  @Test func rulesThatDiffer() {
    let found = Self.read("The MRC shall increase by 3% annually. The MRC shall increase by 5% annually.").escalations
    #expect(found.count == 2 && found.allSatisfy { $0.evidence.doubts == ["W_CONTRADICTION"] })
  }

  @Test(
    arguments: [
      ("Customer's Annual Volume Commitment (AVC) is $120,000.00 for each Contract Year.", 12_000_000, 12, nil),
      ("The Minimum Annual Revenue Commitment shall be USD 50,000.", 5_000_000, 12, nil),
      ("Customer agrees to a Minimum Monthly Commitment of $2,500.00.", 250_000, 1, nil),
      ("Customer shall pay a shortfall charge equal to 75% of the unmet Annual Commitment.", nil, 12, "75"),
    ] as [(String, Int64?, Int, String?)])
  func commitments(_ text: String, _ minor: Int64?, _ months: Int, _ share: String?) {
    let found = Self.read(text).minimumCommitment?.value
    #expect(found?.amount == minor.map { usd($0) } && found?.everyMonths == months)
    #expect(found?.shortfall == share.map { Self.percent($0) })
  }
}
