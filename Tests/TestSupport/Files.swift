import Glibc

/// A system call that failed, with the system's own words.
package struct SystemFailure: Error, CustomStringConvertible {
  package let description: String

  package init(_ call: String, _ subject: String, code: Int32 = errno) {
    description = "\(call) \(subject): \(String(cString: strerror(code)))"
  }
}

/// All bytes of a file.
package func readFile(_ path: String) throws -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  if file < 0 { throw SystemFailure("open", path) }
  defer { close(file) }
  var result: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = Glibc.read(file, &block, block.count)
    if count < 0 { throw SystemFailure("read", path) }
    if count == 0 { return result }
    result.append(contentsOf: block[..<count])
  }
}

/// Makes or replaces a file; its folder must exist.
package func writeFile(_ bytes: [UInt8], _ path: String) throws {
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  if file < 0 { throw SystemFailure("open", path) }
  defer { close(file) }
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    if count < 0 { throw SystemFailure("write", path) }
    rest = rest.dropFirst(count)
  }
}

/// Makes a folder and those above it.
package func makeFolder(_ path: String) {
  if let slash = path.lastIndex(of: "/"), slash != path.startIndex { makeFolder(String(path[..<slash])) }
  mkdir(path, 0o755)
}
