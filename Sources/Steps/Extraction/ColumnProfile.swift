/// What the cells of one column of a sample look like, without the rows above the data.
struct ColumnProfile: Sendable {
  private(set) var filled = 0
  private var numbers = 0
  private var dates = 0
  private var codes = 0
  private var flags = 0
  private var links = 0
  private var prose = 0
  private(set) var shortest = Int.max
  private(set) var longest = 0
  /// Folded texts, for as many rows as a profile is made of.
  private var texts: Set<String> = []
  var rows = 0

  mutating func add(_ look: CellLook, _ folded: String) {
    rows += 1
    switch look {
    case .blank, .missing: return
    case .number: numbers += 1
    case .date: dates += 1
    case .code: codes += 1
    case .flag: flags += 1
    case .link: links += 1
    case .prose: prose += 1
    // One letter may be a flag; which, the column says.
    case .word: if ShapeWords.flags.contains(folded) { flags += 1 }
    }
    filled += 1
    let length = folded.isEmpty ? 81 : folded.utf8.count
    shortest = min(shortest, length)
    longest = max(longest, length)
    if !folded.isEmpty { texts.insert(folded) }
  }

  private func most(_ count: Int) -> Bool { filled > 0 && count * 10 >= filled * 6 }
  var isNumbers: Bool { most(numbers) }
  var isDates: Bool { most(dates) }
  var isFlags: Bool { most(flags) }
  /// Whether a word in this column stands out from its values.
  var isData: Bool { filled > 0 && (numbers + dates + codes + flags + links) * 10 >= filled * 7 }
  var isAlwaysFilled: Bool { rows > 0 && filled * 10 >= rows * 9 }

  func holds(_ folded: String) -> Bool { texts.contains(folded) }

  /// How much a cell above the column speaks for a header, in hundredths: negative for data.
  func points(_ text: String, folded: String, _ look: CellLook, isPeriod: Bool) -> Int {
    switch look {
    case .blank, .missing: return filled > 0 ? -10 : 0
    case .date: return isPeriod ? 40 : isDates ? -100 : -20
    case .number: return isPeriod ? 60 : isNumbers ? -80 : -30
    case .flag: return isFlags ? -100 : -20
    case .link: return -80
    case .code: return isPeriod ? 60 : holds(folded) ? -60 : most(codes) ? -60 : isData ? 40 : -20
    case .prose: return isNumbers || isDates ? 60 : -5
    case .word: return isFlags && ShapeWords.flags.contains(folded) ? -100 : wordPoints(text, folded)
    }
  }

  private func wordPoints(_ text: String, _ folded: String) -> Int {
    let isName = ShapeWords.namesColumn(text)
    if holds(folded) { return isName ? -20 : -80 }
    if isNumbers || isDates { return 100 }
    if isData || isName { return 75 }
    if filled >= 3, shortest == longest { return folded.utf8.count == shortest ? -40 : 30 }
    if filled >= 6, texts.count * 3 <= filled { return 40 }
    return most(prose) ? 30 : 5
  }
}

/// How a row stands to the rows below it.
struct HeaderScore {
  /// The mean over the columns, in hundredths.
  private(set) var points = 0
  /// Columns where a word stands over data.
  private(set) var contrasts = 0
  /// Cells of the same kind as the data below them.
  private(set) var clashes = 0

  init(_ row: ShapeRow, over profiles: [ColumnProfile]) {
    let periods = Self.periods(row)
    var sum = 0
    var judged = 0
    var seen: Set<String> = []
    for column in 0..<max(row.extent, profiles.count) {
      let profile = column < profiles.count ? profiles[column] : ColumnProfile()
      let look = row.look(column)
      if look == .blank, profile.filled == 0 { continue }
      let folded = column < row.folds.count ? row.folds[column] : ""
      var points = profile.points(row.text(column), folded: folded, look, isPeriod: periods.contains(column))
      if look == .word, !seen.insert(folded).inserted { points = min(points, 0) }
      if look.isWord, profile.isData, !profile.holds(folded) { contrasts += 1 }
      if points <= -60 { clashes += 1 }
      sum += points
      judged += 1
    }
    points = judged == 0 ? -100 : sum / judged
    // Words alone where there are figures below name the columns, even if some value repeats a name.
    if contrasts > 0, !row.holdsData { points = max(points, 0) }
  }

  /// Columns whose cells count up, as years and months above figures and `Q1`, `Q2` of a survey do.
  private static func periods(_ row: ShapeRow) -> Set<Int> {
    var series: Set<Int> = []
    for column in row.looks.indices.dropFirst() {
      let (last, this) = (numbered(row.text(column - 1)), numbered(row.text(column)))
      if !this.stem.isEmpty, this.stem == last.stem, this.number == last.number + 1 {
        series.formUnion([column - 1, column])
      }
    }
    if series.count >= 3 { return series }
    let columns = row.looks.indices.filter { row.looks[$0] == .number || row.looks[$0] == .date }
    let years = columns.compactMap { column -> (Int, Int)? in
      guard let year = Int(row.text(column).filter { $0 != " " }), (1900...2100).contains(year) else { return nil }
      return (column, year)
    }
    if years.count >= 2, zip(years, years.dropFirst()).allSatisfy({ $1.1 - $0.1 == years[1].1 - years[0].1 }),
      years[0].1 != years[1].1, row.words > 0
    {
      return Set(years.map(\.0))
    }
    if columns.count >= 3, columns.allSatisfy({ row.looks[$0] == .date }), row.words > 0 { return Set(columns) }
    return []
  }

  /// `Q12` as its stem and its number.
  private static func numbered(_ text: String) -> (stem: Substring, number: Int) {
    let stem = text.prefix { !$0.isNumber }
    return (stem, Int(text.dropFirst(stem.count)) ?? -2)
  }
}
