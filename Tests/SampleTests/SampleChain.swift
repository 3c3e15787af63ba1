import TestSupport
import Testing

/// A database of its own, and the chain run on sample files as a person would type it.
struct SampleChain {
  /// A step that ended otherwise than it should.
  struct Stopped: Error, CustomStringConvertible {
    let description: String
  }

  /// A line of `order.txt`: a table and the mapping that reads it.
  struct Table: Sendable, CustomTestStringConvertible {
    /// From the repository's root.
    let source: String
    let mapping: String
    var testDescription: String { source }
  }

  private let database: TestDatabase
  private let folder: TemporaryFolder

  init(_ store: TestStore) throws {
    database = try store.make()
    folder = try TemporaryFolder()
    _ = try line("trunkline init --profile test", expecting: [0])
  }

  /// The tables of a folder of samples, in the order they are loaded.
  static func tables(in folder: String) throws -> [Table] {
    let text = String(decoding: try readFile("\(repositoryRoot)/\(folder)/order.txt"), as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 2 else { return nil }
      return Table(source: "\(folder)/\(words[0])", mapping: "\(folder)/\(words[1])")
    }
  }

  /// The plan of a table, and whether it holds changes.
  func plan(_ table: Table) throws -> (text: String, hasChanges: Bool) {
    let outcome = try line(
      "trunkline extract '\(repositoryRoot)/\(table.source)' | trunkline map --mapping '\(repositoryRoot)/\(table.mapping)'"
        + " | trunkline stage | trunkline diff", expecting: [0, 2])
    return (outcome.stdout, outcome.status == 2)
  }

  /// Performs every act the plan asks for, with the totals it names, then commits.
  func approveAndCommit(_ plan: String) throws {
    guard let start = plan.firstRange(of: "CS-") else { throw Stopped(description: "no change set in\n\(plan)") }
    let name = plan[start.lowerBound...].prefix(7)
    for act in Self.acts(plan) { _ = try line("trunkline approve \(name) \(act)", expecting: [0]) }
    if plan.contains("--all-but-mandatory") {
      _ = try line("trunkline approve \(name) --all-but-mandatory", expecting: [0])
    }
    _ = try line("trunkline commit \(name)", expecting: [0])
  }

  /// `--field mrc --total "USD 1.00"` of `  mrc  new  1 row  USD 0.00 -> USD 1.00`, one per field and kind.
  static func acts(_ plan: String) -> [String] {
    var totals: [(act: String, totals: [String])] = []
    let lines = plan.split(separator: "\n", omittingEmptySubsequences: false)
    let needs = lines.drop { !$0.hasPrefix("Needs an approval") }.dropFirst().prefix { $0.hasPrefix("  ") }
    for line in needs {
      let cells = line.split(separator: "  ").map(String.init)
      guard cells.count >= 3 else { continue }
      let rows = cells[2].prefix { $0 != " " }
      let total = cells.count > 3 ? cells[3].split(separator: " -> ").last.map(String.init) ?? "" : String(rows)
      let act = "--field \(cells[0])" + (cells[1] == "overwrites" ? " --overwrites" : "")
      if let place = totals.firstIndex(where: { $0.act == act }) {
        totals[place].totals.append(total)
      } else {
        totals.append((act, [total]))
      }
    }
    return totals.map { entry in entry.act + entry.totals.map { " --total '\($0)'" }.joined() }
  }

  func line(_ command: String, expecting statuses: Set<Int32>) throws -> Outcome {
    let address = database.store == .sqlite ? "sqlite:" + database.place : database.place
    let outcome = try shell(
      command,
      environment: [
        "TRUNKLINE_DB": address, "TRUNKLINE_DOCUMENTS": folder.file("documents"),
        "TRUNKLINE_NOW": "2026-06-01T09:00:00Z", "NO_COLOR": "1", "LC_ALL": "C",
      ], folder: folder.path)
    guard statuses.contains(outcome.status) else {
      throw Stopped(description: "\(command): exit \(outcome.status)\n\(outcome.stderr)\(outcome.stdout.suffix(2000))")
    }
    return outcome
  }
}
