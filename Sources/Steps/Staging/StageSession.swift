import Domain
import Glibc
import Model
import Records
import SQL
import Warehouse

/// One run on its way into the staging area.
struct StageSession: ~Copyable {
  private let warehouse: OpenWarehouse
  private let database: any Database
  private let options: StageOptions
  private let aliases: AliasTable
  private let heads: RecordHeads
  private var hasher: RowHasher
  private var parsers: [ParserBox] = []
  private var byStream: [Int] = []
  private var schemas: [String: SchemaMessage] = [:]
  private var batch = Batch()
  private var writer: StagingWriter
  private var seen: [Int64: SeenRecords] = [:]
  private var known: KeyTable
  private var referenced: Set<Int64> = []
  private var rejects: RejectWriter?
  private var group = -1
  private var groupStart = 0
  private var groupRejected = false
  private var authoritative = false
  private var sources: [JSON] = []
  private var runIDs: [String] = []
  private var mapping: JSON = .null
  private var counts = StreamCounts(step: "stage")
  private var unchanged = 0
  private var encoded: [UInt8] = []
  private var key: [UInt8] = []
  private let number: Int

  init(_ warehouse: OpenWarehouse, _ options: StageOptions) throws {
    let aliases = try AliasTable(warehouse.database)
    let heads = try RecordHeads(warehouse.database, entities: Inventory.entities.map(\.number))
    let number = try warehouse.next("runs", "run_no")
    let writer = try StagingWriter(warehouse, run: number)
    self.warehouse = warehouse
    self.options = options
    database = warehouse.database
    self.aliases = aliases
    self.heads = heads
    self.number = number
    self.writer = writer
    hasher = RowHasher()
    known = KeyTable(limit: 250_000)
  }

  mutating func abandon() { rejects?.abandon() }

  // MARK: Reading

  mutating func take(_ event: StreamEvent, _ reader: inout StreamReader) throws {
    switch event {
    case .schema(let schema): try declare(schema, &reader)
    case .record: try record(&reader)
    case .state: break
    // Sequences begin again in the next stream.
    case .end: group = -1
    }
  }

  private mutating func declare(_ schema: SchemaMessage, _ reader: inout StreamReader) throws {
    let name =
      schema.stream.hasSuffix(RejectWriter.suffix)
      ? String(schema.stream.dropLast(RejectWriter.suffix.count)) : schema.stream
    guard let entity = Inventory.entity(name) else {
      throw name == "rows" ? StageError.rawRows : StageError.unknownStream(schema.stream)
    }
    schemas[schema.stream] = schema
    let stream = reader.stream
    if !parsers.contains(where: { $0.stream == stream }) {
      while byStream.count <= stream { byStream.append(-1) }
      byStream[stream] = parsers.count
      parsers.append(ParserBox(RecordParser(entity, stream: stream)))
    }
    for target in entity.references where target != entity.name {
      if let number = Inventory.entity(target)?.number { referenced.insert(Int64(number)) }
    }
    if let origin = schema.origin, !sources.contains(origin) { sources.append(origin) }
    if let run = schema.run, !runIDs.contains(run) { runIDs.append(run) }
    if let found = schema.extra.first(where: { $0.name == "x-mapping" })?.value {
      if mapping != .null, mapping["sha256"] != found["sha256"],
        authoritative || found["mode"]?.text == "authoritative"
      {
        throw StageError.mixedMappings
      }
      mapping = found
      authoritative = authoritative || found["mode"]?.text == "authoritative"
    }
    try writer.columns(entity, schema.provenance)
  }

  private mutating func record(_ reader: inout StreamReader) throws {
    counts.input += 1
    guard reader.stream < byStream.count, byStream[reader.stream] >= 0 else {
      throw StageError.unknownStream(reader.streams[reader.stream])
    }
    if reader.sequence != group || reader.sequence == 0 { try beginGroup(reader.sequence) }
    let box = parsers[byStream[reader.stream]]
    box.parser.parse(reader, aliases: aliases)
    key.removeAll(keepingCapacity: true)
    if box.parser.issues.isEmpty, !isAliasOfCarrier(box) { _ = box.parser.appendKey(to: &key, aliases: aliases) }
    let line = batch.append(reader.line)
    if !box.parser.issues.isEmpty || groupRejected {
      try rejectGroup(line, reader.streams[reader.stream], reader.row, box.parser.issues)
    } else if key.isEmpty {
      counts.skipped["alias", default: 0] += 1
    } else {
      queue(box, line, reader)
    }
  }

  /// A carrier's record under another of its names says nothing new about the carrier.
  private func isAliasOfCarrier(_ box: ParserBox) -> Bool {
    guard box.isCarriers else { return false }
    return box.parser.row.withText(0) { aliases.isAlias($0) }
  }

  private mutating func queue(_ box: ParserBox, _ line: Range<Int>, _ reader: borrowing StreamReader) {
    encoded.removeAll(keepingCapacity: true)
    box.parser.row.encode(clears: true, into: &encoded)
    let hash = batch.append(hasher.hash(staged: box.parser.row))
    let payload = encoded.withUnsafeBufferPointer { batch.append($0) }
    let keyRange = key.withUnsafeBufferPointer { batch.append($0) }
    let firstReference = batch.references.count
    for (field, target) in box.references where box.parser.row.kind(field) == .text {
      let range = box.parser.row.withText(field) { batch.append($0) }
      batch.references.append(Batch.Reference(entity: target, key: range))
    }
    batch.items.append(
      Batch.Item(
        entity: box.number, key: keyRange, hash: hash, payload: payload, line: line,
        references: firstReference..<batch.references.count, stream: reader.stream, sourceRow: reader.row,
        flags: box.parser.row.hasClears ? 4 : 0,
        issues: reader.issues.map(\.line)))
  }

  // MARK: Groups of one source row

  private mutating func beginGroup(_ sequence: Int) throws {
    group = sequence
    groupRejected = false
    if batch.items.count >= Batch.limit { try flush() }
    groupStart = batch.items.count
  }

  /// Rejects a record and every other part of its source row, by name.
  private mutating func rejectGroup(_ line: Range<Int>, _ stream: String, _ row: Int, _ issues: [Issue]) throws {
    let sibling = Issue(
      "E_SIBLING", .error, message: "another record of the same source row was rejected", hint: "mend that one")
    if !groupRejected {
      groupRejected = true
      for item in batch.items[groupStart...] {
        let name = schemas.first { $0.value.stream == streamName(item.stream) }?.key ?? stream
        try reject(item.line, name, item.sourceRow, [sibling])
      }
      batch.items.removeSubrange(groupStart...)
    }
    try reject(line, stream, row, issues.isEmpty ? [sibling] : issues)
  }

  private func streamName(_ stream: Int) -> String { parsers[byStream[stream]].entity.name }

  private mutating func reject(_ line: Range<Int>, _ stream: String, _ row: Int, _ issues: [Issue]) throws {
    counts.rejected += 1
    let members =
      batch.arena.withUnsafeBufferPointer { JSON.parse(Bytes(rebasing: $0[line])) }?["record"]?.members ?? []
    if rejects == nil {
      rejects = RejectWriter(path: options.rejects ?? "rejects-stage-\(runIDs.first ?? "run").jsonl", step: "stage")
    }
    try rejects?.reject(stream: stream, members: members, schema: schemas[stream], row: row, issues: issues)
  }

  // MARK: Look-ups and writing

  private mutating func flush() throws {
    let bytes = batch.arena
    try bytes.withUnsafeBufferPointer { arena in
      func slice(_ range: Range<Int>) -> Bytes { Bytes(rebasing: arena[range]) }
      var skip = Set<Int>()
      let keys = batch.items.map { (entity: $0.entity, key: slice($0.key)) }
      try heads.find(keys) { index, head, hash in
        let item = batch.items[index]
        let same = !head.isDeleted && hash.elementsEqual(slice(item.hash))
        let before = seen[item.entity, default: SeenRecords()].note(head.id, unchanged: same)
        // A row that equalled the record was not stored: a later one that differs has to know of it.
        if !same, before.unchanged { batch.items[index].flags |= 2 }
        if same, !before.changed, !authoritative { skip.insert(index) }
      }
      unchanged += skip.count
      for index in batch.items.indices {
        let item = batch.items[index]
        if referenced.contains(item.entity) { remember(item.entity, slice(item.key)) }
        if skip.contains(index) { continue }
        try writer.row(
          entity: item.entity, key: slice(item.key), hash: slice(item.hash), flags: item.flags,
          payload: slice(item.payload), sourceRow: item.sourceRow, issues: item.issues)
        try references(item, slice)
      }
    }
    batch.removeAll()
    groupStart = 0
  }

  private mutating func references(_ item: Batch.Item, _ slice: (Range<Int>) -> Bytes) throws {
    var pending: [(entity: Int64, key: Bytes)] = []
    for reference in batch.references[item.references] {
      let key = slice(reference.key)
      if pending.contains(where: { $0.entity == reference.entity && $0.key.elementsEqual(key) }) { continue }
      if isKnown(reference.entity, key) { continue }
      var found = false
      try heads.find([(entity: reference.entity, key: key)]) { _, head, _ in found = !head.isDeleted }
      if found {
        remember(reference.entity, key)
      } else {
        try writer.pending(entity: reference.entity, key: key)
        pending.append((reference.entity, key))
      }
    }
  }

  private mutating func isKnown(_ entity: Int64, _ key: Bytes) -> Bool {
    withPrefixed(entity, key) { known[$0] != nil }
  }

  private mutating func remember(_ entity: Int64, _ key: Bytes) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: key.count + 1) { buffer in
      buffer[0] = UInt8(truncatingIfNeeded: entity)
      for index in key.indices { buffer[index + 1] = key[index] }
      known.set(Bytes(start: buffer.baseAddress, count: key.count + 1), 1)
    }
  }

  private func withPrefixed(_ entity: Int64, _ key: Bytes, _ body: (Bytes) -> Bool) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: key.count + 1) { buffer in
      buffer[0] = UInt8(truncatingIfNeeded: entity)
      for index in key.indices { buffer[index + 1] = key[index] }
      return body(Bytes(start: buffer.baseAddress, count: key.count + 1))
    }
  }

  // MARK: The end

  mutating func finish(_ reader: inout StreamReader) throws -> StageResult {
    try flush()
    try writer.finish()
    let resolution = try PendingReferences(database, run: number).resolve(mapping["on_missing"])
    for rejected in resolution.rejected { try rejectStaged(rejected) }
    let staged = try writer.counts()
    counts.accepted = counts.input - counts.rejected - counts.skippedTotal
    let runID = runIDs.count == 1 ? runIDs[0] : RunID.of(runIDs)
    counts.run = runID
    let summary = JSON.object(
      counts.members(checksum: "").members.filter { $0.name != "crc32c" && $0.name != "final" } + [
        JSON.Member("rejected_before", .int(reader.rejectedBefore)), JSON.Member("unchanged", .int(unchanged)),
        JSON.Member("stubs", .array(resolution.stubs.map { JSON.string($0) })),
      ])
    let run = try warehouse.addRun(
      id: runID, principal: options.principal, createdAt: options.now, asOf: options.asOf, sources: .array(sources),
      mapping: mapping, mode: authoritative ? "authoritative" : "partial", title: title, isSealed: !reader.unsealed,
      state: "staged", counts: summary)
    try rejects?.finish()
    counts.run = run.name
    var result = StageResult(run: run, counts: counts)
    result.staged = staged
    result.unchanged = unchanged
    result.stubs = resolution.stubs
    result.rejectsPath = counts.rejected > 0 ? rejects?.path : nil
    result.unknownTypes = reader.unknown
    return result
  }

  private var title: String {
    let files = sources.compactMap { $0["file"]?.text }
    return files.isEmpty ? "records without a source" : files.joined(separator: ", ")
  }

  /// Takes a staged row out again because what it refers to is nowhere.
  private mutating func rejectStaged(_ rejected: PendingReferences.Rejected) throws {
    counts.rejected += 1
    if rejects == nil {
      rejects = RejectWriter(path: options.rejects ?? "rejects-stage-\(runIDs.first ?? "run").jsonl", step: "stage")
    }
    let schema = schemas[rejected.entity.name]
    try rejects?.reject(
      stream: rejected.entity.name, members: rejected.members, schema: schema, row: rejected.row,
      issues: [rejected.issue])
  }
}

/// A parser with an identity, so that many can stand in an array without being copied.
final class ParserBox {
  let entity: Entity
  let stream: Int
  let number: Int64
  let isCarriers: Bool
  var parser: RecordParser
  /// Fields that refer to other records, with the entity number they refer to.
  let references: [(field: Int, target: Int64)]

  init(_ parser: consuming RecordParser) {
    entity = parser.shape.entity
    stream = parser.stream
    number = Int64(parser.shape.entity.number)
    isCarriers = parser.shape.entity.name == "carriers"
    references = parser.shape.entity.fields.enumerated().compactMap { index, field in
      field.reference.flatMap { Inventory.entity($0) }.map { (index, Int64($0.number)) }
    }
    self.parser = parser
  }
}
