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
  /// Of a workbook.
  package let sheet: String?
  package let columns: [Column]
  /// `x-columns` as it came: what the whole table shows of each column, by which its texts are read.
  package let evidence: JSON
  /// Of the step that refused the rows: name, version, digest and file; null where no mapping was involved.
  package private(set) var mapping: JSON

  package init(_ schema: SchemaMessage) {
    file = schema.origin?["file"]?.text ?? "the table"
    digest = schema.origin?["src"]?.text ?? ""
    headerRow = schema.origin?["header_row"]?.int
    sheet = schema.origin?["sheet"]?.text
    evidence = schema.columns ?? .null
    mapping = schema.extra.first { $0.name == "x-mapping" }?.value ?? .null
    let described = (schema.columns?.items ?? []).compactMap { item -> Column? in
      guard let name = item["name"]?.text else { return nil }
      return Column(
        name: name, property: item["property"]?.text ?? name, filled: item["filled"]?.int ?? 0,
        samples: (item["samples"]?.items ?? []).compactMap(\.text))
    }
    let plain = schema.properties.map(\.name).filter { !$0.hasPrefix("_") }.map { Column(name: $0, property: $0) }
    columns = described.isEmpty ? plain : described
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
