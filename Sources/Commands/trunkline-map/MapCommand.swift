import CLI
import Glibc
import Mapping
import Model
import Records

/// The options of the command and what it tells people.
enum MapCommand {
  static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-map", summary: "records to the inventory's own fields, by a mapping file",
      usage: "[suggest] --mapping FILE|auto [options]",
      arguments: [
        Argument(
          "suggest", "print a proposed mapping for the table on standard input", isRequired: false, choices: ["suggest"]
        )
      ],
      options: [
        .value("mapping", "FILE|auto", "the mapping file, or auto to propose one and use it", key: "map.mapping"),
        .value("entity", "NAME", "what a row is, where the mapping does not say", fallback: "circuit"),
        .value("rejects", "FILE", "rejected rows, as they came, with reasons (default: rejects-RUN.jsonl)"),
        .value("max-rejects", "N|P%", "more rejected rows than this end with exit 65", key: "map.max_rejects"),
        .asOf,
        .flag("accept-unsealed", "take a foreign tap's stream, whose end nobody vouches for"),
        .flag("explain", "say on standard error what becomes of each column"),
        .value("save-mapping", "FILE", "write the mapping that auto made"),
      ],
      examples: [
        .init("trunkline extract inv.csv | trunkline map --mapping Mappings/circuit-inventory.yaml", "map by a file"),
        .init("trunkline extract inv.csv | trunkline map suggest > new.yaml", "a first mapping to correct by hand"),
      ],
      exits: [.rejects, .badData, .noInput])
  }

  static func explain(_ error: any Error) -> Failure? {
    switch error {
    case let error as WireError:
      if case .output(let number) = error, number == EPIPE { return Failure(.done, error.message) }
      return Failure(.failed, error.message, hint: error.hint)
    case let error as MappingError: return Failure(.configuration, error.message, hint: error.hint)
    default: return nil
    }
  }

  static func suggest(_ invocation: Invocation) throws -> ExitStatus {
    let entity = try entity(invocation)
    var reader = StreamReader(descriptor: STDIN_FILENO, acceptsUnsealed: invocation.flag("accept-unsealed"))
    var found: SourceTable?
    while let event = try reader.next() {
      if case .schema(let schema) = event, found == nil { found = SourceTable(schema) }
    }
    guard let found else { throw MappingError.noTable }
    try invocation.console.out(Suggester.propose(found, entity: entity).yaml)
    return .done
  }

  static func map(_ invocation: Invocation) throws -> ExitStatus {
    let console = invocation.console
    let explains = invocation.flag("explain")
    var progress = Progress("rows", console: console)
    let options = try options(invocation)
    let outcome: MapStep.Outcome
    do {
      outcome = try MapStep.run(
        input: STDIN_FILENO, output: STDOUT_FILENO, source: source(invocation), options: options
      ) { notice in
        switch notice {
        case .rows(let count): progress.update(count)
        case .absentColumns(let names):
          console.warning("the table lacks columns of the mapping: " + names.joined(separator: ", "))
        case .bound(let lines): if explains { for line in lines { console.note(line) } }
        }
      }
    } catch WireError.output(let number) where number == EPIPE {
      throw BrokenPipe()
    }
    progress.finish()
    return try finish(outcome, invocation)
  }

  private static func finish(_ outcome: MapStep.Outcome, _ invocation: Invocation) throws -> ExitStatus {
    let console = invocation.console
    for (type, count) in outcome.unknownTypes.sorted(by: { $0.key < $1.key }) {
      console.warning("\(count) messages of the unknown type \"\(type)\" were left out")
    }
    if outcome.isUnsealed { console.warning("the input was unsealed: nobody vouches that it was whole") }
    if let path = invocation.value("save-mapping"), let text = outcome.proposed { try save(text, path) }
    guard let rejects = outcome.rejects else { return .done }
    let counts = "\(outcome.counts.rejected) of \(outcome.counts.input) rows rejected"
    if outcome.isExceeded {
      throw Failure(.badData, counts + ", more than --max-rejects allows", hint: "the reasons are in \(rejects)")
    }
    console.warning(counts, hint: "the reasons are in \(rejects); correct them there and map that file again")
    return .rejects
  }

  private static func entity(_ invocation: Invocation) throws -> Entity {
    let name = invocation.value("entity") ?? "circuit"
    if let entity = Inventory.entity(singular: name) { return entity }
    let known = Inventory.entities.map(\.singular).joined(separator: ", ")
    throw Failure(.usage, "no entity \"\(name)\"", hint: "one of \(known)")
  }

  private static func source(_ invocation: Invocation) throws -> MapStep.Source {
    guard let path = invocation.value("mapping") else {
      throw Failure(.usage, "no --mapping", hint: "give a mapping file, or --mapping auto")
    }
    let entity = try entity(invocation)
    if path == "auto" { return .auto(entity) }
    return .spec(try MappingFile.parse(file: path, bytes: InputFile.read(path), entity: entity.singular))
  }

  private static func options(_ invocation: Invocation) throws -> MapStep.Options {
    var options = MapStep.Options()
    options.rejects = invocation.value("rejects")
    options.acceptsUnsealed = invocation.flag("accept-unsealed")
    options.asOf = try invocation.setting("as_of")?.values.last ?? ""
    if let text = invocation.value("max-rejects") {
      guard let limit = RejectLimit(text) else {
        throw Failure(
          .usage, "--max-rejects takes a number or a percentage, not \"\(text)\"", hint: "for example 100 or 1%")
      }
      options.limit = limit
    }
    return options
  }

  private static func save(_ text: String, _ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure(.failed, SystemError.text(errno), place: path) }
    defer { close(descriptor) }
    var text = text
    try text.withUTF8 { try Console.write(UnsafeRawBufferPointer($0), to: descriptor) }
  }
}
