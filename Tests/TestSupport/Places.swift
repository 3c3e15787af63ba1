import Glibc

/// The folder of `Package.swift`, from the place of this file.
package let repositoryRoot: String = {
  #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
}()

/// Where SwiftPM puts the executables it builds: beside the test bundle, which is mapped into this process.
package let productsFolder: String = {
  let maps = (try? readFile("/proc/self/maps")).map { String(decoding: $0, as: UTF8.self) } ?? ""
  let bundle = maps.split(separator: "\n").first { $0.hasSuffix(".xctest") }
  guard let bundle, let slash = bundle.firstIndex(of: "/"), let end = bundle.lastIndex(of: "/") else { return "." }
  return String(bundle[slash..<end])
}()
