import Glibc

/// The files that the words of a command line mean.
package enum SourceList {
  /// A folder gives its files in the order of their names' bytes, a pattern its matches, anything else itself.
  package static func expand(_ words: [String]) throws(ExtractionError) -> [String] {
    var paths: [String] = []
    for word in words {
      var status = stat()
      if word != "-", stat(word, &status) == 0 {
        if status.st_mode & S_IFMT == S_IFDIR { paths += try files(in: word) } else { paths.append(word) }
      } else if word.contains(where: { "*?[".contains($0) }) {
        paths += try matches(word)
      } else {
        paths.append(word)
      }
    }
    return paths
  }

  /// The names in a text, one a line.
  package static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
  }

  private static func files(in folder: String) throws(ExtractionError) -> [String] {
    guard let handle = opendir(folder) else { throw .system(call: "read", path: folder, errno: errno) }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    let paths = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { base + $0 }.filter(isFile)
    if paths.isEmpty { throw .noFiles(path: folder) }
    return paths
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func matches(_ pattern: String) throws(ExtractionError) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { throw .notFound(path: pattern) }
    let paths = (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }.filter(isFile)
    if paths.isEmpty { throw .noFiles(path: pattern) }
    return paths
  }
}
