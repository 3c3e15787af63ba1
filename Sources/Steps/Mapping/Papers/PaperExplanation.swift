import Domain
import Model
import Records

/// What was read from an agreement, as people read it: each value with its page, confidence, doubts and words.
struct PaperExplanation {
  private static let width = 24
  private static let longest = 100
  let lines: [String]

  init(_ group: PaperGroup, file: String) {
    var lines = ["\(file), pages \(group.pages.lowerBound)-\(group.pages.upperBound):"]
    for record in group.records {
      let number = record.value("line_no")?.int.map { " \($0)" } ?? ""
      let name = Inventory.entity(record.stream)?.singular ?? record.stream
      lines.append("  \(name)\(number)")
      for member in record.provenance {
        lines.append("    " + Self.line(member, record))
      }
      for issue in record.issues {
        lines.append("    \(issue.code)  \(issue.message)" + (issue.value.isEmpty ? "" : ": \(issue.value)"))
      }
    }
    self.lines = lines.map(VisibleText.of)
  }

  private static func line(_ member: JSON.Member, _ record: PaperRecord) -> String {
    let quote = member.value["quote"]?.text ?? ""
    let doubts = (member.value["doubts"]?.items ?? []).compactMap(\.text)
    let shown = quote.count > longest ? quote.prefix(longest - 3) + "..." : quote
    return padded(member.name) + padded(value(member.name, record)) + "p.\(member.value["page"]?.int ?? 0)  "
      + "conf \(Self.confidence(member.value["conf"]?.int ?? 0))  "
      + (doubts.isEmpty ? "" : doubts.joined(separator: " ") + "  ") + "\"\(shown)\""
  }

  private static func value(_ name: String, _ record: PaperRecord) -> String {
    guard let value = record.value(name) else { return "" }
    guard name.hasSuffix("_minor"), let minor = value.int, let code = record.value("currency")?.text,
      let currency = Currency(code: code)
    else { return value.text ?? value.line }
    return Money(minor: Int64(minor), currency: currency).description
  }

  private static func padded(_ text: String) -> String {
    text + String(repeating: " ", count: max(2, width - text.count))
  }

  /// Thousandths as `0.93`, cut as plans and reviews cut them: nothing looks surer than it is.
  static func confidence(_ permille: Int) -> String {
    let hundredths = permille / 10
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
  }
}
