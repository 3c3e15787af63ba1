import Domain
import Model
import Records
import SQL
import Warehouse
import YAML

/// Finds the circuits that contract lines name: by their identifiers, then by their aliases, as committed before this run.
///
/// An identifier that is only near one of the carrier's is never taken; it is told.
struct CircuitLinks: ~Copyable {
  /// Circuits of a carrier that an unknown identifier is compared with.
  private static let mostKnown = 2000
  /// Letters or figures by which an identifier may differ and still be told.
  private static let mostMistakes = 2
  private let database: any Database
  /// Carrier and normal form of each alias to the key of its circuit; an empty key for an alias of several.
  private var aliases: [String: String]?
  private var known: [String: [String]] = [:]

  init(_ database: any Database) { self.database = database }

  /// Fills the circuit of a line that only says what its paper calls it; answers what a person should know.
  mutating func link(_ parser: inout RecordParser) throws -> Issue? {
    let entity = parser.shape.entity
    guard let circuit = entity.index(of: "circuit"), parser.row.kind(circuit) == .absent,
      let text = entity.index(of: "circuit_text").flatMap({ parser.row.text($0) }),
      let carrier = entity.index(of: "contract").flatMap({ parser.row.text($0) })?.split(separator: "/").first,
      let id = CircuitID(text)
    else { return nil }
    let key = "\(carrier)/\(id.normal)"
    if try isCommitted(key) {
      parser.refer(circuit, to: key)
      return nil
    }
    if let other = try alias(key) {
      parser.refer(circuit, to: other)
      return nil
    }
    return try unknown(id, String(carrier))
  }

  private static let circuits = Inventory.entity("circuits")?.number ?? 0

  private func isCommitted(_ key: String) throws -> Bool {
    try database.firstInt(
      "SELECT 1 FROM records WHERE entity = $1 AND nkey = $2 AND deleted = 0",
      [.int(Int64(Self.circuits)), .text(key)]) != nil
  }

  private mutating func alias(_ key: String) throws -> String? {
    if aliases == nil { aliases = try read() }
    return aliases?[key].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func read() throws -> [String: String] {
    var found: [String: String] = [:]
    let cursor = try database.cursor(
      "SELECT nkey, aliases FROM circuits WHERE aliases IS NOT NULL AND deleted_at IS NULL ORDER BY nkey", [])
    while try cursor.next() {
      let circuit = cursor.text(0)
      let carrier = circuit.prefix { $0 != "/" }
      for word in cursor.text(1).split(separator: " ") {
        guard let id = CircuitID(String(word)) else { continue }
        let key = "\(carrier)/\(id.normal)"
        found[key] = found[key] == nil || found[key] == circuit ? circuit : ""
      }
    }
    return found
  }

  private mutating func unknown(_ id: CircuitID, _ carrier: String) throws -> Issue {
    let near = try circuits(of: carrier)
      .map { (id: $0, distance: Suggestion.distance($0, id.normal)) }
      .filter { $0.distance <= Self.mostMistakes }.min { ($0.distance, $0.id) < ($1.distance, $1.id) }
    if let near {
      return Issue(
        "W_CIRCUIT_NEAR", .warn, field: "circuit", message: "no such circuit; \(carrier)/\(near.id) is near it",
        hint: "if it is that one, add this writing to its aliases and stage the paper again", value: id.raw)
    }
    return Issue(
      "W_CIRCUIT_UNKNOWN", .warn, field: "circuit", message: "no circuit of the inventory has this identifier",
      hint: "the line is kept without a circuit; load the circuit, then stage the paper again", value: id.raw)
  }

  private mutating func circuits(of carrier: String) throws -> [String] {
    if let ids = known[carrier] { return ids }
    var ids: [String] = []
    let cursor = try database.query(
      "SELECT nkey FROM records WHERE entity = $1 AND nkey >= $2 AND nkey < $3 AND deleted = 0 ORDER BY nkey LIMIT \(Self.mostKnown)",
      [.int(Int64(Self.circuits)), .text(carrier + "/"), .text(carrier + "0")])
    while try cursor.next() { ids.append(String(cursor.text(0).dropFirst(carrier.count + 1))) }
    known[carrier] = ids
    return ids
  }
}
