import Records

/// Picks rows of a table out of the stream that `extract` makes of it again.
package struct SourceRows {
  package let source: FaultySource?
  package let cells: [Int: [String]]

  /// Reads the stream to its end; only `wanted` rows are kept.
  package init(_ wanted: Set<Int>, from descriptor: Int32) throws {
    var reader = StreamReader(descriptor: descriptor)
    var source: FaultySource?
    var picker = CellPicker([])
    var cells: [Int: [String]] = [:]
    while let event = try reader.next() {
      switch event {
      case .schema(let schema):
        let found = FaultySource(schema)
        source = found
        picker = CellPicker(found.columns.map(\.property))
      case .record: if wanted.contains(reader.row) { cells[reader.row] = picker.pick(reader).cells }
      case .state, .end: break
      }
    }
    self.source = source
    self.cells = cells
  }
}
