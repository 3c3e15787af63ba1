import Pages
import Records
import TestSupport
import Testing

/// PDFs made to do harm: each gets a status, and the good one behind them is read.
struct HostilePDFTests {
  private static let text = "BT /F1 12 Tf 72 720 Td (still here) Tj ET "
  private static let draw = "q 612 0 0 792 0 0 cm /X Do Q "

  /// A page whose `X` is the first object, numbered 4.
  private static func page(_ content: String, _ objects: [String] = [], fonts: String = "") -> TestPDF {
    var pdf = TestPDF([.init(content)])
    pdf.objects = objects
    pdf.images = objects.isEmpty ? [] : [("X", "4 0 R")]
    pdf.fonts = fonts
    return pdf
  }

  private static func stream(_ dictionary: String, _ content: String) -> String {
    "<<\(dictionary)/Length \(content.utf8.count)>>stream\n\(content)\nendstream"
  }

  private static func media(_ box: String) -> TestPDF {
    var pdf = page(text)
    pdf.pages[0].media = box
    return pdf
  }

  private static func image(_ side: Int, _ filter: String, _ data: String) -> TestPDF {
    page(
      draw + text,
      [
        stream(
          "/Type/XObject/Subtype/Image/Width \(side)/Height \(side)/BitsPerComponent 8/ColorSpace/DeviceGray\(filter)",
          data)
      ])
  }

  /// Forms in forms, each of which shows the next so many times.
  private static func forms(_ depth: Int, times: Int) -> TestPDF {
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources"
    let link = String(repeating: "/X Do ", count: times)
    let chain = (0..<depth).map { stream("\(form)<</XObject<</X \(5 + $0) 0 R>>>>", link) }
    return page(
      text + "/X Do",
      chain + [stream("\(form)<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>", text)])
  }

  private static func tree(_ from: String, with to: String) -> [UInt8] {
    Array(String(decoding: page(text).bytes, as: UTF8.self).replacing(from, with: to).utf8)
  }

  private static var files: [(name: String, bytes: [UInt8])] {
    let fonts = (0..<2000).map { "/G\($0)<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>" }.joined()
    let uses = (0..<2000).map { "BT /G\($0) 9 Tf 72 \(700 - $0 % 60 * 10) Td (w\($0)) Tj ET" }.joined(separator: " ")
    let itself = "/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X 4 0 R>>>>"
    let pdfs: [(String, TestPDF)] = [
      ("media-huge", media("0 0 1000000000 1000000000")), ("media-long", media("0 0 1 999999")),
      ("media-negative", media("0 0 -5 -5")), ("media-words", media("a b (c) null")),
      ("fonts", page(uses, fonts: fonts)), ("form-itself", page(text + "/X Do", [stream(itself, "/X Do /X Do")])),
      ("forms-deep", forms(300, times: 1)), ("forms-many", forms(30, times: 4)),
      ("image-huge", image(100_000, "/Filter/ASCIIHexDecode", "ff>")),
      ("jbig2", image(60_000, "/Filter/JBIG2Decode", String(repeating: "U", count: 400))),
      ("jpx", image(60_000, "/Filter/JPXDecode", String(repeating: "Z", count: 400))),
      ("states", page(String(repeating: "q ", count: 100_000) + text)),
      ("arrays", page(String(repeating: "[", count: 100_000) + text)),
    ]
    let trees: [(name: String, bytes: [UInt8])] = [
      ("kids-loop", tree("/Kids[4 0 R]", with: "/Kids[2 0 R]")), ("count", tree("/Count 1", with: "/Count 2000000000")),
      ("xref", tree("startxref\n", with: "startxref\n99")),
      ("itself", tree("/Contents 5 0 R", with: "/Contents 4 0 R")),
    ]
    let all = pdfs.map { (name: $0.0, bytes: $0.1.bytes) } + trees
    return all.map { ($0.name + ".pdf", $0.bytes) } + [("zz-good.pdf", TestPDF(lines: ["the last one is read"]).bytes)]
  }

  @Test func everyOneHasAnOutcomeAndTheGoodOneIsRead() throws {
    let files = Self.files
    let found = try Documents(files)
    #expect(found.status == 10)
    #expect(found.records.compactMap { $0["filename"]?.text } == files.map(\.name))
    #expect(found.statuses.allSatisfy { DocumentStatus(rawValue: $0) != nil } && found.statuses.count == files.count)
    #expect(found.counts.count == files.count && found.counts.allSatisfy(\.balanced))
    #expect(found.texts.last == "the last one is read\n")
    // Of what does no harm to the text, the text is there.
    let texts = Dictionary(
      uniqueKeysWithValues: zip(found.records, found.records.indices).map { ($0["sha256"]?.text ?? "", $1) })
    let names = found.pages.filter { String(decoding: $0.text, as: UTF8.self).contains("still here") }.compactMap {
      page in texts[page.document].flatMap { found.records[$0]["filename"]?.text }
    }
    for name in [
      "form-itself.pdf", "forms-deep.pdf", "image-huge.pdf", "jbig2.pdf", "jpx.pdf", "states.pdf", "xref.pdf",
    ] {
      #expect(names.contains(name), "\(name) of \(names)")
    }
  }

  /// A bit here and there, at places the seed says; the same ones each time.
  @Test func mutatedDocumentsAreReadOrRefused() throws {
    var random = SplitMix64(seed: 11)
    let whole = Self.forms(3, times: 2).bytes
    let files = (10..<50).map { number in
      var bytes = whole
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        bytes[Int.random(in: 9..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if number % 4 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count - 9, using: &random)) }
      return (name: "\(number).pdf", bytes: bytes)
    }
    let found = try Documents(files)
    #expect([0, 10].contains(found.status) && found.statuses.count == files.count)
    #expect(found.statuses.allSatisfy { DocumentStatus(rawValue: $0) != nil } && found.counts.allSatisfy(\.balanced))
    #expect(found.statuses.contains("ok"))
  }
}
