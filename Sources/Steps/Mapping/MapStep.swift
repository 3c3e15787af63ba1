import Digest
package import Records

/// How many rejected rows end a run.
package enum RejectLimit: Equatable, Sendable {
  case none
  case rows(Int)
  /// Of the rows that came in; judged at the end.
  case percent(Int)

  /// Reads `100` and `5%`; nil for anything else.
  package init?(_ text: String) {
    let isPercent = text.hasSuffix("%")
    guard let number = Int(isPercent ? String(text.dropLast()) : text), number >= 0 else { return nil }
    self = isPercent ? .percent(number) : .rows(number)
  }

  func isExceeded(_ counts: StreamCounts, atEnd: Bool) -> Bool {
    switch self {
    case .none: false
    case .rows(let limit): counts.rejected > limit
    case .percent(let limit): atEnd && counts.rejected * 100 > limit * counts.input
    }
  }
}

/// Rows in, canonical records out: the one place where texts become amounts, dates and speeds.
///
/// Guarantees: `in = accepted + rejected + skipped`; a row is taken whole or not at all; memory does not grow with the
/// input; the final STATE is written only when every input stream was whole and the reject limit held.
package struct MapStep {
  package enum Source: Sendable {
    case spec(MappingSpec)
    /// Recognised by the table's headings among those saved, else proposed.
    case saved(MappingShelf, Suggester)
  }

  package struct Options: Sendable {
    package var rejects: String?
    /// Told the name of an unfinished file before it is made.
    package var willWrite: @Sendable (String) -> Void = { _ in }
    package var limit = RejectLimit.none
    package var asOf = ""
    package var acceptsUnsealed = false
    /// How documents are read, where pages come in and no table.
    package var papers = PaperOptions()

    package init() {}
  }

  /// What the step tells while it runs, for the command to print.
  package enum Notice: Equatable, Sendable {
    case rows(Int)
    /// What was read from a document, for people.
    case paper(explanation: [String])
    /// An agreement, or a whole document, of which nothing was taken; its first page.
    case refused(file: String, page: Int, Issue)
    case absentColumns([String])
    case bound(explanation: [String])
    /// The saved mapping that is used, and what it says of every row.
    case recognised(String, constants: [String])
    /// No saved mapping is for this table: this one is proposed, to be kept at the path. Undecided ones are not used.
    case proposed(path: String, text: String)
  }

  package struct Outcome: Sendable {
    package var counts = StreamCounts(step: "map")
    package var run = ""
    /// nil where nothing was rejected.
    package var rejects: String?
    /// Where an earlier file of that name was kept.
    package var keptRejects: String?
    package var isExceeded = false
    package var isUnsealed = false
    /// Whether pages came in.
    package var hasPapers = false
    package var unknownTypes: [String: Int] = [:]

    package init() {}
  }

  /// Maps everything on `input`; throws `WireError`, `MappingError` or `SpecMistakes` for broken runs.
  package static func run(
    input: Int32, output: Int32, source: Source, options: Options, notice: (Notice) throws -> Void = { _ in }
  ) throws -> Outcome {
    var engine = MapEngine(input: input, output: output, source: source, options: options)
    do {
      try engine.run(notice)
    } catch {
      engine.abandon()
      throw error
    }
    return engine.outcome
  }
}
