import Glibc
import Mapping
import Records
import Testing

struct RejectTests {
  @Test(arguments: [
    ("mrc: {to: mrc, currency: USD}", "TBD", "E_MONEY"), ("mrc: {to: mrc, currency: USD}", "-", "E_MONEY"),
    ("mrc: {to: mrc, currency: USD}", "1.234", "E_MONEY_AMBIGUOUS"), ("mrc: {to: mrc}", "12.50", "E_CURRENCY"),
    ("mrc: {to: mrc, currency: USD}", "EUR 12.50", "E_CURRENCY"), ("mrc: installed_on", "soon", "E_DATE"),
    ("mrc: installed_on", "04/03/2024", "E_DATE_AMBIGUOUS"), ("mrc: commit", "fast", "E_BANDWIDTH"),
    ("mrc: billing_account.bill_cycle_day", "first", "E_INTEGER"),
    ("mrc: billing_account.bill_cycle_day", "31", "E_RANGE"),
    ("mrc: status", "purple", "E_CODE"), ("mrc: term.auto_renew", "maybe", "E_FLAG"),
    ("mrc: endpoint.a.latitude", "north", "E_DEGREES"),
    ("mrc: {to: notes, required: true}", " ", "E_REQUIRED"), ("mrc: circuit.service_type", "--", "E_KEY"),
  ])
  func everyCode(_ column: String, _ text: String, _ code: String) throws {
    let path = "/tmp/trunkline-rejects-\(getpid())-\(UInt64.random(in: 0 ... .max)).jsonl"
    defer { unlink(path) }
    let extra = "  BAN: billing_account.ban\n  K: contract.number\n"
    let run = try Run(
      [[("Carrier", "Zayo"), ("ID", "A-1"), ("BAN", "1"), ("K", "1"), ("mrc", text)]],
      mapping: Run.head + extra + "  \(column)\n",
      rejects: path)
    #expect(run.records.isEmpty)
    #expect(run.outcome.counts.rejected == 1 && run.outcome.counts.balanced)
    let rejected = try lines(path)[1]
    #expect(rejected.contains("\"_code\":\"\(code)\",\"_field\":\"mrc\""), "\(rejected)")
    #expect(RejectCode(rawValue: code) != nil)
  }

  /// A mark that a person said does not make 1.20 of 1200 where nothing in the column proves it.
  @Test(arguments: [
    ("1.200", "none", false), ("$1.200", "ambiguous", false), ("1.200", "point", true), ("1.200", "comma", false),
    ("1.20", "none", true), ("1,200", "none", true), ("12.345", "ambiguous", false),
  ])
  func aMarkThatNothingProvesIsDoubtful(_ text: String, _ evidence: String, _ isTaken: Bool) throws {
    let run = try Run(
      [[("Carrier", "Zayo"), ("ID", "A-1"), ("mrc", text), ("currency", "USD")]],
      mapping: Run.head + "  mrc: {to: mrc, decimal: point}\n  currency: circuit.currency\n",
      columns: ["mrc": "{\"decimal\":\"\(evidence)\"}"])
    #expect(run.outcome.counts.accepted == (isTaken ? 1 : 0))
  }

  /// A mapping that says a decimal comma does not make 1300 of 1.300 in a column whose other amounts prove the point; nor by
  /// `defaults:`. What proves its own mark, and what has none, is taken.
  @Test(arguments: [
    ("point", "comma", "1.300", false), ("point", "comma", "$1.300", false), ("point", "comma", "1,200.50", false),
    ("point", "comma", "1300", true), ("point", "comma", "1.300,50", true), ("point", "comma", "3.5", false),
    ("comma", "point", "1,300", false), ("comma", "point", "-1,300", false), ("comma", "point", "1.200,50", false),
    ("comma", "comma", "1.300", true), ("point", "point", "1,300", true), ("conflict", "comma", "12,50", true),
  ])
  func aMarkThatTheColumnDisprovesIsRefused(_ proven: String, _ said: String, _ text: String, _ isTaken: Bool) throws {
    let path = "/tmp/trunkline-rejects-\(getpid())-\(UInt64.random(in: 0 ... .max)).jsonl"
    defer { unlink(path) }
    let rules = [("", "mrc: {to: mrc, decimal: \(said)}"), ("defaults: {decimal: \(said)}\n", "mrc: mrc")]
    for (defaults, rule) in rules {
      let run = try Run(
        [[("Carrier", "Zayo"), ("ID", "A-1"), ("currency", "USD"), ("mrc", text)]],
        mapping: defaults + Run.head + "  \(rule)\n  currency: circuit.currency\n",
        columns: ["mrc": "{\"decimal\":\"\(proven)\",\"samples\":[\"7\",\"1,200.50\",\"1.200,50\"]}"], rejects: path)
      #expect(run.outcome.counts.accepted == (isTaken ? 1 : 0), "\(rule)")
      guard !isTaken else { continue }
      let rejected = try lines(path)[1]
      let sample = proven == "point" ? "1,200.50" : "1.200,50"
      #expect(
        rejected.contains(
          "the mapping says decimal: \(said), and the column proves a decimal \(proven) (\(sample))"), "\(rejected)")
    }
  }

  @Test(arguments: [
    ("mdy", "dmy", "03/04/2024", false), ("dmy", "mdy", "03/04/2024", false), ("mdy", "dmy", "02/13/2024", false),
    ("mdy", "dmy", "2024-03-04", true), ("mdy", "dmy", "4 Mar 2024", true), ("mdy", "dmy", "25/06/2024", true),
    ("mdy", "mdy", "03/04/2024", true), ("mdy", "dmy", "05/05/2024", true), ("ymd", "dmy", "03/04/2024", true),
  ])
  func anOrderThatTheColumnDisprovesIsRefused(_ proven: String, _ said: String, _ text: String, _ isTaken: Bool) throws
  {
    let path = "/tmp/trunkline-rejects-\(getpid())-\(UInt64.random(in: 0 ... .max)).jsonl"
    defer { unlink(path) }
    let run = try Run(
      [[("Carrier", "Zayo"), ("ID", "A-1"), ("day", text)]],
      mapping: Run.head + "  day: {to: installed_on, dates: \(said)}\n",
      columns: [
        "day": "{\"dates\":\"\(proven)\",\"dates_rows\":[7],\"samples\":[\"01/02/2024\",\"02/13/2024\",\"13/02/2024\"]}"
      ],
      rejects: path)
    #expect(run.outcome.counts.accepted == (isTaken ? 1 : 0))
    guard !isTaken else { return }
    let rejected = try lines(path)[1]
    let sample = proven == "mdy" ? "02/13/2024" : "13/02/2024"
    #expect(
      rejected.contains("the mapping says dates: \(said), and the column proves \(proven) in row 7 (\(sample))"),
      "\(rejected)")
  }

  @Test func noRowDecidesInAColumnThatContradictsItself() throws {
    let dates = ["25/06/2024", "06/25/2024", "2024-06-25", "4 Mar 2024"]
    func accepted(_ order: String) throws -> Int {
      let rows = dates.enumerated().map { [("Carrier", "Zayo"), ("ID", "A-\($0)"), ("day", $1)] }
      return try Run(
        rows, mapping: Run.head + "  day: {to: installed_on\(order)}\n", columns: ["day": "{\"dates\":\"conflict\"}"]
      ).outcome.counts.accepted
    }
    #expect(try accepted("") == 2)
    #expect(try accepted(", dates: dmy") == 3)
  }

  @Test func theKeyOfACircuit() throws {
    let run = try Run(
      [[("Carrier", "Zayo"), ("ID", " -/- ")], [("Carrier", "Zayo")], [("ID", "A")]], mapping: Run.head)
    #expect(run.outcome.counts.rejected == 3)
  }

  @Test func everyCodeIsExplained() {
    for code in RejectCode.allCases {
      #expect(!code.meaning.isEmpty && !code.remedy.isEmpty && code.rawValue.hasPrefix("E_"))
    }
  }

  @Test func allMistakesOfARowAreTold() throws {
    let path = "/tmp/trunkline-rejects-\(getpid())-all.jsonl"
    defer { unlink(path) }
    let mapping = Run.head + "  m: {to: mrc, currency: USD}\n  d: installed_on\n"
    _ = try Run([[("Carrier", "Zayo"), ("ID", "A"), ("m", "ICB"), ("d", "soon")]], mapping: mapping, rejects: path)
    #expect(try lines(path)[1].contains(#""_code":"E_MONEY; E_DATE","_field":"m; d""#))
  }

  @Test func correctedRejectsComeBackIn() throws {
    let path = "/tmp/trunkline-rejects-\(getpid())-again.jsonl"
    defer { unlink(path) }
    let mapping = Run.head + "  m: {to: mrc, currency: USD}\n"
    _ = try Run([[("Carrier", "Zayo"), ("ID", "A\"1"), ("m", "TBD")]], mapping: mapping, rejects: path)
    let again = Spool()
    again.write(try lines(path).joined(separator: "\n") + "\n")
    let spec = try MappingFile.parse(file: "m.yaml", bytes: Array((mapping + "").utf8))
    let same = try Run(again, source: .spec(spec))
    #expect(same.outcome.counts.rejected == 1)
    let fixed = Spool()
    let corrected = try lines(path).map {
      $0.split(separator: #""m":"TBD""#, omittingEmptySubsequences: false).joined(separator: #""m":"5.00""#)
    }
    try reseal(corrected, into: fixed)
    let run = try Run(fixed, source: .spec(spec))
    #expect(run.outcome.counts.accepted == 1)
    #expect(run.records.last?.contains(#""carrier_circuit_id":"A\"1","mrc_minor":500,"currency":"USD""#) == true)
    #expect(run.records.last?.hasSuffix(#""row":2}"#) == true)
  }

  /// Writes the schema and record lines of an edited stream with a checksum that fits them.
  private func reseal(_ lines: [String], into spool: borrowing Spool) throws {
    var writer = StreamWriter(descriptor: spool.descriptor)
    let schema = try #require(JSON.parse(lines[0]).flatMap { SchemaMessage(json: $0) })
    let stream = writer.schema(schema)
    for line in lines[1..<lines.count - 1] {
      writer.begin(stream)
      let body = try #require(JSON.parse(line)?["record"]).line
      writer.out.raw(String(body.dropFirst().dropLast()))
      writer.end(row: JSON.parse(line)?["row"]?.int ?? 0)
    }
    var counts = StreamCounts(run: "R", step: "map")
    counts.input = lines.count - 2
    counts.accepted = lines.count - 2
    try writer.finish(counts)
  }

  private func lines(_ path: String) throws -> [String] {
    let descriptor = open(path, O_RDONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes[..<max(0, count)], as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
