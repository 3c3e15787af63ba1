import Contracts
import TestSupport
import Testing

/// How agreements name those who make them.
@Suite struct PartyTests {
  /// What follows a preamble, so that terms do something.
  private static let rest =
    "\n\nWHEREAS, the parties wish to work together.\n\n1. Fees. All fees are due within thirty days of the invoice.\n\n"

  @Test(
    "A preamble names them",
    arguments: [
      (
        "by and between Lumeta Harvest (hereinafter \"Harvest\"), a sole proprietorship with offices in Dover, Ohio, and the University of Eastmark, a public institution (hereinafter \"University\").",
        ["Lumeta Harvest", "University of Eastmark"]
      ),
      (
        "among MIRA PICTURES INTERNATIONAL, a general partnership (\"Licensor\"), GAMEFORGE, INC. (\"Licensee\"), and, solely for purposes of Section 9, JOHN R. MADDUX (\"Guarantor\").",
        ["MIRA PICTURES INTERNATIONAL", "GAMEFORGE, INC.", "JOHN R. MADDUX"]
      ),
      (
        "between “Petrolia Marketing B.V.”, hereinafter referred to as “Buyer”, and “Delft Terminal C.V.”, hereinafter referred to as “Operator”.",
        ["Petrolia Marketing B.V.", "Delft Terminal C.V."]
      ),
      (
        "between Oro Gold Capital, whose address is 3 Wall Street, referred to as the \"Client,\" AND Ms. Judith Ferrer, whose address is 9 Pine Court, referred to as the \"Contractor.\"",
        ["Oro Gold Capital", "Judith Ferrer"]
      ),
      (
        "by and between PetMart Online (PMO), at 5 Market Street, Boise, and WebWorks Design (WWD), at 10 Lake Ave, Reno. PMO shall pay WWD. WWD shall build. WWD will deliver.",
        ["PetMart Online", "WebWorks Design"]
      ),
      (
        "by and between THE BRIGHT CORPORATION, a Delaware corporation (\"Bright\"), and TOWN OF EASTWICK, OHIO, a municipal corporation (\"Town\").",
        ["THE BRIGHT CORPORATION", "TOWN OF EASTWICK, OHIO"]
      ),
      (
        "by Cedar Crest Capital, L.P. (\"Investor\") in favor of First Prairie Bank, a national banking association (\"Bank\").",
        ["Cedar Crest Capital, L.P.", "First Prairie Bank"]
      ),
      (
        "by and between Alder Trust Bank d/b/a Alder Bank, an Ohio bank (the “Bank”), and Elm, Inc. of Nevada (“Elm”).",
        ["Alder Trust Bank", "Elm, Inc. of Nevada"]
      ),
      (
        "by and among Hart Oil Company (the \"Company\"), Pinecrest Master Fund, Ltd., Pinecrest Advisors, LLC and Jonathan Pine (each of the foregoing a \"Pinecrest Party\").",
        ["Hart Oil Company", "Pinecrest Master Fund, Ltd.", "Pinecrest Advisors, LLC", "Jonathan Pine"]
      ),
      (
        "between Falcon Talent Agency of 90 High Street, Leeds (“FTA”) agent for Rob Fenner (“Talent”) and Dales Radio plc (“Station”).",
        ["Falcon Talent Agency", "Rob Fenner", "Dales Radio plc"]
      ),
      (
        "by and between Mail House Etc. USA, Inc. (\"Mail House\") and iParcel.com, Inc. (\"Parcel\").",
        ["Mail House Etc. USA, Inc.", "iParcel.com, Inc."]
      ),
      (
        "between the following two parties in Beijing:\n\nHongda Network Co., Ltd. (“Party A”)\nRepresentative: Wang Lei\nand\nYuanfeng Media Co., Ltd. (“Party B”)",
        ["Hongda Network Co., Ltd.", "Yuanfeng Media Co., Ltd."]
      ),
    ] as [(String, [String])])
  func preamble(_ clause: String, _ names: [String]) throws {
    #expect(try read("This Agreement is made on March 1, 2021 " + clause + Self.rest) == names)
  }

  @Test(
    "A sentence names them without `between`",
    arguments: [
      (
        "Ridge Optics, a Nevada corporation in Reno (the \"Seller\"), and Blue Lake Stores Inc. (the \"Buyer\") agree to the terms below.",
        ["Ridge Optics", "Blue Lake Stores Inc."]
      ),
      (
        "KNOW ALL MEN BY THESE PRESENTS, that Prairie Storage Company, a Kansas trust (\"Storer\"), hereby appoints Midland Metering Company (\"Agent\"). Agent shall read meters.",
        ["Prairie Storage Company", "Midland Metering Company"]
      ),
      (
        "Ladies and Gentlemen:\n\nSunrise Savings Bank (the \"Bank\") and Sunrise Bancorp, a Maryland corporation (the \"Company\"), hereby confirm, as of June 5, 2014, their respective agreements with Marlow Securities LLC (\"Agent\").",
        ["Sunrise Savings Bank", "Sunrise Bancorp", "Marlow Securities LLC"]
      ),
    ] as [(String, [String])])
  func sentence(_ clause: String, _ names: [String]) throws {
    #expect(try read("SERVICE AGREEMENT\n\n" + clause + Self.rest) == names)
  }

  @Test func theListThatSaysMostIsTaken() throws {
    let cover = "SUPPLY AGREEMENT\n\nBETWEEN\n\nHALVERSEN\n\nAND\n\nWESTLAKE\n\n"
    let other =
      "This is attached to the agreement dated May 1, 2001 between Elm Holdings Ltd. and Oak Holdings Ltd.\n\n"
    let own =
      "This SUPPLY AGREEMENT is made by and between Halversen Chemie AG (\"Seller\") and Westlake Coatings Inc. (\"Buyer\")."
    #expect(try read(cover + other + own + Self.rest) == ["Halversen Chemie AG", "Westlake Coatings Inc."])
  }

  @Test func aPartyOnlyCalledByItsTermIsNamed() throws {
    let text =
      "SPONSORSHIP\n\nHarbor Champions Media, Inc. (\"HCM\"), of Salem, holds a regatta. This Agreement is made by and between Nova Drinks Ltd (\"Nova\") and HCM."
    #expect(try read(text + Self.rest) == ["Nova Drinks Ltd", "Harbor Champions Media, Inc."])
  }

  @Test func anAddressBelowANameIsNoneOfIt() throws {
    let text =
      "OUTSOURCING AGREEMENT\n\nBETWEEN:\n\nMODEL MEDIA EUROPE\nLANGE STRAAT 51\n7327 GM APELDORP\n(HEREINAFTER \"MME\")\n\nAND\n\nDRAKE SYSTEMS, INC.\n320 NEW STREET\n(HEREINAFTER \"DRAKE\")"
    #expect(try read(text + Self.rest) == ["MODEL MEDIA EUROPE", "DRAKE SYSTEMS, INC."])
  }

  @Test func linesThatUnderlineDoNotCutNames() throws {
    let text =
      "This Agreement is made by and between Blue\n----\nRidge Online, Inc. (\"Ridge\"), and Travel\n-------   ------\nGate Inc. (\"Gate\")."
    #expect(try read(text + Self.rest) == ["Blue Ridge Online, Inc.", "Travel Gate Inc."])
  }

  @Test func aFormLabelsThem() throws {
    let text =
      "HOSTING ORDER\n\nCustomer Name: Quill & Parchment, Inc.\nAddress: 44 Dover Street\n\nProvider: Stratos Hosting LLC\n\nProvider shall host."
    #expect(try read(text) == ["Quill & Parchment, Inc.", "Stratos Hosting LLC"])
  }

  @Test func aPartyNamedElsewhereIsTheOneThatIsLabelledOrSigns() throws {
    let begin = "This Agreement is made between Kestrel Software Corp. (\"Licensor\") and the "
    #expect(
      try read(begin + "customer identified below (\"Licensee\").\n\nLicensee: Mutual Life Company\n\n" + Self.rest)
        == ["Kestrel Software Corp.", "Mutual Life Company"])
    #expect(
      try read(
        begin + "funds named on the signature page (each a \"Fund\")." + Self.rest
          + "IN WITNESS WHEREOF, the parties sign.\n\nKESTREL SOFTWARE CORP.\n\nBy: /s/ A. Roe\n\nELM FUND, L.P.\n\nBy: /s/ B. Lo"
      ) == ["Kestrel Software Corp.", "ELM FUND, L.P."])
  }

  @Test func onlySignaturesNameThem() throws {
    let text =
      "JOINT FILING AGREEMENT\n\nThe undersigned agree to the joint filing of this statement with respect to shares of the issuer named therein.\n\nRIDGE POINT PARTNERS, L.P.\n\nBy: Ridge Point Management LLC, its general partner\n\nBy: /s/ Ted Rowe\nName: Ted Rowe\nTitle: Member\n\nRIDGE POINT FUND LTD.\n\nBy: /s/ Ted Rowe\nTitle: Director\n\n/s/ Omar Diallo\nOmar Diallo"
    #expect(try read(text) == ["RIDGE POINT PARTNERS, L.P.", "RIDGE POINT FUND LTD.", "Omar Diallo"])
  }

  @Test func whatIsNoPartyIsNone() throws {
    let text =
      "This Agreement is made by and between Elm, Inc. (\"Elm\") and Oak LLC (\"Oak\"), registered with the Securities and Exchange Commission (the \"SEC\") and located in Suite 4 and Building B (the \"Premises\")."
    #expect(try read(text + Self.rest) == ["Elm, Inc.", "Oak LLC"])
  }

  private func read(_ text: String) throws -> [String] {
    try PlainPages.read(text).parties.map(\.value.name)
  }
}
