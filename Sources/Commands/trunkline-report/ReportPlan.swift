import CLI
import Glibc
import Reporting
import Warehouse

/// The reports this version makes.
enum ReportKind: String {
  case inventory, changes

  private static let later = ["errors", "variance", "renewals", "finance", "waterfall"]

  init(_ word: String) throws(Failure) {
    if let kind = ReportKind(rawValue: word) {
      self = kind
      return
    }
    let hint = "make one of: inventory, changes"
    if Self.later.contains(word) { throw Failure(.usage, "the report \(word) comes in a later version", hint: hint) }
    throw Failure(.usage, "there is no report \"\(word)\"", hint: hint)
  }
}

/// What one command line asks for, checked before the database is opened.
struct ReportPlan {
  private let request: ReportRequest
  private let format: String
  private let sheet: String?
  private let out: String

  init(_ kind: ReportKind, _ invocation: Invocation) throws {
    guard let out = invocation.value("out") else {
      throw Failure(.usage, "no file to write is named", hint: "add --out \(kind.rawValue).xlsx")
    }
    self.out = out
    let named = out.utf8.split(separator: UInt8(ascii: ".")).last.map { String(Substring($0)) } ?? ""
    format = invocation.value("format") ?? (["csv", "json", "html"].contains(named) ? named : "xlsx")
    sheet = invocation.value("sheet")
    if sheet != nil, format != "csv" {
      throw Failure(.usage, "--sheet chooses the sheet of a csv file", hint: "add --format csv")
    }
    let day = try Clock.asOf(invocation)
    let file = try DefinitionFile(kind.rawValue, invocation)
    request = try ReportRequest(
      definition: ReportDefinition(file: file.path, bytes: file.bytes), asOf: day,
      tenant: invocation.value("tenant") ?? "default", principal: Principal.osUser(),
      scope: Self.scope(kind, invocation))
  }

  private static func scope(_ kind: ReportKind, _ invocation: Invocation) throws -> ChangeScope {
    let since = invocation.value("since")
    if let since, Clock.date(since) == nil {
      throw Failure(.usage, "--since takes a date like 2025-12-31, not \"\(since)\"")
    }
    guard let name = invocation.value("change-set") else {
      if since != nil, kind != .changes { throw Failure(.usage, "--since belongs to the report changes") }
      return ChangeScope(since: since)
    }
    guard kind == .changes else { throw Failure(.usage, "--change-set belongs to the report changes") }
    guard let id = ChangeSet.id(named: name) else {
      throw Failure(.usage, "--change-set takes a name like CS-0001, not \"\(name)\"")
    }
    return ChangeScope(changeSet: id, since: since)
  }

  /// Answers the warnings.
  func write(_ warehouse: OpenWarehouse) throws -> [String] {
    if let id = request.scope.changeSet { _ = try warehouse.changeSet(ChangeSet.name(id)) }
    switch format {
    case "csv": try request.writeCSV(warehouse, sheet: sheet, to: out)
    case "json": try request.writeJSON(warehouse, to: out)
    case "html": try request.writePage(warehouse, to: out)
    default: return try request.writeWorkbook(warehouse, to: out)
    }
    return []
  }
}

/// The file a definition is read from.
struct DefinitionFile {
  let path: String
  let bytes: [UInt8]

  /// `--definition`, else `KIND.yaml` in the folder of the setting `reports`, else beside the executable.
  init(_ kind: String, _ invocation: Invocation) throws(Failure) {
    if let path = invocation.value("definition") {
      self.path = path
      bytes = try InputFile.read(path)
      return
    }
    let setting = try invocation.setting("reports")
    var folders = [setting?.values.last ?? "Reports"]
    if setting == nil || setting?.source == .fallback { folders += Self.installed }
    for folder in folders {
      let path = "\(folder)/\(kind).yaml"
      if let bytes = try InputFile.readIfPresent(path) {
        self.path = path
        self.bytes = bytes
        return
      }
    }
    throw Failure(
      .noInput, "no definition of the report \(kind)",
      place: folders.map { "\($0)/\(kind).yaml" }.joined(separator: ", "),
      hint: "name one with --definition FILE, or their folder with reports in trunkline.yaml")
  }

  /// `../share/trunkline/Reports`, and the repository's `Reports` above a build folder.
  private static var installed: [String] {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0, count < buffer.count else { return [] }
    let program = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var parts = program.split(separator: "/").dropLast()
    var folders = ["/" + parts.dropLast().joined(separator: "/") + "/share/trunkline/Reports"]
    while let name = parts.popLast() {
      if name == ".build" { folders.append("/" + parts.joined(separator: "/") + "/Reports") }
    }
    return folders
  }
}
