/// A source that a database was loaded from: what `trunkline db loads` prints, and what a SCHEMA claims in `x-loaded`.
package struct LoadedSource: Equatable, Sendable {
  /// The member of a SCHEMA whose rows were left unread because of it.
  package static let member = "x-loaded"
  /// What an origin says of the finding of a source, or found in it.
  private static let incidental: Set<String> = ["file", "header_row", "header_rows", "of"]

  /// As `identity` has it.
  package let source: JSON
  /// As `x-mapping` has it.
  package let mapping: JSON
  package let run: String
  package let serial: Int

  package init(source: JSON, mapping: JSON, run: String, serial: Int) {
    self.source = source
    self.mapping = mapping
    self.run = run
    self.serial = serial
  }

  /// nil for anything that `json` does not write.
  package init?(json: JSON) {
    guard let source = json["source"], source["src"]?.text != nil, let mapping = json["mapping"],
      let run = json["run"]?.text, let serial = json["serial"]?.int
    else { return nil }
    self.init(source: source, mapping: mapping, run: run, serial: serial)
  }

  package var json: JSON {
    .fields([("source", source), ("mapping", mapping), ("run", .string(run)), ("serial", .int(serial))])
  }

  /// What decides which rows are read from a source: its digest, its sheet, what a person said of the way to read it.
  package static func identity(of origin: JSON) -> JSON {
    .object(origin.members.filter { !incidental.contains($0.name) })
  }

  /// What a SCHEMA claims; nil where its rows follow.
  package static func claims(of schema: SchemaMessage) -> [LoadedSource]? {
    schema.extra.first { $0.name == member }?.value.items.compactMap { LoadedSource(json: $0) }
  }
}
