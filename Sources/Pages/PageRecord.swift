package import Records

/// The record of the stream `pages` (docs/protocol.md), to and from JSON.
extension Page {
  package static let stream = "pages"

  /// Members in the order they are written, up to the text and the words, which are long.
  ///
  /// Only pages that lay otherwise than they were read have a turn or a slope.
  private var short: [(name: String, value: JSON)] {
    let placement = [("turn", turn), ("slope", slope)].filter { $0.1 != 0 }
    let numbers =
      [("page", number), ("width", Int(width)), ("height", Int(height)), ("rotation", rotation)] + placement
    let signs = [("image", signs.image), ("hidden", signs.hidden), ("broken", signs.broken)]
    return [("sha256", .string(document))] + numbers.map { ($0, .int($1)) } + [("method", .string(method.rawValue))]
      + signs.map { ($0, .int($1)) }
  }

  package var json: JSON {
    .fields(
      short + [
        ("text", .string(String(decoding: text, as: UTF8.self))),
        ("words", .array(words.flatMap { $0.numbers.map { .int($0) } })),
      ])
  }

  /// The same bytes as `json`, without building it: a page has thousands of numbers.
  package func write(to out: inout ByteWriter) {
    out.byte(0x7B)
    for (name, value) in short {
      out.string(name)
      out.byte(0x3A)
      value.write(to: &out)
      out.byte(0x2C)
    }
    out.raw("\"text\":")
    text.withUnsafeBufferPointer { out.string($0) }
    out.raw(",\"words\":[")
    for (index, word) in words.enumerated() {
      if index > 0 { out.byte(0x2C) }
      word.write(to: &out)
    }
    out.raw("]}")
  }

  /// nil unless `json` is such a record: its words in order, inside its text, with seven numbers each.
  package init?(json: JSON) {
    guard let document = json["sha256"]?.text, let number = json["page"]?.int, number > 0,
      let width = json["width"]?.int.flatMap({ Int32(exactly: $0) }),
      let height = json["height"]?.int.flatMap({ Int32(exactly: $0) }),
      let method = json["method"]?.text.flatMap({ Method(rawValue: $0) }), let text = json["text"]?.text,
      let turn = (json["turn"] ?? .int(0)).int, [0, 90, 180, 270].contains(turn),
      let slope = (json["slope"] ?? .int(0)).int, abs(slope) <= 1_000_000,
      let words = PageWord.words(json["words"]?.items ?? [], length: text.utf8.count)
    else { return nil }
    self.init(
      document: document, number: number, width: width, height: height, rotation: json["rotation"]?.int ?? 0,
      turn: turn, slope: slope, method: method,
      signs: Signs(
        image: json["image"]?.int ?? 0, hidden: json["hidden"]?.int ?? 0, broken: json["broken"]?.int ?? 0),
      text: Array(text.utf8), words: words)
  }
}

extension PageWord {
  /// As they stand in `words` of the record.
  fileprivate var numbers: [Int] {
    [start, length, Int(box.x0), Int(box.y0), Int(box.x1), Int(box.y1), confidence]
  }

  fileprivate func write(to out: inout ByteWriter) {
    for (place, number) in numbers.enumerated() {
      if place > 0 { out.byte(0x2C) }
      out.integer(number)
    }
  }

  fileprivate static func words(_ items: [JSON], length: Int) -> [PageWord]? {
    guard items.count.isMultiple(of: 7) else { return nil }
    var words: [PageWord] = []
    var end = 0
    for first in stride(from: 0, to: items.count, by: 7) {
      let numbers = items[first..<first + 7].compactMap { $0.int.flatMap { Int32(exactly: $0) } }
      guard numbers.count == 7, numbers[0] >= end, numbers[1] > 0, Int(numbers[0]) + Int(numbers[1]) <= length,
        (0...100).contains(numbers[6])
      else { return nil }
      words.append(
        PageWord(
          start: Int(numbers[0]), length: Int(numbers[1]),
          box: PageBox(numbers[2], numbers[3], numbers[4], numbers[5]), confidence: Int(numbers[6])))
      end = Int(numbers[0] + numbers[1])
    }
    return words
  }
}
