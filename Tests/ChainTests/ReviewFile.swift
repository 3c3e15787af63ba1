import Records
import TestSupport

@testable import Warehouse

/// A file of decisions as the page or the terminal saves it, made by hand.
struct ReviewFile {
  enum Verdict {
    case approve
    case reject(String)
    case edit([(String, String)])
  }

  var lines: [JSON] = []

  /// `decide` says what becomes of each value; nil leaves it open.
  init(_ chain: Chain, set name: String, _ decide: (QuotedChange) -> Verdict?) throws {
    let warehouse = try OpenWarehouse(chain.database)
    let set = try warehouse.changeSet(name)
    for change in try warehouse.quotedChanges(of: set) {
      guard let verdict = decide(change) else { continue }
      lines.append(Self.line(set, change, verdict))
    }
  }

  private static func line(_ set: ChangeSet, _ change: QuotedChange, _ verdict: Verdict) -> JSON {
    var word = "approve"
    var comment = ""
    var edited = JSON.null
    switch verdict {
    case .approve: break
    case .reject(let why): (word, comment) = ("reject", why)
    case .edit(let texts): (word, edited) = ("edit", .fields(texts.map { ($0.0, .string($0.1)) }))
    }
    return .fields([
      ("change_set", .string(set.name)), ("content_sha256", .string(set.digest)), ("seq", .int(change.seq)),
      ("fields", .array(change.values.map { .string($0.field) })), ("verdict", .string(word)),
      ("edited_value", edited), ("ack", .bool(!change.quote.isEmpty)), ("comment", .string(comment)),
      ("principal", .string("")), ("at", .string("2026-11-21T10:00:00Z")), ("surface", .string("html")),
      ("quote", .string(change.quote)),
    ])
  }

  /// The file with one member of every line that is an edit replaced.
  func altered(_ name: String, _ value: JSON, where isMeant: (JSON) -> Bool = { $0["verdict"]?.text == "edit" }) -> Self
  {
    var copy = self
    copy.lines = lines.map { line in
      isMeant(line) ? .fields(line.members.map { ($0.name, $0.name == name ? value : $0.value) }) : line
    }
    return copy
  }

  func write(_ chain: Chain, to name: String = "made.jsonl") throws {
    try chain.folder.write(lines.map { $0.line + "\n" }.joined(), to: name)
  }
}

extension QuotedChange {
  /// Whether it is about a field of the record whose key ends so.
  func isOf(_ field: String, _ end: String = "") -> Bool {
    values.contains { $0.field == field } && key.hasSuffix(end)
  }
}
