import Pages
import Records
import Warehouse
import Wire

/// One item in the list of fields: closed a line or two, open with its quote and the acts.
struct FieldCard {
  let sheet: ReviewSheet
  let item: ReviewItem

  /// Below this a value was read unsurely enough to say so in red, and from the other on surely.
  private static let low = 700
  private static let high = 900

  var html: String {
    """
    <li class="item" id="i\(item.number)" tabindex="0"\(marks)>
    <div class="head"><span class="state" aria-hidden="true">○</span>\(values)\(chips)</div>
    <p class="record">\(Markup.text("\(item.deed) \(item.entity) \(item.key)")) · item \(item.number)</p>
    <p class="verdict"></p>
    <div class="more">
    \(quote)\(acts)</div>
    </li>

    """
  }

  private var marks: String {
    let names = JSON.array(item.fields.map { .string($0) }).line
    var text =
      " role=\"group\"" + Markup.attribute("aria-label", spoken) + Markup.attribute("data-title", item.title)
      + Markup.attribute("data-seq", String(item.seq)) + Markup.attribute("data-fields", names)
      + Markup.attribute("data-search", search)
    if let quote = item.quote { text += Markup.attribute("data-quote", quote.digest) }
    if let mandatory = item.mandatory { text += Markup.attribute("data-mandatory", mandatory) }
    if item.isWithheld { text += Markup.attribute("data-withheld", "") }
    if (item.confidence ?? 1000) < Self.low || !(item.quote?.evidence.doubts.isEmpty ?? true) {
      text += Markup.attribute("data-doubtful", "")
    }
    return text
  }

  /// What a screen reader says of the closed card.
  private var spoken: String {
    let values = item.isWithheld ? "withheld" : item.values.map { $0.after ?? "nothing" }.joined(separator: ", ")
    let mandatory = item.mandatory == nil ? "" : ", mandatory"
    let confidence = item.confidence.map { ", confidence \(ValueText.confidence($0))" } ?? ", no quote"
    return "\(item.title): \(values)\(mandatory)\(confidence), \(item.entity) \(item.key)"
  }

  /// What the filter looks in.
  private var search: String {
    let texts = [item.title, item.entity, item.key, item.quote.map { sheet.place(of: $0) } ?? ""]
    return (texts + item.values.flatMap { [$0.before ?? "", $0.after ?? ""] }).joined(separator: " ").lowercased()
  }

  private var chips: String {
    var text = item.mandatory.map { "<span class=\"chip must\">\(Markup.text($0))</span>" } ?? ""
    if let confidence = item.confidence {
      let level = confidence < Self.low ? " low" : confidence >= Self.high ? " high" : ""
      let number = ValueText.confidence(confidence)
      text += "<span class=\"chip\(level)\" title=\"confidence \(number)\">\(number)</span>"
    }
    return text
  }

  private var values: String {
    let rows = item.values.map { value -> String in
      let name = Markup.text(ReviewItem.spoken(value.field))
      if item.isWithheld { return "<dt>\(name)</dt><dd>withheld: only exec and finance may read it</dd>" }
      let before = value.before.map { "<del>\(Markup.text($0))</del> → " } ?? ""
      let after = value.after.map { "<ins>\(Markup.text($0))</ins>" } ?? "<ins>nothing</ins>"
      return "<dt>\(name)</dt><dd>\(before)\(after)</dd>"
    }
    return "<dl class=\"values\">\(rows.joined())</dl>"
  }

  private var quote: String {
    guard let quote = item.quote else {
      let why =
        item.isWithheld
        ? "The quote is withheld with the value."
        : "No quote: it follows from other values, or stands in words you may not read."
      return "<p class=\"from\">\(why)</p>\n"
    }
    func near(_ text: String) -> String { text.isEmpty ? "" : "<i>\(Markup.text(text))</i>" }
    let evidence = quote.evidence
    let doubts = evidence.doubts.map { "<li>\(Markup.text(DoubtSentence.line($0)))</li>" }.joined()
    return """
      <blockquote class="quote">\(near(quote.before)) <mark>\(Markup.text(evidence.quote))</mark> \(near(quote.after))</blockquote>
      <p class="from"><button type="button" data-go="\(item.number)">\(Markup.text(sheet.place(of: quote)))</button> \
      · \(Markup.text(quote.reader)), confidence \(ValueText.confidence(evidence.confidence))</p>
      \(doubts.isEmpty ? "" : "<ul class=\"doubts\" aria-label=\"Doubts\">\(doubts)</ul>\n")
      """
  }

  private var acts: String {
    // Withheld items are for somebody else; the field for a comment stays, so that every item has one.
    let hidden = item.isWithheld ? " hidden" : ""
    let yes = item.mandatory == nil ? ("approve", "Approve", "a") : ("acknowledge", "Acknowledge", "k")
    let edit = item.isEditable ? [("edit", "Edit", "e")] : []
    let buttons = ([yes] + edit + [("reject", "Reject", "r"), ("skip", "Skip", "s")]).map {
      "<button type=\"button\" data-act=\"\($0.0)\" aria-pressed=\"false\">\($0.1)<kbd>\($0.2)</kbd></button>"
    }
    return "<div class=\"acts\"\(hidden)>\(buttons.joined())"
      + "<input class=\"comment\" type=\"text\" maxlength=\"1000\" placeholder=\"Comment\""
      + Markup.attribute("aria-label", "Comment on \(item.title)") + "></div>\n" + edits
  }

  /// A field for each value that may be written anew; hidden until somebody edits.
  private var edits: String {
    guard item.isEditable else { return "" }
    let rows = item.values.compactMap { value -> String? in
      value.form.map { form in
        let name = Markup.text(ReviewItem.spoken(value.field))
        return "<label>\(name) \(input(value, form))<small>\(Markup.text(form.example))</small></label>"
      }
    }
    return
      "<div class=\"edit\" hidden>\(rows.joined())<p><button type=\"button\" data-act=\"write\">Take it over<kbd>Enter</kbd></button>"
      + "<button type=\"button\" data-act=\"unedit\">Leave it<kbd>Esc</kbd></button></p></div>\n"
  }

  private func input(_ value: ReviewItem.Value, _ form: EditForm) -> String {
    let marks = Markup.attribute("data-edit", value.field) + Markup.attribute("data-now", value.after ?? "")
    if form.choices.isEmpty {
      let pattern = form.pattern.map { Markup.attribute("pattern", $0) } ?? ""
      return
        "<input type=\"text\" maxlength=\"1000\" required\(marks)\(pattern)\(Markup.attribute("value", value.after ?? ""))>"
    }
    let options = form.choices.map { choice in
      "<option\(choice == value.after ? " selected" : "")>\(Markup.text(choice))</option>"
    }
    return "<select\(marks)>\(options.joined())</select>"
  }
}
