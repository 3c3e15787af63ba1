import Pages
import TestSupport

/// PDFs whose pages are pictures, made from pages that were drawn, and what the chain reads of them.
struct ScannedPDF {
  /// Thousandths of a point a pixel has at 200 an inch.
  static let pixel: Int32 = 360

  private(set) var pdf = TestPDF([])

  /// A page that shows the picture, turned when it is shown by so many degrees clockwise; `text` stands over it.
  mutating func add(_ page: DrawnPage, rotation: Int = 0, text: String = "") {
    let name = "Im\(pdf.images.count)"
    let (width, height) = (page.width * 36, page.height * 36)
    var sheet = TestPDF.Page("q \(Self.points(width)) 0 0 \(Self.points(height)) 0 0 cm /\(name) Do Q \(text)")
    sheet.rotation = rotation
    sheet.media = "0 0 \(Self.points(width)) \(Self.points(height))"
    pdf.images.append((name, "\(4 + pdf.objects.count) 0 R"))
    pdf.objects.append(Self.image(page))
    pdf.pages.append(sheet)
  }

  /// A page of the document's own.
  mutating func add(_ page: TestPDF.Page) { pdf.pages.append(page) }

  /// A font `F2` whose letters the document translates by a map of its own.
  mutating func addFont(map: String) {
    let first = 4 + pdf.objects.count
    pdf.fonts = "/F2 \(first) 0 R"
    pdf.objects += [
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode \(first + 1) 0 R>>",
      "<</Length \(map.utf8.count)>>stream\n\(map)\nendstream",
    ]
  }

  /// Hundredths, as a PDF writes them.
  private static func points(_ hundredths: Int) -> String {
    "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  private static func image(_ page: DrawnPage) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(page.pixels.count * 2 + 1)
    for pixel in page.pixels {
      bytes.append(digits[Int(pixel >> 4)])
      bytes.append(digits[Int(pixel & 15)])
    }
    bytes.append(UInt8(ascii: ">"))
    return
      "<</Type/XObject/Subtype/Image/Width \(page.width)/Height \(page.height)/ColorSpace/DeviceGray/BitsPerComponent 8"
      + "/Filter/ASCIIHexDecode/Length \(bytes.count)>>stream\n\(String(decoding: bytes, as: UTF8.self))\nendstream"
  }

  /// What `extract` and then `ocr` say of it.
  func read(in folder: TemporaryFolder, _ options: String = "") throws -> (found: ReadScan, extracted: ReadScan) {
    try folder.write(pdf.bytes, to: "paper.pdf")
    let extracted = try shell(
      "trunkline-extract --documents kept --rejects rejects paper.pdf >extracted.jsonl", folder: folder.path)
    let outcome = try shell(
      "trunkline-ocr --documents kept \(options) <extracted.jsonl >read.jsonl", folder: folder.path)
    return (
      try ReadScan(folder, "read.jsonl", status: outcome.status, errors: outcome.stderr),
      try ReadScan(folder, "extracted.jsonl", status: extracted.status, errors: extracted.stderr)
    )
  }
}
