import TestSupport
import Testing

private let badFolder = sharedTables().map { $0 + "/bad" }

/// The shared hostile files that are delimited text, against their MANIFEST; skipped where they are not.
@Suite(.enabled(if: badFolder != nil, "the shared tables are not here"))
struct BadFileTests {
  /// Codes that the map and diff steps say, of keys and not of tables.
  private static let later: Set<String> = ["E_DUP_KEY", "W_DUP_KEY"]

  static func expectations() throws -> [(file: String, code: String)] {
    let text = String(decoding: try readFile((badFolder ?? "") + "/MANIFEST.csv"), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
      let cells = line.split(separator: ",")
      guard cells.count >= 5, [".csv", ".tsv", ".txt", ".gz"].contains(where: { cells[0].hasSuffix($0) }) else {
        return nil
      }
      return (String(cells[0]), String(cells[cells.count - 1]))
    }
  }

  @Test func everyFileBehavesAsItsManifestSays() throws {
    let expectations = try Self.expectations()
    #expect(expectations.count >= 50)
    for (file, code) in expectations {
      let found = try Table((badFolder ?? "") + "/" + file)
      if code.hasPrefix("E_"), !Self.later.contains(code) {
        #expect(found.rows.isEmpty && found.errors.contains("(\(code))"), "\(file): \(found.errors)")
      } else {
        #expect(found.balanced && [0, 3].contains(found.status), "\(file): \(found.errors)")
        let isClean = code == "OK" || Self.later.contains(code)
        #expect(
          isClean ? found.notes.allSatisfy { $0 == "W_FOOTER" } : found.notes.contains(code), "\(file): \(found.notes)")
      }
    }
  }
}
