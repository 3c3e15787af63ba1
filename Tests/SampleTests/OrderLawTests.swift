import Records
import TestSupport
import Testing

/// What a file's rows, columns and bytes may do without changing what is proposed.
struct OrderLawTests {
  private let source: Table
  private let digest: String

  init() throws {
    source = try Table(sample: "Samples/circuits/0-source.csv")
    digest = try Self.digest(source.text())
  }

  @Test func theOrderOfRowsAndColumnsDoesNotMatter() throws {
    var random = SplitMix64()
    for _ in 0..<4 {
      var table = source
      table.rows.shuffle(using: &random)
      let order = Array(table.header.indices).shuffled(using: &random)
      table.header = order.map { table.header[$0] }
      table.rows = table.rows.map { row in order.map { row[$0] } }
      #expect(try Self.digest(table.text()) == digest, "seed \(random.seed)")
    }
  }

  @Test(arguments: [(";", "\r\n"), ("\t", "\n"), ("|", "\r\n")])
  func theDialectDoesNotMatter(delimiter: String, lineEnd: String) throws {
    #expect(try Self.digest(source.text(delimiter: delimiter, lineEnd: lineEnd)) == digest)
  }

  @Test func anotherPriceMatters() throws {
    var table = source
    let column = try #require(table.header.firstIndex(of: "MRC"))
    table.rows[3][column] = "412.51"
    #expect(try Self.digest(table.text()) != digest)
  }

  /// The digest of the change set that the table gives in an empty database.
  private static func digest(_ text: String) throws -> String {
    let sample = try SampleDatabase()
    let hops = try sample.stage(
      sample.folder.write(text, to: "table.csv"), "\(repositoryRoot)/Samples/circuits/mapping.yaml")
    let header = try sample.plan(hops, changes: true).stdout.split(separator: "\n").first
    return try #require(header.flatMap { JSON.parse(String($0)) }?["digest"]?.text)
  }
}
