import TestSupport
import Testing

@testable import Domain

private func parse(_ text: String, _ order: DateOrder? = nil) throws -> String {
  try bytes(text) { try CalendarDate.parse($0, order: order) }.description
}

@Suite struct CalendarDateTests {
  @Test(arguments: [
    "2024-03-04", "2024/03/04", "2024/3/4", "20240304", "4.3.2024", "04.03.2024", "4 Mar 2024", "March 4, 2024",
    "04-MAR-24", "4. März 2024", "4 mars 2024", "4-Mar-2024", "Mar 4 2024", "4th March 2024", "2024-03-04T00:00:00",
    "2024-03-04 00:00:00", "2024-03-04T00:00:00Z", "2024-03-04T00:00:00.000+01:00", " 2024-03-04\u{A0}", "2024-3-4",
    "2024-Mar-04", "2024.03.04", "4 March, 2024", "4Mar2024", "Mar. 4, 2024", "2024-03-04 12:00:00 AM", "04mar24",
  ])
  func readsWhatIsProven(_ text: String) throws { #expect(try parse(text) == "2024-03-04") }

  @Test(arguments: [
    ("03/04/2024", DateOrder.mdy, "2024-03-04"), ("03/04/2024", .dmy, "2024-04-03"), ("3/4/24", .mdy, "2024-03-04"),
    ("24/3/4", .ymd, "2024-03-04"), ("3-4-1999", .dmy, "1999-04-03"), ("01/02/70", .dmy, "1970-02-01"),
    ("01/02/69", .dmy, "2069-02-01"), ("2024-03-04", .dmy, "2024-03-04"), ("03.04.2024", .mdy, "2024-03-04"),
    ("3/4/2024 12:00:00 AM", .mdy, "2024-03-04"),
  ])
  func aDeclaredOrderDecides(_ text: String, _ order: DateOrder, _ result: String) throws {
    #expect(try parse(text, order) == result)
  }

  @Test(arguments: [
    ("25/06/2024", "2024-06-25"), ("06/25/2024", "2024-06-25"), ("03/03/2024", "2024-03-03"),
    ("13/02/24", "2024-02-13"),
    ("99/02/03", "1999-02-03"), ("1 août 2023", "2023-08-01"), ("1er février 2023", "2023-02-01"),
    ("24. Dez. 2023", "2023-12-24"), ("Januar 5 2023", "2023-01-05"), ("29 feb 2024", "2024-02-29"),
    ("1 JÄNNER 2024", "2024-01-01"),
  ])
  func provesTheOrderByTheValue(_ text: String, _ result: String) throws { #expect(try parse(text) == result) }

  @Test(
    arguments: [
      ("03/04/2024", nil, DateError.ambiguous), ("1/2/03", nil, .ambiguous), ("", nil, .notADate),
      ("n/a", nil, .notADate),
      ("2024-02-30", nil, .outOfRange), ("2023-02-29", nil, .outOfRange), ("1899-12-31", nil, .outOfRange),
      ("2200-01-01", nil, .outOfRange), ("00000000", nil, .outOfRange), ("31/31/2024", nil, .outOfRange),
      ("03/25/2024", .dmy, .contradictsOrder(.dmy)), ("25/03/2024", .mdy, .contradictsOrder(.mdy)),
      ("2024-03-04 13:30", nil, .hasTime), ("2024-03-04 12:00:00 PM", nil, .hasTime),
      ("45355", nil, .excelSerial(45355)),
      ("2024-03", nil, .notADate), ("4 Foo 2024", nil, .notADate), ("4 Mar 20245", nil, .notADate),
      ("1/2/3/4", .dmy, .notADate), ("12:30", nil, .notADate), ("2024-03-04x", nil, .notADate),
      ("10.0.0.1", nil, .notADate),
      ("Mar 4 Mar", nil, .notADate), ("4//3/2024", .dmy, .notADate), ("-4/3/2024", .dmy, .notADate),
      ("2024-03-04T00:00:00 foo", nil, .notADate), ("1/2/003", .dmy, .outOfRange),
    ] as [(String, DateOrder?, DateError)])
  func refuses(_ text: String, _ order: DateOrder?, _ error: DateError) {
    #expect(throws: error) { try parse(text, order) }
  }

  @Test func everyDayReadsBack() throws {
    var next: CalendarDate? = .earliest
    var count = 0
    var (year, month, day) = (1900, 1, 1)
    while let date = next {
      #expect(date.civil == (year, month, day))
      #expect(CalendarDate(year: year, month: month, day: day) == date)
      let text = date.description
      #expect(try self.date(text) == date)
      day += 1
      if day > CalendarDate.length(ofMonth: month, year: year) { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
      next = date.adding(days: 1)
      count += 1
    }
    #expect(count == 109_573)
    #expect(CalendarDate.latest.description == "2199-12-31")
    #expect(try date("1970-01-01").day == 0)
  }

  private func date(_ text: String) throws -> CalendarDate { try #require(bytes(text) { CalendarDate.parseISO($0) }) }

  @Test func isoTakesNothingElse() {
    for text in [
      "2024-03-0:", "2024-03-04 ", "2024/03/04", "2024-13-01", "2024-00-10", "2024-01-00", "20:4-01-01", "202a-01-01",
    ] {
      #expect(bytes(text) { CalendarDate.parseISO($0) } == nil, "\(text)")
    }
    // One byte off anywhere is never another date by accident of the arithmetic.
    for position in 0..<10 {
      for value in UInt8.min...UInt8.max {
        var text = Array("2024-01-11".utf8)
        text[position] = value
        let isDigit = (0x30...0x39).contains(value)
        guard let date = bytes(text, { CalendarDate.parseISO($0) }) else { continue }
        #expect(isDigit || text == Array("2024-01-11".utf8))
        #expect(date.description == String(decoding: text, as: UTF8.self))
      }
    }
  }

  @Test func monthsAreClampedAndAnchored() throws {
    #expect(try date("2023-01-31").adding(months: 1)?.description == "2023-02-28")
    #expect(try date("2024-01-31").adding(months: 1)?.description == "2024-02-29")
    #expect(try date("2024-01-31").adding(months: 2)?.description == "2024-03-31")
    #expect(try date("2024-01-31").adding(months: -2)?.description == "2023-11-30")
    #expect(try date("2024-02-29").adding(months: 12)?.description == "2025-02-28")
    #expect(try date("2024-02-29").adding(months: 48)?.description == "2028-02-29")
    #expect(CalendarDate.latest.adding(months: 1) == nil)
    #expect(CalendarDate.latest.adding(days: 1) == nil)
    #expect(CalendarDate.earliest.adding(days: .min) == nil)
    #expect(CalendarDate.earliest.adding(months: .max) == nil)
    #expect(CalendarDate.earliest.adding(months: .min) == nil)
  }

  @Test func monthArithmeticLaws() throws {
    var random = SplitMix64("months")
    for _ in 0..<20_000 {
      let start = try #require(CalendarDate(day: Int.random(in: -20_000...60_000, using: &random)))
      let months = Int.random(in: -120...120, using: &random)
      let end = try #require(start.adding(months: months))
      let (from, to) = (start.civil, end.civil)
      #expect(to.year * 12 + to.month - from.year * 12 - from.month == months, "seed \(random.seed)")
      #expect(to.day == min(from.day, CalendarDate.length(ofMonth: to.month, year: to.year)), "seed \(random.seed)")
      #expect(start.adding(days: start.days(until: end)) == end, "seed \(random.seed)")
      #expect((start < end) == (start.days(until: end) > 0), "seed \(random.seed)")
      if from.day <= 28 { #expect(end.adding(months: -months) == start, "seed \(random.seed)") }
    }
  }

  @Test func spreadsheetSerials() throws {
    #expect(CalendarDate(excelSerial: 45355)?.description == "2024-03-04")
    #expect(CalendarDate(excelSerial: 1)?.description == "1900-01-01")
    #expect(CalendarDate(excelSerial: 59)?.description == "1900-02-28")
    #expect(CalendarDate(excelSerial: 61)?.description == "1900-03-01")
    for serial in [0, -1, 60, 2_958_466] { #expect(CalendarDate(excelSerial: serial) == nil) }
  }

  @Test(arguments: [
    ("36", "36 months"), ("36 months", "36 months"), ("3 years", "36 months"), ("3 yrs", "36 months"),
    ("12 mo", "12 months"), ("36 Monate", "36 months"), ("3 Jahre", "36 months"), ("36 mois", "36 months"),
    ("3 ans", "36 months"), ("MTM", "month to month"), ("month to month", "month to month"), ("3 années", "36 months"),
    ("Month-to-Month", "month to month"), ("M2M", "month to month"), ("1", "1 month"), ("3-year", "36 months"),
    ("2.5 years", "30 months"), ("36M", "36 months"), ("1yr", "12 months"), ("1 Jahr", "12 months"),
  ])
  func readsTerms(_ text: String, _ result: String) throws {
    #expect(try bytes(text) { try Term.parse($0) }.description == result)
  }

  @Test(arguments: [
    ("", TermError.notATerm), ("n/a", .notATerm), ("0", .outOfRange), ("1201", .outOfRange),
    ("30 days", .notWholeMonths),
    ("2.5", .notWholeMonths), ("36 moons", .notATerm), ("3 years 2", .notATerm), ("99999", .outOfRange),
    ("999999", .notATerm), ("-3", .notATerm), ("1.25 years", .notATerm),
  ])
  func refusesTerms(_ text: String, _ error: TermError) {
    #expect(throws: error) { try bytes(text) { try Term.parse($0) } }
  }

  @Test func everyTermReadsBack() throws {
    for months in 0...Term.longest {
      let term = try #require(Term(months: months))
      #expect(try bytes(term.description) { try Term.parse($0) } == term)
    }
    #expect(Term(months: -1) == nil)
    #expect(Term(months: 1201) == nil)
  }
}
