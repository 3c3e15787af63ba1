import CLI
import Commitment
import Domain
import Opening
import Records
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(spec, explain: Opening.explain) { invocation in
      let expect = try expectation(invocation)
      let warehouse = try Opening.warehouse(invocation)
      if invocation.arguments[0] == "log" { return try log(warehouse, invocation) }
      return try verify(warehouse, expect, invocation)
    }
  }

  nonisolated static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-audit", summary: "the record of who changed what: verify its chain",
      usage: "verify|log [options]",
      arguments: [Argument("ACTION", "verify holds it all together; log prints it", choices: ["verify", "log"])],
      options: [
        .database,
        .value("expect", "HASH", "a hash kept elsewhere, as in a report's footer: the log must still contain it"),
        .flag("json", "one JSON object per entry; of verify one for each finding, and one with the outcome"),
      ],
      examples: [
        .init("trunkline audit verify", "log, change sets, approvals and rows against each other"),
        .init("trunkline audit verify --expect 5b1e...", "and that the log was not cut short since"),
        .init("trunkline audit verify --json", "the same for scripts"),
        .init("trunkline audit log --json", "every entry, for scripts"),
      ],
      exits: [.changes, .temporary],
      notes: ["findings are printed one per line, and the exit status is 2"])
  }

  nonisolated private static func expectation(_ invocation: Invocation) throws(Failure) -> String? {
    guard let hash = invocation.value("expect") else { return nil }
    let digits = hash.lowercased().utf8
    guard digits.count == 64, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
      throw Failure(.usage, "--expect takes the 64 hexadecimal digits of a hash", hint: "see trunkline audit log")
    }
    return hash
  }

  nonisolated private static func verify(
    _ warehouse: OpenWarehouse, _ expect: String?, _ invocation: Invocation
  ) throws -> ExitStatus {
    let findings = try AuditVerification(warehouse).run(expect: expect)
    let head = try warehouse.auditHead()
    guard invocation.flag("json") else {
      try invocation.console.out(banner(warehouse))
      for finding in findings { try invocation.console.out(VisibleText.of(finding.description) + "\n") }
      if findings.isEmpty { try invocation.console.out("all holds: \(head.seq) entries, head \(head.hash)\n") }
      return findings.isEmpty ? .done : .changes
    }
    for finding in findings {
      let line = JSON.fields([
        ("type", .string("finding")), ("place", .string(finding.place)), ("message", .string(finding.message)),
      ])
      try invocation.console.out(line.line + "\n")
    }
    let outcome = JSON.fields([
      ("type", .string("verify")), ("holds", .bool(findings.isEmpty)), ("findings", .int(findings.count)),
      ("entries", .int(head.seq)), ("head", .string(head.hash)), ("profile", .string(warehouse.profile)),
    ])
    try invocation.console.out(outcome.line + "\n")
    return findings.isEmpty ? .done : .changes
  }

  nonisolated private static func log(_ warehouse: OpenWarehouse, _ invocation: Invocation) throws -> ExitStatus {
    let isJSON = invocation.flag("json")
    if !isJSON { try invocation.console.out(banner(warehouse)) }
    try warehouse.eachAuditRecord { record in
      let entry = record.entry
      if isJSON {
        let line = AuditChain.line(entry, seq: record.seq)
        return try invocation.console.out(line.dropLast() + ",\"hash\":\"\(record.hash)\"}\n")
      }
      let set = entry.changeSet.map { "  " + ChangeSet.name($0) } ?? ""
      try invocation.console.out(
        "\(record.seq)  \(entry.at)  \(VisibleText.of(entry.principal)) (\(entry.role))  \(entry.action)\(set)  \(record.hash.prefix(12))\n"
      )
    }
    return .done
  }

  nonisolated private static func banner(_ warehouse: OpenWarehouse) -> String {
    warehouse.isTest ? "TEST DATABASE: scripted approvals are accepted here\n" : ""
  }
}
