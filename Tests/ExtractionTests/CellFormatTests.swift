import TestSupport
import Testing

/// What number formats show reaches the records, and no text of a workbook reaches beyond its cell.
struct CellFormatTests {
  private struct Extracted {
    let outcome: Outcome
    /// The objects of the records as they are written.
    let records: [String]

    init(_ bytes: [UInt8]) throws {
      let folder = try TemporaryFolder()
      outcome = try run("trunkline-extract", ["--rejects", folder.file("r.jsonl"), folder.write(bytes, to: "book")])
      records = outcome.stdout.split(separator: "\n").compactMap { line in
        guard let start = line.firstRange(of: "\"record\":"), let end = line.firstRange(of: ",\"row\":") else {
          return nil
        }
        return String(line[start.upperBound..<end.lowerBound])
      }
    }
  }

  private static func header(_ names: String...) -> String {
    "<row>" + names.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
  }

  @Test(arguments: [
    ("00000", "2101", "02101"), ("0000000000", "8213371", "0008213371"), (#""SO-"0000"#, "71", "SO-0071"),
    (#""SO-"0"#, "71", "SO-71"), (#"\S\O\-0000"#, "12345", "SO-12345"), ("000-00-0000", "12345678", "012-34-5678"),
    ("[$-409]00000_)", "2101", "02101"), ("[Red]00000;-00000", "0", "00000"), (#""a,b"00"#, "7", "a,b07"),
    ("0", "71", "71"), ("#,##0", "71", "71"), ("0.00", "71", "71.00"), (#"0 "Mbps""#, "71", "71"),
    ("00.00", "7", "7.00"),
    ("-0", "7", "7"), ("\"C$\"#,##0.00", "71", "C$71.00"), ("#,##0.00 \"kr\"", "71", "kr 71.00"),
  ])
  func aNumberIsReadAsItsCellShowsIt(_ format: String, _ value: String, _ text: String) throws {
    let rows =
      Self.header("Id", "City") + "<row><c s=\"1\"><v>\(value)</v></c><c t=\"inlineStr\"><is><t>x</t></is></c></row>"
    let read = try Extracted(TestBook([.init(rows)], formats: [format]).bytes)
    #expect(read.records == [#"{"Id":"\#(text)","City":"x"}"#], "\(read.outcome.stderr)")
    #expect(!read.outcome.stderr.contains("W_FORMAT"))
  }

  @Test(arguments: [("00000", "-5"), ("00000", "0.5"), ("[<=99999]00000;00000-0000", "2101"), ("00000;-0;00", "0")])
  func aFormatThatDoesNotFitIsSaid(_ format: String, _ value: String) throws {
    let rows =
      Self.header("Id", "City") + "<row><c s=\"1\"><v>\(value)</v></c><c t=\"inlineStr\"><is><t>x</t></is></c></row>"
    let read = try Extracted(TestBook([.init(rows)], formats: [format]).bytes)
    #expect(read.records == [#"{"Id":"\#(value)","City":"x"}"#])
    #expect(read.outcome.stderr.contains("the first is A2: read as the number (W_FORMAT)"))
  }

  @Test func aFormatsCurrencyThatIsNotTheColumnsIsRefused() throws {
    func row(_ style: Int, _ id: String, _ currency: String) -> String {
      "<row><c t=\"inlineStr\"><is><t>\(id)</t></is></c><c s=\"\(style)\"><v>100.5</v></c>"
        + "<c t=\"inlineStr\"><is><t>\(currency)</t></is></c></row>"
    }
    let rows = Self.header("Id", "MRC", "Currency") + row(1, "C-1", "EUR") + row(1, "C-2", "USD") + row(2, "C-3", "USD")
    let bytes = TestBook([.init(rows)], formats: ["[$EUR] #,##0.00", "\"C$\"#,##0.00"]).bytes
    let folder = try TemporaryFolder()
    let mapping = try folder.write(
      """
      name: amounts
      version: 1
      entity: circuit
      constants: {carrier.name: Lumen}
      columns:
        Id: circuit.carrier_circuit_id
        MRC: circuit.mrc
        Currency: circuit.currency

      """, to: "m.yaml")
    let mapped = try run(
      "trunkline-map", ["--mapping", mapping, "--rejects", folder.file("m.jsonl")],
      stdin: Array(Extracted(bytes).outcome.stdout.utf8))
    let rejects = try folder.read("m.jsonl")
    #expect(mapped.status == 3 && rejects.contains("currency EUR where USD is expected"), "\(mapped.stderr)\(rejects)")
    #expect(rejects.split(separator: "\n").count { $0.contains("E_CURRENCY") } == 2)
    #expect(mapped.stdout.contains("C-1") && !mapped.stdout.contains("C-2") && !mapped.stdout.contains("C-3"))
  }

  private static func sheet(_ cells: String) -> [UInt8] {
    func text(_ word: String) -> String {
      "<table:table-cell office:value-type=\"string\"><text:p>\(word)</text:p></table:table-cell>"
    }
    let head = "<table:table-row>\(text("Id"))\(text("MRC"))\(text("Term"))</table:table-row>"
    return TestBook(
      openDocument:
        "<table:table table:name=\"S\">\(head)<table:table-row>\(text("A2"))\(cells)</table:table-row></table:table>"
    ).bytes
  }

  private static func float(_ value: String, _ shown: String) -> String {
    "<table:table-cell office:value-type=\"float\" office:value=\"\(value)\"><text:p>\(shown)</text:p></table:table-cell>"
  }

  @Test(arguments: [
    ("2101", "02101", "02101"), ("71", "SO-0071", "SO-0071"), ("71", "SO-71", "SO-71"), ("1250", "1,250", "1250"),
    ("71", "71 months", "71"), ("71", "kr 71", "71"), ("71", "###", "71"), ("71", "0072", "71"),
    ("-71", "-0071", "-71"),
  ])
  func anOpenDocumentShowsItsZerosToo(_ value: String, _ shown: String, _ text: String) throws {
    let read = try Extracted(Self.sheet(Self.float("5", "5") + Self.float(value, shown)))
    #expect(read.records == [#"{"Id":"A2","MRC":"5","Term":"\#(text)"}"#], "\(read.outcome.stderr)")
  }

  @Test(arguments: ["USD, ", "USD&#10;Evil,A9,USD ", "usd", "&quot;"])
  func aCurrencyThatIsNoneIsLeftOutAndSaid(_ currency: String) throws {
    let cell =
      "<table:table-cell office:value-type=\"currency\" office:currency=\"\(currency)\" office:value=\"200\"/>"
    let read = try Extracted(Self.sheet(cell + Self.float("24", "24")))
    #expect(read.records == [#"{"Id":"A2","MRC":"200","Term":"24"}"#], "\(read.outcome.stdout)")
    #expect(read.outcome.stderr.contains("in a currency that is none, the first is B2"))
  }

  @Test(arguments: ["<c><v>&#10;1234567890123456&#10;</v></c>", "<c t=\"s\"><v>7,Evil&#10;A9,200</v></c>"])
  func noTextReachesBeyondItsCell(_ cell: String) throws {
    let rows =
      Self.header("Id", "City") + "<row>\(cell)<c t=\"inlineStr\"><is><t>x</t></is></c></row>"
      + "<row><c><v>3</v></c><c t=\"inlineStr\"><is><t>y</t></is></c></row>"
    let read = try Extracted(TestBook([.init(rows)]).bytes)
    #expect(read.records.last == #"{"Id":"3","City":"y"}"# && read.records.count <= 2)
    #expect(
      read.outcome.stdout.contains(#""row":3"#) && !read.outcome.stdout.contains("Evil"), "\(read.outcome.stdout)")
  }
}
