import Domain
import Records
import Warehouse

/// A review at a terminal as a value: which item is shown, what is decided, and what each key does.
///
/// A mandatory item is acknowledged only after the last line of its quote was on the screen.
package struct ReviewDesk {
  /// What the command has to do after a key.
  package enum Effect: Equatable, Sendable {
    case none
    /// Decisions changed: keep them.
    case save
    /// Ask for a line and hand it to `answer`.
    case ask(String)
    case leave
  }

  private enum Question { case filter, reason, edit, editReason }

  package let sheet: ReviewSheet
  private let principal: String
  /// Where an original lies and how to see it, for `o`.
  private let original: (ReviewItem.Quote) -> String
  package private(set) var decisions: [Decision]
  private var filter = ""
  private var position = 0
  private var top = 0
  private var seen: Set<Int> = []
  private var message = ""
  private var isHelp = false
  private var question = Question.filter
  private var draft = EditDraft()

  package init(
    _ sheet: ReviewSheet, decisions: [Decision] = [], principal: String,
    original: @escaping (ReviewItem.Quote) -> String = { _ in "" }
  ) {
    self.sheet = sheet
    self.decisions = decisions
    self.principal = principal
    self.original = original
    position = shown.firstIndex { !isDecided($0) } ?? 0
  }

  package var progress: ReviewProgress { ReviewProgress(sheet, decisions) }

  private var shown: [ReviewItem] {
    if filter.isEmpty { return sheet.items }
    let wanted = filter.lowercased()
    return sheet.items.filter { item in
      let words = [item.title, item.entity, item.key, item.mandatory ?? "", item.quote.map(sheet.place) ?? ""]
      return (words + item.values.compactMap(\.after)).contains { $0.lowercased().contains(wanted) }
    }
  }

  private var current: ReviewItem? { shown.indices.contains(position) ? shown[position] : nil }

  private func decision(_ item: ReviewItem) -> Decision? { decisions.first { $0.isAbout(item) } }

  private func isDecided(_ item: ReviewItem) -> Bool { decision(item).map { $0.verdict != .skip } ?? false }

  // MARK: Keys

  /// What a letter does; `now` is the time a decision is made at.
  package mutating func press(_ letter: Character, at now: String) -> Effect {
    message = ""
    if isHelp {
      isHelp = false
      return .none
    }
    switch letter {
    case "j": move(1)
    case "J": move(-1)
    case " ": top += 1
    case "b": top = max(0, top - 1)
    case "a": return approve(now)
    case "k": return acknowledge(now)
    case "e": return edit()
    case "r": return reject()
    case "s": return decide(.skip, now)
    case "A": return approveOthers(now)
    case "/": return ask(.filter, "show only what holds (Enter for all): ")
    case "o": message = current?.quote.map(original) ?? "it has no quote"
    case "?": isHelp = true
    case "q": return .leave
    default: message = "no key \"\(letter)\": ? shows the keys"
    }
    return .none
  }

  /// The next item without a decision, from here on and round.
  package mutating func nextOpen() {
    message = ""
    isHelp = false
    let items = shown
    let order = Array(items.indices.dropFirst(position + 1)) + Array(items.indices.prefix(position + 1))
    if let next = order.first(where: { !isDecided(items[$0]) }) {
      go(next)
    } else {
      message = "nothing is left undecided here; q saves and leaves"
    }
  }

  package mutating func move(_ by: Int) {
    if shown.indices.contains(position + by) { go(position + by) }
  }

  private mutating func go(_ to: Int) {
    position = to
    top = 0
  }

  private mutating func ask(_ what: Question, _ text: String) -> Effect {
    question = what
    return .ask(text)
  }

  /// The line that was typed; nil for none.
  package mutating func answer(_ text: String?, at now: String) -> Effect {
    guard let text else { return .none }
    switch question {
    case .reason: return decide(.reject, now, comment: text)
    case .edit: return take(text)
    case .editReason: return decide(.edit, now, comment: text)
    case .filter:
      filter = text
      go(0)
      if shown.isEmpty {
        message = "nothing holds \"\(filter)\": all are shown"
        filter = ""
      }
      return .none
    }
  }

  // MARK: Deciding

  private mutating func approve(_ now: String) -> Effect {
    guard let item = current, item.mandatory != nil else { return decide(.approve, now) }
    message = "\(item.title) is mandatory: read its quote, then acknowledge it with k"
    return .none
  }

  private mutating func acknowledge(_ now: String) -> Effect {
    guard let item = current else { return .none }
    if item.mandatory == nil {
      message = "\(item.title) needs no acknowledgement: approve it with a"
    } else if let unread = unread(item) {
      message = "\(unread) press k"
    } else {
      return decide(.approve, now)
    }
    return .none
  }

  /// Why a mandatory value is not decided on yet; nil where its quote was on the screen to its end.
  private func unread(_ item: ReviewItem) -> String? {
    if item.mandatory == nil || item.isWithheld { return nil }
    if item.quote == nil {
      return "it has no quote, so nobody can say that its paper says so: reject it with r, do not"
    }
    return seen.contains(item.number) ? nil : "the quote goes on: read it to its end with the space bar, then"
  }

  /// Asks for each value of the item in turn.
  private mutating func edit() -> Effect {
    guard let item = current, !item.isWithheld else { return decide(.edit, "") }
    if !item.isEditable {
      message = "\(item.title) is not edited, for \(item.values.first?.fixed ?? "it has no value"): reject it with r"
    } else if let unread = unread(item) {
      message = "\(unread) press e"
    } else {
      draft = EditDraft(item)
      return ask(.edit, draft.question)
    }
    return .none
  }

  private mutating func take(_ text: String) -> Effect {
    do throws(EditedItem.Refusal) {
      try draft.take(text)
    } catch {
      message = "not taken: \(error.why)"
      return .none
    }
    if !draft.isDone { return ask(.edit, draft.question) }
    guard !draft.edits.isEmpty else {
      message = "nothing was written anew"
      return .none
    }
    return ask(.editReason, "why (Enter for no reason): ")
  }

  private mutating func reject() -> Effect {
    guard let item = current, !item.isWithheld else { return decide(.reject, "") }
    return ask(.reason, "why is \(item.title) wrong (Enter for no reason): ")
  }

  private mutating func decide(_ verdict: Decision.Verdict, _ now: String, comment: String = "") -> Effect {
    guard let item = current else { return .none }
    guard !item.isWithheld else {
      message = "you may not read this value, so it is for somebody else to decide"
      return .none
    }
    decisions.removeAll { $0.isAbout(item) }
    decisions.append(made(item, verdict, now, comment))
    message = "\(verdict.word): \(item.title). Enter goes to the next"
    return .save
  }

  private func made(_ item: ReviewItem, _ verdict: Decision.Verdict, _ now: String, _ comment: String = "") -> Decision
  {
    Decision(
      changeSet: sheet.changeSet, content: sheet.digest, seq: item.seq, fields: item.fields, verdict: verdict,
      edits: verdict == .edit ? draft.edits : [], isAcknowledged: item.quote != nil && seen.contains(item.number),
      comment: comment, principal: principal, at: now,
      surface: .terminal, quote: item.quote?.digest ?? "")
  }

  private mutating func approveOthers(_ now: String) -> Effect {
    let others = shown.filter { $0.mandatory == nil && !$0.isWithheld && decision($0) == nil }
    decisions += others.map { made($0, .approve, now) }
    message = "approved \(others.count == 1 ? "1 item" : "\(others.count) items"); mandatory ones never are by this"
    return others.isEmpty ? .none : .save
  }

  // MARK: Screen

  /// The screen as lines of at most `columns` characters; what it shows of a quote counts as seen.
  package mutating func screen(columns: Int, rows: Int) -> [String] {
    let width = max(20, columns)
    if isHelp { return Array(Self.help.flatMap { TextLines.wrap($0, width: width) }.prefix(rows)) }
    let place = shown.isEmpty ? "nothing to show" : "\(position + 1) of \(shown.count)"
    let narrowed = filter.isEmpty ? "" : ", filter \"\(filter)\""
    var lines = [
      TextLines.ends("\(sheet.changeSet)  \(place)\(narrowed)", progress.text, width: width),
      String(repeating: "-", count: width),
    ]
    if !sheet.banner.isEmpty { lines.insert(contentsOf: TextLines.wrap(sheet.banner, width: width), at: 0) }
    let foot = self.foot(width, rows)
    let room = max(1, rows - lines.count - foot.count)
    let body = current.map { ItemLines(sheet, $0, width: width, decision: decision($0)) }
    let count = body?.lines.count ?? 0
    top = max(0, min(top, count - room))
    let window = body?.lines.dropFirst(top).prefix(room) ?? []
    lines += window
    lines += Array(repeating: "", count: max(0, room - window.count))
    if let current, let body, top + room >= body.quoteEnd { seen.insert(current.number) }
    if count > top + room { lines[lines.count - 1] = String("-- space bar for more --".prefix(width)) }
    return lines + foot
  }

  private func foot(_ width: Int, _ rows: Int) -> [String] {
    let yes = current?.mandatory == nil ? "a approve" : "k acknowledge"
    let keys = "\(yes) e edit r reject s skip j/J move A others / filter ? help q leave"
    return [String(repeating: "-", count: width)] + TextLines.wrap(message, width: width).prefix(2)
      + TextLines.wrap(keys, width: width).prefix(max(1, rows / 4))
  }

  private static let help = [
    "Keys", "",
    "k        acknowledge a mandatory field (charges, fees, terms), once its quote was on the screen",
    "a        approve any other field", "e        write it anew, where the paper says something else",
    "r        reject, with a reason", "s        skip",
    "Enter    next undecided field", "j, J     next field, previous field (arrows too)",
    "space, b more of a long quote, and back",
    "A        approve all others that the filter shows, never mandatory ones", "/        filter",
    "o        where the original is, and which page", "q        leave; every decision is saved already", "",
    "any key goes back to the review",
  ]
}

extension Decision.Verdict {
  /// `approved`.
  package var word: String {
    switch self {
    case .approve: "approved"
    case .edit: "edited"
    case .reject: "rejected"
    case .skip: "skipped"
    }
  }
}
