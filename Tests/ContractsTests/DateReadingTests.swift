import Contracts
import Domain
import Pages
import Testing

@Suite struct DateReadingTests {
  private func dates(_ text: String, isDayFirst: Bool = false) -> [ContractDate] {
    DateMentions().find(in: Array(text.utf8), isDayFirst: isDayFirst).map(\.date)
  }

  @Test(arguments: [
    ("on March 4, 2021 at", "2021-03-04"), ("on 4 March 2021 at", "2021-03-04"), ("MARCH 4, 2021", "2021-03-04"),
    ("Mar. 4, 2021", "2021-03-04"), ("this 4th day of March, 2021", "2021-03-04"),
    ("the 8th day of May 2014", "2014-05-08"), ("this 24t h day of August 2018", "2018-08-24"),
    ("this 24 t h day of August 2018", "2018-08-24"), ("the 1 st day of May, 2006", "2006-05-01"),
    ("the second day of June, two thousand ten", "2010-06-02"),
    ("the thirty-first day of December, 2020", "2020-12-31"),
    ("this first (1st) day of July, 2019", "2019-07-01"),
    ("the 9th day of July, in the year 2001", "2001-07-09"),
    ("this ninth day of July, nineteen ninety-nine", "1999-07-09"),
    ("the 5th of October, two thousand and twelve", "2012-10-05"), ("December 3rd, 2018", "2018-12-03"),
    ("as of1 August 2019", "2019-08-01"), ("03/25/2021", "2021-03-25"), ("25/03/2021", "2021-03-25"),
    ("2021-03-04", "2021-03-04"), ("2021/3/4", "2021-03-04"), ("7-AUG-2015", "2015-08-07"), ("7-Aug-15", "2015-08-07"),
    ("Sept. 29, 2004", "2004-09-29"), ("20th day of Friday, March 2020", "2020-03-20"),
    ("January 15\u{A0}, 2016", "2016-01-15"),
  ])
  func readsADay(_ text: String, _ day: String) {
    #expect(dates(text).first?.day?.description == day)
  }

  @Test(arguments: [
    "March ___, 2021", "___ day of __________, 2021", "[●], 2021", "[]/[]/2020", "March [__], 2021", "March 2014",
  ])
  func keepsWhatIsPartial(_ text: String) {
    #expect(dates("as of \(text) between") == [.partial(text)])
  }

  @Test(arguments: [
    "30 days", "Section 5.2.2010", "$1,200.00", "may 30 days after", "31 February 2020", "1/2 of the 4,500",
    "99/99/2020",
  ])
  func findsNoDayInOtherNumbers(_ text: String) {
    #expect(dates(text).allSatisfy { $0.day == nil })
  }

  @Test func numbersThatReadBothWaysFollowThePaperAndAreFlagged() {
    let both = DateMentions().find(in: Array("dated 03/04/2021".utf8), isDayFirst: true)
    #expect(both.first?.isAmbiguous == true)
    #expect(both.first?.date.day?.description == "2021-04-03")
    #expect(dates("dated 03/04/2021").first?.day?.description == "2021-03-04")
    let proven = DateMentions().find(in: Array("dated 25/04/2021".utf8), isDayFirst: false)
    #expect(proven.first?.isAmbiguous == false)
  }

  @Test(arguments: [
    ("three (3) years", 36), ("36 months", 36), ("thirty-six (36) months", 36), ("a one-year period", 12),
    ("twelve month period", 12), ("five (5) year", 60), ("one (1) additional twelve month period", 12),
    ("two years", 24), ("18 months", 18), ("a period of sixty (60) calendar months", 60), ("two quarters", 6),
  ])
  func readsAPeriod(_ text: String, _ months: Int) {
    let bytes = Array(text.utf8)
    #expect(Durations().find(in: bytes, within: 0..<bytes.count).compactMap(\.months) == [months])
  }

  @Test(arguments: [
    ("half a year", 6), ("renewed annually", 12), ("year to year basis", 12), ("an additional month", 1),
  ])
  func readsAPeriodWithoutANumber(_ text: String, _ months: Int) {
    let bytes = Array(text.utf8)
    #expect(Durations().firstPeriod(in: bytes, within: 0..<bytes.count)?.months == months)
  }

  @Test(arguments: [("the fifth anniversary", 5), ("third (3rd) anniversary", 3), ("the four (4) year anniversary", 4)])
  func readsAnAnniversary(_ text: String, _ years: Int) {
    let bytes = Array(text.utf8)
    #expect(Durations().firstAnniversary(in: bytes, within: 0..<bytes.count)?.months == years * 12)
  }

  @Test func aWordThatContradictsItsFigureIsFlagged() {
    let bytes = Array("sixty (90) days, thirty (30) days".utf8)
    let found = Durations().find(in: bytes, within: 0..<bytes.count)
    #expect(found.map(\.isConflict) == [true, false])
    #expect(found.map(\.count) == [90, 30])
  }

  @Test(arguments: [
    ("twenty-four", 24), ("one hundred and eighty", 180), ("two thousand ten", 2010), ("nineteen ninety-nine", 1999),
    ("nineteen hundred ninety-nine", 1999), ("twenty twenty", 2020), ("third", 3), ("31st", 31), ("7", 7),
  ])
  func readsNumbersInWords(_ text: String, _ value: Int) { #expect(NumberWords.value(text) == value) }

  @Test(arguments: ["", "many", "12345", "twenty-fourish", "5x"])
  func leavesOtherWordsAlone(_ text: String) { #expect(NumberWords.value(text) == nil) }
}
