import CLI
import Glibc
import Pages
import Process
import Records
import Review
import Scratch

/// The originals that quotes stand in: their pages as text and as pictures, read by a process of their own.
struct Originals {
  private static let dotsPerInch = 130
  /// Bytes of a picture, more than any page of this size has.
  private static let longest = 64 << 20
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
    if let why = try work(page.document, words, { png = OpenFile.all(of: $0, limit: Self.longest) ?? [] }) {
      return .none(why)
    }
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

  /// Where the worker's answer is kept until it has ended.
  private func spool() throws(Failure) -> Int32 {
    let folder = Environment.process["TMPDIR"] ?? "/tmp"
    do throws(TemporaryPlace.Failure) {
      return try TemporaryPlace.file(in: folder, named: "trunkline-review")
    } catch {
      throw Failure(.failed, "no temporary file: " + SystemError.text(error.errno), place: folder)
    }
  }

  /// Runs the worker on an original and lends what it says; answers why that could not be, as a sentence.
  private func work(_ digest: String, _ words: [String], _ body: (Int32) throws -> Void) throws -> String? {
    guard let store else { return "The folder of originals is not named (--documents)." }
    guard case .success(let file) = Result(catching: { () throws(DocumentStore.Failure) in try store.open(digest) })
    else {
      return "The original is not in the folder of originals, or not as it was."
    }
    defer { close(file) }
    let said = try spool()
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
