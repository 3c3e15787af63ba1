/// Finds the rows that name the columns: rows of words that stand out from the rows below them.
struct HeaderSearch {
  /// Indices of the rows given: the header, the units below it, and the first row of data.
  struct Place {
    var rows: Range<Int>
    var units: Int?
    var body: Int
  }

  private let lines: [ShapeRow]
  private let merged: [MergedCells]
  /// How many filled rows may stand above a table.
  private static let depth = 60
  /// Rows of data after which no header is looked for.
  private static let patience = 12
  private static let bodyRows = 100

  init(_ lines: [ShapeRow], merged: [MergedCells]) {
    self.lines = lines
    self.merged = merged
  }

  var place: Place {
    var data: Int?
    var dataRows = 0
    for index in lines.indices.prefix(Self.depth) {
      let below = body(from: index + 1)
      let typical = typicalFill(below)
      if lines[index].isRule || (lines[index].filled == 1 && typical >= 2) || isPair(lines[index], typical) { continue }
      let isWide = lines[index].filled * 2 >= typical
      let score = HeaderScore(lines[index], over: profiles(below, unlike: lines[index]))
      let isStrong = score.points >= 20 && score.contrasts >= 2 && lines[index].filled >= 2
      if isWide || isStrong, let header = header(at: index, score, after: dataRows) { return settled(header) }
      guard isWide else { continue }
      data = data ?? index
      dataRows += 1
      if dataRows >= Self.patience { break }
    }
    let first = data ?? lines.indices.first { lines[$0].filled * 2 >= typicalFill(body(from: $0)) } ?? 0
    return Place(rows: 0..<0, units: nil, body: min(first, lines.count))
  }

  private func settled(_ found: Range<Int>) -> Place {
    let units = units(at: found.upperBound)
    var header = found
    while header.count < 3, header.lowerBound > 0, !hasGap(before: header.lowerBound),
      !lines[header.lowerBound - 1].holdsHardData,
      isGroups(lines[header.lowerBound - 1], over: lines[header.lowerBound])
    {
      header = header.lowerBound - 1..<header.upperBound
    }
    return Place(rows: header, units: units, body: header.upperBound + (units == nil ? 0 : 1))
  }

  /// `Account:,12345`, or a filter with a comma in it: a fact about a table wider than that.
  private func isPair(_ row: ShapeRow, _ typical: Int) -> Bool {
    if row.extent < typical, row.text(0).contains(": ") || row.text(0).contains(" = ") { return true }
    return row.extent <= 2 && (typical > 3 || row.text(0).hasSuffix(":") || (typical == 3 && row.look(1).isData))
  }

  /// The header rows that begin at `index`, or nil; `passed` says how many rows of data stand above.
  private func header(at index: Int, _ score: HeaderScore, after passed: Int) -> Range<Int>? {
    let row = lines[index]
    if passed > 0, score.points < 60 || score.contrasts < (row.filled > 2 ? 2 : 1) { return nil }
    if index + 1 < lines.count, !hasGap(before: index + 1), !row.holdsHardData {
      let next = lines[index + 1]
      let isNamed = isHeader(index + 1)
      if isGroups(row, over: next), isNamed || isComplement(index) { return extended(index..<index + 2) }
      if isComplement(index) { return index..<index + 2 }
      if isNamed {
        let isFull = row.filled * 10 >= next.filled * 8 && row.words == row.filled && score.points >= 0
        return isFull ? extended(index..<index + 2) : nil
      }
    }
    if score.points < 0 || row.words == 0 { return nil }
    if row.holdsHardData, score.points < 40 || row.filled * 10 < typicalFill(body(from: index + 1)) * 8 { return nil }
    if index + 1 >= lines.count { return row.holdsHardData || row.words < row.filled ? nil : index..<index + 1 }
    // A fact or a title above a wider table, unless the table is of this width.
    if row.extent <= 2, typicalFill(body(from: index + 1)) <= 2, isAboveWider(index) { return nil }
    return index..<index + 1
  }

  private func isAboveWider(_ index: Int) -> Bool {
    let later = lines[(index + 1)...].prefix(Self.depth)
    guard let wider = later.firstIndex(where: { $0.filled >= 4 }), wider + 1 < lines.count else { return false }
    return wider - index <= 15 && lines[wider + 1].filled >= 3
  }

  /// A third row of names below two.
  private func extended(_ range: Range<Int>) -> Range<Int> {
    let next = range.upperBound
    guard next < lines.count, !hasGap(before: next), isHeader(next) else { return range }
    return range.lowerBound..<next + 1
  }

  /// Whether a row that another header row stands above is one as well: words where there is data below.
  private func isHeader(_ index: Int) -> Bool {
    let row = lines[index]
    if row.holdsHardData || row.isRule || row.filled < 2 || units(at: index) != nil { return false }
    let below = body(from: index + 1)
    if below.isEmpty { return false }
    let score = HeaderScore(row, over: profiles(below, unlike: row))
    return score.contrasts > 0 && score.clashes == 0 && score.points >= 20
  }

  /// Whether the labels of a row stand over the columns of the next, as `Location A` over city and state does.
  private func isGroups(_ row: ShapeRow, over next: ShapeRow) -> Bool {
    if row.filled > next.filled || row.extent > next.extent || row.filled == 0 { return false }
    if row.filled == next.filled, next.filled == next.extent || row.looks.count != next.looks.count { return false }
    let columns = row.looks.indices.filter { row.looks[$0] != .blank }
    if columns.contains(where: { row.text($0).hasSuffix(":") || row.look($0) == .prose }) { return false }
    let spans = merged.filter { $0.rows.contains(row.number) && !columns.filter($0.columns.contains).isEmpty }
    if !spans.isEmpty { return spans.allSatisfy { $0.columns.count < next.extent } }
    if columns == [0] { return false }
    let names = next.cells.indices.filter { next.look($0) != .blank }.map { next.folds[$0] }
    if Set(names).count < names.count || columns.count >= 3 { return true }
    return columns[0] > 0 && row.cells.count == next.cells.count
  }

  /// Whether the row at `index` and the next fill each other's gaps: names above, parts of groups below.
  private func isComplement(_ index: Int) -> Bool {
    let (top, next) = (lines[index], lines[index + 1])
    if next.holdsHardData || top.filled < 2 || next.filled < 2 { return false }
    let below = profiles(body(from: index + 2))
    if below.isEmpty { return false }
    let columns = 0..<max(top.extent, next.extent)
    let gaps = columns.filter { top.look($0) == .blank }
    if gaps.isEmpty || !gaps.allSatisfy({ next.look($0).isWord || $0 >= below.count || below[$0].filled == 0 }) {
      return false
    }
    let missing = columns.filter { next.look($0) == .blank && $0 < below.count && below[$0].isAlwaysFilled }
    return !missing.isEmpty && gaps.contains { next.look($0).isWord }
  }

  /// The index when the row there holds units, or the numbers of the columns.
  func units(at index: Int) -> Int? {
    guard index < lines.count, index > 0, !hasGap(before: index) else { return nil }
    let row = lines[index]
    let texts = row.cells.indices.filter { row.look($0) != .blank }.map { row.text($0) }
    let isOne = texts.count == 1 && lines[index - 1].filled >= 3
    if texts.count >= 2 || isOne, texts.allSatisfy(ShapeWords.isUnit) { return index }
    let numbers = texts.map { Int($0.filter { !"() []".contains($0) }) ?? 0 }
    guard numbers.count >= 3, numbers == Array(1...numbers.count), numbers.count == lines[index - 1].filled else {
      return nil
    }
    // Numbers of columns, unless the columns hold numbers themselves.
    let below = profiles(body(from: index + 1))
    return below.count { $0.filled > 0 && !$0.isNumbers } * 2 > numbers.count ? index : nil
  }

  private func hasGap(before index: Int) -> Bool { lines[index].number > lines[index - 1].number + 1 }

  /// Rows of data from `start`: to a gap behind which the rows look otherwise, at most a hundred.
  func body(from start: Int) -> Range<Int> {
    guard start < lines.count else { return start..<start }
    var end = start
    var fills = 0
    while end < lines.count, end - start < Self.bodyRows {
      let row = lines[end]
      if end > start, hasGap(before: end) {
        let mean = fills / (end - start)
        if row.filled * 2 < mean || row.filled > mean + mean / 2 + 1 || !row.holdsData { break }
      }
      fills += row.filled
      end += 1
    }
    return start..<end
  }

  private func typicalFill(_ body: Range<Int>) -> Int {
    let fills = body.map { lines[$0].filled }.sorted()
    return fills.isEmpty ? 0 : fills[fills.count / 2]
  }

  /// What the columns of the rows look like; sums, sparse rows and repeats of `header` are left out.
  func profiles(_ body: Range<Int>, unlike header: ShapeRow? = nil) -> [ColumnProfile] {
    let width = min(body.map { lines[$0].extent }.max() ?? 0, 512)
    let typical = typicalFill(body)
    var profiles = [ColumnProfile](repeating: ColumnProfile(), count: width)
    for row in lines[body] where !row.isRule && !ShapeWords.isTotal(row.firstText) {
      if row.filled * 2 <= typical, typical > 1 { continue }
      if let header, row.repeats(header) { continue }
      for column in 0..<width {
        profiles[column].add(row.look(column), column < row.folds.count ? row.folds[column] : "")
      }
    }
    return profiles
  }
}

extension ShapeRow {
  /// The first cell that says something.
  var firstText: String { looks.firstIndex { $0 != .blank }.map { text($0) } ?? "" }
  /// Numbers, dates, flags and links, which no header of words has; years are let pass.
  var holdsHardData: Bool {
    zip(looks, cells).contains { look, cell in
      switch look {
      case .date, .link: true
      case .flag: cell.text.utf8.count > 1
      case .number: !(Int(cell.text).map { (1900...2100).contains($0) } ?? false)
      default: false
      }
    }
  }
}
