import Glibc
import TestSupport

/// Short string literals of Sources: the codes and member names that documentation has to name.
enum Literals {
  static func inSources() throws -> Set<String> {
    var found: Set<String> = []
    for path in files(repositoryRoot + "/Sources") where path.hasSuffix(".swift") {
      let text = String(decoding: try readFile(path), as: UTF8.self)
      for line in text.split(separator: "\n") where !line.contains("///") {
        for (index, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        where index % 2 == 1 && part.utf8.count < 120 {
          found.insert(String(part))
        }
      }
    }
    return found
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
