import Glibc

/// Tells by content what a file is, and opens it when it is a ZIP archive.
enum Container {
  enum Content {
    /// XLSX, with the name of its workbook part.
    case workbook(String)
    case openDocument
  }

  private static let oleSignature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  static func recognises(_ descriptor: Int32) throws(SpreadsheetError) -> Bool {
    let head = try readBytes(descriptor, at: 0, count: 8)
    if head == oleSignature || head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
      return true
    }
    return try ZipExtent(descriptor: descriptor, size: size(descriptor)).map { $0.entries > 0 } ?? false
  }

  private static func size(_ descriptor: Int32) throws(SpreadsheetError) -> Int {
    var status = stat()
    if fstat(descriptor, &status) != 0 { throw .read(errno: errno) }
    return Int(status.st_size)
  }

  static func open(_ descriptor: Int32, _ limits: SpreadsheetLimits) throws(SpreadsheetError) -> ZipArchive {
    let size = try size(descriptor)
    if size > limits.fileBytes { throw .fileTooLarge(bytes: size, limit: limits.fileBytes) }
    if try readBytes(descriptor, at: 0, count: 8) == oleSignature { throw try ole(descriptor, size) }
    guard let extent = try ZipExtent(descriptor: descriptor, size: size) else {
      throw .zip(part: nil, reason: "the ZIP archive is cut short: its table of contents is missing")
    }
    return try ZipArchive(descriptor: descriptor, extent: extent, limits: limits)
  }

  /// An OLE2 container is a workbook with a password or an XLS, told apart by the names in its directory.
  private static func ole(_ descriptor: Int32, _ size: Int) throws(SpreadsheetError) -> SpreadsheetError {
    let step = 1 << 20
    var at = 0
    while at < min(size, 64 << 20) {
      let bytes = try readBytes(descriptor, at: at, count: step)
      if contains(bytes, "EncryptedPackage") || contains(bytes, "EncryptionInfo") { return .password }
      if contains(bytes, "Workbook") || contains(bytes, "Book") {
        return .oldFormat("an XLS workbook of Excel 97 to 2003")
      }
      if contains(bytes, "WordDocument") { return .otherKind("a Word document", hint: "export its table as CSV") }
      if bytes.count < step { break }
      at += step
    }
    return size < 4096
      ? .password : .otherKind("an OLE2 file that is no workbook", hint: "export the table as XLSX or CSV")
  }

  /// Entries of an OLE2 directory begin at multiples of 128 bytes, with their name in UTF-16, in any case.
  private static func contains(_ bytes: [UInt8], _ name: String) -> Bool {
    var wanted: [UInt8] = []
    for byte in name.utf8 { wanted += [byte | 0x20, 0] }
    wanted += [0, 0]
    return stride(from: 0, to: bytes.count, by: 128).contains { start in
      bytes[start...].prefix(wanted.count).elementsEqual(wanted) { $0 == $1 || ($0 | 0x20 == $1 && $1 != 0x20) }
    }
  }

  static func kind(of archive: ZipArchive) throws(SpreadsheetError) -> Content {
    if archive.contains("content.xml"), archive.contains("mimetype") || archive.contains("META-INF/manifest.xml") {
      try checkOpenDocument(archive)
      return .openDocument
    }
    let main = try Relationships.of("", in: archive).target("officeDocument")
    if let main, partKey(main).hasSuffix(".bin") { throw .oldFormat("an XLSB workbook") }
    if archive.contains("xl/workbook.bin") { throw .oldFormat("an XLSB workbook") }
    if let main, archive.contains(main) {
      let folder = partKey(main).split(separator: "/").first.map { String($0) } ?? ""
      if folder == "word" { throw .otherKind("a Word document", hint: "export its table as XLSX or CSV") }
      if folder == "ppt" { throw .otherKind("a PowerPoint presentation", hint: "export its table as XLSX or CSV") }
      return .workbook(main)
    }
    if archive.contains("xl/workbook.xml") { return .workbook("xl/workbook.xml") }
    throw unknown(archive, main)
  }

  private static func unknown(_ archive: ZipArchive, _ main: String?) -> SpreadsheetError {
    let names = archive.names
    if let main { return .part(name: main, reason: "the workbook part is missing") }
    if names.contains(where: { $0.hasPrefix("xl/") }) {
      return .part(name: "xl/workbook.xml", reason: "the workbook part is missing")
    }
    if names.contains(where: { $0.hasPrefix("word/") }) {
      return .otherKind("a Word document", hint: "export its table as XLSX or CSV")
    }
    if names.contains(where: { $0.hasPrefix("index/") && $0.hasSuffix(".iwa") }) {
      return .otherKind("an Apple Numbers document", hint: "export it as XLSX from Numbers")
    }
    let tables = names.filter { $0.hasSuffix(".csv") || $0.hasSuffix(".xlsx") || $0.hasSuffix(".ods") }.sorted()
    if let first = tables.first {
      return .otherKind("a ZIP archive with \(first) inside", hint: "unpack it and give the files in it")
    }
    return .otherKind("a ZIP archive without a workbook", hint: "unpack it, or save the table as XLSX")
  }

  private static func checkOpenDocument(_ archive: ZipArchive) throws(SpreadsheetError) {
    if archive.contains("mimetype") {
      let type = try content(of: archive.part("mimetype"))
      let base = "application/vnd.oasis.opendocument."
      if type.hasPrefix(base), !type.hasPrefix(base + "spreadsheet") {
        let kind = type.dropFirst(base.utf8.count)
        throw .otherKind("an OpenDocument \(kind) file", hint: "export its table as XLSX or CSV")
      }
    }
    guard archive.contains("META-INF/manifest.xml") else { return }
    var isEncrypted = false
    do throws(SpreadsheetError) {
      try ElementSink.read("META-INF/manifest.xml", of: archive) { element, _ in
        if element.isNamed("encryption-data") { isEncrypted = true }
      }
    } catch {
      // Older writers declare a document type here; whether the content can be read shows by itself.
      guard case .dtd = error else { throw error }
    }
    if isEncrypted { throw .password }
  }

  private static func content(of part: ZipPart) throws(SpreadsheetError) -> String {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 1)
    defer { memory.deallocate() }
    guard let base = memory.baseAddress else { return "" }
    var count = 0
    while count < memory.count {
      let got = try part.read(into: base + count, count: memory.count - count)
      if got == 0 { break }
      count += got
    }
    return String(decoding: memory[..<count], as: UTF8.self)
  }
}

/// The table of contents of an OpenDocument spreadsheet, which is its content itself.
enum ODSContents {
  static func sheets(_ archive: ZipArchive) throws(SpreadsheetError) -> [SpreadsheetSheet] {
    var hiddenStyles: Set<String> = []
    var style = ""
    var bodyDepth = 0
    var sheets: [SpreadsheetSheet] = []
    let limit = archive.limits.sheets
    try ElementSink.read("content.xml", of: archive) { element, control in
      if element.isNamed("table-cell") || element.isNamed("table-row") { return }
      if element.isNamed("style") {
        style = element.string("name") ?? ""
      } else if element.isNamed("table-properties"), element.string("display") == "false" {
        hiddenStyles.insert(style)
      } else if element.isNamed("spreadsheet") {
        bodyDepth = control.depth
      } else if bodyDepth > 0, control.depth == bodyDepth + 1, element.isNamed("table") {
        if sheets.count == limit {
          return control.fail(.bomb(part: "content.xml", reason: "more than \(limit) sheets"))
        }
        let isHidden = element.string("style-name").map { hiddenStyles.contains($0) } ?? false
        sheets.append(
          SpreadsheetSheet(
            name: element.string("name") ?? "", number: sheets.count + 1, visibility: isHidden ? .hidden : .visible,
            content: .cells))
      }
    }
    if sheets.isEmpty { throw .part(name: "content.xml", reason: "the workbook has no sheets") }
    return sheets
  }
}
