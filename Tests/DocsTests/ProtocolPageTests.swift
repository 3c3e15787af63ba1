import Glibc
import Model
import Records
import TestSupport
import Testing

private typealias WireIssue = Records.Issue

/// docs/protocol.md: every example is read by the reader and written again byte for byte.
@Suite struct ProtocolPageTests {
  private static let page = (try? Page("docs/protocol.md"))
  private static let examples = page?.blocks("wire").flatMap(\.lines) ?? []

  @Test(arguments: examples)
  func anExampleIsWrittenAsItIsRead(_ line: String) throws {
    let json = try #require(JSON.parse(line), "not JSON: \(line)")
    let written = Self.written(json)
    #expect(written == line)
    for issue in json["issues"]?.items ?? [] {
      let again = WireIssue(json: issue)?.json
      #expect(again == issue)
    }
  }

  /// The message once more, from what the program understood of it; nil for what it does not understand.
  private static func written(_ json: JSON) -> String? {
    switch json["type"]?.text {
    case "SCHEMA": return SchemaMessage(json: json)?.json.line
    case "RECORD": return json.line
    case "STATE":
      guard let run = json["value"]?["run"], let counts = StreamCounts(json: run), counts.balanced else { return nil }
      let members = counts.members(checksum: run["crc32c"]?.text ?? "")
      return JSON.fields([("type", .string("STATE")), ("value", .fields([("run", members)]))]).line
    default: return nil
    }
  }

  /// The examples of a block are a complete stream: checksum, counts and all.
  @Test(arguments: (page?.blocks("wire") ?? []).indices)
  func aBlockIsACompleteStream(_ index: Int) throws {
    let block = try #require(Self.page?.blocks("wire")[index])
    let folder = try TemporaryFolder()
    let path = try folder.write(block.lines.map { $0 + "\n" }.joined(), to: "stream.jsonl")
    let file = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    var reader = StreamReader(descriptor: file)
    while try reader.next() != nil {}
    #expect(reader.complete == 1)
    #expect(reader.unknown.isEmpty)
  }

  @Test func everyKindOfRecordIsNamed() throws {
    let text = try #require(Self.page).text
    for stream in Inventory.entities.map(\.name) + ["rows"] { #expect(text.contains("`\(stream)`"), "\(stream)") }
    for kind in ["SCHEMA", "RECORD", "STATE", RejectWriter.suffix] { #expect(text.contains(kind), "\(kind)") }
    #expect(text.contains("| \(SchemaMessage.profile) |"), "the history lacks version \(SchemaMessage.profile)")
  }

  @Test func everyMemberOfOursIsNamed() throws {
    let text = try #require(Self.page).text
    for member in try Literals.inSources().filter({ $0.hasPrefix("x-") }) {
      #expect(text.contains("`\(member)`"), "docs/protocol.md does not name \(member)")
    }
  }
}
