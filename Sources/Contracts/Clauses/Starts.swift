import Domain
import Regex

/// From when a term counts: a day in its sentence, a named date, or an event.
struct Starts {
  struct Start {
    var day: CalendarDate?
    var basis: InitialTerm.Start?
    /// Whether the sentence names the day or the event.
    var isStated = false
    /// The event as written.
    var words = "a date that is not written"
    /// Where the event is named.
    var range: Range<Int>?
  }

  private let beforeStart = Rule.pattern(
    "\\b(?:commenc\\w*|begin\\w*|start\\w*|effective|from|as of|dated|of|on|following|after|hereof)(?: (?:on|as of"
      + "|from|the|date|upon|day|with|and))*[ ,:(]{0,3}$")
  private let event = Rule.pattern(
    "\\b(?:from|after|following|since|anniversary of|commenc\\w+(?! date)(?: on| with| as of| upon)?"
      + "|begin\\w*(?: on| with"
      + "| as of| upon)?|effective(?! date)(?: on| as of)?|start\\w*(?! date)(?: on| with)?|upon)"
      + " (?:and including )?(?:the |its )?[\"“]?(date (?:hereof|signed|executed|of [^.;,]{0,60}|on which"
      + " [^.;,]{0,80}|first[^.;,]{0,40}|above[^.;,]{0,20}|that [^.;,]{0,60}|this [^.;,]{0,60}"
      + "|(?:the |(?-i:[A-Z]))[^.;,()]{0,60})"
      + "|(?:day and )?(?:date|year) (?:first )?(?:above|written)[^.;,]{0,20}"
      + "|(?:(?!years?|months?|and|term|period)[\\w-]+ ){0,4}?(?:date|launch|sale|completion|delivery|approval"
      + "|acceptance|installation|activation|signature|execution)\\b(?: date\\b)?)")

  func find(
    _ sentence: Range<Int>, excluding end: DateMention?, anniversary: Range<Int>?, _ text: ClauseText,
    _ dates: DateRules.Dates
  ) -> Start {
    if let anniversary {
      let near = text.after(anniversary.upperBound, min(90, max(sentence.upperBound - anniversary.upperBound, 0)))
      if let range = event.first(in: text.bytes, within: anniversary.lowerBound..<near.upperBound)?[1] {
        return start(text.string(range), at: range, dates)
      }
    }
    for date in text.dates(in: sentence) where date != end {
      guard let day = date.date.day else { continue }
      let head = text.before(date.range.lowerBound, min(60, date.range.lowerBound - sentence.lowerBound))
      if beforeStart.first(in: text.bytes, within: head) != nil || end != nil {
        return Start(day: day, basis: .effective, isStated: true, words: text.string(date.range))
      }
    }
    let words = text.string(sentence).lowercased()
    for match in event.all(in: text.bytes, within: sentence) {
      guard let range = match[1] else { continue }
      return start(text.string(range), at: range, dates)
    }
    if words.contains("effective date") || words.contains("thereafter") {
      return start("effective date", at: nil, dates)
    }
    return Start(day: dates.effective?.value.day ?? dates.agreement?.value.day)
  }

  private func start(_ event: String, at range: Range<Int>?, _ dates: DateRules.Dates) -> Start {
    let words = event.lowercased()
    var start = Start(basis: basis(words), isStated: true, words: event, range: range)
    // `the date Customer first uses it` is no date of the agreement.
    if event.hasPrefix("date the ") || (event.hasPrefix("date ") && event.dropFirst(5).first?.isUppercase ?? false) {
      return start
    }
    if let named = dates.named.first(where: { words.hasSuffix($0.name) && $0.name != "effective date" }) {
      start.day = named.date.day
    } else if words.contains("effective date") {
      start.day = dates.effective?.value.day ?? dates.agreement?.value.day
    } else if [
      "hereof", "this ", "first", "above", "execution", "signature", "signing", "signed", "agreement date",
      "commencement date",
    ].contains(where: { words.contains($0) }) {
      start.day = dates.agreement?.value.day ?? dates.effective?.value.day
    }
    return start
  }

  private func basis(_ words: String) -> InitialTerm.Start? {
    func has(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
    if has("bill", "invoice") { return .billingStart }
    if has(
      "install", "activation", "turn-up", "turn up", "accept", "service start", "in-service", "service commencement",
      "delivery")
    {
      return .installation
    }
    if has("last sign", "signature", "execution", "signed", "last party") { return .lastSignature }
    return has("effective", "hereof", "of this", "first", "above") ? .effective : nil
  }
}
