import CXLSXWriter
import Glibc

/// An XLSX file being written by libxlsxwriter: the same calls give the same bytes, whatever time zone or locale.
///
/// The file appears under its name, whole and on disk, when `close()` returns; until then nothing of that name changes.
package final class Workbook {
  package struct Properties: Sendable {
    package let title: String
    package let subject: String
    package let author: String
    /// Days since 1970-01-01: the file says it was made on that midnight (UTC).
    package let createdDay: Int

    package init(title: String, subject: String, author: String, createdDay: Int) {
      self.title = title
      self.subject = subject
      self.author = author
      self.createdDay = createdDay
    }
  }

  package let path: String
  /// True when rows leave memory as they are written, in order; then sheets can have no tables.
  package let isStreaming: Bool
  package internal(set) var losses = WorkbookLosses()
  private let temporary: String
  private(set) var handle: UnsafeMutablePointer<lxw_workbook>?
  private var formats: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]
  /// Most cells look like the one before.
  private var last: (style: CellStyle, format: UnsafeMutablePointer<lxw_format>)?
  private var sheetNames: Set<String> = []

  package init(path: String, properties: Properties, isStreaming: Bool = false) throws(WorkbookError) {
    self.path = path
    self.isStreaming = isStreaming
    temporary = Self.temporaryName(path)
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .file(path: path, reason: Self.systemError()) }
    Glibc.close(file)
    var options = lxw_workbook_options()
    options.constant_memory = isStreaming ? 1 : 0
    options.use_zip64 = 0
    handle = workbook_new_opt(temporary, &options)
    guard handle != nil else { throw .file(path: path, reason: "out of memory") }
    set(properties)
  }

  deinit {
    if let handle {
      lxw_workbook_free(handle)
      unlink(temporary)
    }
  }

  private static func temporaryName(_ path: String) -> String {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
    return "\(path[..<slash]).\(path[slash...]).\(getpid()).partial"
  }

  static func systemError() -> String { String(cString: strerror(errno)) }

  private func set(_ properties: Properties) {
    let words: [String] = [properties.title, properties.subject, properties.author, "Trunkline"]
    let texts = words.map { strdup($0) }
    defer { for text in texts { free(text) } }
    var record = lxw_doc_properties()
    record.title = texts[0]
    record.subject = texts[1]
    record.author = texts[2]
    record.company = texts[3]
    // Day 0 would mean "now" to the library.
    record.created = max(1, properties.createdDay) * 86_400
    workbook_set_properties(handle, &record)
  }

  /// Adds a sheet at the end. Names have 1 to 31 characters, none of `[]:*?/\`, and differ in more than case.
  package func addSheet(_ name: String) throws(WorkbookError) -> WorkbookSheet {
    if let reason = Self.fault(inSheetName: name) { throw .sheetName(name, reason: reason) }
    guard sheetNames.insert(name.lowercased()).inserted else { throw .sheetName(name, reason: "it is taken") }
    guard let sheet = HeldSignals.during({ workbook_add_worksheet(handle, name) }) else {
      throw .sheetName(name, reason: "it is refused")
    }
    return WorkbookSheet(name: name, workbook: self, handle: sheet)
  }

  /// Why a text cannot name a sheet; nil when it can.
  package static func fault(inSheetName name: String) -> String? {
    if name.isEmpty { return "it is empty" }
    if name.utf16.count > 31 { return "it has more than 31 characters" }
    if name.contains(where: { "[]:*?/\\".contains($0) }) { return "it holds one of []:*?/\\" }
    return name.hasPrefix("'") || name.hasSuffix("'") ? "it begins or ends with an apostrophe" : nil
  }

  /// Makes a name for a cell, range or constant: `define("TieOut_OK", "=Cover!$B$3")`.
  package func define(_ name: String, _ formula: String) throws(WorkbookError) {
    try check(workbook_define_name(handle, name, formula), "the name \(name)")
  }

  func format(_ style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
    if let last, last.style == style { return last.format }
    if let known = formats[style] {
      last = (style, known)
      return known
    }
    guard let format = newFormat() else { return nil }
    formats[style] = format
    style.apply(to: format)
    return format
  }

  func newFormat() -> UnsafeMutablePointer<lxw_format>? { workbook_add_format(handle) }

  func check(_ code: lxw_error, _ what: @autoclosure () -> String) throws(WorkbookError) {
    if code != LXW_NO_ERROR { throw .refused(what: what(), reason: String(cString: lxw_strerror(code))) }
  }

  /// Writes the file, gives it to the disk, and puts it in the place of any older one.
  package func close() throws(WorkbookError) {
    guard let open = handle else { return }
    handle = nil
    formats = [:]
    last = nil
    let code = HeldSignals.during { workbook_close(open) }
    guard code == LXW_NO_ERROR else {
      unlink(temporary)
      throw .file(path: path, reason: String(cString: lxw_strerror(code)))
    }
    try Durable.publish(temporary, as: path)
  }
}

/// Files that are whole or absent, also after a power cut.
package enum Durable {
  /// Writes bytes beside `path`, then publishes them under it.
  package static func write(_ bytes: [UInt8], to path: String) throws(WorkbookError) {
    do {
      try write(to: path) { file in
        var rest = bytes[...]
        while !rest.isEmpty {
          let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
          if count < 0, errno == EINTR { continue }
          guard count >= 0 else { throw WorkbookError.file(path: path, reason: Workbook.systemError()) }
          rest = rest.dropFirst(count)
        }
      }
    } catch {
      throw error as? WorkbookError ?? .file(path: path, reason: "\(error)")
    }
  }

  /// Lends a file beside `path` to be written, then publishes it under it; nothing is left of a body that throws.
  package static func write(to path: String, _ body: (Int32) throws -> Void) throws {
    let temporary = "\(path).\(getpid()).partial"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw WorkbookError.file(path: path, reason: Workbook.systemError()) }
    do {
      defer { Glibc.close(file) }
      try body(file)
    } catch {
      unlink(temporary)
      throw error
    }
    try publish(temporary, as: path)
  }

  /// fsync, rename, fsync of the folder; the temporary file is gone where one of them fails.
  static func publish(_ temporary: String, as path: String) throws(WorkbookError) {
    do throws(WorkbookError) { try place(temporary, at: path) } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func place(_ temporary: String, at path: String) throws(WorkbookError) {
    let file = open(temporary, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { throw .file(path: path, reason: Workbook.systemError()) }
    let mask = umask(0)
    umask(mask)
    let isSynced = fsync(file) == 0 && fchmod(file, 0o666 & ~mask) == 0
    let reason = Workbook.systemError()
    Glibc.close(file)
    guard isSynced else { throw .file(path: path, reason: reason) }
    guard rename(temporary, path) == 0 else { throw .file(path: path, reason: Workbook.systemError()) }
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = open(slash.map { String(path[...$0]) } ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    Glibc.close(folder)
  }
}
