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
  private var spool: RowSpool
  private var known: KeyTable
  /// By entity number: whether records of the run may refer to it.
  private var referenced = Array(repeating: false, count: 256)
  private var rejects: RejectWriter?
  /// Source rows of which a record was rejected, and with it all that was made of the row.
  private var rejectedRows = 0
  private var group = -1
  private var groupRejected = false
  private var authoritative = false
  private var sources: [JSON] = []
  /// The sources with their tables: row numbers begin again in each.
  private var tables: [JSON] = []
  private var runIDs: [String] = []
  private var mapping: JSON = .null
  private var kind: RunKind?
  private var counts = StreamCounts(step: "stage")
  private var unchanged = 0
  private var warnings: [String: (count: Int, first: [String])] = [:]
  private var encoded: [UInt8] = []
  private var key: [UInt8] = []
  private var evidence: [UInt8] = []
  private var circuits: CircuitLinks
  private var services: ServiceLinks
  /// What is to be said of the circuit that the present record names.
  private var linkIssue: Issue?
  private var unmet: [UInt8] = []
  private let number: Int

  init(_ warehouse: OpenWarehouse, _ options: StageOptions) throws {
    let aliases = try AliasTable(warehouse.database)
    let heads = try RecordHeads(warehouse.database, entities: Inventory.entities.map(\.number))
    let number = try warehouse.next("runs", "run_no")
    self.warehouse = warehouse
    self.options = options
    database = warehouse.database
    self.aliases = aliases
    self.heads = heads
    self.number = number
    circuits = CircuitLinks(warehouse.database)
    services = ServiceLinks(warehouse.database)
    spool = RowSpool(folder: options.temporary)
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
    if LoadedSource.claims(of: schema) != nil {
      throw StageError.notLoaded(file: schema.origin?["file"]?.text ?? "the source")
    }
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
    let source = JSON.array([schema.origin ?? .null, schema.table ?? .null])
    if !tables.contains(source) { tables.append(source) }
    parsers[byStream[stream]].source = StagedFlags.of(source: tables.firstIndex(of: source) ?? 0)
    for target in entity.references where target != entity.name {
      if let number = Inventory.entity(target)?.number { referenced[number] = true }
    }
    if let origin = schema.origin, !sources.contains(origin) { sources.append(origin) }
    if let run = schema.run, !runIDs.contains(run) { runIDs.append(run) }
    let document = RecordEvidence.document(of: schema)
    parsers[byStream[stream]].document = document
    if kind ?? (document == nil ? .table : .documents) != (document == nil ? .table : .documents) {
      throw StageError.mixedKinds
    }
    kind = document == nil ? .table : .documents
    if let found = schema.extra.first(where: { $0.name == "x-mapping" })?.value {
      let claimsAll = found["mode"]?.text == "authoritative" && !schema.stream.hasSuffix(RejectWriter.suffix)
      if mapping != .null, mapping["sha256"] != found["sha256"],
        authoritative || claimsAll
      {
        throw StageError.mixedMappings
      }
      mapping = found
      authoritative = authoritative || claimsAll
    }
    try RunColumns.add(entity, schema.provenance, run: number, database)
  }

  private mutating func record(_ reader: inout StreamReader) throws {
    counts.input += 1
    guard reader.stream < byStream.count, byStream[reader.stream] >= 0 else {
      throw StageError.unknownStream(reader.streams[reader.stream])
    }
    if reader.sequence != group || reader.sequence == 0 { try beginGroup(reader.sequence) }
    let box = parsers[byStream[reader.stream]]
    box.parser.parse(reader, aliases: aliases)
    evidence.removeAll(keepingCapacity: true)
    if box.document != nil || reader.hasProvenance { box.parser.collectEvidence(reader, box.document, &evidence) }
    key.removeAll(keepingCapacity: true)
    linkIssue = box.isLines ? try circuits.link(&box.parser) : nil
    if box.isLines { try services.link(&box.parser) }
    if box.parser.issues.isEmpty, !isAliasOfCarrier(box) { _ = box.parser.appendKey(to: &key, aliases: aliases) }
    let line = batch.append(reader.line)
    if !box.parser.issues.isEmpty || groupRejected {
      try rejectGroup(line, reader, box.parser.issues)
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
    let (hash, payload) = encoded.withUnsafeBufferPointer { encoded in
      (batch.append(hasher.hash(encoded, of: box.entity)), batch.append(encoded))
    }
    let keyRange = key.withUnsafeBufferPointer { batch.append($0) }
    let evidenceRange = evidence.withUnsafeBufferPointer { batch.append($0) }
    let firstReference = batch.references.count
    for (field, target) in box.references where box.parser.row.kind(field) == .text {
      let range = box.parser.row.withText(field) { text in
        known.expect(target, text)
        return batch.append(text)
      }
      batch.references.append(Batch.Reference(entity: target, key: range))
    }
    let issues = reader.issues + (linkIssue.map { [$0.json] } ?? [])
    for issue in issues { note(issue, reader.row) }
    batch.items.append(
      Batch.Item(
        entity: box.number, key: keyRange, hash: hash, payload: payload, evidence: evidenceRange, line: line,
        references: firstReference..<batch.references.count, stream: reader.stream, sourceRow: reader.row,
        flags: (box.parser.row.hasClears ? 4 : 0) | box.source,
        issues: issues.map(\.line)))
  }

  /// Counts a warning by its code, with the first of its rows and words; the plan says them.
  private mutating func note(_ issue: JSON, _ row: Int) {
    guard let code = issue["code"]?.text else { return }
    var known = warnings[code] ?? (0, [])
    known.count += 1
    if known.first.count < 5 {
      known.first.append(
        "\(kind == .documents ? "page" : "row") \(row): \(issue["value"]?.text ?? "") (\(issue["message"]?.text ?? ""))"
      )
    }
    warnings[code] = known
  }

  // MARK: Groups of one source row

  private mutating func beginGroup(_ sequence: Int) throws {
    group = sequence
    groupRejected = false
    try flush()
  }

  /// Rejects a record and every other part of its source row, by name.
  private mutating func rejectGroup(
    _ line: Range<Int>, _ reader: borrowing StreamReader, _ issues: [Issue]
  ) throws {
    if !groupRejected {
      groupRejected = true
      rejectedRows += 1
      for item in batch.items {
        try reject(item.line, reader.streams[item.stream], item.sourceRow, [.sibling])
      }
      batch.items.removeAll(keepingCapacity: true)
    }
    try reject(line, reader.streams[reader.stream], reader.row, issues.isEmpty ? [.sibling] : issues)
  }

  private mutating func reject(_ line: Range<Int>, _ stream: String, _ row: Int, _ issues: [Issue]) throws {
    counts.rejected += 1
    let message = batch.arena.withUnsafeBufferPointer { JSON.parse(Bytes(rebasing: $0[line])) }
    openRejects()
    try rejects?.reject(
      stream: stream, members: message?["record"]?.members ?? [], schema: schemas[stream], row: row, issues: issues,
      provenance: message?["prov"]?.members ?? [])
  }

  // MARK: Look-ups and writing

  private mutating func flush() throws {
    if batch.items.isEmpty { return batch.removeAll() }
    var work = Batch.empty
    swap(&work, &batch)
    try work.arena.withUnsafeBufferPointer { arena in
      for reference in work.references { known.touch(reference.entity, Bytes(rebasing: arena[reference.key])) }
      for index in work.items.indices {
        let entity = work.items[index].entity
        let key = Bytes(rebasing: arena[work.items[index].key])
        if referenced[Int(entity)] { known.set(entity, key, 1) }
        unmet.removeAll(keepingCapacity: true)
        for reference in work.items[index].references {
          let target = work.references[reference]
          try meet(target.entity, Bytes(rebasing: arena[target.key]))
        }
        try spool(work.items[index], arena)
      }
    }
    work.removeAll()
    swap(&work, &batch)
  }

  private mutating func spool(_ item: Batch.Item, _ arena: Bytes) throws {
    var issues = item.issues.isEmpty ? "" : "[" + item.issues.joined(separator: ",") + "]"
    try issues.withUTF8 { issues in
      try unmet.withUnsafeBufferPointer { unmet in
        try spool.append(
          entity: item.entity, key: Bytes(rebasing: arena[item.key]), hash: Bytes(rebasing: arena[item.hash]),
          payload: Bytes(rebasing: arena[item.payload]), flags: item.flags, sourceRow: item.sourceRow, issues: issues,
          references: unmet, evidence: Bytes(rebasing: arena[item.evidence]))
      }
    }
  }

  /// Notes in `unmet` what is neither in the run so far nor committed.
  private mutating func meet(_ entity: Int64, _ key: Bytes) throws {
    if known[entity, key] != nil { return }
    var found = false
    try heads.find([(entity: entity, key: key)]) { _, head, _ in found = !head.isDeleted }
    if found { return known.set(entity, key, 1) }
    SpooledRow.add(entity, key, to: &unmet)
  }

  // MARK: The end

  mutating func finish(_ reader: inout StreamReader) throws -> StageResult {
    try flush()
    var staged: [String: Int] = [:]
    let resolution = try place(&staged)
    for rejected in resolution.rejected { try rejectStaged(rejected) }
    rejectedRows += Set(resolution.rejected.map(\.row)).count
    if kind == .documents { try warehouse.pruneEvidence(ofRun: number) }
    counts.accepted = counts.input - counts.rejected - counts.skippedTotal
    let runID = runIDs.count == 1 ? runIDs[0] : RunID.of(runIDs)
    counts.run = runID
    let summary = JSON.object(
      counts.members(checksum: "").members.filter { $0.name != "crc32c" && $0.name != "final" } + [
        JSON.Member("rejected_before", .int(reader.rejectedBefore)),
        JSON.Member("rejected_rows", .int(rejectedRows)), JSON.Member("unchanged", .int(unchanged)),
        JSON.Member("stubs", .array(resolution.stubNames.map { JSON.string($0) })),
        JSON.Member(
          "warnings",
          .fields(
            warnings.sorted { $0.key < $1.key }.map {
              (
                $0.key,
                .fields([("count", .int($0.value.count)), ("first", .array($0.value.first.map { .string($0) }))])
              )
            })),
      ])
    let run = try warehouse.addRun(
      id: runID, principal: options.principal, createdAt: options.now, asOf: options.asOf, sources: .array(sources),
      mapping: mapping, mode: authoritative ? "authoritative" : "partial", title: title, isSealed: !reader.unsealed,
      state: "staged", counts: summary, kind: kind ?? .table)
    try rejects?.finish()
    counts.run = run.name
    var result = StageResult(run: run, counts: counts)
    result.staged = staged
    result.unchanged = unchanged
    result.stubs = resolution.stubNames
    result.keptRejects = rejects?.kept
    result.rejectsPath = counts.rejected > 0 ? rejects?.path : nil
    result.unknownTypes = reader.unknown
    return result
  }

  /// Writes the sorted rows, then looks for what they refer to; counts what is staged by the names of entities.
  private mutating func place(_ staged: inout [String: Int]) throws -> PendingReferences.Resolution {
    known = KeyTable(limit: 1)
    var placement = RowPlacement(try StagingWriter(warehouse, run: number), heads, keepsAll: authoritative)
    try spool.drain { try placement.take($0) }
    let written = try placement.finish()
    unchanged = placement.unchanged
    var counts = written.counts
    var resolution = PendingReferences.Resolution()
    if written.hasPending {
      resolution = try PendingReferences(database, run: number, keepsCommitted: unchanged > 0).resolve(mapping)
      for rejected in resolution.rejected { counts[rejected.entity.number] -= 1 }
      for stub in resolution.stubs { counts[stub.entity.number] += 1 }
    }
    for entity in Inventory.entities where counts[entity.number] > 0 { staged[entity.name] = counts[entity.number] }
    return resolution
  }

  private var title: String {
    let files = sources.compactMap { $0["file"]?.text }
    return files.isEmpty ? "records without a source" : files.joined(separator: ", ")
  }

  private mutating func openRejects() {
    guard rejects == nil else { return }
    let path = options.rejects ?? "rejects-stage-\(runIDs.first ?? "run").jsonl"
    rejects = RejectWriter(path: path, step: "stage", willWrite: options.willWrite)
  }

  /// Takes a staged row out again because what it refers to is nowhere.
  private mutating func rejectStaged(_ rejected: PendingReferences.Rejected) throws {
    counts.rejected += 1
    openRejects()
    let name = rejected.entity.name
    let schema = schemas[name] ?? schemas[name + RejectWriter.suffix]
    try rejects?.reject(
      stream: name, members: rejected.members, schema: schema, row: rejected.row.number,
      issues: [rejected.issue],
      provenance: kind == .documents
        ? RecordEvidence.members(try warehouse.evidence(ofRun: number, staged: rejected.staged), rejected.entity) : [])
  }
}

/// A parser with an identity, so that many can stand in an array without being copied.
final class ParserBox {
  let entity: Entity
  let stream: Int
  let number: Int64
  let isCarriers: Bool
  let isLines: Bool
  var parser: RecordParser
  /// The source of its records, as the flags of a row have it.
  var source: Int64 = 0
  /// SHA-256 of the document they were read from; nil for rows of tables.
  var document: String?
  /// Fields that refer to other records, with the entity number they refer to.
  let references: [(field: Int, target: Int64)]

  init(_ parser: consuming RecordParser) {
    entity = parser.shape.entity
    stream = parser.stream
    number = Int64(parser.shape.entity.number)
    isCarriers = parser.shape.entity.name == "carriers"
    isLines = parser.shape.entity.name == "contract_lines"
    references = parser.shape.entity.fields.enumerated().compactMap { index, field in
      field.reference.flatMap { Inventory.entity($0) }.map { (index, Int64($0.number)) }
    }
    self.parser = parser
  }
}
