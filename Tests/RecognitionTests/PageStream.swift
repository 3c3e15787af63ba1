import Digest
import Glibc
import Pages
import Records
import TestSupport

/// A complete stream of a document's pages, as `extract` prints it.
struct PageStream {
  static let original = Array("the bytes of a document".utf8)
  static let digest = SHA256.hex(of: original)

  /// A page with text enough to be relied on, and one without any.
  static func page(_ number: Int, isScan: Bool) -> Page {
    let text = isScan ? "" : String(repeating: "This page brought its own text along. ", count: 8)
    return Page(
      document: digest, number: number, width: 360_000, height: 252_000, signs: .init(image: isScan ? 990 : 0),
      text: Array(text.utf8), words: isScan ? [] : [PageWord(start: 0, length: 4, box: PageBox(0, 0, 9, 9))])
  }

  /// `scans` says for each page whether it is one; `rejected` pages were lost before.
  static func bytes(_ scans: [Bool], rejected: Int = 0, in folder: TemporaryFolder) throws -> [UInt8] {
    let path = folder.file("stream.jsonl")
    try writeFile([], path)
    let file = open(path, O_WRONLY | O_TRUNC)
    defer { close(file) }
    var writer = StreamWriter(descriptor: file)
    var schema = SchemaMessage(stream: Page.stream, keyProperties: ["sha256", "page"], properties: [])
    schema.run = "4f1e0c9a7b2d3358-1"
    let stream = writer.schema(schema)
    for (index, isScan) in scans.enumerated() {
      writer.begin(stream)
      for (place, member) in page(index + 1, isScan: isScan).json.members.enumerated() {
        if place > 0 { writer.out.byte(0x2C) }
        writer.out.string(member.name)
        writer.out.byte(0x3A)
        member.value.write(to: &writer.out)
      }
      writer.end(row: index + 1)
    }
    var counts = StreamCounts(run: "4f1e0c9a7b2d3358-1", step: "extract")
    counts.input = scans.count + rejected
    counts.accepted = scans.count
    counts.rejected = rejected
    try writer.finish(counts)
    return try readFile(path)
  }

  /// The pages of a stream that is whole, with the issues beside each.
  static func pages(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> [(page: Page, issues: [Issue])] {
    let path = try folder.write(bytes, to: "read.jsonl")
    let file = open(path, O_RDONLY)
    defer { close(file) }
    var reader = StreamReader(descriptor: file)
    var found: [(page: Page, issues: [Issue])] = []
    while let event = try reader.next() {
      guard case .record = event, let page = Page(json: .object(reader.members)) else { continue }
      found.append((page, reader.issues.compactMap { Issue(json: $0) }))
    }
    return found
  }
}
