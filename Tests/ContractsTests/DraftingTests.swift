import Contracts
import Domain
import Pages
import Testing

/// The same things said as many drafters say them; and what sounds alike but says something else.
@Suite struct DraftingTests {
  private static let parties = """
    by and between Northfield Valve Works, LLC, a Delaware limited liability company ("Supplier"), and Harbor Mills
    Hospital, Inc. ("Customer").


    """

  private func read(_ clause: String) throws -> ContractReading {
    try PlainPages.read(
      "MASTER SUPPLY AGREEMENT\n\nThis Master Supply Agreement (this \"Agreement\") is made as of March 1, 2021 (the \"Effective Date\") "
        + Self.parties + clause)
  }

  @Test(
    arguments: [
      (
        "This Agreement shall be automatically renewed from year to year unless written notice of termination is given by either party to the other not later than ninety (90) days prior to the end of the initial term or any renewal term.",
        90
      ),
      (
        "The term shall be deemed extended for further periods of twelve months each, provided that neither party has given notice of its intention to terminate not less than ninety (90) days before the end of the then current period.",
        90
      ),
      (
        "Following the Initial Term, the Agreement shall automatically continue in effect until either party gives the other at least ninety (90) days written notice of termination.",
        90
      ),
      (
        "This Agreement shall renew for successive terms of one year each. Supplier or Customer may decline to renew by written notice to the other delivered 90 days or more before the term ends.",
        90
      ),
      (
        "Unless either party shall have notified the other to the contrary in writing at least ninety (90) days prior to the end of the Initial Term, the Agreement shall be renewed for another two (2) years.",
        90
      ),
      (
        "The term of this Agreement shall be extended automatically for one additional year on each anniversary of the Effective Date unless, at least ninety (90) days prior to such anniversary, either party gives written notice to the other that the term shall not be so extended.",
        90
      ),
      (
        "This Agreement may be terminated at the end of the Initial Term or any renewal term by either party upon ninety (90) days' prior written notice; otherwise it renews for one year.",
        90
      ),
      (
        "The Term shall automatically renew for consecutive one (1) year periods. A party that does not want the Term to renew must so advise the other in writing no fewer than ninety days ahead of the scheduled expiration.",
        90
      ),
      (
        "Absent written notice of non-renewal delivered not less than ninety (90) days preceding the expiration of the current term, this Agreement shall automatically renew for one year.",
        90
      ),
      (
        "This Agreement shall continue in force for an initial term of two years and thereafter for additional one year terms, subject to the right of either party to cancel effective at the end of the initial term or any additional term on at least ninety (90) days written notice.",
        90
      ),
      (
        "The Agreement shall be extended for consecutive one (1) year terms unless either Party gives notice, at least ninety (90) days in advance of the expiration of the initial or any extended term, of its desire to terminate.",
        90
      ),
      (
        "Thereafter, this Agreement shall remain in effect until terminated by either party upon ninety (90) days' written notice to the other.",
        90
      ),
      (
        "This Agreement renews automatically for terms of five years unless six (6) months prior to the end of a term a party gives notice that it does not intend to renew.",
        180
      ),
      (
        "Unless either party has given the other no less than six months' notice of termination, to expire at the end of the Initial Term, the Agreement shall continue for further terms of one year.",
        180
      ),
      (
        "The parties agree that this Agreement shall automatically roll over for one year periods unless a party provides sixty (60) days' notice of its intent to let the Agreement expire.",
        60
      ),
      (
        "This Agreement shall automatically renew for one (1) year periods (each a \"Renewal Term\") unless one of the Parties provides written notice to the other, at least sixty (60) days prior to the expiration of the Initial Term or then-current Renewal Term, as the case may be, that it does not wish this Agreement to be renewed.",
        60
      ),
      (
        "After the first year the Agreement shall continue on a month-to-month basis and may be terminated by either party on thirty (30) days written notice.",
        30
      ),
      (
        "Upon expiration this Agreement shall automatically convert to a month to month agreement, which either party can cancel with 30 days notice.",
        30
      ),
      (
        "Customer may renew this Agreement for one additional term of two years by giving Supplier written notice at least ninety (90) days prior to the end of the Initial Term.",
        nil
      ),
      (
        "Supplier may, by written notice given at least thirty (30) days prior to the end of the then-current term, extend the term for the period set forth in such notice.",
        nil
      ),
      (
        "If a Force Majeure Event lasts for more than ninety (90) days, either party may terminate this Agreement upon thirty (30) days written notice and the term shall not be extended.",
        nil
      ),
      (
        "Supplier may change its prices upon sixty (60) days written notice prior to the end of each contract year.",
        nil
      ),
      (
        "Customer shall have the right to extend the Term for two additional periods of one year each upon at least 120 days prior written notice.",
        nil
      ),
      (
        "The exclusivity shall end if Customer gives notice sixty (60) days prior to the end of the calendar year that it failed to reach the minimum purchases.",
        nil
      ),
    ] as [(String, Int?)])
  func findsTheNotice(_ clause: String, _ days: Int?) throws {
    let notice = try read(clause).notice?.value
    #expect(notice.map { $0.unit == .months ? $0.count * 30 : $0.count } == days)
  }

  @Test(
    arguments: [
      (
        "At the end of the Initial Term, this Agreement shall automatically be extended for an additional one (1) year period (the \"Renewal Term\").",
        12
      ),
      ("The Agreement shall renew itself annually unless a party objects.", 12),
      ("This Agreement is subject to automatic one-year renewals after the Initial Term.", 12),
      ("Customer shall have two (2) options to renew the term for one (1) year each.", 12),
      ("This Agreement shall roll over for successive one-year terms.", 12),
      (
        "The initial term will automatically be followed by one year extension terms unless a party objects in writing.",
        12
      ),
      ("This Agreement will automatically renew every two years after the Initial Term.", 24),
      (
        "If Supplier fails to deliver, the term of this Agreement shall be extended by one month for every month of delay.",
        nil
      ),
    ] as [(String, Int?)])
  func findsTheRenewal(_ clause: String, _ months: Int?) throws {
    #expect(try read(clause).renewal?.value.months == months)
  }

  @Test(
    arguments: [
      (
        "\"Expiration Date\" means the fifth anniversary of the Effective Date. This Agreement shall continue in force until the Expiration Date unless earlier terminated.",
        "2026-03-01"
      ),
      (
        "Supplier appoints Customer as its distributor for a period of five (5) years from the Effective Date.",
        "2026-03-01"
      ),
      (
        "The initial period of this Agreement shall be five years from its Effective Date, subject to the termination rights below.",
        "2026-03-01"
      ),
      ("This Agreement will expire on the 5th anniversary of the Effective Date unless renewed.", "2026-03-01"),
      ("This Agreement begins on the Effective Date and lasts for 5 years.", "2026-03-01"),
      ("This Agreement will terminate automatically five (5) years after the Effective Date.", "2026-03-01"),
      (
        "The licence granted by this Agreement shall endure for a period of five (5) years from the Effective Date.",
        "2026-03-01"
      ),
      (
        "This Agreement shall commence on the Effective Date and continue thereafter for a period of five (5) years, unless extended by written agreement of both parties.",
        "2026-03-01"
      ),
      ("Contract Period: March 1, 2021 through December 31, 2030", "2030-12-31"),
      (
        "This Agreement shall continue until December 31, 2030, unless terminated earlier by either party.",
        "2030-12-31"
      ),
      (
        "This Agreement shall, unless previously terminated, expire at 11:59 p.m. Eastern Time on December 31, 2030.",
        "2030-12-31"
      ),
      ("Unless renewed as provided below, this Agreement will expire on 31 December 2030.", "2030-12-31"),
      ("This Agreement expires December 31, 2030.", "2030-12-31"),
      (
        "During the Term of this Agreement, Customer shall purchase at least 500 units for the twelve-month period commencing July 1, 2022 and ending June 30, 2023.",
        nil
      ),
      (
        "For a period of two years following the Effective Date, neither party shall solicit the employees of the other.",
        nil
      ),
      ("Prices in this Agreement shall remain in effect through December 31, 2022.", nil),
      (
        "The obligations in this Section shall survive the termination of this Agreement for a period of three (3) years.",
        nil
      ),
      (
        "Customer shall have the exclusive right to sell the product in Ohio until December 31, 2023 during the term of this Agreement.",
        nil
      ),
      ("Notwithstanding the termination of this Agreement, all payments due shall continue for two years.", nil),
    ] as [(String, String?)])
  func findsTheEnd(_ clause: String, _ day: String?) throws {
    #expect(try read(clause).expiration?.value.day?.description == day)
  }

  @Test(arguments: [
    "This Agreement shall remain in effect unless and until terminated by either party upon thirty days notice.",
    "This Agreement is perpetual and may be terminated only for breach.",
    "The licence granted hereby shall endure indefinitely unless terminated under clause 9.",
    "This Agreement shall have no fixed term and shall continue until terminated by either party.",
    "The term of this Agreement shall be for an unlimited period of time.",
  ])
  func findsAnAgreementWithoutEnd(_ clause: String) throws {
    #expect(try read(clause).expiration?.value == .perpetual)
  }

  @Test(arguments: [
    "This Agreement shall continue until the completion of the Work.",
    "The term of this Agreement shall commence on the Effective Date and end on the 60th day following notice from a party.",
    "This Agreement shall remain in force until Customer ceases to sell the Products.",
  ])
  func whatEndsByAnEventHasNoLastDay(_ clause: String) throws {
    let end = try #require(try read(clause).expiration)
    #expect(end.value == .perpetual)
    #expect(end.evidence.doubts == ["W_RELATIVE"])
  }

  @Test(
    arguments: [
      ("The \"Term\" shall begin on the date hereof and shall expire December 31, 2024.", "2021-03-01"),
      ("This Agreement is effective as of the date set forth above.", "2021-03-01"),
      ("\"Effective Date\" shall have the meaning set forth in the preamble.", "2021-03-01"),
      ("\"Commencement Date\" means the date of this Agreement.", "2021-03-01"),
      ("This Agreement will go into effect on April 1, 2021.", "2021-04-01"),
      (
        "\"Effective Date\" shall be the later of the two signatures below.\n\nSUPPLIER\nBy: /s/ Ann Hill\nDate: March 30, 2021\n\nCUSTOMER\nBy: /s/ Bo Dale\nDate: April 1, 2021",
        "2021-04-01"
      ),
      (
        "This Agreement shall be effective on the date last signed below (the \"Effective Date\").\n\nSUPPLIER\nBy: /s/ Ann Hill\nDate: March 30, 2021\n\nCUSTOMER\nBy: /s/ Bo Dale\nDate: April 1, 2021",
        "2021-04-01"
      ),
      (
        "For purposes of this Agreement, \"Standstill Period\" shall mean the period commencing on the date of this Agreement and ending on December 31, 2022.",
        nil
      ),
      (
        "Except as otherwise contemplated in this Agreement, at all times during the period commencing on the date hereof and ending June 30, 2021, Customer shall not solicit proxies.",
        nil
      ),
    ] as [(String, String?)])
  func findsWhenItTakesEffect(_ clause: String, _ day: String?) throws {
    let reading = try PlainPages.read(
      "MASTER SUPPLY AGREEMENT\n\nThis Agreement (this \"Agreement\") is entered into as of March 1, 2021 "
        + Self.parties + clause)
    #expect(reading.effectiveDate?.value.day?.description == day)
  }

  @Test(arguments: [
    ("This Agreement is made as of this 1 day of March\nst\n2021", ""),
    (
      "This Agreement is made",
      "IN WITNESS WHEREOF, the parties have signed this Agreement.\n\n/s/ Ann Hill 2/26/21\nANN HILL Date\n\nHARBOR MILLS\nBy: /s/ Bo Dale 3/1/21\nBo Dale Date"
    ),
    (
      "This Agreement is made",
      "SUPPLIER\nBy: /s/ Ann Hill\n26 Feb. 2021\n\nCUSTOMER\nBy: /s/ Bo Dale\nVice President\n1 Mar. 2021"
    ),
    ("This Agreement made and entered into this 1st day of March, A.D. 2021", ""),
  ])
  func findsWhenItWasMade(_ opening: String, _ closing: String) throws {
    let filling = String(repeating: "The parties meet every year.\n\n", count: 8)
    let reading = try PlainPages.read("SUPPLY AGREEMENT\n\n" + opening + " " + Self.parties + filling + closing)
    #expect(reading.agreementDate?.value.day?.description == "2021-03-01")
  }
}
