package import Records

/// Where on which page a value stands, word for word, and how surely it was read.
package struct Evidence: Equatable, Sendable {
  /// SHA-256 of the document.
  package var document: String
  /// The page the quote begins on, from 1.
  package var page: Int
  /// One box per line of the quote on that page.
  package var boxes: [PageBox]
  /// As it stands on the page, white space folded.
  package var quote: String
  /// What read it: `label`, `sentence`, `table`, `ai:PROVIDER/MODEL`, with the name of its rule after a slash; `person:NAME`
  /// where a person wrote the value in a review.
  package var method: String
  /// 0...1000.
  package var confidence: Int
  /// Codes of what makes it doubtful, as `W_WORD_FIGURE`, in order of their names.
  package var doubts: [String]

  package init(
    document: String, page: Int, boxes: [PageBox], quote: String, method: String, confidence: Int,
    doubts: [String] = []
  ) {
    self.document = document
    self.page = page
    self.boxes = boxes
    self.quote = quote
    self.method = method
    self.confidence = confidence
    self.doubts = doubts
  }

  private static let person = "person:"

  /// The same place and words for a value that a person wrote in a review. Nothing vouches for it but that person, so its
  /// confidence is 0: whoever reviews it next sees it first.
  package func edited(by name: String) -> Evidence {
    var edited = self
    edited.method = Self.person + name
    edited.confidence = 0
    edited.doubts = Set(doubts + [DoubtSentence.edited]).sorted()
    return edited
  }

  /// Who wrote the value in a review; nil where it was read.
  package var editor: String? {
    method.hasPrefix(Self.person) ? String(method.dropFirst(Self.person.count)) : nil
  }

  /// A member of `prov`, by the name of the property it is about.
  package var json: JSON {
    var members: [(String, JSON)] = [
      ("doc", .string(document)), ("page", .int(page)),
      ("boxes", .array(boxes.map { .array([$0.x0, $0.y0, $0.x1, $0.y1].map { .int(Int($0)) }) })),
      ("quote", .string(quote)), ("method", .string(method)), ("conf", .int(confidence)),
    ]
    if !doubts.isEmpty { members.append(("doubts", .array(doubts.map { .string($0) }))) }
    return .fields(members)
  }

  package init?(json: JSON) {
    guard let document = json["doc"]?.text, let page = json["page"]?.int, page > 0, let quote = json["quote"]?.text,
      let method = json["method"]?.text, let confidence = json["conf"]?.int, (0...1000).contains(confidence)
    else { return nil }
    let boxes = (json["boxes"]?.items ?? []).map { $0.items.compactMap { $0.int.flatMap { Int32(exactly: $0) } } }
    guard boxes.allSatisfy({ $0.count == 4 }) else { return nil }
    self.init(
      document: document, page: page, boxes: boxes.map { PageBox($0[0], $0[1], $0[2], $0[3]) }, quote: quote,
      method: method, confidence: confidence, doubts: (json["doubts"]?.items ?? []).compactMap(\.text))
  }
}
