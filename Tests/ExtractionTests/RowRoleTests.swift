import Records
import TestSupport
import Testing

/// Runs of the executable over tables with more than rows of data in them.
struct RowRoleTests {
  static func extract(_ text: String, _ options: [String] = []) throws -> (records: [String], skipped: [String: Int]) {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "in.csv")
    let outcome = try run("trunkline-extract", options + ["--rejects", folder.file("r.jsonl"), path])
    #expect(outcome.status == 0, "\(outcome.stderr)")
    let lines = outcome.stdout.split(separator: "\n").map(String.init)
    let state = try #require(lines.last.flatMap { JSON.parse($0)?["value"]?["run"] })
    let counts = try #require(StreamCounts(json: state))
    #expect(counts.balanced)
    let records = lines.filter { $0.contains(#""type":"RECORD""#) }.compactMap { JSON.parse($0) }
    return (records.map { $0["record"]?.members.first?.value.text ?? "" }, counts.skipped)
  }

  private static let report = """
    Acme circuits
    # nightly
    Circuit ID,Carrier,MRC
    A1,Zayo,5
    A2,BT,6

    Circuit ID,Carrier,MRC
    A3,BT,7
    ------,-----,---
    Total Zayo,,5
    A4,BT,8
    Grand Total,,26
    *** end of report ***

    """

  @Test func everyRowIsCountedByName() throws {
    let found = try Self.extract(Self.report)
    #expect(found.records == ["A1", "A2", "A3", "A4"])
    #expect(
      found.skipped == [
        "preamble": 1, "comment": 1, "header": 1, "blank": 1, "repeated_header": 1, "rule": 1, "total": 2, "footer": 1,
      ])
  }

  @Test func optionsOverrideWhatWasFound() throws {
    let all = try Self.extract(Self.report, ["--footer", "none"])
    #expect(all.records.count == 9 && all.skipped["total"] == nil)
    let cut = try Self.extract(Self.report, ["--footer", "9"])
    #expect(cut.records == ["A1", "A2", "A3"] && cut.skipped["footer"] == 5)
    let none = try Self.extract(Self.report, ["--header-row", "none"])
    #expect(none.records.first == "Acme circuits" && none.skipped["header"] == nil)
    let comment = try Self.extract(Self.report, ["--comment", "*"])
    #expect(comment.skipped["comment"] == 1 && comment.skipped["footer"] == nil)
    let text = "id;n\nA'1;'x;y'\n"
    #expect(try Self.extract(text, ["--quote", "'", "--delimiter", ";"]).records == ["A'1"])
  }

  @Test func headerRowsAreNamedByNumber() throws {
    let text = "Circuit,Monthly\nNumber,Charge\nA1,5\nA2,6\n"
    #expect(try Self.extract(text, ["--header-row", "2"]).skipped == ["preamble": 1, "header": 1])
    #expect(try Self.extract(text, ["--header-row", "1-2"]).skipped == ["header": 2])
    let outcome = try run("trunkline-extract", ["--header-row", "1-2", "-"], stdin: Array(text.utf8))
    #expect(outcome.stdout.contains(#""Circuit / Number":"A1","Monthly / Charge":"5""#))
    #expect(
      try run("trunkline-extract", ["--header-row", "9", "-"], stdin: Array(text.utf8)).stderr.contains("E_HEADER"))
    for wrong in ["0", "3-2", "1-9", "x"] {
      #expect(try run("trunkline-extract", ["--header-row", wrong, "-"], stdin: Array(text.utf8)).status == 64)
    }
  }

  @Test func oneOfSeveralTablesIsTaken() throws {
    let rows = (1...600).map { "A\($0),Zayo,\($0)\n" }.joined()
    let text = "Circuit ID,Carrier,MRC\n\(rows)\nSite,Phone\nDenver,555-0100\nRome,555-0101\n"
    let first = try Self.extract(text)
    #expect(first.records.count == 600 && first.skipped == ["header": 1, "blank": 1, "other_table": 3])
    let second = try Self.extract(text, ["--table", "2"])
    #expect(second.records == ["Denver", "Rome"] && second.skipped["other_table"] == 601)
    let outcome = try run("trunkline-extract", ["--table", "3", "-"], stdin: Array(text.utf8))
    #expect(outcome.status == 1 && outcome.stderr.contains("E_TABLE"))
    #expect(
      try run("trunkline-extract", ["-"], stdin: Array(text.utf8)).stderr.contains("table 2 (row 603: Site, Phone)"))
  }

  @Test func aRowThatOnlyBeginsLikeASumIsData() throws {
    let text = "Measure,2021,2022\nTotal population,5,6\nTotal Access circuits,7,8\nMale,2,3\nTotal,14,17\n"
    let found = try Self.extract(text)
    #expect(found.records.count == 3 && found.skipped["total"] == 1)
  }

  @Test func aSumBesideNamesIsASum() throws {
    let head = "Circuit ID,Carrier,MRC,Bandwidth,A City\nC-101,Lumen,$100.00,1G,Denver\nC-102,Lumen,$200.00,1G,Denver\n"
    let tail = "C-201,Zayo,$50.00,1G,Boston\nC-202,Zayo,$60.00,1G,Boston\n"
    for label in ["Subtotal", "Sub-total", "Summe", "Zwischensumme:", "Sous-total", "SUM"] {
      let text = head + "\(label),Lumen,$300.00,,\n" + tail + "\(label),Zayo,$999.00,,\nTOTAL,All carriers,$410.00,,\n"
      let found = try Self.extract(text)
      #expect(found.records == ["C-101", "C-102", "C-201", "C-202"] && found.skipped["total"] == 3, "\(label)")
      #expect(try Self.extract(text, ["--footer", "none"]).records.count == 7)
      let outcome = try run("trunkline-extract", ["-"], stdin: Array(text.utf8))
      #expect(outcome.stderr.contains("3 totals (rows 4, 7, 8) (W_FOOTER)"))
    }
    let elsewhere =
      head + "Lumen,Subtotal,$300.00,,\n" + tail + "Zayo,Subtotal,$110.00,2G,both\nx,Total général,$410.00,,\n"
    #expect(try Self.extract(elsewhere).skipped["total"] == 3)
    let named = head + "Subtotal Lumen,Lumen,$300.00,,\n" + tail + "Total,Lumen,$410.00,10G,Denver\n"
    #expect(try Self.extract(named).skipped["total"] == 2)
    let narrow =
      "Circuit,Carrier,MRC\nC1,Lumen,100.00\nC2,Lumen,301.00\nTotal for Lumen,Lumen,400.00\nAverage,,200.50\n"
    #expect(try Self.extract(narrow).skipped["total"] == 2)
  }

  @Test func aQuoteThatTakesRowsIntoACellIsRejected() throws {
    let rows = (1...9).map { "C-\($0),Lumen,$\($0).00,\($0 == 3 ? "\"open" : $0 == 5 ? "5\" pipe" : "x")\n" }.joined()
    let folder = try TemporaryFolder()
    let path = try folder.write("Circuit,Carrier,MRC,Notes\n" + rows, to: "in.csv")
    let outcome = try run("trunkline-extract", ["--rejects", folder.file("r.jsonl"), path])
    #expect(outcome.status == 3 && outcome.stderr.contains("first row 4 (W_QUOTE)"), "\(outcome.stderr)")
    #expect(outcome.stdout.split(separator: "\n").count { $0.contains(#""type":"RECORD""#) } == 6)
    let rejects = try folder.read("r.jsonl")
    #expect(
      rejects.contains("E_QUOTE") && rejects.contains("lines 4 to 6") && rejects.contains("C-4,Lumen"), "\(rejects)")
    let pasted = "Circuit,Carrier,MRC,Notes\nC-1,Lumen,1.00,\"a\nb, c\" d\nC-2,Lumen,2.00,\"C-9,Zayo,1.00,x\ny\"\n"
    #expect(try Self.extract(pasted).records == ["C-1", "C-2"])
  }

  /// A stray mark that happens to be closed right before a delimiter or at the end of a line is no broken quotation.
  @Test(arguments: [("Lu\"", "\"Lumen"), ("Lumen", "\"open")])
  func aStrayQuoteThatEndsAtADelimiterTakesNoRows(_ carrier: String, _ note: String) throws {
    let rows = (1...9).map {
      "C-\($0),\($0 == 5 ? carrier : "Lumen"),\($0).00,\($0 == 3 ? note : $0 == 5 ? "end\"" : "x")\n"
    }
    let folder = try TemporaryFolder()
    let path = try folder.write("Circuit,Carrier,MRC,Notes\n" + rows.joined(), to: "in.csv")
    let outcome = try run("trunkline-extract", ["--rejects", folder.file("r.jsonl"), path])
    #expect(outcome.status == 3, "\(outcome.stderr)\(outcome.stdout)")
    let rejects = try folder.read("r.jsonl")
    #expect(rejects.contains("E_QUOTE") && rejects.contains("lines 4 to 6"), "\(rejects)")
    // A text of several lines with as many commas stays what it is.
    let letter = "Circuit,Carrier,MRC,Notes\nC-1,Lumen,1.00,x\nC-2,Lumen,2.00,\"Dear Sir,\nred, green, blue, 7\"\n"
    #expect(try Self.extract(letter).records == ["C-1", "C-2"])
  }

  /// The label of a sum is found wherever it stands in a wide row.
  @Test func aSumIsFoundByALabelFarToTheRight() throws {
    let head = (1...12).map { "Col \($0)" }.joined(separator: ",") + ",Label,MRC\n"
    let rows = (1...8).map { row in
      (1...12).map { "v\(row)x\($0)" }.joined(separator: ",") + ",some text,\(row * 10).00\n"
    }
    let sum = (1...12).map { $0 < 10 ? "w9x\($0)" : "" }.joined(separator: ",") + ",Total,360.00\n"
    #expect(try Self.extract(head + rows.joined() + sum).skipped["total"] == 1)
  }

  @Test func aCircuitThatIsCalledLikeASumStaysAndIsNamed() throws {
    let text =
      "Circuit ID,Carrier,MRC,City\nC-1,Lumen,$1.00,Rome\nC-2,Total,$2.00,Rome\nC-3,Total,$9.00,\nTOTAL-NET-01,Lumen,$5.00,\n"
      + "TOTAL-NET,,$5.00,\nSUM001,Zayo,$5.00,\nTotal,Lumen,$7.00,Rome\nTotal Play,Zayo,$8.00,\nSubtotal-9,,$6.00,\n"
    let found = try Self.extract(text)
    #expect(found.records.count == 9 && found.skipped == ["header": 1])
    let outcome = try run("trunkline-extract", ["-"], stdin: Array(text.utf8))
    #expect(
      outcome.stderr.contains("labelled as a sum, but read as data (rows 3, 4, 8) (W_TOTAL)"), "\(outcome.stderr)")
  }

  @Test func theExplanationIsThis() throws {
    let folder = try TemporaryFolder()
    let text =
      "Leitungen\n;Ort A;;Preis\nNr;PLZ;Ort;MRC\n;;(Name);EUR\nDE-1;01067;Köln;1.249,00\nDE-2;50667;Bonn\nSumme;;;1.249,00\n"
    let outcome = try run("trunkline-extract", ["--explain", folder.write(text, to: "in.csv")])
    #expect(
      outcome.stdout == """
        file        in.csv
        sha256      61d503c9001a59af2d883b738b41d0b826ee333c1d1eb6074f9e2fa91d5fc139
        kind        delimited text
        encoding    utf-8
        delimiter   semicolon
        quote       "
        line ends   lf
        header row  2-3
        preamble    row 1
        units       row 4
        total       row 7
        rows        7, of them data 2
        note        W_RAGGED: 1 row with fewer cells than the 4 columns, first row 6
        note        W_FOOTER: left out as no records: 1 total (row 7)
        columns     4
          1 Nr
            2 filled, 2 texts
            for example "DE-1", "DE-2"
          2 Ort A / PLZ
            2 filled, 1 integers, 1 texts, decimal mark none
            for example "01067", "50667"
          3 Ort A / Ort
            2 filled, 2 texts
            for example "Köln", "Bonn"
          4 Preis / MRC
            1 filled, 1 decimals, decimal mark comma (row 5)
            for example "1.249,00"

        """)
  }

  @Test func emptyCellsBeyondTheHeaderLoseNothing() throws {
    #expect(try Self.extract("id,city\n1,Paris,,\n2,Rome,,\n").records == ["1", "2"])
  }
}
