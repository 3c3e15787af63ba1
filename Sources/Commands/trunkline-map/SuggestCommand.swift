import CLI
import Glibc
import Mapping
import Model
import Records

/// `map suggest`: what a mapping of the tables on standard input would be, and why.
struct SuggestCommand {
  private let invocation: Invocation
  private let entity: Entity
  private let shelf: MappingShelf
  private let suggester: Suggester
  private let model: AskedModel?
  private var count = 0
  private var saved: Set<String> = []
  /// False once a model that was asked did not answer.
  private var isWhole = true

  static func run(_ invocation: Invocation) throws -> ExitStatus {
    var command = try SuggestCommand(invocation)
    return try command.run()
  }

  private init(_ invocation: Invocation) throws {
    self.invocation = invocation
    entity = try MapCommand.entity(invocation)
    shelf = try MappingFolder.shelf(invocation)
    suggester = try MapCommand.suggester(entity, invocation.flag("redo") ? nil : shelf, invocation)
    model = try AskedModel(invocation)
  }

  private mutating func run() throws -> ExitStatus {
    var open: (proposal: TableProposal, rows: [JSON])?
    var reader = StreamReader(descriptor: STDIN_FILENO, acceptsUnsealed: invocation.flag("accept-unsealed"))
    while let event = try reader.next() {
      switch event {
      case .schema(let schema):
        if let open { try finish(open.proposal, open.rows) }
        open = (try begin(SourceTable(schema)), [])
      case .record:
        guard model != nil, let rows = open?.rows, rows.count < ColumnQuestion.mostRows,
          let row = JSON.parse(reader.line)?["record"], open?.proposal.hasUndecided(in: row) == true
        else { continue }
        open?.rows.append(row)
      case .state, .end: continue
      }
    }
    guard let open else { throw MappingError.noTable }
    try finish(open.proposal, open.rows)
    let isPrinted = !["save", "json", "explain"].contains { invocation.flag($0) }
    if isPrinted, count > 1 {
      invocation.console.warning(
        "this is the mapping of the first of \(count) tables", hint: "--save keeps one for each kind of headings")
    }
    return isWhole ? .done : .partial
  }

  private mutating func begin(_ table: SourceTable) throws -> TableProposal {
    count += 1
    if !invocation.flag("redo") { Self.tell(try shelf.find(table, entity: entity), invocation) }
    return suggester.propose(table)
  }

  /// Everything about a table is known: its first rows have been read.
  private mutating func finish(_ proposal: TableProposal, _ rows: [JSON]) throws {
    var proposal = proposal
    if let model, try !model.ask(&proposal, rows: rows) { isWhole = false }
    if invocation.flag("save") {
      if saved.insert(proposal.name).inserted { try Self.save(proposal, shelf, invocation) }
    } else if invocation.flag("json") {
      try invocation.console.out(proposal.json.line + "\n")
    } else if invocation.flag("explain") {
      try invocation.console.out(proposal.explanation)
    } else if count == 1 {
      try invocation.console.out(proposal.yaml)
    }
  }

  private static func tell(_ finding: MappingShelf.Finding, _ invocation: Invocation) {
    switch finding {
    case .fits(let saved): invocation.console.note("\(saved.path) is for these headings")
    case .moved(let saved, let changes):
      let moved = changes.map(\.text).joined(separator: ", ")
      invocation.console.note("nearly the headings of \(saved.path): \(moved)")
    case .unknown: break
    }
  }

  private static func save(_ proposal: TableProposal, _ shelf: MappingShelf, _ invocation: Invocation) throws {
    let path = shelf.path(of: proposal.name)
    try MappingFolder.save(proposal.yaml, to: path, replacing: invocation.flag("redo"))
    let open = proposal.unplaced.count
    invocation.console.note(
      "kept as \(path)" + (open == 0 ? "" : ": \(open) of \(proposal.columns.count) columns are undecided"))
  }
}
