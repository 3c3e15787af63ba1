import Commitment
import SQL
import SQLite
import TestSupport
import Testing
import Warehouse

/// Tables, streams of every hop and a database at every step, made once in a run of tests.
private final class FaultGround: Sendable {
  static let shared = Result { try FaultGround() }
  let folder: TemporaryFolder

  /// Makes `ragged.csv`, `rows.jsonl`, `mapped.jsonl`, `staged.jsonl`, `rejects-map.jsonl`, and `empty.db`, `staged.db`,
  /// `approved.db`, `done.db`.
  private init() throws {
    let chain = try Chain(.sqlite)
    folder = chain.folder
    let mapping = Chain.mapping().replacing("circuit.notes", with: "circuit.service_type")
    try folder.write(mapping, to: "map.yaml")
    try chain.load(["Cogent,OO/1,1.00,USD,,,DIA"])
    try folder.write(mapping + "on_missing: {service_type: error}\n", to: "map.yaml")
    let bad = ["Lumen,B/1,oops,USD,,,DIA", "Lumen,B/2,1.00,USD,,,NONE"]
    try chain.table((0..<40).map { "Lumen,F/\($0),1.50,USD,SO-\($0 % 7),12,DIA" } + bad)
    try folder.write(folder.read("table.csv") + "Lumen,B/3,1.00,USD,,,DIA,extra\n", to: "ragged.csv")
    for (line, status) in [
      ("cp \(chain.store.place) empty.db", Int32(0)), (Chain.extract + " > rows.jsonl", 0),
      ("\(Chain.map) < rows.jsonl > mapped.jsonl", 3), ("\(Chain.stage) < mapped.jsonl > staged.jsonl", 3),
      ("cp \(chain.store.place) staged.db; trunkline-diff < staged.jsonl", 2),
    ] {
      let made = try chain.sh(line)
      guard made.status == status else { throw ChainFailure(line, made) }
    }
    try chain.approve(2)
    _ = try chain.sh("cp \(chain.store.place) approved.db")
    let committed = try chain.commit(2)
    guard committed.status == 0 else { throw ChainFailure("commit", committed) }
    _ = try chain.sh("cp \(chain.store.place) done.db")
  }
}

/// A program whose files are all in the folder `w`; between it and the disk stands a library that lets calls fail.
final class FaultScene {
  let ground: TemporaryFolder
  let folder: String
  private let library: FaultLibrary
  private let list: String

  init() throws {
    ground = try TemporaryFolder()
    library = try FaultLibrary.shared.get()
    let made = try shell(
      "cp -r '\(FaultGround.shared.get().folder.path)'/. . && mkdir w && cd w && pwd -P", folder: ground.path)
    guard made.status == 0 else { throw ChainFailure("copy", made) }
    folder = String(made.stdout.dropLast())
    list = ground.file("calls")
  }

  private func sh(_ line: String) throws -> Outcome {
    let now = ["TRUNKLINE_NOW": "2026-11-21T00:00:00Z", "TRUNKLINE_AS_OF": "2026-11-21"]
    return try shell(line, environment: now, folder: ground.path)
  }

  /// Runs a line, in which `W` is the folder, after `prepare`; its nth call about a file there fails with `error`.
  func run(_ line: String, after prepare: String = "", call: Int = 0, fails error: String = "") throws -> Outcome {
    let words = library.words(folder, list: list, call: call, fails: error)
    let prepared = prepare.isEmpty ? "" : "rm -rf w; mkdir w; \(prepare); "
    return try sh(prepared + words + line.replacing("W/", with: folder + "/"))
  }

  /// What the last program asked of the files in the folder.
  func calls() throws -> [FaultCall] { try FaultCall.list(list) }

  /// The files in the folder, without the database and its journal.
  func files() throws -> [String: [UInt8]] {
    let names = try sh("cd w && find . -type f ! -name 'x.db*' | cut -c3-").stdout.split(separator: "\n")
    return try Dictionary(uniqueKeysWithValues: names.map { (String($0), try readFile(folder + "/" + $0)) })
  }

  /// Makes the folder hold these files and no other.
  func hold(_ files: [String: [UInt8]]) throws {
    _ = try sh("rm -rf w; mkdir w")
    for (name, bytes) in files { try writeFile(bytes, folder + "/" + name) }
  }

  private static let tables = [
    "runs", "staging_rows", "staging_references", "change_sets", "change_items", "change_groups", "approvals",
    "records", "circuits", "carriers", "audit_log", "loads",
  ]

  /// Opens the database as whoever comes next does, looks at all of it, and answers what it holds.
  func state(_ place: String, _ name: String = "x.db") throws -> [Int64] {
    let database = try SQLiteDatabase(path: folder + "/" + name)
    defer { database.close() }
    #expect(try database.integrityCheck() == [], "\(place)")
    #expect(try AuditVerification(OpenWarehouse(database)).run(expect: nil).isEmpty, "\(place)")
    let counts = try Self.tables.map { try database.firstInt("SELECT count(*) FROM \($0)") ?? -1 }
    let committed = "SELECT count(*) FROM change_sets WHERE state = 'committed'"
    return try counts + [Int64(OpenWarehouse(database).serial()), database.firstInt(committed) ?? -1]
  }
}
