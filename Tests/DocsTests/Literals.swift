import Glibc
import TestSupport

/// Short string literals of Sources: the codes and member names that documentation has to name.
enum Literals {
  static func inSources() throws -> Set<String> {
    var found: Set<String> = []
    for text in try sources("Sources") {
      for line in text.split(separator: "\n") where !line.contains("///") {
        for (index, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        where index % 2 == 1 && part.utf8.count < 120 {
          found.insert(String(part))
        }
      }
    }
    return found
  }

  /// The texts of the Swift files of a folder of the repository.
  static func sources(_ folder: String) throws -> [String] {
    try files("\(repositoryRoot)/\(folder)").filter { $0.hasSuffix(".swift") }.map {
      String(decoding: try readFile($0), as: UTF8.self)
    }
  }

  private static func files(_ folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var found: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      let path = "\(folder)/\(name)"
      found += entry.pointee.d_type == UInt8(DT_DIR) ? files(path) : [path]
    }
    return found
  }
}
