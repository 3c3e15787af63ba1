import Domain
import Pages
import Warehouse

/// One item as lines of a terminal.
struct ItemLines {
  private(set) var lines: [String] = []
  /// How many lines there are up to the end of the quote.
  private(set) var quoteEnd = 0

  init(_ sheet: ReviewSheet, _ item: ReviewItem, width: Int, decision: Decision?) {
    let must = item.mandatory.map { "MANDATORY: \($0)" } ?? ""
    lines.append(TextLines.ends("\(item.deed) \(item.entity) \(item.key)", must, width: width))
    for value in item.values {
      let name = ReviewItem.spoken(value.field)
      let text = item.isWithheld ? "withheld" : "\(value.before ?? "(none)") -> \(value.after ?? "(none)")"
      lines += TextLines.wrap("\(name)  \(text)", width: width, indent: "  ")
    }
    lines.append("")
    if let quote = item.quote {
      lines += Self.quote(sheet, quote, width)
    } else {
      let why =
        item.isWithheld
        ? "Only exec and finance may read it, and its quote."
        : "No quote: it follows from other values, or stands in words you may not read."
      lines += TextLines.wrap(why, width: width)
    }
    quoteEnd = lines.count
    if let decision {
      let shown = decision.verdict == .approve && item.mandatory != nil ? ", quote on screen" : ""
      let comment = decision.comment.isEmpty ? "" : ": \(decision.comment)"
      let edits = decision.edits.map { " \(ReviewItem.spoken($0.field)) to \($0.text)" }.joined(separator: ",")
      lines += [""] + TextLines.wrap("\(decision.verdict.word)\(edits)\(shown)\(comment)", width: width)
    }
    lines.append("")
    lines.append("item \(item.number)")
  }

  private static func quote(_ sheet: ReviewSheet, _ quote: ReviewItem.Quote, _ width: Int) -> [String] {
    let evidence = quote.evidence
    let confidence = ValueText.confidence(evidence.confidence)
    var lines = TextLines.wrap(
      "\(sheet.place(of: quote)), confidence \(confidence), \(quote.reader)", width: width)
    for doubt in evidence.doubts { lines += TextLines.wrap(DoubtSentence.line(doubt), width: width, indent: "! ") }
    lines.append("")
    if !quote.before.isEmpty { lines += TextLines.wrap(quote.before, width: width, indent: "  ") }
    lines += TextLines.wrap("\"\(evidence.quote)\"", width: width, indent: "> ")
    if !quote.after.isEmpty { lines += TextLines.wrap(quote.after, width: width, indent: "  ") }
    return lines
  }
}
