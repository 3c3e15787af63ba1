import Glibc
import PDF
import Pages
import Process
import Records

/// A page drawn to standard output.
struct PagePicture {
  /// What it is asked for by.
  enum Format: String {
    /// A gray map, `P5` of the netpbm formats.
    case gray = "--gray"
    case png = "--png"
  }

  private let image: PageImage

  init(_ document: PDFDocument, page: Int, dpi: Int) throws(PDFError) {
    ResourceLimits.allow(cpuSeconds: ReadingLimits.pictureSeconds, seconds: ReadingLimits.pictureSeconds * 6)
    image = try PageImage(document.page(page), dpi: dpi)
  }

  func write(_ format: Format) -> PageJob.End {
    var out = ByteWriter(descriptor: STDOUT_FILENO)
    switch format {
    case .gray:
      out.raw("P5\n\(image.width) \(image.height)\n255\n")
      image.forEachGrayRow { out.bytes($0) }
    case .png:
      _ = image.writePNG { part in
        out.bytes(part)
        return !out.broken
      }
    }
    do throws(WireError) { try out.flush() } catch { return .output }
    return .done
  }
}
