import Records

/// Sources that need not be read again, because a database was loaded from them as they are.
package struct KnownSources: Sendable {
  private var loads: [String: [LoadedSource]] = [:]

  package init() {}

  /// Takes the lines that `trunkline db loads` prints.
  package init(_ bytes: [UInt8]) throws(ExtractionError) {
    for line in bytes.split(separator: 10) {
      let json = line.withUnsafeBufferPointer { JSON.parse($0) }
      guard let load = json.flatMap({ LoadedSource(json: $0) }) else {
        throw .option(
          name: "known", value: String(decoding: line.prefix(60), as: UTF8.self),
          allowed: "a file of what trunkline db loads prints")
      }
      loads[load.source.line, default: []].append(load)
    }
  }

  /// The loads of a source with this origin; none where it has to be read.
  func loads(of origin: JSON) -> [LoadedSource] { loads[LoadedSource.identity(of: origin).line] ?? [] }
}
