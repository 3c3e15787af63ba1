package import Contracts
import Domain
package import YAML

/// Reads the profile of a carrier's paper (docs/contract-profiles.md); every mistake is reported at once, each with its line.
package enum ContractProfileFile {
  private static let keys = ["carrier", "aliases", "recognise", "labels", "ignore", "patterns", "numbers"]

  package static func parse(file: String, bytes: [UInt8]) throws(SpecMistakes) -> ContractProfile {
    let root = try SpecReader.parse(file: file, bytes: bytes)
    var reader = SpecReader(file: file)
    let fields = reader.mapping(root, allowed: keys, required: ["carrier"])
    var profile = ContractProfile(carrier: reader.string(fields["carrier"]) ?? "")
    profile.aliases = reader.strings(fields["aliases"])
    profile.recognise = reader.strings(fields["recognise"])
    profile.labels = labels(fields["labels"], &reader)
    profile.ignored = reader.strings(fields["ignore"])
    profile.patterns = patterns(fields["patterns"], &reader)
    readNumbers(fields["numbers"], &reader, into: &profile)
    try reader.finish()
    return profile
  }

  private static func labels(_ node: YAMLNode?, _ reader: inout SpecReader) -> [PriceColumn: [String]] {
    var labels: [PriceColumn: [String]] = [:]
    var owners: [String: String] = [:]
    for entry in reader.entries(node) {
      guard let name = reader.choice(entry.key, among: PriceColumn.allCases.map(\.rawValue)),
        let column = PriceColumn(rawValue: name)
      else { continue }
      for element in reader.sequence(entry.value) {
        guard let words = reader.string(element) else { continue }
        if let other = owners.updateValue(name, forKey: words.lowercased()) {
          reader.mistake(at: element, "\"\(words)\" is a label of \(other) already")
        }
        labels[column, default: []].append(words)
      }
    }
    return labels
  }

  private static func patterns(
    _ node: YAMLNode?, _ reader: inout SpecReader
  ) -> [ContractProfile.Field: String] {
    var patterns: [ContractProfile.Field: String] = [:]
    for entry in reader.entries(node) {
      guard let name = reader.choice(entry.key, among: ContractProfile.Field.allCases.map(\.rawValue)),
        let field = ContractProfile.Field(rawValue: name), let source = reader.string(entry.value)
      else { continue }
      if let fault = ContractProfile.fault(of: source) {
        reader.mistake(at: entry.value, "the pattern of \(name) is none: \(fault)")
      }
      patterns[field] = source
    }
    return patterns
  }

  private static func readNumbers(_ node: YAMLNode?, _ reader: inout SpecReader, into profile: inout ContractProfile) {
    let numbers = reader.mapping(node, allowed: ["decimal", "currency"])
    switch reader.choice(numbers["decimal"], among: ["point", "comma"]) {
    case "point": profile.mark = .point
    case "comma": profile.mark = .comma
    default: break
    }
    if let node = numbers["currency"], let code = reader.string(node) {
      profile.currency = Currency(code: code)
      if profile.currency == nil { reader.mistake(at: node, "\"\(code)\" is not an ISO 4217 code") }
    }
  }
}
