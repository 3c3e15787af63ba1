import Contracts
import Domain
import Pages
import Records

/// Reads documents, one at a time: its pages come in, and at its end its agreements come out as records.
///
/// Memory is that of one document, within `mostPages` and `mostBytes`. Every page is accepted, rejected or skipped by name.
struct PaperMapper {
  /// Pages, and bytes of their lines, that are held of one document.
  static let mostPages = 2000
  static let mostBytes = 256 << 20

  /// What came of one document, in pages; its own record counts as one unit more.
  struct Result {
    var document: PaperRecord?
    var groups: [PaperGroup] = []
    var refusals: [(row: Int, issue: Issue)] = []
    var accepted = 0
    var rejected = 0
    var skipped: [String: Int] = [:]
    var explanation: [String] = []
  }

  private let options: PaperOptions
  /// One for each profile, the last for none.
  private var readers: [Int: ContractReader] = [:]
  private var seen: Set<String> = []
  private(set) var members: [JSON.Member] = []
  private var pages: [Page] = []
  private var count = 0
  private var bytes = 0
  private var fault: Issue?

  init(_ options: PaperOptions) { self.options = options }

  /// Whether a stream is of a document, as `extract` writes it.
  static func isPart(_ schema: SchemaMessage) -> Bool {
    schema.stream == Page.stream
      || schema.stream == "documents" && schema.properties.contains { $0.name == "status" }
  }

  /// Takes a record of the stream `documents` or `pages`.
  mutating func take(_ record: JSON, isPage: Bool, bytes size: Int) {
    guard isPage else {
      members = record.members
      return
    }
    count += 1
    bytes += size
    if fault != nil { return }
    if count > Self.mostPages || bytes > Self.mostBytes { return refuse(Self.tooLarge) }
    guard let page = Page(json: record), page.number > pages.last?.number ?? 0,
      page.document == pages.first?.document ?? page.document
    else { return refuse(Self.noPage) }
    pages.append(page)
  }

  private mutating func refuse(_ issue: Issue) {
    fault = issue
    pages = []
  }

  private static let tooLarge = Issue(
    "E_TOO_LARGE", .error,
    message:
      "the document has more than \(mostPages) pages, or \(mostBytes >> 20) MiB of words, and is read as a whole",
    hint: "split it into its agreements, and give them one by one")
  private static let noPage = Issue(
    "E_PAGE", .error, message: "a page that is none, or not in its order",
    hint: "feed map what trunkline extract prints")
  private static let noText = Issue(
    "E_NO_TEXT", .error, message: "there are no words on its pages",
    hint: "put trunkline ocr before map, so that words are recognised on scanned pages")

  /// Reads the document that has come in, and forgets it. `file` is the name it came with.
  mutating func finish(file: String) throws -> Result {
    defer { (members, pages, count, bytes, fault) = ([], [], 0, 0, nil) }
    var result = Result()
    let digest = text("sha256") ?? pages.first?.document ?? ""
    if count == 0 {
      result.skipped["unread"] = members.isEmpty ? 0 : 1
    } else if !seen.insert(digest).inserted {
      result.skipped["duplicate"] = units
      result.explanation = ["\(file): the same document again"]
    } else if let issue = fault ?? (pages.allSatisfy(\.words.isEmpty) ? Self.noText : nil) {
      result.refusals = [(1, issue)]
      result.rejected = units
    } else {
      try read(digest, file, &result)
    }
    return result
  }

  private var units: Int { count + (members.isEmpty ? 0 : 1) }

  private func text(_ name: String) -> String? { members.first { $0.name == name }?.value.text }

  private mutating func read(_ digest: String, _ file: String, _ result: inout Result) throws {
    let profile = options.profile(of: pages)
    let reader = readers[profile ?? -1] ?? ContractReader(profile: profile.map { options.profiles[$0].profile })
    readers[profile ?? -1] = reader
    if let profile { result.explanation.append("\(file): profile \(options.profiles[profile].file)") }
    var rest = pages.count
    for var reading in reader.read(pages: pages, starts: options.starts(of: file)) {
      let own = pages.filter { reading.pages.contains($0.number) }
      try options.assist?(&reading, own)
      rest -= own.count
      let (records, refusal) = AgreementRecords(reading: reading, document: digest, carrier: options.carrier).make()
      if let refusal {
        result.refusals.append((reading.pages.lowerBound, refusal))
        result.rejected += own.count
        continue
      }
      result.accepted += own.count
      let group = PaperGroup(pages: reading.pages, records: records)
      result.groups.append(group)
      result.explanation += PaperExplanation(group, file: file).lines
    }
    if rest > 0 { result.skipped["no_agreement"] = rest }
    guard !members.isEmpty else { return }
    if result.groups.isEmpty { result.rejected += 1 } else { result.accepted += 1 }
    result.document = result.groups.isEmpty ? nil : document(result.groups[0])
  }

  private func document(_ group: PaperGroup) -> PaperRecord {
    var record = PaperRecord("documents")
    for name in ["sha256", "filename", "mime", "bytes", "pages"] {
      record.put(name, members.first { $0.name == name }?.value)
    }
    let kind = group.records.first?.value("kind")?.text
    record.put("kind", .string(kind.flatMap { DocumentKind(rawValue: $0) }.map(\.rawValue) ?? "other"))
    return record
  }
}
