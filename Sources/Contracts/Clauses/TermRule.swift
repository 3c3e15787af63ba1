import Domain
import Pages
import Regex

/// How long the agreement binds: its initial term and the day it ends.
struct TermRule {
  struct Ending {
    var term: Finding<InitialTerm>?
    var expiration: Finding<ContractDate>?
  }

  private let sentences: TermSentences
  private let starts = Starts()
  private let names = NamedDates()

  init(_ durations: Durations) { sentences = TermSentences(durations) }

  func read(_ text: ClauseText, _ dates: DateRules.Dates) -> Ending {
    let (best, eventual) = sentences.best(text)
    var found = (best ?? defined(text) ?? eventual).map { ending($0, text, dates) } ?? Ending()
    let isComputed = found.expiration?.evidence.doubts.contains(Doubt.computed.rawValue) ?? true
    if isComputed || found.expiration?.value.day == nil, let named = named(text, dates) { found.expiration = named }
    return found
  }

  /// A last day that is defined apart from the sentence about the term: `"Expiration Date" means the fifth anniversary of`.
  private func defined(_ text: ClauseText) -> TermCandidate? {
    for name in ["expiration date", "expiry date", "end date", "termination date"] {
      guard let words = names.description(of: name, in: text), let length = sentences.length(words, text) else {
        continue
      }
      return TermCandidate(score: 0, sentence: words, length: length)
    }
    return nil
  }

  /// A day that is called the last one: `Expiration Date: May 31, 2024`.
  private func named(_ text: ClauseText, _ dates: DateRules.Dates) -> Finding<ContractDate>? {
    let names: Set<String> = [
      "expiration date", "expiry date", "end date", "contract end date", "contract end", "term end", "term end date",
      "termination date", "scheduled termination date", "final expiration date", "initial term expiration date",
    ]
    let entries = dates.entries.filter { names.contains($0.name) && $0.date.date.day != nil }
    // A column of such dates is no end of the agreement.
    guard let entry = entries.first, entries.allSatisfy({ $0.date.date == entry.date.date }) else { return nil }
    let doubts: [Doubt] = entry.date.isAmbiguous ? [.dateOrder] : []
    return text.evidence(entry.date.range, "end_date", doubts: doubts).map { Finding(entry.date.date, $0) }
  }

  // MARK: - Reading it

  private func ending(_ candidate: TermCandidate, _ text: ClauseText, _ dates: DateRules.Dates) -> Ending {
    if let range = candidate.perpetual {
      return Ending(expiration: text.evidence(range, "perpetual").map { Finding(.perpetual, $0) })
    }
    if let range = candidate.event {
      return Ending(
        expiration: text.evidence(range, "ends_by_event", doubts: [.relative]).map { Finding(.perpetual, $0) })
    }
    let isAnniversary = candidate.length.map { text.string($0.range).lowercased().contains("anniversary") } ?? false
    let start = starts.find(
      candidate.sentence, excluding: candidate.date, anniversary: isAnniversary ? candidate.length?.range : nil, text,
      dates)
    if let (range, year) = candidate.yearEnd {
      let last = (year ?? start.day?.year).flatMap { CalendarDate(year: $0, month: 12, day: 31) }
      guard let last else { return Ending() }
      let doubts: [Doubt] = year == nil ? [.computed] : []
      return Ending(
        expiration: text.evidence(range, year == nil ? "computed_end" : "ends_on", doubts: doubts).map {
          Finding(.day(last), $0)
        })
    }
    var ending = Ending()
    if let length = candidate.length, let months = length.months, let term = Term(months: months) {
      var doubts: [Doubt] = length.isConflict ? [.wordFigure] : []
      if let stated = candidate.date?.date.day, let from = start.day, !Self.agree(from, months, stated) {
        doubts.append(.termMismatch)
      }
      ending.term = text.evidence(length.range, "term", doubts: doubts).map {
        Finding(InitialTerm(term, from: start.basis), $0)
      }
    }
    if let date = candidate.date {
      var doubts: [Doubt] = date.isAmbiguous ? [.dateOrder] : []
      if date.date.day == nil { doubts.append(.partial) }
      if ending.term?.evidence.doubts.contains(Doubt.termMismatch.rawValue) ?? false { doubts.append(.termMismatch) }
      ending.expiration = text.evidence(date.range, "ends_on", doubts: doubts).map { Finding(date.date, $0) }
      if ending.term == nil, start.isStated, let from = start.day, let end = date.date.day,
        let months = Self.months(from, end),
        let term = Term(months: months)
      {
        ending.term = text.evidence(date.range, "term_of_dates", doubts: [.computed]).map {
          Finding(InitialTerm(term, from: start.basis), $0)
        }
      }
    } else if let length = candidate.length, let months = length.months {
      ending.expiration = computed(length, months, start, text)
    }
    return ending
  }

  private func computed(_ length: Duration, _ months: Int, _ start: Starts.Start, _ text: ClauseText) -> Finding<
    ContractDate
  >? {
    var doubts: [Doubt] = length.isConflict ? [.computed, .wordFigure] : [.computed]
    if let from = start.day, let end = from.adding(months: months) {
      return text.evidence(length.range, start.isStated ? "computed_end" : "assumed_end", doubts: doubts).map {
        Finding(.day(end), $0)
      }
    }
    doubts.append(.relative)
    return text.evidence(length.range, "relative_end", doubts: doubts).map { finding in
      Finding(.relative(Self.asWritten(length.range, start, text)), finding)
    }
  }

  /// The length and the event it counts from: in the contract's own words where the event follows the length.
  private static func asWritten(_ length: Range<Int>, _ start: Starts.Start, _ text: ClauseText) -> String {
    if let event = start.range, event.lowerBound > length.upperBound, event.lowerBound - length.upperBound < 60 {
      return text.string(length.lowerBound..<event.upperBound)
    }
    return "\(text.string(length)) from \(start.words)"
  }

  /// Whether the last day or the day after it is `months` after the first.
  static func agree(_ start: CalendarDate, _ months: Int, _ end: CalendarDate) -> Bool {
    guard let computed = start.adding(months: months) else { return false }
    return end == computed || end.adding(days: 1) == computed
  }

  /// Whole months between, whichever way the last day is counted.
  static func months(_ start: CalendarDate, _ end: CalendarDate) -> Int? {
    let about = (end.year - start.year) * 12 + end.month - start.month
    return [about, about + 1].first { $0 > 0 && agree(start, $0, end) }
  }
}
