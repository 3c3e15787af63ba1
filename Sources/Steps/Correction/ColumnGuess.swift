package import Records

/// What a column that is not mapped may be, as `map suggest` says it.
package struct ColumnGuess: Equatable, Sendable {
  /// A target as a mapping has it, or the name of a field that no mapping can reach.
  package let target: String
  package let isReachable: Bool
  /// 0 to 100.
  package let score: Int

  /// The guesses of each column by its header, best first, from the line of `map suggest --json`.
  package static func all(_ json: JSON) -> [String: [ColumnGuess]] {
    let columns = (json["columns"]?.items ?? []).compactMap { column -> (String, [ColumnGuess])? in
      guard let header = column["header"]?.text else { return nil }
      let guesses = (column["candidates"]?.items ?? []).compactMap { item -> ColumnGuess? in
        guard let target = item["field"]?.text, let score = item["score"]?.int else { return nil }
        return ColumnGuess(target: target, isReachable: item["has_place"]?.bool == true, score: score)
      }
      return (header, guesses)
    }
    return Dictionary(columns) { first, _ in first }
  }

  /// The stream of a table without its rows: what the whole of it shows is in its SCHEMA.
  package static func question(_ source: FaultySource, to descriptor: Int32) throws {
    var writer = StreamWriter(descriptor: descriptor)
    let text = JSON.fields([("type", .array([.string("null"), .string("string")]))])
    var schema = SchemaMessage(
      stream: "rows", keyProperties: [], properties: source.columns.map { JSON.Member($0.property, text) })
    schema.origin = source.origin
    schema.columns = source.evidence
    _ = writer.schema(schema)
    try writer.finish(StreamCounts(step: "errors"))
  }
}

/// What a person decided about a column that was not mapped: a target, or `ignore`.
package struct ColumnDecision: Equatable, Sendable {
  package let column: String
  package let target: String

  package init(column: String, target: String) {
    self.column = column
    self.target = target
  }
}
