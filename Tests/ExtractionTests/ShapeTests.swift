import Extraction
import Testing

/// Where tables begin and end, over rows of any format.
struct ShapeTests {
  static func rows(_ text: String) -> [ShapeRow] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { number, line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { ShapeCell(String($0)) }
      return ShapeRow(number: number + 1, cells: cells)
    }
  }

  static func shape(_ text: String, merged: [MergedCells] = []) throws -> TableShape {
    let tables = SampleTables(rows(text), merged: merged)
    return try #require(tables.tables.isEmpty ? nil : tables.tables[tables.largest])
  }

  @Test(arguments: [
    ("id|mrc\n1|5\n2|6", [1], 2), ("Report\n\nCircuit ID|City|MRC\nA-1|Rome|5\nA-2|Oslo|6", [3], 4),
    ("A-1|Rome|5\nA-2|Oslo|6", [], 1), ("Carrier|2021|2022|2023\nBT|1|2|3\nZayo|4|5|6", [1], 2),
    ("Acme|||\nGenerated|2024-01-02||\nid|carrier|city|mrc\n1|BT|Rome|5\n2|BT|Oslo|6", [3], 4),
    ("Account:|12345\nPeriod:|Jan\n\nid|carrier|city|mrc\n1|BT|Rome|5\n2|BT|Oslo|6", [4], 5),
    ("Circuit ID|City|MRC", [1], 2), ("Title only\nCircuit ID|City|MRC\nA-1|Rome|5", [2], 3),
    ("Circuits\nFilter: State = Active|Carrier = *\n\nid|carrier|mrc\n1|BT|5\n2|BT|6", [4], 5),
    ("Circuit|Speed|Fee\nID|Mbps|USD\nA-1|100|5\nA-2|200|6", [1, 2], 3),
    ("Konto\n0001\n0002", [1], 2), ("Name|Notes|Z\nid|comment|code\n1|a|2\n2|b|3", [1, 2], 3),
  ])
  func headersAreFound(_ text: String, _ header: [Int], _ first: Int) throws {
    let shape = try Self.shape(text)
    #expect(shape.headerRows == header && shape.firstDataRow == first)
  }

  @Test(arguments: [
    (
      "|Location A||Location Z||Cost\nCircuit ID|City|State|City|State|MRC\n1|Denver|CO|Dallas|TX|12",
      "Circuit ID;Location A / City;Location A / State;Location Z / City;Location Z / State;Cost / MRC"
    ),
    (
      "Circuit ID|Location A||Location Z||MRC\n|City|State|City|State|\nA1|Denver|CO|Dallas|TX|12\nA2|Rome|IT|Oslo|NO|9",
      "Circuit ID;Location A / City;Location A / State;Location Z / City;Location Z / State;MRC"
    ),
    (
      "Circuit|Monthly|Install\nNumber|Charge|Date\nA1|12.50|2024-01-02\nA2|13.50|2024-01-03",
      "Circuit / Number;Monthly / Charge;Install / Date"
    ),
  ])
  func namesOfTwoRowsAreJoined(_ text: String, _ names: String) throws {
    #expect(try Self.shape(text).names.joined(separator: ";") == names)
  }

  @Test func mergedCellsSayHowFarAGroupReaches() throws {
    let text = "Circuits|||||\n|Location A|||Cost|\nID|City|State|Room|MRC|NRC\nA1|Rome|IT|2|5|6\nA2|Oslo|NO|3|7|8"
    let merged = [
      MergedCells(rows: 1...1, columns: 0...5), MergedCells(rows: 2...2, columns: 1...2),
      MergedCells(rows: 2...2, columns: 4...5),
    ]
    let shape = try Self.shape(text, merged: merged)
    #expect(shape.headerRows == [2, 3])
    #expect(shape.names == ["ID", "Location A / City", "Location A / State", "Room", "Cost / MRC", "Cost / NRC"])
  }

  @Test func unitsBelowTheHeaderAreNoData() throws {
    let shape = try Self.shape("Circuit ID|Bandwidth|MRC\n|(Mbps)|(USD)\nA1|100|5\nA2|10|6")
    #expect(shape.headerRows == [1] && shape.unitsRow == 2 && shape.firstDataRow == 3)
  }

  @Test func aSpreadsheetsKindsCountWhereTextDoesNot() throws {
    let rows = [
      ShapeRow(number: 1, cells: [ShapeCell("A"), ShapeCell("B")]),
      ShapeRow(number: 2, cells: [ShapeCell("x"), ShapeCell("45355", .date)]),
      ShapeRow(number: 3, cells: [ShapeCell("y"), ShapeCell("45356", .date)]),
    ]
    #expect(SampleTables(rows).tables.first?.headerRows == [1])
  }

  @Test func tablesBelowEachOtherAreTold() throws {
    let text = "Circuit ID|Carrier|MRC\nA1|BT|5\n\n\nSite|Phone\nDenver|555-0100\nRome|555-0101\nOslo|555-0102"
    let tables = SampleTables(Self.rows(text))
    #expect(tables.tables.map(\.headerRows) == [[1], [5]] && tables.largest == 1)
  }
}
