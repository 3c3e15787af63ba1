/// A small PDF as bytes, from the instructions of its pages; each file of a test is made by the test.
package struct TestPDF {
  /// One page: its instructions, and what stands in its dictionary beside them.
  package struct Page {
    package var content: [UInt8]
    package var rotation = 0
    package var media = "0 0 612 792"
    package var crop: String?
    /// References to annotations among `objects`, as `5 0 R`.
    package var annotations: [String] = []

    package init(_ content: String, rotation: Int = 0, crop: String? = nil, annotations: [String] = []) {
      self.content = Array(content.utf8)
      self.rotation = rotation
      self.crop = crop
      self.annotations = annotations
    }

    /// Lines of 12 point Helvetica, from a place downwards 14 points each.
    package init(lines: [String], x: Int = 72, y: Int = 720, rotation: Int = 0, crop: String? = nil) {
      self.init(TestPDF.lines(lines, x: x, y: y), rotation: rotation, crop: crop)
    }
  }

  package var pages: [Page]
  /// Further objects, numbered from 4: images, annotations, form fields.
  package var objects: [String] = []
  /// Names of images for the instructions: `Do` draws them.
  package var images: [(name: String, reference: String)] = []
  /// Further fonts: `/F2 4 0 R`.
  package var fonts = ""
  package var catalog = ""
  package var trailer = ""

  package init(_ pages: [Page]) { self.pages = pages }

  /// One page with these lines.
  package init(lines: [String]) { pages = [Page(lines: lines)] }

  package static func lines(_ lines: [String], x: Int = 72, y: Int = 720, mode: Int = 0) -> String {
    let shown = lines.map { "(\(escaped($0))) Tj T*" }.joined(separator: " ")
    return "BT /F1 12 Tf 14 TL \(mode) Tr \(x) \(y) Td \(shown) ET"
  }

  private static func escaped(_ text: String) -> String {
    text.map { "()\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// A gray image of 8 by 8 whose dictionary claims more.
  package static func image(width: Int = 1700, height: Int = 2200) -> String {
    let bytes = String(repeating: "ff", count: 8) + ">"
    return "<</Type/XObject/Subtype/Image/Width \(width)/Height \(height)/ColorSpace/DeviceGray/BitsPerComponent 8"
      + "/Filter/ASCIIHexDecode/Length \(bytes.utf8.count)>>stream\n\(bytes)\nendstream"
  }

  package var bytes: [UInt8] {
    let first = 4 + objects.count
    let kids = pages.indices.map { "\(first + $0 * 2) 0 R" }.joined(separator: " ")
    let named = images.map { "/\($0.name) \($0.reference)" }.joined()
    let shared = [
      "<</Type/Catalog/Pages 2 0 R\(catalog)>>",
      "<</Type/Pages/Kids[\(kids)]/Count \(pages.count)>>",
      "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\(fonts)>>/XObject<<\(named)>>>>",
    ]
    var all = (shared + objects).map { Array($0.utf8) }
    for (index, page) in pages.enumerated() {
      let crop = page.crop.map { "/CropBox[\($0)]" } ?? ""
      let notes = page.annotations.isEmpty ? "" : "/Annots[\(page.annotations.joined(separator: " "))]"
      let dictionary =
        "<</Type/Page/Parent 2 0 R/MediaBox[\(page.media)]\(crop)/Rotate \(page.rotation)"
        + "/Contents \(first + index * 2 + 1) 0 R/Resources 3 0 R\(notes)>>"
      all.append(Array(dictionary.utf8))
      all.append(Array("<</Length \(page.content.count)>>stream\n".utf8) + page.content + Array("\nendstream".utf8))
    }
    return Self.file(all, trailer: trailer)
  }

  private static func file(_ objects: [[UInt8]], trailer: String) -> [UInt8] {
    var bytes = Array("%PDF-1.7\n".utf8)
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(bytes.count)
      bytes += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    let start = bytes.count
    let entries = offsets.map { offset in
      let digits = String(offset)
      return String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    bytes += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n\(entries.joined())".utf8)
    bytes += Array(
      "trailer\n<</Size \(objects.count + 1)/Root 1 0 R\(trailer)>>\nstartxref\n\(start)\n%%EOF\n".utf8)
    return bytes
  }
}
