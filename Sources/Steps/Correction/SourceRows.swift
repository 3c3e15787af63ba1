import Records

/// Picks rows of a table out of the stream that `extract` makes of it again.
package struct SourceRows {
  package let source: FaultySource?
  package let cells: [Int: [String]]

  /// Reads the stream to its end; only `wanted` rows are kept, of the table `known` where one is given.
  package init(_ wanted: Set<Int>, of known: FaultySource? = nil, from descriptor: Int32) throws {
    var reader = StreamReader(descriptor: descriptor)
    var source: FaultySource?
    var picker = CellPicker([])
    var cells: [Int: [String]] = [:]
    var isMeant = true
    while let event = try reader.next() {
      switch event {
      case .schema(let schema):
        let found = FaultySource(schema)
        isMeant = known?.isSameTable(as: found) ?? true
        if !isMeant { continue }
        source = found
        picker = CellPicker(found.columns.map(\.property))
      case .record: if isMeant, wanted.contains(reader.row) { cells[reader.row] = picker.pick(reader).cells }
      case .state, .end: break
      }
    }
    self.source = source
    self.cells = cells
  }
}
