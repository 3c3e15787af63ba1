import Records
import TestSupport

/// A database with the inventory of Samples/contracts, to which papers are brought as a person would.
struct PaperDesk {
  static let papers = "\(repositoryRoot)/Samples/contracts"
  static let inventory = ["carriers", "carrier_aliases", "circuits"]

  let sample: SampleDatabase

  /// With the carriers, their names on paper and their circuits, unless the database is to be empty.
  init(_ store: TestStore = .sqlite, isEmpty: Bool = false) throws {
    sample = try SampleDatabase(store)
    if isEmpty { return }
    for table in Self.inventory {
      let name = "\(Self.papers)/inventory/\(table)"
      try sample.load(name + ".csv", name + ".yaml")
    }
  }

  /// The path of a sample, as `0-source/northline-order` names it.
  static func path(_ name: String) -> String { "\(papers)/\(name).pdf" }

  /// The line that plans these papers; originals are kept in the folder `kept`.
  static func line(_ names: [String]) -> String {
    "trunkline extract --documents kept " + names.map { "'\(path($0))'" }.joined(separator: " ")
      + " | trunkline ocr --documents kept | trunkline map | trunkline stage | trunkline diff"
  }

  /// Extract to diff: 2 with changes, 0 without.
  func plan(_ names: [String], _ options: String = "") throws -> Outcome {
    try sample.shell(Self.line(names) + options)
  }

  /// The newest change set.
  func newest() throws -> String {
    let number = try sample.rows("SELECT max(id) FROM change_sets")[0][0]
    return "CS-" + String(repeating: "0", count: 4 - number.count) + number
  }

  /// Performs each act a plan of papers needs: the rest, then value by value; answers what was typed and printed.
  @discardableResult func approve(_ set: String) throws -> String {
    var transcript = ""
    var act: [String]? = ["--all-but-mandatory"]
    while let words = act {
      let done = try sample.step("approve", [set] + words).stdout
      transcript += "$ trunkline approve \(set) \(words.joined(separator: " "))\n" + done
      act = done.firstRange(of: "--item ").map { found in
        ["--item", String(done[found.upperBound...].prefix { $0.isNumber })]
      }
    }
    return transcript
  }
}
