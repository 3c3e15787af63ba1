import Glibc
import Records
import TestSupport

/// A stream as `map` writes it for documents: records with the page and words of each value.
struct PaperStream {
  struct Record {
    let stream: String
    let members: [(String, JSON)]
    /// Property to its words; the page is 2.
    let quotes: [(String, String)]
    var sequence = 1
    var document: String?
  }

  var document = PaperStream.digest("a")
  var file = "so-1.pdf"
  var source: String? = "documents"
  var mapping = "contracts"
  var method = "sentence"
  var records: [Record] = []

  /// Sixty-four times one hexadecimal digit.
  static func digest(_ digit: Character) -> String { String(repeating: digit, count: 64) }

  /// A service order of one carrier: contract, term and one line.
  static func order(
    _ number: String = "SO-1", months: Int = 36, mrc: Int = 125_000, circuit: String = "AA/1", digit: Character = "a"
  ) -> PaperStream {
    var paper = PaperStream()
    paper.document = digest(digit)
    paper.file = "\(number.lowercased()).pdf"
    let contract: [(String, JSON)] = [
      ("contract_carrier", .string("lumen")), ("contract_number", .string(number)),
      ("contract_kind", .string("service_order")),
    ]
    paper.records = [
      Record(
        stream: "contracts",
        members: [
          ("carrier", .string("lumen")), ("number", .string(number)), ("kind", .string("service_order")),
          ("title", .string("Service Order \(number)")),
        ], quotes: [("number", "Order No. \(number)")]),
      Record(
        stream: "contract_terms", members: contract + [("seq", .int(1)), ("term_months", .int(months))],
        quotes: [("term_months", "a term of \(months) months")]),
      Record(
        stream: "contract_lines",
        members: contract + [
          ("line_no", .int(1)), ("circuit_text", .string(circuit)), ("mrc_minor", .int(mrc)),
          ("currency", .string("USD")),
        ], quotes: [("mrc_minor", "USD \(mrc / 100).00 monthly"), ("currency", "USD \(mrc / 100).00 monthly")]),
    ]
    return paper
  }

  func write(to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw WireError.output(errno: errno) }
    defer { close(descriptor) }
    var writer = StreamWriter(descriptor: descriptor)
    var numbers: [String: Int] = [:]
    for (place, record) in records.enumerated() {
      let number = numbers[record.stream] ?? writer.schema(schema(record.stream))
      numbers[record.stream] = number
      writer.begin(number)
      for (index, member) in record.members.enumerated() {
        if index > 0 { writer.out.byte(0x2C) }
        writer.out.string(member.0)
        writer.out.byte(0x3A)
        member.1.write(to: &writer.out)
      }
      writer.end(
        sequence: record.sequence, part: place, row: 2, provenance: record.quotes.map { evidence($0, of: record) })
    }
    var counts = StreamCounts(run: "00000000000000aa", step: "map")
    counts.input = 3
    counts.accepted = 3
    try writer.finish(counts)
  }

  private func schema(_ stream: String) -> SchemaMessage {
    var schema = SchemaMessage(stream: stream, keyProperties: [], properties: [])
    schema.run = "00000000000000aa"
    schema.origin = .fields([("src", .string("sha256:\(document)")), ("file", .string(file)), ("of", .int(2))])
    let mapping: [(String, JSON)] = [
      ("name", .string(mapping)), ("version", .int(1)), ("sha256", .string("00")), ("mode", .string("partial")),
      ("entity", .string("contracts")), ("on_missing", .fields([("contract", .string("stub"))])),
    ]
    schema.extra = [JSON.Member("x-mapping", .fields(mapping + (source.map { [("source", .string($0))] } ?? [])))]
    return schema
  }

  private func evidence(_ quote: (String, String), of record: Record) -> JSON.Member {
    JSON.Member(
      quote.0,
      .fields([
        ("doc", .string(record.document ?? document)), ("page", .int(2)),
        ("boxes", .array([.array([.int(72000), .int(90000), .int(200_000), .int(101_000)])])),
        ("quote", .string(quote.1)), ("method", .string(method)), ("conf", .int(930)),
        ("doubts", .array([.string("W_COMPUTED")])),
      ]))
  }
}

extension Chain {
  /// Stages papers as one run; the status and what was said.
  func stagePapers(_ papers: [PaperStream]) throws -> Outcome {
    for (place, paper) in papers.enumerated() { try paper.write(to: folder.file("paper-\(place).jsonl")) }
    let names = papers.indices.map { "paper-\($0).jsonl" }.joined(separator: " ")
    return try sh("cat \(names) | \(Chain.stage)")
  }

  /// Stages papers and plans them: 2 with changes, 0 without.
  func planPapers(_ papers: [PaperStream], _ options: String = "") throws -> Outcome {
    for (place, paper) in papers.enumerated() { try paper.write(to: folder.file("paper-\(place).jsonl")) }
    let names = papers.indices.map { "paper-\($0).jsonl" }.joined(separator: " ")
    return try sh("cat \(names) | \(Chain.stage) | trunkline-diff \(options)")
  }
}
