import Domain
import Pages
import TestSupport
import Testing

@testable import Contracts

@Suite struct AgreementTests {
  private static func read(_ text: String) -> ContractReading {
    ContractReader().read(pages: [PlainPages.text(text)], starts: [1])[0]
  }

  @Test(
    arguments: [
      (
        "MASTER SERVICES AGREEMENT\n\nAgreement No. MSA-2024-017\n\nThis agreement is made.", ContractKind.msa,
        "MSA-2024-017", nil
      ),
      (
        "Service Order Form\n\nOrder Number: SO-5512\n\nThis order is governed by Master Services Agreement No. MSA-2024-017.",
        .serviceOrder, "SO-5512", "MSA-2024-017"
      ),
      (
        "Customer Order Form\n\nThe Standard Terms QX-ST-2 apply.\n\nOrder Number AB-901", .serviceOrder, "AB-901",
        "QX-ST-2"
      ),
      (
        "SERVICE ORDER\n\nService Order No: 88-1204/A\nMaster Agreement Number: QX-77", .serviceOrder, "88-1204/A",
        "QX-77"
      ),
      (
        "Amendment No. 2 to Master Services Agreement\n\nThis Amendment amends the Master Services Agreement No. MSA-9.01 between the parties.",
        .amendment, "MSA-9.01 AMENDMENT 2", "MSA-9.01"
      ),
      ("First Amendment\n\nThis Amendment changes Service Order SO # 4471 in these respects.", .amendment, nil, nil),
      ("Amendment Number: AM-31\n\nAmendment to Service Order No. SO-4471", .amendment, "AM-31", "SO-4471"),
      ("Statement of Work\n\nSOW Number: SOW-12\n\nIssued under Agreement No. C-1001.", .sow, "SOW-12", "C-1001"),
      ("Letter of Agency\n\nTo whom it may concern.", .loa, nil, nil),
      ("Tower Lease Agreement\n\nLease No. TL-450", .lease, "TL-450", nil),
      ("A text about nothing in particular.", nil, nil, nil),
    ] as [(String, ContractKind?, String?, String?)])
  func kindNumberAndParent(_ text: String, _ kind: ContractKind?, _ number: String?, _ parent: String?) {
    let found = Self.read(text)
    #expect(found.kind?.value == kind)
    #expect(found.number?.value == number)
    #expect(found.parent?.value == parent)
  }

  @Test(arguments: [
    (
      "This Agreement is between Redwood Fiber, LLC (\"Provider\") and Acme Freight, Inc. (\"Customer\").",
      "Redwood Fiber, LLC", "Acme Freight, Inc."
    ),
    (
      "This Agreement is between Acme Freight, Inc. (\"Customer\") and Redwood Fiber, LLC (\"Redwood\").",
      "Redwood Fiber, LLC", "Acme Freight, Inc."
    ),
    (
      "This Agreement is between Acme Freight, Inc. (\"Acme\") and Redwood Communications, LLC (\"Redwood\").",
      "Redwood Communications, LLC", "Acme Freight, Inc."
    ),
    (
      "Service Order\nProvider: Redwood Fiber, LLC\nCustomer Name: Acme Freight, Inc.\nOrder Number: SO-1",
      "Redwood Fiber, LLC", "Acme Freight, Inc."
    ),
  ])
  func carrierAndCustomer(_ text: String, _ carrier: String, _ customer: String) {
    let parties = Self.read(text).parties.map(\.value)
    #expect(parties.first { $0.role == .carrier }?.name == carrier)
    #expect(parties.first { $0.role == .customer }?.name == customer)
  }

  private static let file: [Page] = [
    "MASTER SERVICES AGREEMENT\n\nAgreement No. MSA-1\nPage 1 of 2\n\nThe parties agree to what follows.",
    "MASTER SERVICES AGREEMENT\n\nPage 2 of 2\n\nIN WITNESS WHEREOF the parties have signed.\n\nBy: ____ Title: ____",
    "EXHIBIT A\n\nService Order Form\n\nAn example of an order.",
    "SERVICE ORDER\n\nOrder Number: SO-1\nPage 1 of 1\n\nMRC: $100.00\n\nSignature: ____",
    "Amendment No. 1\n\nAmendment to Service Order No. SO-1\n\nMRC: $90.00",
  ].enumerated().map { PlainPages.text($1, number: $0 + 1) }

  @Test func oneFileHoldsSeveralAgreements() {
    let found = ContractReader().read(pages: Self.file)
    #expect(found.map(\.pages) == [1...3, 4...4, 5...5])
    #expect(found.map(\.kind?.value) == [.msa, .serviceOrder, .amendment])
    #expect(found.map(\.number?.value) == ["MSA-1", "SO-1", "SO-1 AMENDMENT 1"])
    #expect(found.map { $0.prices.lines.count } == [0, 1, 1])
  }

  @Test func aPersonSaysWhereTheyBegin() {
    #expect(ContractReader().read(pages: Self.file, starts: [1]).map(\.pages) == [1...5])
    #expect(ContractReader().read(pages: Self.file, starts: [1, 3, 5]).map(\.pages) == [1...2, 3...4, 5...5])
    #expect(ContractReader().read(pages: Self.file, starts: []).map(\.pages) == [1...5])
    #expect(ContractReader().read(pages: []).isEmpty)
  }

  @Test func aProfileRefinesWhatIsRead() {
    let profile = ContractProfile(
      carrier: "Redwood Fiber", aliases: ["RWF"], recognise: ["redwood order"],
      labels: [.mrc: ["Periodic Consideration"], .circuit: ["Strand"]], ignored: ["Example"],
      patterns: [.number: "our sign\\s+(\\w+-\\d+)"])
    let page = PlainPages.table([
      (60, [(50, "Redwood Fiber")]), (80, [(50, "Redwood  Order")]), (100, [(50, "our sign RW-81")]),
      (140, [(50, "Example")]), (160, [(50, "Strand"), (300, ">Periodic Consideration")]),
      (176, [(50, "ST-9999"), (300, ">$9.00")]), (300, [(50, "Strand"), (300, ">Periodic Consideration")]),
      (316, [(50, "ST-1001"), (300, ">$250.00")]),
    ])
    #expect(profile.isOf([page]))
    #expect(!profile.isOf([PlainPages.text("Redwood Fiber")]))
    let found = ContractReader(profile: profile).read(pages: [page], starts: [1])[0]
    #expect(found.number?.value == "RW-81")
    #expect(found.prices.lines.map(\.circuitID?.value) == ["ST-1001"])
    #expect(found.prices.lines.map(\.mrc?.value.minor) == [25_000])
    #expect(ContractReader().read(pages: [page], starts: [1])[0].prices.lines.isEmpty)
    #expect(ContractProfile.fault(of: "(a") != nil && ContractProfile.fault(of: "abc") != nil)
    #expect(ContractProfile.fault(of: "(?:a)") != nil && ContractProfile.fault(of: "a(b)") == nil)
  }
}
