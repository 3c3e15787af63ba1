import Contracts
import Domain
import Pages
import TestSupport
import Testing

@Suite struct PreambleTests {
  @Test(arguments: [
    ("This Agreement is made and entered into as of March 1, 2021 by and between A and B.", "2021-03-01"),
    ("SERVICE ORDER\n\nOrder Date: 03/25/2021\n\nCustomer: Harbor Mills", "2021-03-25"),
    ("MASTER AGREEMENT\n\nDated: May 8, 2014\n\nbetween", "2014-05-08"),
    ("This Agreement, effective as of the 1st day of July, 2019, is between Alpha Inc. and Beta LLC.", "2019-07-01"),
    ("This Amendment No. 2 is made this 4th day of June, 2020 to the Agreement dated May 1, 2018.", "2020-06-04"),
    (
      "This Agreement shall be effective as of May 1, 2020 and is made and entered into this 10th day of January, 2020.",
      "2020-01-10"
    ),
  ])
  func findsWhenItWasMade(_ text: String, _ day: String) throws {
    #expect(try PlainPages.read(text).agreementDate?.value.day?.description == day)
  }

  @Test func theSignaturesDateWhatNothingElseDates() throws {
    let reading = try PlainPages.read(
      "SERVICE ORDER\n\nCarrier shall provide the Services to Customer at the sites listed below for the charges stated.\n\n"
        + "By: Jo March\nDate: June 3, 2021\n\nBy: Al Weir\nDate: June 9, 2021")
    #expect(reading.agreementDate?.value.day?.description == "2021-06-09")
  }

  @Test(arguments: [
    ("\"Effective Date\" means October 31, 2019.", "2019-10-31"),
    ("This Agreement is made on March 1, 2021 (the \"Effective Date\").", "2021-03-01"),
    ("Effective Date: April 2, 2022", "2022-04-02"),
    ("This Agreement shall take effect on April 2, 2022 and bind both parties.", "2022-04-02"),
    ("This Agreement, dated June 1, 2020, is effective as of July 1, 2020 (“Effective Date”).", "2020-07-01"),
    (
      "This Agreement is made on March 1, 2021. This Agreement is effective as of the date first written above.",
      "2021-03-01"
    ),
    ("The Term of this Agreement shall commence on April 1, 2021 and run for three years.", "2021-04-01"),
    ("The Commencement Date: 16 June 2004", "2004-06-16"),
  ])
  func findsWhenItTakesEffect(_ text: String, _ day: String) throws {
    #expect(try PlainPages.read(text).effectiveDate?.value.day?.description == day)
  }

  @Test(arguments: [
    "This Agreement between Alpha Inc. and Beta LLC is effective on the date the last party signs it (the \"Effective Date\").",
    "\"Effective Date\" means the date of the last signature on this Agreement.",
  ])
  func anEffectiveDateWithoutADayStaysRelative(_ text: String) throws {
    let reading = try PlainPages.read(text)
    #expect(reading.effectiveDate?.value.day == nil)
    if let found = reading.effectiveDate {
      guard case .relative = found.value else { throw PlainPages.Nothing() }
      #expect(found.evidence.doubts == ["W_RELATIVE"])
    }
  }

  @Test func aPartialDateStaysPartial() throws {
    let reading = try PlainPages.read(
      "This Agreement is made as of March ___, 2021 by and between Alpha Inc. and Beta LLC.")
    #expect(reading.agreementDate?.value == .partial("March ___, 2021"))
    #expect(reading.agreementDate?.evidence.doubts == ["W_PARTIAL"])
  }

  @Test(
    arguments: [
      (
        "by and between Northfield Fiber Networks, LLC, a Delaware limited liability company (\"Carrier\"), and Harbor Mills Hospital, Inc. (\"Customer\").",
        ["Northfield Fiber Networks, LLC", "Harbor Mills Hospital, Inc."], ["Carrier", "Customer"]
      ),
      (
        "between TOWN OF EASTWICK (the “City”) and Blue Heron Telephone Company, with offices at 12 Main Street, Salem (“Provider”).",
        ["TOWN OF EASTWICK", "Blue Heron Telephone Company"], ["City", "Provider"]
      ),
      (
        "by and among Alder & Finch Co., Ltd. (\"Alder\"), Birch Research and Engineering Company (\"Birch\") and Cedar (UK) Limited (\"Cedar\") (each a \"Party\").",
        ["Alder & Finch Co., Ltd.", "Birch Research and Engineering Company", "Cedar (UK) Limited"],
        ["Alder", "Birch", "Cedar"]
      ),
      (
        "between Maple Wireless Inc. (\"Maple\"), a Nevada corporation having its principal place of business in Reno, and John Q. Harlow (\"Consultant\").",
        ["Maple Wireless Inc.", "John Q. Harlow"], ["Maple", "Consultant"]
      ),
      (
        "between:\n\nOak Ridge Telecom GmbH\n\nand\n\nPine Valley Utilities, Inc.",
        ["Oak Ridge Telecom GmbH", "Pine Valley Utilities, Inc."], [nil, nil]
      ),
      (
        "between Delta Relay N.V. (\"Delta\") and Spruce Holdings PLC (\"Spruce\"). 1. Grant. During the Term (\"Term\") Delta grants rights.",
        ["Delta Relay N.V.", "Spruce Holdings PLC"], ["Delta", "Spruce"]
      ),
      (
        "between Maple Wireless Inc. (\"Provider\") and Oak Ridge Telecom GmbH (\"Customer\").\nCustomer Oak Ridge Telecom GmbH Account 20561",
        ["Maple Wireless Inc.", "Oak Ridge Telecom GmbH"], ["Provider", "Customer"]
      ),
    ] as [(String, [String], [String?])])
  func findsTheParties(_ clause: String, _ names: [String], _ terms: [String?]) throws {
    let reading = try PlainPages.read("This Agreement is made on March 1, 2021 " + clause)
    #expect(reading.parties.map(\.value.name) == names)
    #expect(reading.parties.map(\.value.definedTerm) == terms)
  }

  @Test(arguments: [
    ("MASTER SERVICES AGREEMENT\n\nThis Agreement is made", "MASTER SERVICES AGREEMENT"),
    ("Exhibit 10.4\n\nAmendment No. 2 to Service Order\n\nThe parties", "Amendment No. 2 to Service Order"),
    ("Execution Copy\n\nCo-Location License\n\nThis License", "Co-Location License"),
  ])
  func findsTheTitle(_ text: String, _ title: String) throws {
    #expect(try PlainPages.read(text).title?.value == title)
  }

  @Test func aFooterDoesNotDateOrCutAContract() throws {
    let footer = "\n\nThe parties\n\nhave read\n\nthis page.\n\n\n\nPrinted 9/9/2022 by portal Page "
    let pages = writtenPages([
      "SERVICE AGREEMENT\n\nThis Agreement is made by Alpha Inc. The initial term of this Agreement shall be" + footer
        + "1",
      "five (5) years from March 1, 2021. Alpha shall bill monthly." + footer + "2",
      "Alpha shall repair faults. This Agreement shall be governed by the laws of Ohio." + footer + "3",
    ])
    let reading = try #require(ContractReader().read(pages: pages).first)
    #expect(reading.term?.value.term.months == 60)
    #expect(reading.expiration?.value.day?.description == "2026-03-01")
    #expect(reading.agreementDate?.value.day?.description != "2022-09-09")
  }
}
