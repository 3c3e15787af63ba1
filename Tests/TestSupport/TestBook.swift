/// A small XLSX or ODS workbook as bytes, from the XML of its parts.
package struct TestBook {
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

  /// Part name to content; what a test wants broken, it replaces.
  package var parts: [(name: String, text: String)]

  package subscript(_ name: String) -> String? {
    get { parts.first { $0.name == name }?.text }
    set {
      parts.removeAll { $0.name == name }
      if let newValue { parts.append((name, newValue)) }
    }
  }

  package var bytes: [UInt8] { ZipBytes(entries).bytes }
  package var entries: [ZipBytes.Entry] { parts.map { ZipBytes.Entry($0.name, $0.text) } }

  /// One worksheet for each of `sheets`: the XML within `sheetData`, what follows it, and the sheet's state.
  package struct Sheet {
    let name: String
    let rows: String
    let after: String
    let state: String

    package init(_ rows: String, name: String = "S", after: String = "", state: String = "visible") {
      self.name = name
      self.rows = rows
      self.after = after
      self.state = state
    }
  }

  /// `formats` are the format codes of styles 1, 2, ...; `strings` the XML of each shared string.
  package init(_ sheets: [Sheet], formats: [String] = [], strings: [String]? = nil, workbook: String = "") {
    let numbers = 1...max(1, sheets.count)
    let listed = zip(numbers, sheets).map {
      "<sheet name=\"\($1.name)\" sheetId=\"\($0)\" state=\"\($1.state)\" r:id=\"rId\($0)\"/>"
    }.joined()
    let related = numbers.map {
      "<Relationship Id=\"rId\($0)\" Type=\"\(Self.office)/worksheet\" Target=\"worksheets/sheet\($0).xml\"/>"
    }.joined()
    parts = [
      (
        "_rels/.rels",
        "<Relationships xmlns=\"\(Self.package)\"><Relationship Id=\"rId1\" "
          + "Type=\"\(Self.office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\">\(workbook)<sheets>\(listed)</sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"\(Self.package)\">\(related)"
          + "<Relationship Id=\"rs\" Type=\"\(Self.office)/styles\" Target=\"styles.xml\"/>"
          + "<Relationship Id=\"rt\" Type=\"\(Self.office)/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
          + "</Relationships>"
      ),
      ("xl/styles.xml", Self.styles(formats)),
    ]
    for (number, sheet) in zip(numbers, sheets) {
      let text = "<worksheet xmlns=\"\(Self.main)\"><sheetData>\(sheet.rows)</sheetData>\(sheet.after)</worksheet>"
      parts.append(("xl/worksheets/sheet\(number).xml", text))
    }
    if let strings {
      let items = strings.map { "<si>\($0)</si>" }.joined()
      parts.append(("xl/sharedStrings.xml", "<sst xmlns=\"\(Self.main)\">\(items)</sst>"))
    }
  }

  private static func styles(_ formats: [String]) -> String {
    let codes = formats.enumerated().map {
      "<numFmt numFmtId=\"\(164 + $0)\" formatCode=\"\(escaped($1))\"/>"
    }.joined()
    let styles = formats.indices.map { "<xf numFmtId=\"\(164 + $0)\"/>" }.joined()
    return "<styleSheet xmlns=\"\(main)\"><numFmts>\(codes)</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      + "<cellXfs><xf numFmtId=\"0\"/>\(styles)</cellXfs></styleSheet>"
  }

  private static func escaped(_ text: String) -> String {
    text.map { ["&": "&amp;", "\"": "&quot;", "<": "&lt;"][$0] ?? String($0) }.joined()
  }

  /// An OpenDocument spreadsheet: the XML within `office:spreadsheet`, and the styles before it.
  package init(openDocument tables: String, styles: String = "") {
    let names = ["office", "table", "text", "style"].map {
      "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\""
    }.joined(separator: " ")
    let calc = "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\""
    parts = [
      ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
      (
        "content.xml",
        "<office:document-content \(names) \(calc)><office:automatic-styles>\(styles)</office:automatic-styles>"
          + "<office:body><office:spreadsheet>\(tables)</office:spreadsheet></office:body></office:document-content>"
      ),
    ]
  }
}
