/// The SCHEMA message: the stream's columns, and what is constant for all its records.
package struct SchemaMessage: Equatable, Sendable {
  /// The version of the profile this program writes and the newest it reads; history in docs/protocol.md.
  package static let profile = 1

  package var stream: String
  package var keyProperties: [String]
  /// Name and JSON Schema of each property, in order.
  package var properties: [JSON.Member]
  /// nil for a foreign stream.
  package var profile: Int?
  package var run: String?
  /// Where the records came from: `src` (digest), `file`, `sheet`, `header_row`.
  package var origin: JSON?
  /// How each column was read, said once: property name to `col`, `method`, `conf`.
  package var provenance: JSON?
  /// Of a raw table: dialect and header.
  package var table: JSON?
  /// Of a raw table: original header texts in order, with the evidence of the first pass.
  package var columns: JSON?
  /// Further top-level members, such as `x-mapping`.
  package var extra: [JSON.Member] = []

  package init(stream: String, keyProperties: [String], properties: [JSON.Member]) {
    self.stream = stream
    self.keyProperties = keyProperties
    self.properties = properties
    profile = Self.profile
  }

  package var json: JSON {
    var members: [(String, JSON)] = [
      ("type", .string("SCHEMA")), ("stream", .string(stream)),
      ("key_properties", .array(keyProperties.map { .string($0) })),
      ("schema", .fields([("type", .string("object")), ("properties", .object(properties))])),
    ]
    if let profile { members.append(("x-profile", .int(profile))) }
    if let run { members.append(("x-run", .string(run))) }
    if let origin { members.append(("x-origin", origin)) }
    if let provenance { members.append(("x-prov", provenance)) }
    if let table { members.append(("x-table", table)) }
    if let columns { members.append(("x-columns", columns)) }
    return .object(members.map { JSON.Member($0.0, $0.1) } + extra)
  }

  /// nil when `stream` is missing; missing `key_properties` and `properties` count as none.
  package init?(json: JSON) {
    guard let stream = json["stream"]?.text else { return nil }
    self.stream = stream
    keyProperties = (json["key_properties"]?.items ?? []).compactMap(\.text)
    properties = json["schema"]?["properties"]?.members ?? []
    profile = json["x-profile"]?.int
    run = json["x-run"]?.text
    origin = json["x-origin"]
    provenance = json["x-prov"]
    table = json["x-table"]
    columns = json["x-columns"]
    let known: Set<String> = [
      "type", "stream", "key_properties", "schema", "x-profile", "x-run", "x-origin", "x-prov", "x-table", "x-columns",
    ]
    extra = json.members.filter { !known.contains($0.name) }
  }
}
