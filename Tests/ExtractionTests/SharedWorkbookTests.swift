import Glibc
import TestSupport
import Testing

private let folder = sharedTables().map { $0 + "/bad" }

/// Every hostile workbook of the shared tables through the executable, bound in its processor time: to two seconds as it is
/// released, to ten times that without the optimizer.
@Suite(.enabled(if: folder != nil, "the shared tables are not here"))
struct SharedWorkbookTests {
  #if DEBUG
    private static let seconds = 20
  #else
    private static let seconds = 2
  #endif

  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let code: String
    var testDescription: String { file }
  }

  /// Name and code of each workbook in the manifest; its words in between may hold commas.
  static let cases: [Case] = {
    let text = (try? readFile("\(folder ?? "")/MANIFEST.csv")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      guard let comma = line.firstIndex(of: ","), let last = line.lastIndex(of: ",") else { return nil }
      let file = String(line[..<comma])
      return file.hasSuffix(".xlsx") ? Case(file: file, code: String(line[line.index(after: last)...])) : nil
    }
  }()

  @Test(arguments: cases)
  func behavesAsTheManifestSays(_ workbook: Case) throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write(try readFile("\(folder ?? "")/\(workbook.file)"), to: workbook.file)
    let outcome = try shell(
      "ulimit -t \(Self.seconds); trunkline-extract --rejects r.jsonl \(path)", folder: scratch.path)
    // An archive with tables inside is refused, and the refusal has an E.
    let code = workbook.code == "W_TYPE" ? "E_TYPE" : workbook.code
    let rejects = (try? scratch.read("r.jsonl")) ?? ""
    switch code {
    case "OK": #expect(outcome.status == 0 && outcome.stdout.contains(#""final":true"#), "\(outcome.stderr)")
    case "E_SST": #expect(outcome.status == 3 && rejects.contains(code), "\(outcome.stderr)")
    case _ where code.hasPrefix("E_"):
      #expect(
        outcome.status == 1 && outcome.output.isEmpty && outcome.stderr.contains("(\(code))"), "\(outcome.stderr)")
    default: #expect(outcome.status == 0 && outcome.stderr.contains("(\(code))"), "\(outcome.stderr)")
    }
  }

  @Test func allWorkbooksOfTheManifestAreHere() { #expect(Self.cases.count > 35) }
}
