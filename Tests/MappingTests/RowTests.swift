import Mapping
import Model
import Records
import Testing

struct RowTests {
  private static let carrier =
    #"{"type":"RECORD","stream":"carriers","record":{"slug":"zayo","name":"Zayo"},"seq":1,"part":0,"row":2}"#

  private static func circuit(_ members: String) -> String {
    #"{"type":"RECORD","stream":"circuits","record":{"carrier":"zayo","carrier_circuit_id":"A-1"\#(members)},"seq":1,"part":1,"row":2}"#
  }

  @Test(arguments: [
    ("mrc: {to: mrc, currency: EUR, decimal: comma}", "mrc", "1.200,50", #","mrc_minor":120050,"currency":"EUR""#),
    ("mrc: {to: mrc}", "mrc", "USD 12.50", #","mrc_minor":1250,"currency":"USD""#),
    ("bw: {to: commit}", "bw", "100/20", #","commit_kbps":100000,"up_kbps":20000"#),
    ("bw: {to: commit, unit: gbps}", "bw", "2", #","commit_kbps":2000000"#),
    ("d: {to: installed_on, dates: dmy}", "d", "04/03/2024", #","installed_on":"2024-03-04""#),
    ("d: {to: installed_on}", "d", "2024-03-04", #","installed_on":"2024-03-04""#),
    ("s: {to: status, enum: {Up: active}}", "s", "up", #","status":"active""#),
    ("s: {to: status}", "s", "Pending Disconnect", #","status":"disconnect_pending""#),
    ("n: {to: notes}", "n", "#N/A", #","notes":null"#),
    ("n: {to: notes}", "n", "\u{A0} kept \u{200B}", #","notes":"kept""#),
    ("n: {to: notes}", "n", "=\"00123\" ", #","notes":"00123""#),
    ("n: {to: notes}", "n", "=\"a\"\"b\"", #","notes":"=\"a\"\"b\"""#), ("n: {to: notes}", "n", "=\"\"", ""),
    ("n: {to: notes}", "n", "  ", ""),
    ("n: {to: notes, default: none}", "n", " ", #","notes":"none""#),
    ("n: {to: notes}", "n", "say \"hi\"\n\t", #","notes":"say \"hi\"""#),
  ])
  func cells(_ column: String, _ header: String, _ text: String, _ expected: String) throws {
    let run = try Run(
      [[("Carrier", "Zayo"), ("ID", "A-1"), (header, text)]], mapping: Run.head + "  \(column)\n  \"*\": ignore\n")
    #expect(run.records == [Self.carrier, Self.circuit(expected)])
    #expect(run.isSealed)
  }

  @Test func referencesAndDependents() throws {
    let mapping =
      Run.head + """
          BAN: billing_account.ban
          Site: endpoint.a.name
          CLLI: endpoint.z.clli
          Contract: contract.number
          Term: term.months
          Svc: service_type.code

        """
    let run = try Run(
      [
        [
          ("Carrier", "Zayo"), ("ID", "A-1"), ("BAN", "7"), ("Site", "Hub"), ("CLLI", "NYCMNY54"), ("Contract", "C1"),
          ("Term", "3 years"), ("Svc", "Dark Fiber"),
        ]
      ],
      mapping: mapping)
    let bodies = run.records.map { JSON.parse($0) }
    #expect(
      bodies.map { $0?["stream"]?.text } == [
        "carriers", "service_types", "billing_accounts", "endpoints", "endpoints", "contracts", "contract_terms",
        "circuits",
      ])
    #expect(bodies.map { $0?["part"]?.int } == Array(0..<8))
    #expect(bodies[3]?["record"]?["key"]?.text == "name:hub")
    #expect(bodies[4]?["record"]?["key"]?.text == "clli:nycmny54")
    #expect(
      bodies[6]?["record"]?.line
        == #"{"contract_carrier":"zayo","contract_number":"C1","contract_kind":"service_order","seq":1,"term_months":36}"#
    )
    #expect(
      bodies[7]?["record"]?.line
        == #"{"carrier":"zayo","carrier_circuit_id":"A-1","service_type":"DARK_FIBER","a_endpoint":"name:hub","z_endpoint":"clli:nycmny54","billing_account_carrier":"zayo","billing_account_ban":"7","contract_carrier":"zayo","contract_number":"C1","contract_kind":"service_order"}"#
    )
  }

  @Test func aReferenceAloneMakesNoRecord() throws {
    let run = try Run(
      [[("C", "Level 3, LLC"), ("ID", "A-1")]],
      mapping: "name: t\nentity: circuit\ncolumns: {C: circuit.carrier, ID: carrier_circuit_id}\n")
    #expect(
      run.records == [
        #"{"type":"RECORD","stream":"circuits","record":{"carrier":"level-3","carrier_circuit_id":"A-1"},"seq":1,"part":0,"row":2}"#
      ])
  }

  @Test func blankDependentsAreNotWrittenAndSameOnesOnce() throws {
    let mapping = Run.head + "  Contract: contract.number\n  Term: term.months\n"
    let run = try Run(
      [
        [("Carrier", "Zayo"), ("ID", "A-1"), ("Contract", ""), ("Term", "12")],
        [("Carrier", "Zayo"), ("ID", "A-2"), ("Contract", "C9")],
      ], mapping: mapping)
    #expect(run.outcome.counts.emitted == ["carriers": 1, "circuits": 2, "contracts": 1, "contract_terms": 0])
    #expect(run.records[1].contains(#""issues":[{"code":"W_NO_KEY""#))
  }

  @Test func evidenceDecidesAColumn() throws {
    let mapping = Run.head + "  mrc: {to: mrc, currency: EUR}\n  d: installed_on\n"
    let run = try Run(
      [[("Carrier", "Zayo"), ("ID", "A-1"), ("mrc", "1.234"), ("d", "04/03/2024")]], mapping: mapping,
      columns: ["mrc": #"{"decimal":"comma"}"#, "d": #"{"dates":"mdy"}"#])
    #expect(run.records[1].contains(#""installed_on":"2024-04-03","mrc_minor":123400"#))
  }

  @Test func emptyInputGivesNothing() throws {
    let circuit = try #require(Inventory.entity(singular: "circuit"))
    let shelf = MappingShelf(home: "m", own: [], shared: [])
    let run = try Run(Spool(), source: .saved(shelf, Suggester(circuit)))
    #expect(run.lines.isEmpty)
  }

  @Test func aTruncatedStreamIsNotSealed() throws {
    let whole = Spool()
    try Run.table([[("Carrier", "Zayo"), ("ID", "A-1")]], [:], into: whole)
    let cut = Spool()
    cut.write(whole.text.split(separator: "\n").dropLast().joined(separator: "\n") + "\n")
    let spec = try MappingFile.parse(file: "m.yaml", bytes: Array(Run.head.utf8))
    let output = Spool()
    cut.rewind()
    #expect(throws: WireError.truncated(line: 2)) {
      _ = try MapStep.run(
        input: cut.descriptor, output: output.descriptor, source: .spec(spec), options: MapStep.Options())
    }
    #expect(!output.text.contains("\"final\""))
  }

  @Test func severalStreamsBecomeOne() throws {
    let both = Spool()
    try Run.table([[("Carrier", "Zayo"), ("ID", "A-1")]], [:], into: both)
    try Run.table([[("ID", "A-2"), ("Carrier", "Zayo")]], [:], into: both)
    let run = try Run(both, source: .spec(MappingFile.parse(file: "m", bytes: Array(Run.head.utf8))))
    #expect(run.outcome.counts.input == 2)
    #expect(run.records.count == 3)
    #expect(run.isSealed)
  }

  @Test func aForeignTapsNumbersAreTakenByTheirText() throws {
    let tap = Spool()
    tap.write(#"{"type":"SCHEMA","stream":"x","schema":{"properties":{"Carrier":{},"ID":{},"mrc":{}}}}"# + "\n")
    tap.write(#"{"type":"RECORD","stream":"x","record":{"Carrier":"Zayo","ID":7.10,"mrc":null}}"# + "\n")
    let spec = try MappingFile.parse(file: "m", bytes: Array((Run.head + "  mrc: mrc\n").utf8))
    let run = try Run(tap, source: .spec(spec), unsealed: true)
    #expect(run.records.last?.contains(#""carrier_circuit_id":"7.10"}"#) == true)
    #expect(run.outcome.isUnsealed)
  }
}
