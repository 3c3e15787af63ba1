import CLI
import Glibc
import Mapping
import Model
import Records

/// `map suggest`: what a mapping of the tables on standard input would be, and why.
enum SuggestCommand {
  static func run(_ invocation: Invocation) throws -> ExitStatus {
    let entity = try MapCommand.entity(invocation)
    let isAfresh = invocation.flag("redo")
    let shelf = try MappingFolder.shelf(invocation)
    let suggester = try MapCommand.suggester(entity, isAfresh ? nil : shelf, invocation)
    var count = 0
    var saved: Set<String> = []
    var reader = StreamReader(descriptor: STDIN_FILENO, acceptsUnsealed: invocation.flag("accept-unsealed"))
    while let event = try reader.next() {
      guard case .schema(let schema) = event else { continue }
      let table = SourceTable(schema)
      count += 1
      if !isAfresh { tell(try shelf.find(table, entity: entity), invocation) }
      let proposal = suggester.propose(table)
      if invocation.flag("save") {
        if saved.insert(proposal.name).inserted { try save(proposal, shelf, invocation) }
      } else if invocation.flag("json") {
        try invocation.console.out(proposal.json.line + "\n")
      } else if invocation.flag("explain") {
        try invocation.console.out(proposal.explanation)
      } else if count == 1 {
        try invocation.console.out(proposal.yaml)
      }
    }
    if count == 0 { throw MappingError.noTable }
    let isPrinted = !["save", "json", "explain"].contains { invocation.flag($0) }
    if isPrinted, count > 1 {
      invocation.console.warning(
        "this is the mapping of the first of \(count) tables", hint: "--save keeps one for each kind of headings")
    }
    return .done
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
