import TestSupport
import Testing

/// The house as it was planned: who imports whom, and the habits no compiler holds.
@Suite struct FloorTests {
  @Test(arguments: Floor.table.map(\.folder))
  func importsPointDown(_ folder: String) throws {
    let floor = try #require(Floor.table.first { $0.folder == folder })
    for file in try SourceFile.swift("Sources/" + folder) {
      for module in file.imports where !Floor.always.contains(module) {
        #expect(floor.imports.contains(module), "\(file.path) imports \(module), which the table does not allow")
      }
    }
  }

  @Test func theTableKnowsEveryFile() {
    let folders = Floor.table.map { "Sources/\($0.folder)/" } + ["Sources/System/"]
    for path in SourceFile.below("Sources") {
      #expect(folders.contains { path.hasPrefix($0) }, "\(path) belongs to no module of the table")
    }
  }

  /// The table itself: nothing may name a module above it or beside it among the steps.
  @Test func theTablePointsDown() {
    let paths = SourceFile.below("Sources/System")
    var below = Set(paths.compactMap { $0.split(separator: "/").dropFirst(2).first.map(String.init) })
    for floor in Floor.table {
      for module in floor.imports {
        #expect(below.contains(module), "\(floor.module) may import \(module), which stands above it")
      }
      below.insert(floor.module)
    }
    let steps = Set(Floor.table.filter { $0.folder.hasPrefix("Steps/") }.map(\.module))
    for floor in Floor.table where floor.folder.hasPrefix("Steps/") { #expect(floor.imports.isDisjoint(with: steps)) }
    for floor in Floor.table where floor.module != "Opening" {
      #expect(floor.imports.isDisjoint(with: ["SQLite", "Postgres"]), "\(floor.module) knows a concrete database")
    }
    for name in ["trunkline-extract", "trunkline-map"] {
      let floor = Floor.table.first { $0.module == name }
      #expect(
        floor?.imports.isDisjoint(with: ["Opening", "Warehouse", "SQL"]) == true, "\(name) could open a database")
    }
  }

  @Test func eachCModuleHasOneImporterAndTwoFiles() throws {
    var importers: [String: Set<String>] = [:]
    for floor in Floor.table {
      for file in try SourceFile.swift("Sources/" + floor.folder) {
        for module in file.imports { importers[module, default: []].insert(floor.module) }
      }
    }
    let paths = SourceFile.below("Sources/System")
    let modules = Set(paths.compactMap { $0.split(separator: "/").dropFirst(2).first.map(String.init) })
    for module in modules where module != "CBytes" {
      #expect((importers[module]?.count ?? 0) <= 1, "\(module) is imported by \(importers[module] ?? [])")
    }
    for path in paths {
      #expect(path.hasSuffix("/module.modulemap") || path.hasSuffix("/shim.h"), "\(path) is neither of the two files")
    }
  }

  @Test func noFoundation() throws {
    for file in try SourceFile.swift("Sources") {
      #expect(!file.imports.contains { $0.hasPrefix("Foundation") }, "\(file.path) imports Foundation")
    }
  }

  @Test func filesAndFunctionsAreShort() throws {
    for file in try SourceFile.swift("Sources") + SourceFile.swift("Tests") {
      #expect(file.code.count <= 401, "\(file.path) has \(file.code.count) lines")
      for long in file.longFunctions(over: 60) {
        Issue.record("\(file.path):\(long.line) has a function of \(long.length) lines")
      }
    }
  }

  @Test func namesSayWhatIsInside() {
    let empty = ["utils", "utilities", "util", "helpers", "helper", "common", "misc", "manager", "new"]
    for path in SourceFile.below("Sources") + SourceFile.below("Tests") {
      for part in path.split(separator: "/") {
        let name = part.split(separator: ".").first.map { $0.lowercased() } ?? ""
        #expect(!empty.contains(name) && !name.hasSuffix("manager"), "\(path) says nothing by its name")
      }
    }
  }

  @Test func noTypeBearsItsModulesName() throws {
    for floor in Floor.table {
      for file in try SourceFile.swift("Sources/" + floor.folder) {
        for (index, line) in file.code.enumerated() {
          let words = SourceFile.words(line)
          for (word, next) in zip(words, words.dropFirst())
          where ["struct", "class", "enum", "actor", "protocol", "typealias"].contains(word) {
            #expect(next != floor.module, "\(file.path):\(index + 1) makes the module unnameable")
          }
        }
      }
    }
  }

  @Test func uncheckedPlacesAreCounted() throws {
    var found: [String: Int] = [:]
    for file in try SourceFile.swift("Sources") {
      let count = file.code.reduce(0) { sum, line in
        sum + line.count(of: "nonisolated(unsafe)") + line.count(of: "@unchecked Sendable")
      }
      if count > 0 { found[String(file.path.dropFirst("Sources/".count))] = count }
    }
    let allowed = Dictionary(uniqueKeysWithValues: UncheckedPlace.table.map { ($0.file, $0.count) })
    #expect(found == allowed, "the table of allowed places and the sources disagree")
    #expect(UncheckedPlace.table.allSatisfy { $0.because.contains(" ") })
  }

  @Test func amountsAreNeverFractions() throws {
    let allowed = Set(FractionPlace.table.map(\.file))
    for file in try SourceFile.swift("Sources") {
      let name = String(file.path.dropFirst("Sources/".count))
      for (index, line) in file.code.enumerated() where !allowed.contains(name) {
        let words = SourceFile.words(line)
        #expect(!words.contains("Double") && !words.contains("Float"), "\(file.path):\(index + 1) counts in fractions")
      }
    }
    for place in FractionPlace.table { #expect(place.because.contains(" ") || place.because.count > 3) }
  }

  /// The scanner itself, without which the rules above would hold by accident.
  @Test func theScannerSeesCodeOnly() {
    let text = """
      package import Domain  // import Foundation
      @preconcurrency import Records
      import struct Model.Field
      let text = "import SQL { \\" Double"
      let raw = #"import "SQL" {"#
      /* import CLI */ func long() {
        let x = 1
      }
      """
    let file = SourceFile(path: "x.swift", text: text)
    #expect(file.imports == ["Domain", "Records", "Model"])
    #expect(file.code.count == 8)
    #expect(!file.code.joined().contains("Double") && !file.code.joined().contains("SQL"))
    #expect(file.longFunctions(over: 2).map(\.length) == [3])
    #expect(file.longFunctions(over: 3).isEmpty)
  }
}

extension String {
  fileprivate func count(of part: String) -> Int {
    let text = Array(utf8)
    let part = Array(part.utf8)
    return text.indices.count { text[$0...].starts(with: part) }
  }
}
