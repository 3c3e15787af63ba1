import Domain
import Model
package import Records
import SQL
package import Warehouse

/// What staging needs to know from outside; it reads no clock and no environment.
package struct StageOptions {
  package var principal: String
  package var now: String
  package var asOf: String
  package var rejects: String?
  /// Told the name of an unfinished file before it is made.
  package var willWrite: @Sendable (String) -> Void = { _ in }
  package var acceptsUnsealed = false
  /// The folder where rows are sorted when they are many.
  package var temporary: String

  package init(principal: String, now: String, asOf: String, temporary: String) {
    self.temporary = temporary
    self.principal = principal
    self.now = now
    self.asOf = asOf
  }
}

/// What a run put into the staging area.
package struct StageResult {
  package var run: Run?
  package var counts: StreamCounts
  package var staged: [String: Int] = [:]
  package var unchanged = 0
  package var stubs: [String] = []
  package var rejectsPath: String?
  /// Where an earlier file of that name was kept.
  package var keptRejects: String?
  /// Set when the same bytes were loaded before and nothing has changed since: nothing was staged.
  package var loadedBefore: Run?
  package var unknownTypes: [String: Int] = [:]
}

/// Why a run could not be staged at all.
package enum StageError: Error, Equatable {
  case unknownStream(String)
  case rawRows
  case mixedMappings
  case mixedKinds
  case moreBehindLoaded(file: String)
  /// A file was left unread as loaded before, and that does not hold here and now.
  case notLoaded(file: String)
  case spool(folder: String, reason: String)

  package var message: String {
    switch self {
    case .unknownStream(let name): "no entity takes the stream \(name)"
    case .rawRows: "these are raw table rows"
    case .mixedMappings: "an authoritative mapping stands beside another one in the same run"
    case .mixedKinds: "records read from documents stand beside rows of tables in the same run"
    case .moreBehindLoaded(let file): "\(file) was loaded before, and other records follow it"
    case .notLoaded(let file):
      "\(file) was not read, as it was loaded before: the database says otherwise, or other records stand before it"
    case .spool(let folder, let reason): "cannot sort the records in \(folder): \(reason)"
    }
  }

  package var hint: String {
    switch self {
    case .unknownStream: "the streams are the entities of docs/data-model.md"
    case .rawRows: "put trunkline map before stage"
    case .mixedMappings: "stage an authoritative source on its own: what it lacks is proposed for deletion"
    case .mixedKinds: "stage them apart: what a page says is approved with its quote, what a table says by its sums"
    case .moreBehindLoaded: "stage what follows on its own"
    case .notLoaded: "run the chain again with what trunkline db loads prints now, or without --known"
    case .spool: "make room there, or set TMPDIR to a folder with room for about twice the input"
    }
  }
}

/// Puts canonical records into the staging area: all of a complete stream, or nothing.
///
/// Everything happens in one write transaction that ends only after the final STATE was verified. A record that equals
/// what is committed is counted as unchanged and not stored. References are resolved against this run, then the
/// database; a missing carrier or place becomes a stub, anything else missing rejects the record.
package struct Stager {
  private let warehouse: OpenWarehouse
  private let options: StageOptions

  package init(_ warehouse: OpenWarehouse, _ options: StageOptions) {
    self.warehouse = warehouse
    self.options = options
  }

  /// Reads from `input`; an input without a byte stages nothing and is no error.
  package func run(input: Int32) throws -> StageResult {
    let database = warehouse.database
    var reader = StreamReader(descriptor: input, acceptsUnsealed: options.acceptsUnsealed)
    guard let first = try reader.next() else { return StageResult(counts: StreamCounts(step: "stage")) }
    try database.beginWrite()
    do {
      if case .schema(let schema) = first, let loaded = try loadedBefore(schema) {
        database.rollback()
        try confirmAlone(&reader, schema)
        return loaded
      }
      var session = try StageSession(warehouse, options)
      do {
        var event: StreamEvent? = first
        while let current = event {
          try session.take(current, &reader)
          event = try reader.next()
        }
        let result = try session.finish(&reader)
        try database.commit()
        return result
      } catch {
        session.abandon()
        throw error
      }
    } catch {
      database.rollback()
      throw error
    }
  }

  /// Reads on to the end, keeping nothing: a stream that was cut, or one more behind it, is not to be passed over.
  private func confirmAlone(_ reader: inout StreamReader, _ first: SchemaMessage) throws {
    while let event = try reader.next() {
      if case .schema(let schema) = event, schema.origin != first.origin {
        throw StageError.moreBehindLoaded(file: first.origin?["file"]?.text ?? "the source")
      }
    }
  }

  /// The ledger's answer for a single source that was loaded with the same mapping, at the present serial.
  private func loadedBefore(_ schema: SchemaMessage) throws -> StageResult? {
    // A file of rejects has the origin of its table, and other rows.
    guard let origin = schema.origin, origin["of"]?.int == 1, !schema.stream.hasSuffix(RejectWriter.suffix),
      let mapping = schema.extra.first(where: { $0.name == "x-mapping" })?.value,
      let run = try warehouse.load(of: origin, by: mapping)
    else { return nil }
    var result = StageResult(run: run, counts: StreamCounts(run: run.name, step: "stage"))
    result.loadedBefore = run
    return result
  }
}
