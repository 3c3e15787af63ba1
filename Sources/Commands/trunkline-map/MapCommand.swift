import Asking
import CLI
import Glibc
import Inference
import Mapping
import Model
import Records

/// The options of the command and what it tells people.
enum MapCommand {
  static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-map", summary: "records to the inventory's own fields, by a mapping file",
      usage: "[suggest] [options]",
      arguments: [
        Argument(
          "suggest", "print a proposed mapping for the table on standard input", isRequired: false, choices: ["suggest"]
        )
      ],
      options: [
        .value(
          "mapping", "FILE|auto", "the mapping file; auto: the one saved for these headings, else a proposal",
          fallback: "auto", key: "map.mapping"),
        .setting("mappings", "DIR"),
        .value("entity", "NAME", "what a row is, where the mapping does not say", fallback: "circuit"),
        .output("rejects", "FILE", "rejected rows, as they came, with reasons (default: rejects-RUN.jsonl)"),
        .value("max-rejects", "N|P%", "more rejected rows than this end with exit 65", key: "map.max_rejects"),
        .asOf,
        .flag("accept-unsealed", "take a foreign tap's stream, whose end nobody vouches for"),
        .flag(
          "explain", "say on standard error what becomes of each column; with suggest, why, instead of the mapping"),
        .value(
          "profile", "FILE|auto", "of documents: what is known of a carrier's paper; auto: the one that recognises it",
          fallback: "auto"),
        .value("carrier", "NAME", "of documents: whose paper it is, where no party is found to be the carrier"),
        .list("starts", "[FILE:]PAGES", "of documents: the pages on which agreements begin, as 1,5,9"),
        .flag("json", "with suggest: the same for programs, a line for each table"),
        .flag("save", "with suggest: keep the proposal with the mappings instead of printing it"),
        .choice(
          "ai", "[PROVIDER]",
          "ask a model about what rules left empty in contracts; with suggest, about undecided columns",
          choices: ProviderName.allCases.map(\.rawValue), bare: configured),
        .flag("send", "with --ai --explain: send what is shown", hasTwin: false),
        .flag("redo", "with suggest: ask no saved mapping; with --save, replace the one there"),
      ] + ProviderChoice.options(prefix: "ai-"),
      examples: [
        .init("trunkline extract inv.csv | trunkline map --mapping Mappings/circuit-inventory.yaml", "map by a file"),
        .init("trunkline extract inv.csv | trunkline map", "by the mapping saved for such headings, or a new one"),
        .init(
          "trunkline extract so-88121.pdf | trunkline map --explain", "read a contract, and say where each value stands"
        ),
        .init("trunkline extract inv.csv | trunkline map suggest --explain", "why each column is what it is"),
        .init("trunkline extract inv.csv | trunkline map suggest --ai --explain", "what a model would be sent, unsent"),
      ],
      exits: [.rejects, .partial, .badData, .noInput],
      notes: ["10: the model that was to be asked gave no answer; what is printed is the rules' alone"])
  }

  /// What `--ai` alone stands for.
  static let configured = "configured"

  static func explain(_ error: any Error) -> Failure? {
    switch error {
    case let error as WireError:
      if case .output(let number) = error, number == EPIPE { return Failure(.done, error.message) }
      return Failure(.failed, error.message, hint: error.hint)
    case MappingError.assistedTable:
      return Failure(.usage, MappingError.assistedTable.message, hint: MappingError.assistedTable.hint)
    case let error as MappingError: return Failure(.configuration, error.message, hint: error.hint)
    default: return nil
    }
  }

  static func map(_ invocation: Invocation) throws -> ExitStatus {
    let console = invocation.console
    let explains = invocation.flag("explain")
    var progress = Progress("rows", console: console)
    let asked = try AskedContract(invocation)
    var options = try options(invocation)
    asked?.assist(&options.papers)
    let outcome: MapStep.Outcome
    do {
      outcome = try MapStep.run(
        input: STDIN_FILENO, output: STDOUT_FILENO, source: source(invocation), options: options
      ) { notice in
        switch notice {
        case .rows(let count): progress.update(count)
        case .absentColumns(let names):
          console.warning("the table lacks columns of the mapping: " + names.joined(separator: ", "))
        case .paper(let lines): if explains { for line in lines { console.note(line) } }
        case .refused(let file, let page, let issue):
          let place = file + (page > 1 ? ", page \(page)" : "")
          console.error(Failure(.rejects, "\(issue.message) (\(issue.code))", place: place, hint: issue.hint))
        case .bound(let lines): if explains { for line in lines { console.note(line) } }
        case .recognised(let path, let constants):
          let fixed = constants.isEmpty ? "" : "; in every row " + constants.joined(separator: ", ")
          console.note("mapping \(path), by its headings\(fixed)")
        case .proposed(let path, let text):
          try MappingFolder.save(text, to: path, replacing: false)
          console.note("no saved mapping has these headings: \(path) is new")
        }
      }
    } catch WireError.output(let number) where number == EPIPE {
      throw BrokenPipe()
    }
    progress.finish()
    let status = try finish(outcome, invocation)
    return status == .done && asked?.isUnanswered == true ? .partial : status
  }

  private static func finish(_ outcome: MapStep.Outcome, _ invocation: Invocation) throws -> ExitStatus {
    let console = invocation.console
    if outcome.run.isEmpty { console.nothingArrived() }
    for (type, count) in outcome.unknownTypes.sorted(by: { $0.key < $1.key }) {
      console.warning("\(count) messages of the unknown type \"\(type)\" were left out")
    }
    if outcome.isUnsealed { console.warning("the input was unsealed: nobody vouches that it was whole") }
    guard let rejects = outcome.rejects else { return .done }
    if let kept = outcome.keptRejects { console.note("an earlier \(rejects) was kept as \(kept)") }
    let unit = outcome.hasPapers ? "pages and documents" : "rows"
    let counts = "\(outcome.counts.rejected) of \(outcome.counts.input) \(unit) rejected"
    if outcome.isExceeded {
      throw Failure(.badData, counts + ", more than --max-rejects allows", hint: "the reasons are in \(rejects)")
    }
    if outcome.hasPapers {
      console.warning(counts, hint: "the reasons are in \(rejects)")
      return .rejects
    }
    console.warning(
      counts, hint: "the reasons are in \(rejects); to correct them in a workbook: trunkline errors \(rejects)")
    return .rejects
  }

  static func entity(_ invocation: Invocation) throws -> Entity {
    let name = invocation.value("entity") ?? "circuit"
    if let entity = Inventory.entity(singular: name) { return entity }
    let known = Inventory.entities.map(\.singular).joined(separator: ", ")
    throw Failure(.usage, "no entity \"\(name)\"", hint: "one of \(known)")
  }

  private static func source(_ invocation: Invocation) throws -> MapStep.Source {
    let entity = try entity(invocation)
    guard let path = invocation.value("mapping"), path != "auto" else {
      let shelf = try MappingFolder.shelf(invocation)
      return .saved(shelf, try suggester(entity, shelf, invocation))
    }
    return .spec(try MappingFile.parse(file: path, bytes: InputFile.read(path), entity: entity.singular))
  }

  static func suggester(_ entity: Entity, _ shelf: MappingShelf?, _ invocation: Invocation) throws -> Suggester {
    Suggester(entity, shelf: shelf, currency: try invocation.setting("currency")?.values.last)
  }

  private static func options(_ invocation: Invocation) throws -> MapStep.Options {
    var options = MapStep.Options()
    options.rejects = invocation.value("rejects")
    options.willWrite = { Interrupt.removeOnSignal($0) }
    options.acceptsUnsealed = invocation.flag("accept-unsealed")
    options.papers = try PaperChoices.options(invocation)
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
}
