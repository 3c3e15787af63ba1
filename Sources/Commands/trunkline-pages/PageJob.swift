import Glibc
import PDF
import Process

/// What the worker is asked for, and how it ends.
enum PageJob {
  /// Lines of pages from a page on.
  case read(digest: String, first: Int)
  /// A picture of one page.
  case render(page: Int, dpi: Int, format: PagePicture.Format)

  static let usage =
    "trunkline-pages read SHA256 FIRST-PAGE, or render PAGE --dpi N --gray|--png; the document is descriptor 0"

  /// Exit statuses; the callers know them by number.
  enum End: Int32 {
    case done = 0
    case output = 1
    case password = 2
    case damaged = 3
    case tooLarge = 4
  }

  private static let password: Int32 = 3

  init?(_ words: [String]) {
    if words.count == 3, words[0] == "read", words[1].utf8.count == 64, let first = Int(words[2]), first > 0 {
      self = .read(digest: words[1], first: first)
    } else if words.count == 5, words[0] == "render", words[2] == "--dpi", let page = Int(words[1]), page > 0,
      let dpi = Int(words[3]), (18...600).contains(dpi), let format = PagePicture.Format(rawValue: words[4])
    {
      self = .render(page: page, dpi: dpi, format: format)
    } else {
      return nil
    }
  }

  func run() -> End {
    ResourceLimits(cpuSeconds: 1800, memoryBytes: 1 << 30, fileBytes: 16 << 30, seconds: 60).apply()
    PageLines.startClock()
    do throws(PDFError) {
      // Before a file that is opened takes its number.
      let password = Self.given()
      let document = try PDFDocument(descriptor: STDIN_FILENO, password: password)
      switch self {
      case .render(let page, let dpi, let format):
        return try PagePicture(document, page: page, dpi: dpi).write(format)
      case .read(let digest, let first):
        let images = ImageDictionaries(descriptor: STDIN_FILENO)
        return try PageLines(document, digest: digest, images: images).write(from: first)
      }
    } catch {
      switch error {
      case .password: return .password
      case .tooLarge: return .tooLarge
      case .damaged, .noPage: return .damaged
      }
    }
  }

  /// The password on descriptor 3, up to 1 KiB; nil when that is not open.
  private static func given() -> String? {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = pread(password, &bytes, bytes.count, 0)
    return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
  }
}
