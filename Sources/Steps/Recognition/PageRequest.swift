package import Pictures
package import Records

/// A page that is to be recognised.
package struct PageRequest: Equatable, Sendable {
  /// SHA-256 of the document.
  package var document: String
  package var page: Int
  /// Thousandths of a point, of the page as it is shown.
  package var width: Int
  package var height: Int

  package init(document: String, page: Int, width: Int, height: Int) {
    self.document = document
    self.page = page
    self.width = width
    self.height = height
  }

  /// A line for the process that does it.
  package var json: JSON {
    .fields([
      ("document", .string(document)), ("page", .int(page)), ("width", .int(width)), ("height", .int(height)),
    ])
  }

  package init?(json: JSON) {
    guard let document = json["document"]?.text, let page = json["page"]?.int, let width = json["width"]?.int,
      let height = json["height"]?.int
    else { return nil }
    self.init(document: document, page: page, width: width, height: height)
  }
}

/// What became of it.
package struct PageAnswer: Equatable, Sendable {
  package enum Outcome: Equatable, Sendable {
    case words(RecognisedPage)
    /// Why there are none, in words after "the page".
    case failure(String)
  }

  package var outcome: Outcome
  /// Why it could not be kept for the next time.
  package var unkept: String?

  package init(_ outcome: Outcome, unkept: String? = nil) {
    self.outcome = outcome
    self.unkept = unkept
  }

  package var json: JSON {
    let unkept = unkept.map { [("unkept", JSON.string($0))] } ?? []
    switch outcome {
    case .words(let page): return .fields([("words", page.json)] + unkept)
    case .failure(let reason): return .fields([("failure", .string(reason))] + unkept)
    }
  }

  package init?(json: JSON) {
    if let page = json["words"].flatMap({ RecognisedPage(json: $0) }) {
      self.init(.words(page), unkept: json["unkept"]?.text)
    } else if let reason = json["failure"]?.text {
      self.init(.failure(reason), unkept: json["unkept"]?.text)
    } else {
      return nil
    }
  }
}

extension RecognisedPage {
  /// The words apart from their numbers: left, top, right, bottom, confidence, gap.
  var json: JSON {
    .fields([
      ("width", .int(width)), ("height", .int(height)), ("turn", .int(turn)), ("slope", .int(slope)),
      ("words", .array(words.map { .string($0.text) })),
      (
        "numbers",
        .array(words.flatMap { [$0.x0, $0.y0, $0.x1, $0.y1, $0.confidence, $0.gap.rawValue].map { .int($0) } })
      ),
    ])
  }

  init?(json: JSON) {
    let texts = (json["words"]?.items ?? []).compactMap(\.text)
    let numbers = (json["numbers"]?.items ?? []).compactMap(\.int)
    guard let width = json["width"]?.int, let height = json["height"]?.int, width > 0, height > 0,
      let turn = json["turn"]?.int, let slope = json["slope"]?.int, numbers.count == texts.count * 6
    else { return nil }
    self.init(width: width, height: height, turn: turn, slope: slope)
    for (index, text) in texts.enumerated() {
      let own = numbers[(index * 6)..<(index * 6 + 6)].map { $0 }
      guard let gap = Gap(rawValue: own[5]) else { return nil }
      words.append(
        Word(text: text, x0: own[0], y0: own[1], x1: own[2], y1: own[3], confidence: own[4], gap: gap))
    }
  }
}
