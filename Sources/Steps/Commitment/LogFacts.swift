import Records
import Warehouse

/// The first findings of a check, and how many there were.
struct FindingList {
  let limit: Int
  private var first: [Finding] = []
  private var count = 0

  init(limit: Int) { self.limit = limit }

  mutating func add(_ finding: Finding) {
    count += 1
    if count <= limit { first.append(finding) }
  }

  func findings(_ place: String) -> [Finding] {
    count > limit ? first + [Finding(place, "\(count - limit) more do not hold")] : first
  }
}

/// What the log says that the tables must agree with.
struct LogFacts {
  /// Entries by change set.
  private(set) var commits: [Int: [AuditEntry]] = [:]
  private(set) var proposals: [Int: [AuditEntry]] = [:]
  private(set) var rejected: Set<Int> = []
  private(set) var superseded: Set<Int> = []
  private(set) var acts: Set<AuditAct> = []
  /// Row hash of the user the database began with.
  private(set) var founding = ""
  /// `lineage`, `profile`.
  private(set) var foundation: JSON = .null
  private var hashes: Set<String> = []

  func contains(_ hash: String) -> Bool { hashes.contains(hash) }

  mutating func note(_ record: AuditRecord) {
    hashes.insert(record.hash)
    let entry = record.entry
    let set = entry.changeSet ?? 0
    switch entry.action {
    case "init":
      founding = entry.root
      foundation = entry.body
    case "propose": proposals[set, default: []].append(entry)
    case "commit": commits[set, default: []].append(entry)
    case "approve": acts.insert(AuditAct(entry))
    case "reject": rejected.insert(set)
    case OpenWarehouse.superseding: superseded.insert(set)
    default: break
    }
  }
}
