import CLI
import Glibc
import Pages
import Process
import Records
import Review

/// The originals that quotes stand in: their pages as text and as pictures, read by a process of their own.
struct Originals {
  private static let dotsPerInch = 130
  private let store: DocumentStore?

  init(_ invocation: Invocation) throws {
    store = try invocation.documentFolder().map { DocumentStore(folder: $0) }
  }

  /// The quoted pages of every document that is here; what cannot be read is left out.
  func pages(_ quoted: [String: Set<Int>]) throws -> [DocumentPages] {
    try quoted.sorted { $0.key < $1.key }.compactMap { digest, numbers in
      var count = 0
      var pages: [Page] = []
      let status = try work(digest, ["read", digest, "1"]) { output in
        var lines = LineReader(descriptor: output)
        while let line = try lines.next() {
          guard let json = JSON.parse(line) else { continue }
          if let total = json["pages"]?.int { count = total }
          if let number = json["page"]?.int, numbers.contains(number), let page = Page(json: json) {
            pages.append(page)
          }
        }
      }
      return status == nil ? DocumentPages(document: digest, count: count, pages: pages) : nil
    }
  }

  /// A quoted page as a picture, or why there is none.
  func view(of page: QuotedPage) throws -> PageView {
    var png: [UInt8] = []
    let words = ["render", String(page.number), "--dpi", String(Self.dotsPerInch), "--png"]
    if let why = try work(page.document, words, { png = try Self.all($0) }) { return .none(why) }
    guard let size = PNGSize(png) else { return .none("The picture of this page could not be drawn.") }
    // A pixel of 130 dots an inch, in thousandths of a point.
    func points(_ pixels: Int) -> Int32 { Int32(clamping: pixels * 72_000 / Self.dotsPerInch) }
    return .image(PageImage(png: png, width: points(size.width), height: points(size.height)))
  }

  /// Where an original is, for whoever wants to open it by other means.
  func place(of quote: ReviewItem.Quote) -> String {
    guard let store else { return "the folder of originals is not named: give --documents DIR" }
    return "page \(quote.evidence.page) of \(store.path(of: quote.evidence.document))"
  }

  /// Runs the worker on an original and lends what it says; answers why that could not be, as a sentence.
  private func work(_ digest: String, _ words: [String], _ body: (Int32) throws -> Void) throws -> String? {
    guard let store else { return "The folder of originals is not named (--documents)." }
    guard case .success(let file) = Result(catching: { () throws(DocumentStore.Failure) in try store.open(digest) })
    else {
      return "The original is not in the folder of originals, or not as it was."
    }
    defer { close(file) }
    let said = try Self.temporaryFile()
    defer { close(said) }
    let child = ChildProcess(
      Chain.besideProgram("trunkline-pages"), words, descriptors: [(file, STDIN_FILENO), (said, STDOUT_FILENO)])
    guard case .success(let end) = Result(catching: { try child.run() }) else {
      return "The program that draws pages, trunkline-pages, is not here."
    }
    lseek(said, 0, SEEK_SET)
    if end == .exited(0) { try body(said) }
    return end == .exited(0) ? nil : "The page could not be read from the original."
  }

  /// A file without a name, gone with the program.
  private static func temporaryFile() throws(Failure) -> Int32 {
    let folder = Environment.process["TMPDIR"] ?? "/tmp"
    var name = Array((folder + "/trunkline-review.XXXXXX").utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw Failure(.failed, "no temporary file: " + SystemError.text(errno), place: folder) }
    unlink(name)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    return file
  }

  private static func all(_ file: Int32) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    try blocks(of: file) { bytes.append(contentsOf: $0) }
    return bytes
  }

  private static func blocks(of file: Int32, _ body: (UnsafeRawBufferPointer) -> Void) throws(Failure) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = read(file, block.baseAddress, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(.noInput, SystemError.text(errno)) }
      if count == 0 { return }
      body(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }
}

/// Width and height in pixels from the head of a PNG file; nil for anything else.
struct PNGSize {
  let width: Int
  let height: Int

  init?(_ png: [UInt8]) {
    guard png.count > 24, png.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
    width = png[16..<20].reduce(0) { $0 << 8 | Int($1) }
    height = png[20..<24].reduce(0) { $0 << 8 | Int($1) }
    guard width > 0, height > 0 else { return nil }
  }
}
