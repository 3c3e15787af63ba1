import SQL
import TestSupport
import Testing

/// MRC, ETF and term enter or change by a recorded act on that field, and in no other way.
@Suite struct MandatoryActTests {
  private static func rows(_ random: inout SplitMix64) -> [String] {
    (1...Int.random(in: 1...6, using: &random)).map { row in
      let charge = ["", "\(Int.random(in: 1...900, using: &random)).25"][Int.random(in: 0...1, using: &random)]
      let months = ["", "\(Int.random(in: 1...60, using: &random))"][Int.random(in: 0...1, using: &random)]
      let currency = ["USD", "EUR"][Int.random(in: 0...1, using: &random)]
      // One row at least carries a mandatory field.
      return "Lumen,R/\(row),\(row == 1 ? "77.00" : charge),\(currency),SO-\(row),\(months),r"
    }
  }

  /// The mandatory values as they stand.
  private static func values(_ chain: Chain) throws -> [[SQLValue]] {
    try chain.database.rows("SELECT nkey, mrc_minor, deleted_at FROM circuits ORDER BY nkey")
      + chain.database.rows(
        "SELECT nkey, term_months, starts_on, ends_on, notice_days FROM contract_terms ORDER BY nkey")
      + chain.database.rows("SELECT * FROM etf_formulas ORDER BY nkey")
  }

  /// With every act but one on record, for each one, the commit is refused.
  private static func leaveOneOut(_ chain: Chain, _ set: Int64, _ note: String) throws {
    let acts = try chain.acts(set)
    let before = try values(chain)
    for missing in acts.dropLast() {
      try chain.database.run("DELETE FROM approvals WHERE change_set = $1", [.int(set)])
      for act in acts where act != missing { _ = try chain.sh(act) }
      let refused = try chain.commit(set)
      #expect(refused.status == 6, "without \(missing), \(note): \(refused.stdout)")
      #expect(try values(chain) == before, "\(note)")
    }
    try chain.database.run("DELETE FROM approvals WHERE change_set = $1", [.int(set)])
  }

  @Test(arguments: TestStore.available) func everyActIsNeeded(_ store: TestStore) throws {
    var random = SplitMix64()
    let chain = try Chain(store)
    for _ in 0..<4 {
      let rows = Self.rows(&random)
      guard try chain.plan(rows).status == 2 else { continue }
      let set = try chain.newest()
      let note = "\(rows), seed \(random.seed)"
      #expect(try chain.acts(set).count > 1, "\(note)")
      try Self.leaveOneOut(chain, set, note)
      try chain.land(set)
      #expect(try chain.sh("trunkline-revert \(set)").status == 2)
      let undo = try chain.newest()
      if try chain.acts(undo).count > 1 { try Self.leaveOneOut(chain, undo, note) }
    }
    #expect(try chain.serial() > 0)
  }

  /// The sample has charges, terms and termination fees.
  @Test(arguments: TestStore.available) func everyActOfTheSampleIsNeeded(_ store: TestStore) throws {
    let chain = try Chain(store, profile: "standard")
    let planned = try chain.sh("trunkline-seed --samples \(repositoryRoot)/Samples/seed")
    #expect(planned.status == 2, "\(planned.stdout) \(planned.stderr)")
    let fields = try chain.database.rows("SELECT DISTINCT field FROM change_groups").compactMap { $0[0].text }
    #expect(Set(fields).isSuperset(of: ["mrc", "etf", "term"]), "\(fields)")
    #expect(try chain.commit(1).status == 6)
    try chain.database.run("UPDATE db_meta SET value = 'test' WHERE name = 'profile'")
    try Self.leaveOneOut(chain, 1, "sample")
  }

  @Test(arguments: TestStore.available) func noScriptPassesInAStandardDatabase(_ store: TestStore) throws {
    var random = SplitMix64()
    let chain = try Chain(store, profile: "standard")
    let rows = Self.rows(&random)
    #expect(try chain.plan(rows, options: "--out first.plan").status == 2)
    let email = try chain.database.firstText("SELECT email FROM users") ?? "?"
    let before = try chain.counts()
    func refused(_ line: String, _ status: Int32..., environment: [String: String] = [:]) throws {
      let outcome = try chain.sh(line, environment)
      let note = "\(line) \(environment), seed \(random.seed): \(outcome.status) \(outcome.stdout) \(outcome.stderr)"
      #expect(status.contains(outcome.status), "\(note)")
      #expect(try chain.counts() == before, "\(note)")
    }
    try refused("trunkline-commit 1", 6)
    try refused("trunkline-commit first.plan", 6)
    try refused("trunkline-commit 1 --yes", 64)
    try refused("trunkline-commit 1 --approve", 64)
    try refused("trunkline-commit 1 --as \(email)", 77)
    for act in try chain.acts(1) {
      try refused(act, 6)
      try refused("yes | \(act)", 6)
      try refused("\(act) --as \(email)", 77)
    }
    for (name, value) in [
      ("AS", email), ("APPROVE", "all"), ("YES", "1"), ("ALL_BUT_MANDATORY", "1"), ("FIELD", "mrc"),
      ("TOTAL", "USD 77.00"),
      ("PROFILE", "test"), ("OVERWRITES", "1"), ("APPROVE_ALL_BUT_MANDATORY", "true"), ("COMMIT_AS", email),
    ] {
      try refused("trunkline-commit 1", 6, 78, environment: ["TRUNKLINE_" + name: value])
      try refused("trunkline-approve 1", 6, 64, 78, environment: ["TRUNKLINE_" + name: value])
    }
    for config in [
      "profile: test", "approve: {all-but-mandatory: true}", "approve: {field: mrc}", "commit: {as: \(email)}",
    ] {
      try chain.folder.write(config + "\n", to: "trunkline.yaml")
      try refused("trunkline-commit 1", 6, 78)
      try refused("trunkline-approve 1", 6, 64, 78)
    }
    #expect(try chain.sh("rm trunkline.yaml").status == 0)
    try refused("trunkline-init --profile test", 78)
    try refused("trunkline-seed --as \(email)", 66, 77)
    try refused("\(Chain.extract) | \(Chain.map) | trunkline-stage --as \(email)", 77)
  }

  /// Acts of scripts on record do not count once the database is no test database, nor for undoing.
  @Test(arguments: TestStore.available) func scriptedActsDoNotCount(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(["Lumen,R/1,77.00,USD,SO-1,12,r"])
    #expect(try chain.plan(["Lumen,R/1,78.00,USD,SO-1,24,r"]).status == 2)
    try chain.approve(2)
    try chain.database.run("UPDATE db_meta SET value = 'standard' WHERE name = 'profile'")
    let before = try Self.values(chain)
    let refused = try chain.commit(2)
    #expect(refused.status == 6)
    #expect(refused.stderr.contains("by a script"), "\(refused.stderr)")
    #expect(try chain.sh("trunkline-revert 1").status == 2)
    #expect(try chain.commit(3).status == 6)
    #expect(try Self.values(chain) == before)
  }

  /// Who is nobody here, or only reads, or is no person, neither approves nor commits.
  @Test(arguments: TestStore.available, ["login = 'somebody'", "role = 'read_only'", "role = 'agent'", "active = 0"])
  func othersAreNotPermitted(_ store: TestStore, _ user: String) throws {
    let chain = try Chain(store)
    #expect(try chain.plan(["Lumen,R/1,77.00,USD,SO-1,12,r"]).status == 2)
    try chain.database.run("UPDATE users SET \(user)")
    for profile in ["test", "standard"] {
      try chain.database.run("UPDATE db_meta SET value = '\(profile)' WHERE name = 'profile'")
      let before = try chain.counts()
      for act in try chain.acts(1) + ["trunkline-commit 1"] {
        let outcome = try chain.sh(act)
        #expect(outcome.status == 77, "\(profile) \(act): \(outcome.stdout) \(outcome.stderr)")
        #expect(try chain.counts() == before)
      }
    }
  }
}
