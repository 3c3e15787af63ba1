/// What a step says of itself in its final STATE, in units of its source.
///
/// `input = accepted + rejected + skipped`; `emitted` counts records per stream, and the next step's `input` is their sum.
package struct StreamCounts: Equatable, Sendable {
  package var run = ""
  package var step = ""
  package var input = 0
  package var accepted = 0
  package var rejected = 0
  package var skipped: [String: Int] = [:]
  package var emitted: [String: Int] = [:]

  package init(run: String = "", step: String = "") {
    self.run = run
    self.step = step
  }

  package var skippedTotal: Int { skipped.values.reduce(0, +) }
  package var emittedTotal: Int { emitted.values.reduce(0, +) }
  package var balanced: Bool { input == accepted + rejected + skippedTotal }

  /// Adds the counts of a further complete stream of the same step.
  package mutating func add(_ other: StreamCounts) {
    if run.isEmpty { run = other.run }
    step = other.step
    input += other.input
    accepted += other.accepted
    rejected += other.rejected
    skipped.merge(other.skipped, uniquingKeysWith: +)
    emitted.merge(other.emitted, uniquingKeysWith: +)
  }

  /// The members of `run` in the final STATE, names in order of the alphabet so that the same counts give the same bytes.
  package func members(checksum: String) -> JSON {
    .fields([
      ("id", .string(run)), ("step", .string(step)), ("in", .int(input)), ("accepted", .int(accepted)),
      ("rejected", .int(rejected)), ("skipped", Self.json(skipped)), ("emitted", Self.json(emitted)),
      ("final", .bool(true)), ("crc32c", .string(checksum)),
    ])
  }

  private static func json(_ counts: [String: Int]) -> JSON {
    .fields(counts.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) })
  }

  /// nil when `run` lacks a count or one is not a whole number of 0 ... 2^40.
  package init?(json run: JSON) {
    guard let input = Self.count(run["in"]), let accepted = Self.count(run["accepted"]),
      let rejected = Self.count(run["rejected"]), let skipped = Self.counts(run["skipped"]),
      let emitted = Self.counts(run["emitted"])
    else { return nil }
    self.run = run["id"]?.text ?? ""
    step = run["step"]?.text ?? ""
    self.input = input
    self.accepted = accepted
    self.rejected = rejected
    self.skipped = skipped
    self.emitted = emitted
  }

  /// nil for what counts nothing that fits a stream: their sums then stay within a number.
  static func count(_ json: JSON?) -> Int? { json?.int.flatMap { 0...(1 << 40) ~= $0 ? $0 : nil } }

  private static func counts(_ json: JSON?) -> [String: Int]? {
    var counts: [String: Int] = [:]
    for member in json?.members ?? [] {
      guard let count = count(member.value) else { return nil }
      counts[member.name] = count
    }
    return counts
  }
}
