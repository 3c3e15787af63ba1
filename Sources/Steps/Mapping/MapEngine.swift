import Digest
import Domain
import Model
import Pages
import Records
import Wire

/// One run of the step: the streams, the binding in force, and the counts.
struct MapEngine: ~Copyable {
  private var reader: StreamReader
  private var writer: StreamWriter
  private let source: MapStep.Source
  private let options: MapStep.Options
  private(set) var outcome = MapStep.Outcome()
  private var rejects: RejectWriter?
  private var spec: MappingSpec?
  private var schema: SchemaMessage? {
    didSet { hasSchema = schema != nil }
  }
  /// Asked for every row; the message itself is large.
  private var hasSchema = false
  private var mapper: RowMapper?
  /// Of the current input stream; false for streams that are no table.
  private var isTable = false
  private var isMadeOfRejects = false
  private var streams: [Int] = []
  private var emitter = RecordEmitter()
  private var sequence = 0
  /// Mappings proposed in this run, by name, for further tables of the same headings.
  private var proposed: [String: MappingSpec] = [:]
  private var papers: PaperMapper
  /// The stream of the document that comes in; nil while none does.
  private var paper: SchemaMessage?

  init(input: Int32, output: Int32, source: MapStep.Source, options: MapStep.Options) {
    reader = StreamReader(descriptor: input, acceptsUnsealed: options.acceptsUnsealed)
    writer = StreamWriter(descriptor: output)
    self.source = source
    self.options = options
    papers = PaperMapper(options.papers)
  }

  mutating func abandon() { rejects?.abandon() }

  mutating func run(_ notice: (MapStep.Notice) throws -> Void) throws {
    var hasInput = false
    while let event = try reader.next() {
      hasInput = true
      switch event {
      case .schema(let schema): try begin(schema, notice)
      case .record: try record(notice)
      case .end: try finishPaper(notice)
      case .state: break
      }
      if writer.out.broken || options.limit.isExceeded(outcome.counts, atEnd: false) { break }
    }
    outcome.unknownTypes = reader.unknown
    outcome.isUnsealed = reader.unsealed
    try rejects?.finish()
    outcome.keptRejects = rejects?.kept
    outcome.isExceeded = options.limit.isExceeded(outcome.counts, atEnd: true)
    if outcome.isExceeded || !hasInput { return try writer.out.flush() }
    if spec == nil, !outcome.hasPapers { throw MappingError.noTable }
    outcome.counts.run = outcome.run
    outcome.counts.emitted = writer.emitted
    try writer.finish(
      outcome.counts, extra: [JSON.Member("rejected_before", .int(reader.rejectedBefore))])
  }

  // MARK: Tables

  private mutating func begin(_ schema: SchemaMessage, _ notice: (MapStep.Notice) throws -> Void) throws {
    if PaperMapper.isPart(schema) { return beginPaper(schema) }
    isTable = schema.profile == nil || ["rows", "rows" + RejectWriter.suffix].contains(schema.stream)
    self.schema = schema
    if let claims = LoadedSource.claims(of: schema) { return try pass(schema, claims, notice) }
    if isTable { try bind(SourceTable(schema), notice) }
  }

  /// A table whose rows were left unread goes on without any, if the mapping it was loaded by is the one in force.
  private mutating func pass(
    _ schema: SchemaMessage, _ claims: [LoadedSource], _ notice: (MapStep.Notice) throws -> Void
  ) throws {
    let spec = try spec(for: SourceTable(schema), notice)
    guard claims.contains(where: { $0.mapping == spec.summary }) else {
      throw MappingError.loadedOtherwise(
        file: schema.origin?["file"]?.text ?? "the table", by: claims.compactMap { $0.mapping["name"]?.text },
        mapping: spec.file)
    }
    if outcome.run.isEmpty { name(spec) }
    var message = schema
    message.run = outcome.run
    message.extra.append(JSON.Member("x-mapping", spec.summary))
    _ = writer.schema(message)
    mapper = nil
    self.spec = spec
  }

  private mutating func bind(_ table: SourceTable, _ notice: (MapStep.Notice) throws -> Void) throws {
    if options.papers.assistant != nil { throw MappingError.assistedTable }
    let spec = try spec(for: table, notice)
    let binding = try Binding(spec, table)
    if !binding.absent.isEmpty { try notice(.absentColumns(binding.absent)) }
    try notice(.bound(explanation: binding.explanation))
    if outcome.run.isEmpty { name(spec) }
    let isPartOfTable = table.isMadeOfRejects || schema?.stream.hasSuffix(RejectWriter.suffix) == true
    declare(binding, spec, isPartOfTable: isPartOfTable)
    mapper = RowMapper(binding, clear: spec.clear, isGuarded: spec.isGuarded || table.isMadeOfRejects)
    isMadeOfRejects = table.isMadeOfRejects
    self.spec = spec
  }

  private mutating func spec(
    for table: SourceTable, _ notice: (MapStep.Notice) throws -> Void
  ) throws -> MappingSpec {
    switch source {
    case .spec(let given): given
    case .saved(let shelf, let suggester): try recognise(table, shelf, suggester, notice)
    }
  }

  /// The mapping saved for these headings, else a proposal; either is used only where nothing in it is undecided.
  private mutating func recognise(
    _ table: SourceTable, _ shelf: MappingShelf, _ suggester: Suggester, _ notice: (MapStep.Notice) throws -> Void
  ) throws -> MappingSpec {
    switch try shelf.find(table, entity: suggester.entity) {
    case .fits(let saved):
      try notice(.recognised(saved.path, constants: saved.constants))
      if let mistakes = saved.mistakes { throw mistakes }
      return saved.spec
    case .moved(let saved, let changes): throw MappingError.moved(saved.path, changes)
    case .unknown:
      let proposal = suggester.propose(table)
      if let spec = proposed[proposal.name] { return spec }
      let path = shelf.path(of: proposal.name)
      try notice(.proposed(path: path, text: proposal.yaml))
      let spec = try MappingFile.parse(file: path, bytes: Array(proposal.yaml.utf8))
      proposed[proposal.name] = spec
      return spec
    }
  }

  /// The run's id: the first 16 hexadecimal digits of SHA-256 over first source, mapping, options and as-of.
  private mutating func name(_ spec: MappingSpec) {
    let origin = schema?.origin?["src"]?.text ?? ""
    let text = [origin, spec.sha256, "clear=\(spec.clear)", options.asOf].joined(separator: "\n")
    outcome.run = String(SHA256.hex(of: text).prefix(16))
    rejects = RejectWriter(
      path: options.rejects ?? "rejects-\(outcome.run).jsonl", step: "map", willWrite: options.willWrite)
  }

  // MARK: Documents

  private mutating func beginPaper(_ schema: SchemaMessage) {
    paper = schema
    outcome.hasPapers = true
    if !outcome.run.isEmpty { return }
    let origin = schema.origin?["src"]?.text ?? ""
    outcome.run = String(
      SHA256.hex(of: [origin, options.papers.sha256, options.asOf].joined(separator: "\n")).prefix(16))
    rejects = RejectWriter(
      path: options.rejects ?? "rejects-\(outcome.run).jsonl", step: "map", willWrite: options.willWrite)
  }

  private mutating func takePaper() throws {
    guard let record = JSON.parse(reader.line)?["record"] else { throw MappingError.noTable }
    papers.take(record, isPage: reader.streams[reader.stream] == Page.stream, bytes: reader.line.count)
  }

  /// Everything of a document is there, and its stream was whole.
  private mutating func finishPaper(_ notice: (MapStep.Notice) throws -> Void) throws {
    guard let schema = paper else { return }
    paper = nil
    let members = papers.members
    let file = schema.origin?["file"]?.text ?? "(stream)"
    let result = try papers.finish(file: file)
    outcome.counts.accepted += result.accepted
    outcome.counts.rejected += result.rejected
    outcome.counts.skipped.merge(result.skipped.filter { $0.value > 0 }, uniquingKeysWith: +)
    if !result.explanation.isEmpty { try notice(.paper(explanation: result.explanation)) }
    var declared: [String: Int] = [:]
    if let document = result.document { emit([document], row: 1, schema, &declared) }
    for group in result.groups { emit(group.records, row: group.pages.lowerBound, schema, &declared) }
    for refusal in result.refusals {
      outcome.rejects = rejects?.path
      try rejects?.reject(
        stream: "documents", members: members, schema: schema, row: refusal.row, issues: [refusal.issue])
      try notice(.refused(file: file, page: refusal.row, refusal.issue))
    }
  }

  private mutating func emit(
    _ records: [PaperRecord], row: Int, _ schema: SchemaMessage, _ declared: inout [String: Int]
  ) {
    sequence += 1
    for (part, record) in records.enumerated() {
      let stream = declared[record.stream] ?? declare(record.stream, schema)
      declared[record.stream] = stream
      writer.begin(stream)
      for (place, member) in record.members.enumerated() {
        if place > 0 { writer.out.byte(0x2C) }
        writer.out.string(member.name)
        writer.out.byte(0x3A)
        member.value.write(to: &writer.out)
      }
      writer.end(sequence: sequence, part: part, row: row, issues: record.issues, provenance: record.provenance)
    }
  }

  private mutating func declare(_ stream: String, _ paper: SchemaMessage) -> Int {
    guard let entity = Inventory.entity(stream) else { return 0 }
    var message = WireShape(entity).schema
    message.run = outcome.run
    message.origin = paper.origin
    let mapping = JSON.fields([
      ("name", .string("contracts")), ("version", .int(1)), ("sha256", .string(options.papers.sha256)),
      ("mode", .string(MappingSpec.Mode.partial.rawValue)), ("entity", .string("contracts")),
      ("on_missing", .fields([("contract", .string(MissingPolicy.stub.rawValue))])), ("source", .string("documents")),
    ])
    message.extra = [JSON.Member("x-mapping", mapping)]
    return writer.schema(message)
  }

  /// Rejects that come back are never all of a source, whatever the mapping says: its mode is then partial.
  private mutating func declare(_ binding: borrowing Binding, _ spec: MappingSpec, isPartOfTable: Bool) {
    var told = spec
    if isPartOfTable { told.mode = .partial }
    let source = isPartOfTable ? [JSON.Member("source", .string("rejects"))] : []
    let summary = JSON.object(told.summary.members + source)
    streams = []
    for part in binding.plan.parts {
      var message = part.shape.schema
      message.run = outcome.run
      message.origin = schema?.origin
      message.provenance = binding.provenance(of: part.entity.name)
      message.extra = [JSON.Member("x-mapping", summary)]
      if let first = binding.plan.parts.firstIndex(where: { $0.entity.name == part.entity.name }), first < streams.count
      {
        streams.append(streams[first])
      } else {
        streams.append(writer.schema(message))
      }
    }
  }

  // MARK: Rows

  private mutating func reject(_ issues: [Issue]) throws {
    let row = reader.row > 0 ? reader.row : outcome.counts.input
    outcome.counts.rejected += 1
    outcome.rejects = rejects?.path
    let original = reader.members
    let stream = reader.streams[reader.stream]
    var table = schema
    table?.extra = [JSON.Member("x-mapping", rejectedBy)]
    try rejects?.reject(stream: stream, members: original, schema: table, row: row, issues: issues)
  }

  /// What a file of rejects says of the mapping that refused its rows, so that they can be mapped again.
  private var rejectedBy: JSON {
    .fields([
      ("name", .optional(spec?.name)), ("version", .int(spec?.version ?? 0)), ("sha256", .optional(spec?.sha256)),
      ("file", .optional(spec?.file)), ("run", .string(outcome.run)),
    ])
  }

  /// A row from a file of rejects whose extra cells stand in `_value` only: mapping it would lose them.
  private func raggedStill() -> Issue? {
    guard isMadeOfRejects || reader.streams[reader.stream].hasSuffix(RejectWriter.suffix) else { return nil }
    let own = reader.members
    func text(_ name: String) -> String { own.first { $0.name == name }?.value.text ?? "" }
    guard (text("_code") + text("_codes")).contains("E_RAGGED"), !text("_value").isEmpty else { return nil }
    let way =
      schema?.origin?["corrects"] == nil
      ? "empty _value, then map the file again" : "empty _extra, or set _action to skip"
    return Issue(
      "E_RAGGED", .error, message: text("_message"),
      hint: "put the extra cells where they belong and " + way, value: text("_value"))
  }

  private mutating func record(_ notice: (MapStep.Notice) throws -> Void) throws {
    outcome.counts.input += 1
    if paper != nil { return try takePaper() }
    if outcome.counts.input & 0xFFF == 0 { try notice(.rows(outcome.counts.input)) }
    if !hasSchema {
      isTable = true
      try bind(SourceTable(properties: memberNames()), notice)
      schema = SchemaMessage(stream: reader.streams[reader.stream], keyProperties: [], properties: [])
    }
    guard isTable else {
      outcome.counts.skipped["other", default: 0] += 1
      return
    }
    if let ragged = raggedStill() { return try reject([ragged]) }
    guard let (accepted, unknown) = mapper?.map(reader) else { throw MappingError.noTable }
    if let unknown, spec?.ignoresOthers != true {
      throw MappingError.unknownColumns([unknown], mapping: spec?.file ?? "")
    }
    sequence += 1
    let row = reader.row > 0 ? reader.row : outcome.counts.input
    if accepted {
      outcome.counts.accepted += 1
      emitter.emit(mapper, streams, sequence: sequence, row: row, to: &writer)
    } else {
      try reject(mapper?.issues ?? [])
    }
  }

  private func memberNames() -> [String] { reader.members.map(\.name) }
}
