import Contracts
import Domain
import Glibc
import Pages
import Records

/// Reads files of `pages` records, one record a line, and prints what the contract of each says as a line of JSON.
@main struct Main {
  static func main() {
    let reader = ContractReader()
    for path in CommandLine.arguments.dropFirst() {
      let pages = pages(of: path)
      let members = reader.read(pages: pages).map(fields)
      put(JSON.fields([("file", .string(path)), ("contracts", .array(members))]).line + "\n")
    }
  }

  private static func pages(of path: String) -> [Page] {
    guard let file = fopen(path, "r") else { exit(66) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes.split(separator: 0x0A).compactMap { line in
      guard let json = line.withUnsafeBufferPointer({ JSON.parse($0) }) else { exit(65) }
      return Page(json: json["record"] ?? json)
    }
  }

  private static func fields(_ reading: ContractReading) -> JSON {
    var members: [(String, JSON)] = []
    func add<Value>(_ name: String, _ finding: Finding<Value>?, _ value: (Value) -> JSON) {
      guard let finding else { return }
      members.append((name, .fields([("value", value(finding.value)), ("evidence", finding.evidence.json)])))
    }
    add("title", reading.title) { .string($0) }
    add("agreement_date", reading.agreementDate, date)
    add("effective_date", reading.effectiveDate, date)
    add("expiration", reading.expiration, date)
    add("term_months", reading.term) { .int($0.term.months) }
    add("renewal", reading.renewal) { rule in
      .fields([
        ("kind", .string(rule.kind.rawValue)), ("months", rule.months.map { .int($0) } ?? .null),
        ("automatic", .bool(rule.isAutomatic)),
      ])
    }
    add("notice", reading.notice) { rule in
      .fields([("count", .int(rule.count)), ("unit", .string(rule.unit.rawValue))])
    }
    add("governing_law", reading.governingLaw) { .string($0) }
    let parties = reading.parties.map { party in
      JSON.fields([
        ("value", .string(party.value.name)), ("term", party.value.definedTerm.map { .string($0) } ?? .null),
        ("evidence", party.evidence.json),
      ])
    }
    members.append(("parties", .array(parties)))
    return .fields(members)
  }

  private static func date(_ date: ContractDate) -> JSON {
    switch date {
    case .day(let day): .string(day.description)
    case .perpetual: .string("perpetual")
    case .partial(let words): .fields([("partial", .string(words))])
    case .relative(let words): .fields([("relative", .string(words))])
    case .redacted(let words): .fields([("redacted", .string(words))])
    }
  }

  private static func put(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let count = write(1, bytes.baseAddress! + done, bytes.count - done)
        if count < 0 { exit(74) }
        done += count
      }
    }
  }
}
