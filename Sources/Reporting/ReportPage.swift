import Domain
import Records
package import Warehouse
import Workbooks

extension ReportRequest {
  /// Writes all sheets as one HTML page that loads nothing: no script, no style or picture from elsewhere.
  ///
  /// All of it shows one state of the database; the same state, definition, day and tenant give the same bytes.
  package func writePage(_ warehouse: OpenWarehouse, to path: String) throws {
    try reading(warehouse) { report in
      var page = HTMLText()
      page.raw(Self.head)
      page.element("title", definition.title)
      page.raw("</head><body>\n")
      if report.facts.isTest { page.element("p", "TEST DATABASE: scripted approvals are accepted here", of: "test") }
      page.element("h1", definition.title)
      page.raw("<dl>")
      for fact in about(report).members {
        page.element("dt", fact.name.split(separator: "_").joined(separator: " "))
        page.element("dd", fact.value.text ?? fact.value.line)
      }
      page.raw("</dl>\n")
      for sheet in report.sheets { try write(sheet, &page) }
      page.raw("</body></html>\n")
      try Durable.write(page.bytes, to: path)
    }
  }

  private func write(_ sheet: PreparedSheet, _ page: inout HTMLText) throws {
    page.element("h2", sheet.name)
    page.element("p", "\(sheet.rowCount) rows" + (sheet.note.isEmpty ? "" : ": \(sheet.note)"))
    page.raw("<table><thead>")
    for total in totals(sheet).items {
      let words = ["column", "currency", "sum"].compactMap { total[$0]?.text }.filter { !$0.isEmpty }
      page.raw("<tr>")
      page.element("td", "total " + words.joined(separator: " "), span: sheet.columns.count)
      page.raw("</tr>")
    }
    page.raw("<tr>")
    for column in sheet.columns { page.element("th", column.caption) }
    page.raw("</tr></thead><tbody>\n")
    try sheet.rows.each { cells, _ in
      page.raw("<tr>")
      for (place, cell) in cells.enumerated() {
        page.element("td", cell.csv, of: sheet.columns[place].format.isNumber ? "n" : nil)
      }
      page.raw("</tr>\n")
    }
    page.raw("</tbody></table>\n")
  }

  private static let head: StaticString = """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <style>body{font:14px sans-serif;margin:2em}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:2px 8px;
    text-align:left;white-space:nowrap}th{background:#eee}.n{text-align:right;font-variant-numeric:tabular-nums}
    dl{display:grid;grid-template-columns:max-content auto;gap:2px 1em}dt{font-weight:bold}dd{margin:0}
    .test{background:#b00;color:#fff;padding:4px}</style>

    """
}

/// HTML in the making; every text from outside is escaped, and what could deceive a reader is shown as an escape.
private struct HTMLText {
  private(set) var bytes: [UInt8] = []

  mutating func raw(_ markup: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
  }

  mutating func element(_ name: StaticString, _ text: String, of kind: StaticString? = nil, span: Int = 1) {
    raw("<")
    raw(name)
    if let kind {
      raw(" class=\"")
      raw(kind)
      raw("\"")
    }
    if span > 1 { bytes += Array(" colspan=\"\(span)\"".utf8) }
    raw(">")
    for byte in VisibleText.of(text).utf8 {
      switch byte {
      case UInt8(ascii: "&"): raw("&amp;")
      case UInt8(ascii: "<"): raw("&lt;")
      case UInt8(ascii: ">"): raw("&gt;")
      case UInt8(ascii: "\""): raw("&quot;")
      default: bytes.append(byte)
      }
    }
    raw("</")
    raw(name)
    raw(">")
  }
}
