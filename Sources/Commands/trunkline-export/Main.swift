import CLI
import CSV
import Domain
import Export
import Glibc
import Model
import Opening
import Records
import Warehouse
import Workbooks

@main struct Main {
  nonisolated static func main() {
    Program.main(ExportCommand.spec, explain: ExportCommand.explain) { try ExportCommand.run($0) }
  }
}

/// Committed records out, as a table that can come back.
enum ExportCommand {
  static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-export", summary: "committed records as a table to edit and bring back",
      usage: "ENTITY [--where FIELD=VALUE ...] [options]",
      arguments: [Argument("ENTITY", "which records: circuits, contracts, ... (docs/data-model.md)")],
      options: [
        .database,
        .list("where", "FIELD=VALUE", "only records with this value; an empty value means a blank field"),
        .value("format", "FORMAT", "csv, xlsx or jsonl (default: by the file's name, else csv)", choices: formats),
        .output("out", "FILE", short: "o", "the file to write (default: standard output)"),
        .value("mapping", "FILE", "where to put the mapping that reads it back (default: beside --out)"), .asOf,
      ],
      examples: [
        .init("trunkline export circuits --where status=active -o circuits.csv", "active circuits, and their mapping"),
        .init(
          "trunkline extract circuits.csv | trunkline map --mapping circuits.mapping.yaml | trunkline stage | trunkline diff",
          "the edited table back, as a plan"),
        .init("trunkline export contracts --format jsonl | trunkline stage | trunkline diff", "a round trip"),
      ],
      exits: [.noInput, .temporary, .notPermitted],
      notes: ["an unedited export comes back as an empty plan; a blank cell leaves a field as it is, #N/A clears it"])
  }

  private static let formats = ["csv", "xlsx", "jsonl"]

  static func explain(_ error: any Error) -> Failure? {
    switch error {
    case let fault as ExportFault: explain(fault)
    case let error as WireError:
      error == .output(errno: EPIPE)
        ? Failure(.done, error.message) : Failure(.failed, error.message, hint: error.hint)
    case let error as WorkbookError: Failure(.failed, error.description)
    case let error as CSVError: Failure(.failed, error.message)
    default: Opening.explain(error)
    }
  }

  private static func explain(_ fault: ExportFault) -> Failure {
    switch fault {
    case .noSign(let text):
      Failure(.usage, "--where takes FIELD=VALUE, not \"\(text)\"", hint: "for example --where status=active")
    case .unknownField(let name, let known):
      Failure(.usage, "no field \"\(name)\"", hint: "its fields: " + known.joined(separator: ", "))
    case .notAValue(let text, let field, let form):
      Failure(.usage, "--where \(field)=\(text): \"\(text)\" is not \(form)", hint: "write \(form)")
    }
  }

  static func run(_ invocation: Invocation) throws -> ExitStatus {
    let word = invocation.arguments[0]
    guard let entity = Inventory.entity(either: word) else {
      throw Failure(
        .usage, "no entity \"\(word)\"", hint: "one of " + Inventory.entities.map(\.name).joined(separator: ", "))
    }
    let out = invocation.value("out")
    let ending = out?.split(separator: ".").last.map(String.init) ?? ""
    let format = invocation.value("format") ?? (formats.contains(ending) ? ending : "csv")
    let export = try RecordExport(entity, where: invocation.values("where"), Opening.warehouse(invocation))
    let count = try write(export, format, out, invocation)
    guard let out else { return .done }
    invocation.console.note("\(count) \(entity.name) written to \(out)")
    return .done
  }

  private static func write(
    _ export: RecordExport, _ format: String, _ out: String?, _ invocation: Invocation
  ) throws -> Int {
    if format == "xlsx" {
      guard let out else { throw Failure(.usage, "a workbook needs a file", hint: "add -o \(export.entity.name).xlsx") }
      let day = try Clock.asOf(invocation)
      guard let asOf = CalendarDate(year: day.year, month: day.month, day: day.day) else {
        throw Failure(.usage, "--as-of lies outside 1900 to 2199", hint: "name a day within")
      }
      let count = try export.writeWorkbook(to: out, author: Principal.osUser(), asOf: asOf)
      try writeMapping(export, isGuarded: false, out, invocation)
      return count
    }
    let count =
      try out.map { path in
        try OutputFile.write(path) { format == "csv" ? try export.writeCSV(to: $0) : try export.writeStream(to: $0) }
      } ?? (format == "csv" ? export.writeCSV(to: STDOUT_FILENO) : export.writeStream(to: STDOUT_FILENO))
    if format == "csv" { try writeMapping(export, isGuarded: true, out, invocation) }
    return count
  }

  /// `circuits.mapping.yaml` beside `circuits.csv`; a mapping that somebody edited there is kept.
  private static func writeMapping(
    _ export: RecordExport, isGuarded: Bool, _ out: String?, _ invocation: Invocation
  ) throws {
    let given = invocation.value("mapping")
    guard let path = given ?? out.map(beside) else { return }
    let text = export.mappingText(isGuarded: isGuarded)
    if given == nil, let known = try InputFile.readIfPresent(path) {
      if known != Array(text.utf8) { invocation.console.note("\(path) was there before and is kept") }
      return
    }
    try OutputFile.write(path) { descriptor in
      var text = text
      try text.withUTF8 { try Console.write(UnsafeRawBufferPointer($0), to: descriptor) }
    }
  }

  private static func beside(_ out: String) -> String {
    let name = out.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return out + ".mapping.yaml" }
    return out[..<dot] + ".mapping.yaml"
  }
}
