/// Takes the shared strings part into its table: text of runs joined, phonetic guides left out.
struct SharedStringSink: XMLSink {
  private enum State { case outside, item, run, text, aside }

  var control = XMLControl()
  private let strings: SharedStrings
  private let limit: Int
  private var text = TextPiece()
  private var state = State.outside
  private var itemDepth = 0
  private var asideDepth = 0
  private var asideFrom = State.item

  init(_ strings: SharedStrings, limit: Int) {
    self.strings = strings
    self.limit = limit
  }

  static var handlers: XMLHandlers {
    XMLHandlers(
      start: { XMLDelivery.start($0, $1, $2, to: SharedStringSink.self) },
      end: { user, _ in XMLDelivery.end(user, to: SharedStringSink.self) },
      text: { XMLDelivery.text($0, $1, $2, to: SharedStringSink.self) },
      doctype: { user, _, _, _, _ in XMLDelivery.doctype(user, to: SharedStringSink.self) })
  }

  mutating func start(_ element: XMLElement) {
    switch state {
    case .outside:
      if element.isNamed("si") {
        state = .item
        itemDepth = control.depth
        text.clear()
      }
    case .item where element.isNamed("t"), .run where element.isNamed("t"):
      state = .text
      text.begin(keepsSpace: element.keepsSpace)
    case .item where element.isNamed("r"): state = .run
    case .item, .run, .text:
      asideFrom = state
      asideDepth = control.depth
      state = .aside
    case .aside: break
    }
  }

  mutating func end() {
    switch state {
    case .outside: break
    case .item: finish()
    case .run: state = .item
    case .text:
      text.end()
      state = control.depth == itemDepth + 1 ? .item : .run
    case .aside: if control.depth == asideDepth { state = asideFrom }
    }
  }

  mutating func text(_ bytes: UnsafePointer<CChar>, _ count: Int) {
    if state == .text { text.append(bytes, count, limit: limit) }
  }

  private mutating func finish() {
    state = .outside
    let isCut = text.finish(limit: limit)
    do throws(SpreadsheetError) {
      try text.withBytes { bytes throws(SpreadsheetError) in try strings.add(bytes, isCut: isCut) }
    } catch {
      control.fail(error)
    }
  }
}
