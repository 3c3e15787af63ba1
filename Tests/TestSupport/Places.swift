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

/// Where the shared measuring tables are, beside the repository or where `TRUNKLINE_SHARED` says; nil when absent.
package func sharedTables() -> String? {
  let roots =
    [getenv("TRUNKLINE_SHARED").map { String(cString: $0) }] + ["", "/.."].map { repositoryRoot + $0 + "/../shared" }
  return roots.compactMap { $0 }.map { $0 + "/data/tables" }.first { access($0, R_OK) == 0 }
}
