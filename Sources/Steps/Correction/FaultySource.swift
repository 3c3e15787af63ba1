package import Records

/// The table that faulty rows came from, as far as its rejects tell.
package struct FaultySource: Equatable, Sendable {
  package struct Column: Equatable, Sendable {
    /// The text of the header row.
    package let name: String
    /// The member of each record.
    package let property: String
    package var filled = 0
    package var samples: [String] = []
  }

  package let file: String
  /// `sha256:...`
  package let digest: String
  package let headerRow: Int?
  /// How `extract` was told to read the file, as its options: `--encoding cp1252`, `--sheet Circuits`.
  package let reading: [String]
  /// Whether the file is a workbook of corrections, which `fix` reads.
  package let isCorrected: Bool
  /// Of a workbook.
  package let sheet: String?
  package let columns: [Column]
  /// `x-origin` as it came.
  let origin: JSON
  /// What a person wrote beside rows they left as they were, by row.
  let comments: [Int: String]
  /// `x-columns` as it came: what the whole table shows of each column, by which its texts are read.
  package let evidence: JSON
  /// Of the step that refused the rows: name, version, digest and file; null where no mapping was involved.
  package private(set) var mapping: JSON

  package init(_ schema: SchemaMessage) {
    file = schema.origin?["file"]?.text ?? "the table"
    digest = schema.origin?["src"]?.text ?? ""
    headerRow = schema.origin?["header_row"]?.int
    sheet = schema.origin?["sheet"]?.text
    let said = (schema.origin?["read"]?.members ?? []).compactMap { member in
      member.value.text.map { member.name == "convert" ? ["--convert"] : ["--" + member.name, $0] }
    }
    reading = said.flatMap(\.self) + (sheet.map { ["--sheet", $0] } ?? [])
    isCorrected = schema.origin?["corrects"] != nil
    origin = schema.origin ?? .null
    let notes = (schema.origin?["comments"]?.members ?? []).compactMap { note in
      Int(note.name).map { ($0, note.value.text ?? "") }
    }
    comments = Dictionary(notes) { first, _ in first }
    evidence = schema.columns ?? .null
    mapping = schema.extra.first { $0.name == "x-mapping" }?.value ?? .null
    let described = (schema.columns?.items ?? []).compactMap { item -> Column? in
      guard let name = item["name"]?.text else { return nil }
      return Column(
        name: name, property: item["property"]?.text ?? name, filled: item["filled"]?.int ?? 0,
        samples: (item["samples"]?.items ?? []).compactMap(\.text))
    }
    let plain = schema.properties.map(\.name).map { Column(name: $0, property: $0) }
    columns = (described.isEmpty ? plain : described).filter { !RejectWriter.ownColumns.contains($0.property) }
  }

  /// Whether both are of one table of one file: a file may have several.
  func isSameTable(as other: FaultySource) -> Bool {
    digest == other.digest && sheet == other.sheet && headerRow == other.headerRow
  }

  package func hasSameColumns(as other: FaultySource) -> Bool {
    columns.map(\.property) == other.columns.map(\.property)
  }

  /// The names of two tables with as much as it takes to tell them apart.
  func told(from other: FaultySource) -> (String, String) {
    if file != other.file { return (file, other.file) }
    if sheet != other.sheet { return ("\(file), sheet \(sheet ?? "")", "sheet \(other.sheet ?? "")") }
    if headerRow != other.headerRow {
      return ("\(file), header row \(headerRow ?? 0)", "header row \(other.headerRow ?? 0)")
    }
    return (file, "another file of that name")
  }

  /// The same table with what another stream says of the mapping.
  package func mapped(by mapping: JSON) -> FaultySource {
    var copy = self
    copy.mapping = mapping
    return copy
  }
}

/// A row that a person has to look at: its cells as they stood in the source, and what is wrong with them.
package struct FaultyRow: Equatable, Sendable {
  package enum Status: String, Sendable { case rejected, duplicate, stub, warning }

  /// In the source, counted from 1 over all its rows.
  package let row: Int
  package let status: Status
  /// By column of the source; blank cells are empty.
  package let cells: [String]
  /// Cells beyond the last column, which have to be put in their places.
  package let extra: String
  package let issues: [Issue]

  package init(row: Int, status: Status, cells: [String], extra: String = "", issues: [Issue]) {
    self.row = row
    self.status = status
    self.cells = cells
    self.extra = extra
    self.issues = issues
  }

  /// Whether cells stand in the wrong columns until somebody puts them in place.
  package var isRagged: Bool { issues.contains { $0.code == "E_RAGGED" } }

  /// Each code once, in the order of the issues.
  package var codes: String {
    var seen: [String] = []
    for issue in issues where !seen.contains(issue.code) { seen.append(issue.code) }
    return seen.joined(separator: "; ")
  }
}
