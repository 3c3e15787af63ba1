import Domain
import Pages
import Regex

/// Reads the lines of an order from the price tables of its pages.
struct PriceTables {
  /// The lines of one table with its totals, before their sums are checked.
  struct Found {
    var lines: [PriceLine] = []
    var totalMRC: Finding<Money>?
    var totalNRC: Finding<Money>?
    /// Whether the price column says that it is for one unit.
    var isUnit = false
  }

  private let headings: PriceHeadings
  private let bandwidth = Rule.pattern(
    "(?<![\\w.])\\d+(?:[.,]\\d+)? ?(?:[KMG](?:bps|bit/s|b/s|b|big|igE|bE)?|[GM]ig(?:abit)?|[GMK]?bps)\\b")

  private let one = Rule.pattern("^(?-i:[A-Z0-9]{1,12}(?:[./-]{1,2}[A-Z0-9]{1,12})+)$")
  private let two = Rule.pattern("^(?-i:[A-Z0-9]{1,12}(?:[./]{1,2}[A-Z0-9]{1,12}){2,})$")

  init(_ headings: PriceHeadings) { self.headings = headings }

  /// Every table with a price and rows; a table that goes on over a page is one.
  ///
  /// A table below one of the headings `ignoring` is none of the order.
  func read(_ pages: [Page], _ amounts: Amounts, ignoring: [String] = []) -> [Found] {
    let finder = PriceHeaderFinder(headings: headings, amounts: amounts)
    let cutter = PriceTableCutter(pages: pages, amounts: amounts)
    var tables: [PriceTable] = []
    for (number, page) in pages.enumerated() {
      let lines = TableLine.all(of: page, number: number)
      var index = 0
      if let open = tables.last, !open.isClosed, open.rows.last?.page == number - 1 {
        let end = headerIndex(finder, lines, from: 0)?.lines.lowerBound ?? lines.count
        let rows = open.rows.count
        let stop = cutter.cut(Array(lines[..<end]), from: 0, into: &tables[tables.count - 1], isContinued: true)
        if tables[tables.count - 1].rows.count > rows { index = stop }
      }
      while let header = headerIndex(finder, lines, from: index) {
        if isIgnored(header, lines, from: index, ignoring) {
          index = header.lines.upperBound
          continue
        }
        let isSame = tables.last.map { $0.totals == nil && $0.header.columns == header.columns } ?? false
        if isSame, tables.last?.rows.last?.page ?? number < number {
          var table = PriceTable(header: header, rows: tables.removeLast().rows)
          index = cutter.cut(lines, from: header.lines.upperBound, into: &table)
          tables.append(table)
        } else {
          var table = PriceTable(header: header)
          index = cutter.cut(lines, from: header.lines.upperBound, into: &table)
          tables.append(table)
        }
      }
    }
    return tables.filter { !$0.rows.isEmpty }.map { found($0, pages, cutter, amounts) }
  }

  /// Whether one of the five lines above the header is such a heading.
  private func isIgnored(_ header: PriceHeader, _ lines: [TableLine], from start: Int, _ headings: [String]) -> Bool {
    guard !headings.isEmpty else { return false }
    return lines[max(start, header.lines.lowerBound - 5)..<header.lines.lowerBound].contains { line in
      headings.contains { line.text.lowercased().contains($0.lowercased()) }
    }
  }

  private func headerIndex(_ finder: PriceHeaderFinder, _ lines: [TableLine], from start: Int) -> PriceHeader? {
    for index in start..<max(start, lines.count) {
      if let header = finder.header(lines, at: index) { return header }
    }
    return nil
  }

  private func found(
    _ table: PriceTable, _ pages: [Page], _ cutter: PriceTableCutter, _ amounts: Amounts
  ) -> Found {
    var found = Found()
    let columns = table.header.columns
    found.isUnit = columns.contains(.unitMRC) && !columns.contains(.mrc)
    for row in table.rows {
      found.lines.append(line(row, table.header, found.lines.count + 1, pages[row.page], cutter, amounts))
    }
    if let totals = table.totals {
      for (number, words) in totals.cells {
        guard let column = table.header.headings[number].column,
          case .amount(let amount) = amounts.cell(cutter.text(words, totals.line.page))
        else { continue }
        let evidence = TableEvidence.of(
          words, on: totals.line.words, pages[totals.line.page], PriceConfidence.table)
        if column == .mrc { found.totalMRC = Finding(amount.money, evidence) }
        if column == .nrc { found.totalNRC = Finding(amount.money, evidence) }
      }
    }
    return found
  }

  private func line(
    _ row: PriceRow, _ header: PriceHeader, _ number: Int, _ page: Page, _ cutter: PriceTableCutter, _ amounts: Amounts
  ) -> PriceLine {
    var line = PriceLine(number: number)
    let table = header.headings.map { $0.text.lowercased() }.joined(separator: " ")
    func evidence(_ words: [Int], _ doubts: [Doubt] = []) -> Evidence {
      TableEvidence.of(words, on: row.anchor.words, page, PriceConfidence.table, doubts: doubts.map(\.rawValue))
    }
    for (index, words) in row.cells.sorted(by: { $0.key < $1.key }) {
      guard let column = header.headings[index].column else { continue }
      let text = cutter.text(words, row.page)
      if column.isPrice {
        take(amounts.cell(text), column, amounts.currency, &line) { evidence(words, $0) }
      } else {
        take(text, column, evidence(words), &line)
      }
    }
    if line.circuitID == nil { nameCircuit(&line, isNamed: table.contains("circuit") || table.contains("ckt")) }
    let service = line.description ?? line.serviceType
    if line.bandwidth == nil, let service { line.bandwidth = rate(in: service) }
    return line
  }

  private func take(
    _ cell: Amounts.Cell, _ column: PriceColumn, _ currency: Currency, _ line: inout PriceLine,
    _ evidence: ([Doubt]) -> Evidence
  ) {
    let money: Finding<Money>
    switch cell {
    case .amount(let found): money = Finding(found.money, evidence(found.hasCurrency ? [] : [.currencyAssumed]))
    case .redacted:
      line.doubts = Set(line.doubts + [Doubt.redacted.rawValue]).sorted()
      return
    case .nothing: money = Finding(Money(minor: 0, currency: currency), evidence([]))
    case .unstated, .none: return
    }
    switch column {
    case .mrc: line.mrc = money
    case .nrc: line.nrc = money
    case .unitMRC: line.mrc = line.mrc ?? money
    case .unitNRC: line.nrc = line.nrc ?? money
    default: break
    }
  }

  private func take(_ text: String, _ column: PriceColumn, _ evidence: Evidence, _ line: inout PriceLine) {
    let bytes = Array(text.utf8)
    switch column {
    case .circuit:
      // A line that wraps breaks an id without a blank.
      let id = text.filter { $0 != " " }
      if id.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }), id.count >= 4 {
        line.circuitID = Finding(text, evidence)
      }
    case .service: line.serviceType = Finding(text, evidence)
    case .description: line.description = Finding(text, evidence)
    case .addressA: if text.count > 2 { line.addressA = Finding(text, evidence) }
    case .addressZ: if text.count > 2 { line.addressZ = Finding(text, evidence) }
    case .quantity: line.quantity = Int(text).flatMap { $0 > 0 ? Finding($0, evidence) : nil }
    case .term:
      line.term = bytes.withUnsafeBufferPointer { try? Term.parse($0) }.map { Finding($0, evidence) }
    case .bandwidth:
      line.bandwidth = bytes.withUnsafeBufferPointer { try? Bandwidth.parse($0) }.map { Finding($0, evidence) }
    case .line, .mrc, .unitMRC, .nrc, .unitNRC: break
    }
  }

  /// Takes a circuit's id out of the cell that names the service: letters, figures and two signs, or one under a heading
  /// that says so.
  private func nameCircuit(_ line: inout PriceLine, isNamed: Bool) {
    for cell in [\PriceLine.serviceType, \.description] {
      guard var service = line[keyPath: cell] else { continue }
      var words = service.value.split(separator: " ").map(String.init)
      guard
        let index = words.lastIndex(where: { word in
          let bytes = Array(word.utf8)
          return (isNamed ? one : two).first(in: bytes) != nil && bytes.count { $0 >= 0x30 && $0 <= 0x39 } >= 3
        })
      else { continue }
      line.circuitID = Finding(words.remove(at: index), service.evidence)
      service.value = words.joined(separator: " ")
      line[keyPath: cell] = words.isEmpty ? nil : service
      return
    }
  }

  /// The rate that a service's name says: `Dedicated Internet 500 Mbps`.
  private func rate(in service: Finding<String>) -> Finding<Bandwidth>? {
    let bytes = Array(service.value.utf8)
    guard let match = bandwidth.first(in: bytes) else { return nil }
    return bytes[match.range].withUnsafeBufferPointer { try? Bandwidth.parse($0) }.map {
      Finding($0, service.evidence)
    }
  }
}
