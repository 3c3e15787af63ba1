import Spreadsheets
import TestSupport
import Testing

/// Numbers that a format makes a date, a time, a percentage or an amount.
struct SheetDateTests {
  @Test(arguments: [
    ("General", "number 45355.5"), ("0.00", "number 45355.5"), ("\"days\" 0", "number 45355.5"),
    ("[Red]0.00;[Blue]\\-0.00", "number 45355.5"), ("0.00E+00", "number 45355.5"), ("@", "number 45355.5"),
    ("#,##0 \"d\"", "number 45355.5"), ("_(* #,##0.00_);_(* \\(#,##0.00\\)", "number 45355.5"),
    ("0\\d", "number 45355.5"), ("[>100]0;0.0", "number 45355.5"), ("0;yyyy", "number 45355.5"),
    ("dd\\/mm\\/yyyy", "dateTime 2024-03-04T12:00:00"), ("[$-409]mmm\\-yy;@", "dateTime 2024-03-04T12:00:00"),
    ("yyyy\"年\"m\"月\"", "dateTime 2024-03-04T12:00:00"), ("hh:mm", "dateTime 2024-03-04T12:00:00"),
    ("m/d/yy h:mm AM/PM", "dateTime 2024-03-04T12:00:00"), ("[h]:mm", "duration 1088532:00:00"),
    ("[mm]:ss", "duration 1088532:00:00"), ("[$-F800]dddd\\,\\ mmmm\\ dd", "dateTime 2024-03-04T12:00:00"),
  ])
  func theFormatDecides(_ format: String, _ text: String) throws {
    #expect(try cells("<row><c s=\"1\"><v>45355.5</v></c></row>", formats: [format]) == ["A1 " + text])
  }

  @Test(arguments: [
    ("1", "date 1900-01-01"), ("59", "date 1900-02-28"), ("60", "date 1900-02-29 [range]"), ("61", "date 1900-03-01"),
    ("0", "number 0 [range]"), ("-1", "number -1 [range]"), ("2958465", "date 9999-12-31"),
    ("2958466", "number 2958466 [range]"), ("45355.99999999999", "date 2024-03-05"),
    ("45355.520833333336", "dateTime 2024-03-04T12:30:00"), ("45351", "date 2024-02-29"),
    ("45355.0000115741", "dateTime 2024-03-04T00:00:01"), ("4.5355E4", "date 2024-03-04"),
    ("36526.000000011574", "dateTime 2000-01-01T00:00:00.001"), ("1E12", "number 1000000000000 [range]"),
  ])
  func aSerialOf1900(_ serial: String, _ text: String) throws {
    #expect(try cells("<row><c s=\"1\"><v>\(serial)</v></c></row>", formats: ["yyyy-mm-dd"]) == ["A1 " + text])
  }

  @Test(arguments: [
    ("45355", "date 2028-03-05"), ("0", "date 1904-01-01"), ("60", "date 1904-03-01"),
    ("2957003", "date 9999-12-31"), ("2957004", "number 2957004 [range]"),
  ])
  func aSerialOf1904(_ serial: String, _ text: String) throws {
    let read = try cells(
      "<row><c s=\"1\"><v>\(serial)</v></c></row>", formats: ["d/m/yyyy"], workbook: "<workbookPr date1904=\"1\"/>")
    #expect(read == ["A1 " + text])
  }

  @Test(arguments: [
    ("h:mm", "0.5", "time 12:00:00"), ("h:mm", "0", "time 00:00:00"), ("[h]:mm:ss", "1.5625", "duration 37:30:00"),
    ("[h]:mm:ss", "-0.25", "duration -06:00:00"), ("mm:ss.0", "0.000694444444444444", "time 00:01:00"),
  ])
  func clocks(_ format: String, _ value: String, _ text: String) throws {
    #expect(try cells("<row><c s=\"1\"><v>\(value)</v></c></row>", formats: [format]) == ["A1 " + text])
  }

  /// Every day of a spreadsheet's calendar follows the one before it.
  @Test func daysAreCountedWithoutGap() throws {
    let days = Array(stride(from: 61, through: 2_958_465, by: 997)) + Array(36_500...37_000)
    let rows = days.map { "<row><c s=\"1\"><v>\($0)</v></c><c s=\"1\"><v>\($0 + 1)</v></c></row>" }.joined()
    let read = try cells(rows, formats: ["yyyy-mm-dd"]).map { String($0.split(separator: " ")[2]) }
    for index in stride(from: 0, to: read.count - 1, by: 2) {
      #expect(follows(read[index + 1], read[index]), "\(read[index]) \(read[index + 1])")
    }
  }

  private func follows(_ next: String, _ day: String) -> Bool {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    let (year, month, date) = (parts[0], parts[1], parts[2])
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    let expected = date < length ? (year, month, date + 1) : month < 12 ? (year, month + 1, 1) : (year + 1, 1, 1)
    let found = next.split(separator: "-").compactMap { Int($0) }
    return found.count == 3 ? (found[0], found[1], found[2]) == expected : year == 9999
  }

  @Test(
    arguments: [
      ("0%", NumberFormat.Kind.percent, nil, 0), ("0.00%", .percent, nil, 2), ("#,##0.00", .general, nil, 2),
      ("[$€-407] #,##0.00", .general, "EUR", 2), ("\"USD\" 0.00", .general, "USD", 2), ("£#,##0", .general, "GBP", 0),
      ("[$$-1009]#,##0.00", .general, "CAD", 2), ("$0.00", .general, "$", 2), ("#,##0.00\\ [$CHF]", .general, "CHF", 2),
      ("_-* #,##0.00\\ \"€\"_-", .general, "EUR", 2), ("\"Mbps\" 0", .general, nil, 0), ("General", .general, nil, nil),
    ] as [(String, NumberFormat.Kind, String?, Int?)])
  func aFormatTellsPercentagesAndCurrencies(
    _ code: String, _ kind: NumberFormat.Kind, _ currency: String?, _ decimals: Int?
  ) throws {
    let book = try ReadBook(TestBook([.init("<row><c s=\"1\"><v>0.5</v></c></row>")], formats: [code]).bytes)
    let format = try #require(book.formats["A1"])
    #expect(format.kind == kind)
    #expect(format.currency == currency)
    #expect(format.decimals == decimals)
    #expect(book.cells == [["A1 number 0.5"]])
  }
}
