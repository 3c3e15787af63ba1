/// Where one table of a sample begins: its header rows, its columns' names, and its first row of data.
///
/// A format gives rows of cells; nothing here knows which. Row numbers are those of the rows given.
package struct TableShape: Sendable {
  /// What a person said of the rows that name the columns.
  package enum Header: Equatable, Sendable {
    case detected
    case none
    case rows(ClosedRange<Int>)
  }

  /// At most three rows that name the columns, in order; none where no row does.
  package internal(set) var headerRows: [Int] = []
  /// The texts that name the columns, as written; of several rows joined as `Location A / City`.
  package internal(set) var names: [String] = []
  /// A row of units or of column numbers below the header.
  package internal(set) var unitsRow: Int?
  package internal(set) var firstDataRow = 1
  /// Where the table begins with all that stands above it in its own block.
  package internal(set) var start = 1
  /// Sampled rows from the first data row to the table's end.
  package internal(set) var sampled = 0
  /// Filled cells of most rows.
  private(set) var typical = 1
  /// One past the last filled cell of most rows.
  private(set) var extent = 0
  /// One past the last filled cell of any sampled row.
  private(set) var widest = 0
  private(set) var profiles: [ColumnProfile] = []
  private(set) var heads: [ShapeRow] = []
  /// Folded texts of titles above the table, which page breaks repeat.
  private(set) var titles: Set<String> = []

  /// Looks at sampled rows from `start` on; comments are not among them.
  init(_ rows: [ShapeRow], from start: Int, header: Header, merged: [MergedCells]) {
    let lines = rows.filter { $0.number >= start && !$0.isBlank }
    let search = HeaderSearch(lines, merged: merged)
    var found: HeaderSearch.Place
    switch header {
    case .detected: found = search.place
    case .none: found = HeaderSearch.Place(rows: 0..<0, units: nil, body: 0)
    case .rows(let range):
      let chosen = lines.indices.filter { range.contains(lines[$0].number) }
      let after = lines.firstIndex { $0.number > range.upperBound } ?? lines.count
      let first = chosen.first ?? after
      found = HeaderSearch.Place(rows: first..<first + chosen.count, units: search.units(at: after), body: after)
      if found.units != nil { found.body += 1 }
    }
    adopt(found, lines, search)
    self.start = lines.first?.number ?? start
    names = HeaderNames.of(heads, merged: merged)
  }

  private mutating func adopt(_ place: HeaderSearch.Place, _ lines: [ShapeRow], _ search: HeaderSearch) {
    heads = Array(lines[place.rows])
    headerRows = heads.map(\.number)
    unitsRow = place.units.map { lines[$0].number }
    firstDataRow = place.body < lines.count ? lines[place.body].number : (lines.last?.number ?? 0) + 1
    let body = search.body(from: place.body)
    let fills = body.map { lines[$0].filled }.sorted()
    typical = fills.isEmpty ? max(1, heads.map(\.filled).max() ?? 1) : fills[fills.count / 2]
    let extents = body.map { lines[$0].extent }.sorted()
    extent = extents.isEmpty ? heads.map(\.extent).max() ?? 0 : extents[extents.count / 2]
    widest = extents.last ?? extent
    profiles = search.profiles(body)
    let above = heads.isEmpty ? lines.prefix(place.body) : lines.prefix(place.rows.lowerBound)
    titles = Set(above.filter { $0.filled == 1 }.map { ShapeWords.folded($0.firstText) })
  }
}

/// All tables that a sample shows, in the order of the file.
package struct SampleTables: Sendable {
  package private(set) var tables: [TableShape] = []

  /// A header that a person gave belongs to the only table there then is.
  package init(
    _ rows: [ShapeRow], from start: Int = 1, header: TableShape.Header = .detected, merged: [MergedCells] = []
  ) {
    var next: Int? = start
    while let from = next, tables.count < 100 {
      var shape = TableShape(rows, from: from, header: header, merged: merged)
      var watch = RowWatch(shape)
      if header == .detected { watch.read(rows.filter { $0.number >= shape.firstDataRow }) }
      next = watch.nextTable?.number
      shape.sampled = rows.count { $0.number >= shape.firstDataRow && $0.number < next ?? .max && !$0.isBlank }
      tables.append(shape)
    }
  }

  /// The table with most cells; the first of equals.
  package var largest: Int {
    let sizes = tables.map { $0.sampled * $0.typical }
    return sizes.firstIndex(of: sizes.max() ?? 0) ?? 0
  }
}
