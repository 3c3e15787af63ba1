import Domain
import Pages
import Records

/// What was found out about a document and each of its pages, for a person to read.
extension Explanation {
  package static func text(_ survey: DocumentSurvey) throws(ExtractionError) -> String {
    var lines = [
      "file        \(VisibleText.of(survey.file))", "sha256      \(survey.digest)", "kind        PDF document",
      "status      \(survey.status.rawValue)", "pages       \(survey.pages.map { String($0) } ?? "unknown")",
    ]
    var needs: [Int] = []
    var rows: [String] = []
    try survey.forEachPage { line, number in
      guard let page = JSON.parse(line).flatMap({ Page(json: $0) }) else { return true }
      if page.recognitionNeed != nil { needs.append(number) }
      rows.append("  " + described(page))
      return true
    }
    lines.append("to ocr      " + (needs.isEmpty ? "none" : ranges(needs)))
    lines += survey.faults.map { "fault       \($0.code): \($0.message)" }
    return (lines + rows).joined(separator: "\n") + "\n"
  }

  private static func described(_ page: Page) -> String {
    var parts = ["page \(page.number)", "\(points(page.width)) x \(points(page.height)) pt"]
    if page.rotation != 0 { parts.append("turned by \(page.rotation) degrees") }
    parts.append("\(page.words.count) words")
    let signs = [("image over", page.signs.image), ("hidden", page.signs.hidden), ("broken", page.signs.broken)]
    parts += signs.filter { $0.1 > 0 }.map { "\($0.0) \(($0.1 + 5) / 10) %" }
    if let need = page.recognitionNeed { parts.append("to ocr: \(need.rawValue)") }
    return parts.joined(separator: ", ")
  }

  private static func points(_ thousandths: Int32) -> Int { (Int(thousandths) + 500) / 1000 }

  /// `1-3, 7`.
  private static func ranges(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ", ")
  }
}
