import Digest
package import Domain
import Glibc

/// What `StreamReader.next` found. A record's contents are read from the reader until the next call.
package enum StreamEvent {
  case schema(SchemaMessage)
  case record
  /// A state that is not the final one, or any STATE of a foreign stream.
  case state(JSON)
  /// A complete stream ended; its counts and checksum agree with what was read.
  case end(StreamCounts)
}

/// Reads messages, checks them, and vouches that each stream was whole.
///
/// Guarantees: `next` answers nil only when every stream before it had its final STATE with right counts and checksum, or
/// the input was empty. Several complete streams may follow each other; `totals` sums them.
package struct StreamReader: ~Copyable {
  private var lines: LineReader
  private var top = Tokenizer(capacity: 64)
  /// The members of the current record.
  package private(set) var fields = Tokenizer()
  /// The current line; ranges of `fields` refer to it.
  package private(set) var line = Bytes(start: nil, count: 0)
  package private(set) var row = 0
  package private(set) var sequence = 0
  package private(set) var part = 0
  /// Place of the current record's stream in `streams`.
  package private(set) var stream = 0
  package private(set) var streams: [String] = []
  private var names: [[UInt8]] = []
  private var counts: [Int] = []
  private var issuesToken: Token?
  private var provenanceToken: Token?
  private var checksum = CRC32C()
  private var open = false
  private var foreign = false
  private let acceptsUnsealed: Bool
  package private(set) var totals = StreamCounts()
  /// The `run` member of the last final STATE, with whatever its step added to the counts.
  package private(set) var lastRun: JSON = .null
  package private(set) var complete = 0
  /// Rows that the steps before this one rejected, all together.
  package private(set) var rejectedBefore = 0
  /// True when part of the input was a foreign stream, whose end nobody vouches for.
  package private(set) var unsealed = false
  /// Message types that are not of the profile, with how many were dropped.
  package private(set) var unknown: [String: Int] = [:]

  package init(descriptor: Int32, acceptsUnsealed: Bool = false, capacity: Int = 1 << 18) {
    lines = LineReader(descriptor: descriptor, capacity: capacity)
    self.acceptsUnsealed = acceptsUnsealed
  }

  /// The number of the current line.
  package var lineNumber: Int { lines.line }

  @inlinable package func bytes(_ token: Token) -> Bytes {
    Bytes(rebasing: line[Int(token.start)..<Int(token.start + token.length)])
  }

  @inlinable package func key(_ token: Token) -> Bytes {
    Bytes(rebasing: line[Int(token.keyStart)..<Int(token.keyStart + token.keyLength)])
  }

  /// The text of a string token without escapes; nil for a lone surrogate. `scratch` must hold the token's length.
  package func unescape(_ token: Token, into scratch: UnsafeMutablePointer<UInt8>) -> Bytes? {
    guard token.escaped else { return bytes(token) }
    return Escapes.remove(bytes(token), to: scratch).map { Bytes(start: scratch, count: $0) }
  }

  /// The record's `issues`, parsed.
  package var issues: [JSON] {
    issuesToken.flatMap { JSON.parse(bytes($0)) }?.items ?? []
  }

  package var hasProvenance: Bool { provenanceToken != nil }

  /// The record's `prov`, parsed: the quote and page of each property; nil where it has none.
  package var provenance: JSON? {
    provenanceToken.flatMap { JSON.parse(bytes($0)) }
  }

  package mutating func next() throws(WireError) -> StreamEvent? {
    while let line = try lines.next() {
      self.line = line
      guard Validity.isUTF8(line) else { throw .invalidUTF8(line: lines.line) }
      if fastRecord() {
        countRecord()
        return .record
      }
      if let event = try general() { return event }
    }
    if open {
      if !foreign { throw .truncated(line: lines.line) }
      close()
    }
    return nil
  }

  // MARK: Records

  private static let prefix = Array(#"{"type":"RECORD","stream":""#.utf8)
  private static let middle = Array(#"","record":"#.utf8)

  /// A record as this program writes it, read in one pass.
  private mutating func fastRecord() -> Bool {
    guard open, !names.isEmpty, let p = line.baseAddress else { return false }
    let prefix = Self.prefix.count
    let name = names[stream].count
    let body = prefix + name + Self.middle.count
    guard line.count > body,
      Self.prefix.withUnsafeBytes({ memcmp(p, $0.baseAddress!, prefix) == 0 })
    else { return false }
    if !named(p + prefix, stream), !findStream(p + prefix, line.count - prefix) { return false }
    let start = prefix + names[stream].count
    guard start + Self.middle.count < line.count,
      Self.middle.withUnsafeBytes({ memcmp(p + start, $0.baseAddress!, Self.middle.count) == 0 }),
      let after = fields.object(line, at: start + Self.middle.count),
      let end = top.tail(line, at: after), end == line.count
    else { return false }
    return readTop()
  }

  private func named(_ p: UnsafePointer<UInt8>, _ index: Int) -> Bool {
    let name = names[index]
    return name.withUnsafeBytes { memcmp(p, $0.baseAddress!, name.count) == 0 } && p[name.count] == 0x22
  }

  private mutating func findStream(_ p: UnsafePointer<UInt8>, _ left: Int) -> Bool {
    for index in names.indices where names[index].count < left && named(p, index) {
      stream = index
      return true
    }
    return false
  }

  private mutating func readTop() -> Bool {
    row = 0
    sequence = 0
    part = 0
    issuesToken = nil
    provenanceToken = nil
    for index in 0..<top.count {
      let token = top[index]
      let key = key(token)
      if token.kind == .number {
        if Self.equal(key, "seq") { sequence = Int(Decimal.parse(bytes(token)) ?? 0) }
        if Self.equal(key, "part") { part = Int(Decimal.parse(bytes(token)) ?? 0) }
        if Self.equal(key, "row") { row = Int(Decimal.parse(bytes(token)) ?? 0) }
      } else if token.kind == .array, Self.equal(key, "issues") {
        issuesToken = token
      } else if token.kind == .object, Self.equal(key, "prov") {
        provenanceToken = token
      }
    }
    return true
  }

  package static func equal(_ bytes: Bytes, _ text: StaticString) -> Bool {
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    guard let base = bytes.baseAddress else { return true }
    return memcmp(base, text.utf8Start, bytes.count) == 0
  }

  private mutating func countRecord() {
    counts[stream] += 1
    addLine()
  }

  private mutating func addLine() {
    if let base = line.baseAddress {
      if lines.endsPlainly { return checksum.update(base, count: line.count + 1) }
      checksum.update(base, count: line.count)
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { newline in
      newline[0] = 10
      if let base = newline.baseAddress { checksum.update(base, count: 1) }
    }
  }

  // MARK: Every other message

  private mutating func general() throws(WireError) -> StreamEvent? {
    guard let message = JSON.parse(line), case .object = message else {
      throw .invalidJSON(line: lines.line, reason: "not one JSON object")
    }
    guard let type = message["type"]?.text else { throw .invalidJSON(line: lines.line, reason: "no type") }
    switch type.uppercased() {
    case "RECORD": return try slowRecord(message)
    case "SCHEMA":
      guard let schema = SchemaMessage(json: message) else {
        throw .invalidJSON(line: lines.line, reason: "a SCHEMA without stream")
      }
      try begin(schema)
      return .schema(schema)
    case "STATE": return try state(message)
    default:
      unknown[type, default: 0] += 1
      addLine()
      return nil
    }
  }

  private mutating func begin(_ schema: SchemaMessage) throws(WireError) {
    if schema.profile == nil {
      guard acceptsUnsealed else { throw .unsealed(line: lines.line) }
      foreign = true
      unsealed = true
    }
    open = true
    register(schema.stream)
    addLine()
  }

  private mutating func register(_ name: String) {
    if let known = streams.firstIndex(of: name) {
      stream = known
    } else {
      stream = streams.count
      streams.append(name)
      names.append(Array(JSON.quote(name).utf8.dropFirst().dropLast()))
      counts.append(0)
    }
  }

  /// A record written by someone else: other spacing, order or case.
  private mutating func slowRecord(_ message: JSON) throws(WireError) -> StreamEvent {
    guard let name = message["stream"]?.text else {
      throw .invalidJSON(line: lines.line, reason: "a RECORD without stream")
    }
    if !open {
      guard complete == 0 || acceptsUnsealed else { throw .afterEnd(line: lines.line) }
      guard acceptsUnsealed else { throw .unsealed(line: lines.line) }
      open = true
      foreign = true
      unsealed = true
    }
    register(name)
    guard top.object(line, at: 0) == line.count || top.count > 0 else {
      throw .invalidJSON(line: lines.line, reason: "not one JSON object")
    }
    var found = false
    for index in 0..<top.count where Self.equal(key(top[index]), "record") && top[index].kind == .object {
      found = fields.object(line, at: Int(top[index].start)) != nil
    }
    guard found else { throw .invalidJSON(line: lines.line, reason: "a RECORD without a record object") }
    _ = readTop()
    countRecord()
    return .record
  }

  private mutating func state(_ message: JSON) throws(WireError) -> StreamEvent {
    guard let run = message["value"]?["run"], run["final"]?.bool == true, !foreign else {
      addLine()
      return .state(message["value"] ?? .null)
    }
    let before = run["rejected_before"].map { StreamCounts.count($0) } ?? 0
    guard let stated = StreamCounts(json: run), let before else {
      throw .invalidJSON(line: lines.line, reason: "a final STATE without its counts")
    }
    try verify(stated, checksum: run["crc32c"]?.text ?? "")
    totals.add(stated)
    rejectedBefore += stated.rejected + before
    lastRun = run
    close()
    return .end(stated)
  }

  private func verify(_ stated: StreamCounts, checksum text: String) throws(WireError) {
    for (name, count) in zip(streams, counts) where stated.emitted[name] ?? 0 != count {
      throw .emitted(stream: name, stated: stated.emitted[name] ?? 0, counted: count)
    }
    for (name, count) in stated.emitted where count > 0 && !streams.contains(name) {
      throw .emitted(stream: name, stated: count, counted: 0)
    }
    guard stated.balanced else {
      throw .unbalanced(
        step: stated.step, input: stated.input, accepted: stated.accepted, rejected: stated.rejected,
        skipped: stated.skippedTotal)
    }
    // A file of rejects is there to be corrected by hand: its counts are checked, its bytes are not.
    let isRejects = zip(streams, counts).allSatisfy { $1 == 0 || $0.hasSuffix(RejectWriter.suffix) }
    guard text == checksum.hex || isRejects && counts.contains(where: { $0 > 0 }) else {
      throw .checksum(stated: text, computed: checksum.hex)
    }
  }

  private mutating func close() {
    complete += 1
    open = false
    foreign = false
    checksum = CRC32C()
    for index in counts.indices { counts[index] = 0 }
  }
}
