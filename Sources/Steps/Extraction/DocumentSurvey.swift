import Digest
import Domain
import Glibc
package import Pages
import Records

/// A document read once: its pages as lines in a file without a name, and what could not be read of it.
package struct DocumentSurvey {
  /// So many pages may take too long, or break the reader off, before the rest is given up.
  private static let mostTimeouts = 3
  private static let mostBreaks = 20

  package let digest: String
  package let file: String
  let bytes: Int
  /// The id of the run: the same for the same bytes.
  package let run: String
  /// How many files the command was given.
  package var sources = 1
  /// What the document says of the number of its pages; nil when it could not be opened.
  package private(set) var pages: Int?
  package private(set) var status = DocumentStatus.ok
  /// In order of pages; one without a page is the whole document's.
  package private(set) var faults: [DocumentFault] = []
  private let spool: Spool
  private var lines: Int32 { spool.descriptor }

  private final class Spool {
    let descriptor: Int32
    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }
  }

  /// Reads all pages; a page that cannot be read costs only itself.
  package init(_ source: borrowing SourceFile, temporary: String, read: PageReading) throws(ExtractionError) {
    digest = try source.digest()
    file = source.name
    bytes = source.byteCount
    run = String(SHA256.hex(of: "extract\n\(digest)\npages\n").prefix(16))
    spool = try Spool(unnamedFile(in: temporary, for: source.path))
    if bytes > ReadingLimits.bytes {
      fail(.tooLarge)
    } else {
      try readAll(source, read)
    }
    if !source.isUnchanged { throw .changed(path: source.path, begun: false) }
  }

  private mutating func readAll(_ source: borrowing SourceFile, _ read: PageReading) throws(ExtractionError) {
    var (first, timeouts, breaks) = (1, 0, 0)
    var hasWords = false
    while true {
      let begin = lseek(lines, 0, SEEK_CUR)
      let end = read(source.descriptor, digest, first, lines)
      if case .failed(let words) = end { throw .reader(path: source.path, words) }
      let seen = try look(from: begin, at: first, source.path)
      hasWords = hasWords || seen.hasWords
      first = seen.next
      guard let cause = Self.cause(end) else { break }
      guard let pages, first <= pages else {
        if pages == nil { return fail(cause) }
        break
      }
      if cause == .timedOut { timeouts += 1 } else { breaks += 1 }
      faults.append(DocumentFault(cause: cause, page: first))
      first += 1
      if timeouts == Self.mostTimeouts || breaks == Self.mostBreaks {
        for page in first..<max(first, pages + 1) { faults.append(DocumentFault(cause: .givenUp, page: page)) }
        break
      }
    }
    if faults.count == pages { status = faults[0].status } else if !hasWords { status = .noText }
  }

  private mutating func fail(_ cause: DocumentFault.Cause) {
    let isNamedAsTable = [".csv", ".tsv", ".txt", ".xlsx", ".ods"].contains(where: file.lowercased().hasSuffix)
    let fault = DocumentFault(cause: cause == .damaged && isNamedAsTable ? .namedAsTable : cause, page: nil)
    faults = [fault]
    status = fault.status
  }

  private static func cause(_ end: PageReadingEnd) -> DocumentFault.Cause? {
    switch end {
    case .done, .failed: nil
    case .password: .password
    case .damaged: .damaged
    case .tooLarge: .tooLarge
    case .timedOut: .timedOut
    case .broken(let words): .broken(words)
    }
  }

  /// Takes in what one run of the reader wrote; a line it did not finish is cut off.
  private mutating func look(
    from begin: off_t, at first: Int, _ path: String
  ) throws(ExtractionError) -> (next: Int, hasWords: Bool) {
    var (next, hasWords) = (first, false)
    var whole = begin
    var pages = pages
    var faults: [DocumentFault] = []
    try forEachLine(from: begin, path) { line, end in
      switch PageLine(line, digest: digest) {
      case .count(let count) where pages == nil || pages == count: pages = count
      case .page(next, let words):
        hasWords = hasWords || words
        next += 1
      case .fault(next, let cause):
        faults.append(DocumentFault(cause: cause, page: next))
        next += 1
      case .count, .page, .fault, nil: return false
      }
      whole = end
      return true
    }
    self.pages = pages
    self.faults += faults
    guard ftruncate(lines, whole) == 0, lseek(lines, whole, SEEK_SET) == whole else {
      throw .system(call: "write", path: path, errno: errno)
    }
    return (next, hasWords)
  }

  /// Lends each whole line, with the offset behind it, until `body` answers false.
  private func forEachLine(
    from begin: off_t, _ path: String, _ body: (Bytes, off_t) -> Bool
  ) throws(ExtractionError) {
    let size = lseek(lines, 0, SEEK_END)
    guard lseek(lines, begin, SEEK_SET) == begin else { throw .system(call: "read", path: path, errno: errno) }
    var reader = LineReader(descriptor: lines)
    var offset = begin
    do throws(WireError) {
      while let line = try reader.next() {
        offset += off_t(line.count + 1)
        if offset > size || !body(line, offset) { return }
      }
    } catch {
      throw .output(error)
    }
  }

  /// Lends the record of each page that was read, in order.
  func forEachPage(_ body: (Bytes, Int) -> Bool) throws(ExtractionError) {
    try forEachLine(from: 0, file) { line, _ in
      guard case .page(let number, _) = PageLine(line, digest: digest) else { return true }
      return body(line, number)
    }
  }
}
