package import CLI
import Comparison
import Digest
import Glibc
import Model
import Records
package import Warehouse

/// Prints a change set as the options ask, and saves it as a plan file with `--out`.
package struct PlanOutput {
  private let warehouse: OpenWarehouse
  private let set: ChangeSet
  private let invocation: Invocation

  package init(_ warehouse: OpenWarehouse, _ set: ChangeSet, _ invocation: Invocation) {
    self.warehouse = warehouse
    self.set = set
    self.invocation = invocation
  }

  package func write() throws {
    let console = invocation.console
    if invocation.flag("json") || invocation.value("format") == "json" {
      _ = try PlanDocument(warehouse, set).lines { try console.out($0 + "\n") }
      if let path = invocation.value("out") { try save(path) }
      return
    }
    if let path = invocation.value("out") { try save(path) }
    let saved = invocation.value("out").map { " to \($0)" } ?? ""
    let next =
      set.state == .proposed
      ? "\nSaved change set \(set.name) (sha256 \(set.digest.prefix(12)))\(saved). Next:\n" + commands : ""
    try PlanText(warehouse, set, limit: invocation.flag("all") ? nil : 20).write(next: next) { try console.out($0) }
  }

  /// The commands that approve and commit it, with the totals left for the person to state.
  private var commands: String {
    var lines: [String] = []
    if (try? warehouse.isFromDocuments(set)) == true {
      return "  trunkline review \(set.name)\n  trunkline commit \(set.name)\n"
    }
    let groups = ((try? warehouse.groups(of: set)) ?? []).filter(\.isMandatory)
    for field in ApprovalField.allCases {
      for kind in ChangeGroup.Kind.allCases {
        let own = groups.filter { $0.field == field && $0.kind == kind }
        if own.isEmpty { continue }
        let totals = own.map {
          field.isMoney ? " --total \"\($0.currency) <sum you expect>\"" : " --total <rows you expect>"
        }
        let options = "--field \(field.rawValue)" + (kind == .overwrite ? " --overwrites" : "")
        lines.append("  trunkline approve \(set.name) \(options)" + totals.joined())
      }
    }
    if lines.isEmpty || set.summary["rest"]?.int ?? 1 > 0 {
      lines.append("  trunkline approve \(set.name) --all-but-mandatory")
    }
    lines.append("  trunkline commit \(set.name)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes the plan file: to a temporary name, to disk, then under its own.
  private func save(_ path: String) throws {
    try OutputFile.write(path, mode: 0o600) { descriptor in
      var digest = SHA256()
      func line(_ text: String) throws {
        var text = text + "\n"
        try text.withUTF8 {
          digest.update(UnsafeRawBufferPointer($0))
          try Console.write(UnsafeRawBufferPointer($0), to: descriptor)
        }
      }
      let count = try PlanDocument(warehouse, set).lines(line)
      try line(PlanFile.seal(lines: count + 1, digest: digest.finishHex()))
    }
  }

  /// The name of the change set that a command was given: itself, or the one a plan file holds, verified against it.
  package static func name(_ argument: String, _ warehouse: OpenWarehouse) throws -> String {
    guard ChangeSet.id(named: argument) == nil else { return argument }
    let file = try InputFile.read(argument, limit: 1 << 31)
    do {
      let plan = try PlanFile.check(file)
      guard plan.lineage == warehouse.lineage else { throw PlanFile.Fault.otherDatabase(lineage: plan.lineage) }
      guard try warehouse.changeSet(plan.name).digest == plan.digest else { throw PlanFile.Fault.otherContents }
      return plan.name
    } catch let fault as PlanFile.Fault {
      throw Failure(
        .stale, fault.message, place: argument,
        hint: "make the plan again with: trunkline diff --run RUN --out \(argument)")
    }
  }
}
