import CZip
import Glibc

/// The parts of a workbook's container, found by name whatever its case and slashes.
final class ZipArchive {
  struct Entry {
    let index: UInt64
    /// As the archive spells it.
    let name: String
    let packed: Int
    let isEncrypted: Bool
  }

  let limits: SpreadsheetLimits
  private(set) var notes: [SpreadsheetNote] = []
  private let handle: OpaquePointer
  private var parts: [String: Entry] = [:]

  /// The descriptor is copied, and read by position only.
  init(descriptor: Int32, extent: ZipExtent, limits: SpreadsheetLimits) throws(SpreadsheetError) {
    self.limits = limits
    if extent.entries > limits.parts {
      throw .bomb(part: "(table of contents)", reason: "\(extent.entries) parts, more than \(limits.parts)")
    }
    handle = try Self.open(descriptor, extent)
    if extent.hasTrailingBytes { note("bytes after the end of the ZIP archive are left out") }
    if extent.start > 0 { note("\(extent.start) bytes before the ZIP archive are left out") }
    try list()
  }

  deinit { zip_discard(handle) }

  private static func open(_ descriptor: Int32, _ extent: ZipExtent) throws(SpreadsheetError) -> OpaquePointer {
    let copy = dup(descriptor)
    guard copy >= 0, let file = fdopen(copy, "rb") else {
      if copy >= 0 { close(copy) }
      throw .read(errno: errno)
    }
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    let length = zip_int64_t(extent.end - extent.start)
    guard let source = zip_source_filep_create(file, zip_uint64_t(extent.start), length, &error) else {
      fclose(file)
      throw .zip(part: nil, reason: "the ZIP archive cannot be opened: \(String(cString: zip_error_strerror(&error)))")
    }
    guard let handle = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw .zip(part: nil, reason: "the ZIP archive is damaged: \(String(cString: zip_error_strerror(&error)))")
    }
    return handle
  }

  private func list() throws(SpreadsheetError) {
    let count = zip_get_num_entries(handle, 0)
    var hasBackslash = false
    for index in 0..<zip_uint64_t(max(0, count)) {
      var status = zip_stat_t()
      guard zip_stat_index(handle, index, 0, &status) == 0, let raw = status.name else {
        throw .zip(part: nil, reason: "the table of contents of the ZIP archive is damaged")
      }
      let name = String(cString: raw)
      if name.utf8.contains(0x5C) { hasBackslash = true }
      let key = partKey(name)
      if key.utf8.last == 0x2F { continue }
      let entry = Entry(
        index: index, name: name, packed: Int(clamping: status.comp_size),
        isEncrypted: status.encryption_method != UInt16(ZIP_EM_NONE))
      if let other = parts.updateValue(entry, forKey: key) {
        throw .zip(part: name, reason: "there twice (also as \(other.name)); which one counts is not decided")
      }
    }
    if hasBackslash { note("part names with backslashes, as some writers leave them") }
  }

  private func note(_ text: String) { notes.append(SpreadsheetNote(code: "W_ZIP", text: text)) }

  var names: some Collection<String> { parts.keys }

  func contains(_ name: String) -> Bool { parts[partKey(name)] != nil }

  /// Opens a part to be read once from its beginning.
  func part(_ name: String) throws(SpreadsheetError) -> ZipPart {
    guard let entry = parts[partKey(name)] else { throw .part(name: name, reason: "this part is missing") }
    if entry.isEncrypted { throw .password }
    guard let file = zip_fopen_index(handle, entry.index, 0) else {
      let reason = String(cString: zip_error_strerror(zip_get_error(handle)))
      throw .zip(part: entry.name, reason: "cannot be unpacked: \(reason)")
    }
    return ZipPart(archive: self, file: file, entry: entry)
  }
}

/// Lower case, forward slashes, none at the front.
func partKey(_ name: String) -> String {
  let bytes = name.utf8.map { $0 == 0x5C ? 0x2F : ($0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0) }
  return String(decoding: bytes.drop { $0 == 0x2F }, as: UTF8.self)
}

/// One part being unpacked, within the limits on what it may grow to.
final class ZipPart {
  let name: String
  private let archive: ZipArchive
  private let file: OpaquePointer
  private let allowed: Int
  private let packed: Int
  private var given = 0

  fileprivate init(archive: ZipArchive, file: OpaquePointer, entry: ZipArchive.Entry) {
    self.archive = archive
    self.file = file
    name = entry.name
    packed = entry.packed
    let limits = archive.limits
    let byRatio = entry.packed.multipliedReportingOverflow(by: limits.ratio)
    allowed = min(limits.partBytes, max(limits.ratioFrom, byRatio.overflow ? Int.max : byRatio.partialValue))
  }

  deinit { zip_fclose(file) }

  /// Fills some of the memory; 0 at the end.
  func read(into target: UnsafeMutableRawPointer, count: Int) throws(SpreadsheetError) -> Int {
    let got = Int(zip_fread(file, target, zip_uint64_t(count)))
    if got < 0 {
      let reason = String(cString: zip_error_strerror(zip_file_get_error(file)))
      throw .zip(part: name, reason: "damaged (\(reason))")
    }
    given += got
    if given > allowed {
      throw .bomb(part: name, reason: "\(packed) packed bytes unpack to more than \(allowed)")
    }
    return got
  }
}

/// Something about a workbook that its reader should be told, with a code that programs can test.
package struct SpreadsheetNote: Sendable, Equatable {
  package let code: String
  package let text: String

  package init(code: String, text: String) {
    self.code = code
    self.text = text
  }
}
