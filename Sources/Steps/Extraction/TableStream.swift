import CSV
package import Records

/// The second pass: every row of a surveyed table as a record, a reject or a counted skip.
package struct TableStream: ~Copyable {
  package static let stream = "rows"
  private let survey: TableSurvey
  private let schema: SchemaMessage
  private var writer: StreamWriter
  private var counts: StreamCounts
  private var skipped: [RowRole: Int] = [:]
  private let prefixes: MemberPrefixes

  package init(_ survey: TableSurvey, descriptor: Int32) {
    self.survey = survey
    schema = survey.schema
    writer = StreamWriter(descriptor: descriptor)
    counts = StreamCounts(run: survey.run, step: "extract")
    prefixes = MemberPrefixes(survey.columns.map(\.property))
  }

  /// Writes SCHEMA, records and the final STATE; gives the counts. `progress` hears of the row now and then.
  package mutating func write(
    _ source: borrowing SourceFile, rejects: inout RejectWriter, progress: (Int) -> Void = { _ in }
  ) throws(ExtractionError) -> StreamCounts {
    try source.rewind()
    let number = writer.schema(schema)
    do throws(CSVError) {
      try copy(source, to: number, &rejects, progress)
    } catch {
      throw .table(path: source.path, error)
    }
    if counts.input != survey.rows || !source.isUnchanged { throw .changed(path: source.path, begun: true) }
    do throws(WireError) {
      if let failure { throw failure }
      try writer.finish(counts)
    } catch {
      throw .output(error)
    }
    return counts
  }

  private var failure: WireError?

  private mutating func copy(
    _ source: borrowing SourceFile, to number: Int, _ rejects: inout RejectWriter, _ progress: (Int) -> Void
  ) throws(CSVError) {
    var reader = CSVReader(descriptor: source.descriptor, dialect: survey.dialect)
    var accepted = 0
    var blank = 0
    var next = 0
    let exceptions = survey.kinds.exceptions
    while try reader.next() {
      if next < exceptions.count, exceptions[next].row == reader.row {
        skipped[exceptions[next].role, default: 0] += 1
        next += 1
        continue
      }
      let kind = survey.kinds.kind(reader)
      switch kind {
      case .record: if record(reader, number) { accepted &+= 1 } else { blank &+= 1 }
      case .skipped(let role): skipped[role, default: 0] += 1
      case .ragged, .encoding, .nul, .quote: reject(reader, kind, &rejects)
      }
      if reader.row & 4095 == 0 {
        if writer.out.broken || failure != nil { break }
        progress(reader.row)
      }
    }
    counts.accepted = accepted
    counts.input = reader.row
    skipped[.blank, default: 0] += blank
    skipped[.sep] = survey.dialect.sepLine ? 1 : 0
    for role in RowRole.allCases { if let count = skipped[role], count > 0 { counts.skipped[role.rawValue] = count } }
    if writer.out.broken { flushFailure() }
  }

  /// Remembers why the output broke, so that it is told instead of the missing rows.
  private mutating func flushFailure() {
    do throws(WireError) { try writer.out.flush() } catch { failure = error }
    counts.input = survey.rows
  }

  /// Writes the filled cells; false when there are none.
  @inline(__always)
  private mutating func record(_ reader: borrowing CSVReader, _ number: Int) -> Bool {
    var begun = false
    for index in 0..<min(reader.cellCount, prefixes.count) {
      let cell = reader.cell(index)
      if isBlankCell(cell) { continue }
      if begun {
        writer.out.bytes(prefixes[index])
      } else {
        writer.begin(number)
        writer.out.bytes(prefixes.first(index))
        begun = true
      }
      writer.out.string(cell)
    }
    if begun { writer.end(row: reader.row) }
    return begun
  }

  private mutating func reject(_ reader: borrowing CSVReader, _ kind: RowKinds.Kind, _ rejects: inout RejectWriter) {
    let issue = RejectedRow.issue(
      reader, kind, columns: prefixes.count, delimiter: survey.delimiter, sheet: survey.sheet)
    var members: [JSON.Member] = []
    for index in 0..<min(reader.cellCount, prefixes.count) where !isBlankCell(reader.cell(index)) {
      if survey.sheet != nil, reader.cell(index)[0] == SheetText.spoiled { continue }
      members.append(JSON.Member(survey.columns[index].property, .string(RepairedText.string(reader.cell(index)))))
    }
    do throws(WireError) {
      try rejects.reject(stream: Self.stream, members: members, schema: schema, row: reader.row, issues: [issue])
    } catch {
      failure = failure ?? error
    }
    counts.rejected += 1
  }
}

/// The bytes `,"name":` of each column, made once.
struct MemberPrefixes: ~Copyable {
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private let ends: UnsafeMutableBufferPointer<Int>

  init(_ names: [String]) {
    var all: [UInt8] = []
    ends = .allocate(capacity: names.count + 1)
    ends.initialize(repeating: 0)
    for (index, name) in names.enumerated() {
      all += Array(("," + JSON.quote(name) + ":").utf8)
      ends[index + 1] = all.count
    }
    bytes = .allocate(capacity: max(1, all.count))
    _ = bytes.initialize(from: all)
  }

  deinit {
    bytes.deallocate()
    ends.deallocate()
  }

  var count: Int { ends.count - 1 }

  @inline(__always)
  subscript(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[ends[index]..<ends[index + 1]])
  }

  /// Without the comma, for the first member of a record.
  @inline(__always)
  func first(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[(ends[index] + 1)..<ends[index + 1]])
  }
}
