import TestSupport

/// One call of a program about a file, as `Tests/Faults/faults.c` lists it.
struct FaultCall {
  enum Kind: Character {
    case create = "c"
    case folder = "d"
    case link = "l"
    case rename = "r"
    case sync = "s"
    case truncate = "t"
    case unlink = "u"
    case write = "w"
    /// One that failed by itself: it is counted, and did nothing.
    case failed = "x"
  }

  let kind: Kind
  let path: String
  /// Of a write; the new length for one that truncates.
  let offset: Int
  /// What is written; the new name for one that renames or links.
  let bytes: [UInt8]

  /// The calls of a list, in their order.
  static func list(_ path: String) throws -> [FaultCall] {
    let list = try readFile(path)
    var calls: [FaultCall] = []
    var place = 0
    while place < list.count {
      let number = { (at: Int) in (0..<8).reduce(0) { $0 | Int(list[at + $1]) << ($1 * 8) } }
      let (offset, count) = (number(place + 1), number(place + 9))
      let end = list[(place + 17)...].firstIndex(of: 0) ?? list.endIndex
      guard let kind = Kind(rawValue: Character(Unicode.Scalar(list[place]))), end + count < list.endIndex else {
        throw FaultFailure("the list of calls cannot be read at \(place)")
      }
      calls.append(
        FaultCall(
          kind: kind, path: String(decoding: list[(place + 17)..<end], as: UTF8.self), offset: offset,
          bytes: Array(list[(end + 1)..<(end + 1 + count)])))
      place = end + 1 + count
    }
    return calls
  }
}

/// The library that stands between a program and its disk, built once in a run of tests.
final class FaultLibrary: Sendable {
  static let shared = Result { try FaultLibrary() }
  private let folder: TemporaryFolder
  private var path: String { folder.file("faults.so") }

  private init() throws {
    folder = try TemporaryFolder()
    let source = repositoryRoot + "/Tests/Faults/faults.c"
    let built = try shell("clang -shared -fPIC -O1 -Wall -Werror -o '\(folder.file("faults.so"))' '\(source)' -ldl")
    guard built.status == 0 else { throw FaultFailure(built.stderr) }
  }

  /// What stands before a program so that its calls about files below `folder` are listed, and one of them fails.
  func words(_ folder: String, list: String, call: Int = 0, fails error: String = "") -> String {
    "rm -f '\(list)'; env LD_PRELOAD='\(path)' FAULT_FOLDER='\(folder)' FAULT_LOG='\(list)'"
      + (call > 0 ? " FAULT_AT=\(call) FAULT_AS=\(error)" : "") + " "
  }
}

struct FaultFailure: Error {
  let what: String
  init(_ what: String) { self.what = what }
}
