import Domain
import Pages
import Regex

/// A contract's text with its sentences and dates, as the rules about clauses read it.
struct ClauseText {
  let text: ContractText
  let sentences: [Range<Int>]
  let dates: [DateMention]

  var bytes: [UInt8] { text.bytes }
  var all: Range<Int> { 0..<text.bytes.count }

  init(_ text: ContractText, dates finder: DateMentions) {
    self.text = text
    sentences = Sentences.split(text.bytes)
    dates = finder.find(in: text.bytes, isDayFirst: finder.isDayFirst(text)).filter {
      !text.isInMargin($0.range.lowerBound)
    }
  }

  func string(_ range: Range<Int>) -> String {
    text.string(range).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  /// Number of the sentence that `offset` stands in, or before.
  func sentence(at offset: Int) -> Int {
    var low = 0
    var high = sentences.count
    while low < high {
      let middle = (low + high) / 2
      if sentences[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return min(low, max(sentences.count - 1, 0))
  }

  /// How often `words` stand in the text, letter by letter; counting ends at `limit`.
  func occurrences(of words: [UInt8], atMost limit: Int) -> Int {
    guard let first = words.first, bytes.count >= words.count else { return 0 }
    var found = 0
    var index = 0
    while index <= bytes.count - words.count, found < limit {
      if bytes[index] == first, bytes[index..<index + words.count].elementsEqual(words) {
        found += 1
        index += words.count
      } else {
        index += 1
      }
    }
    return found
  }

  /// At most `count` bytes before `offset`, from the beginning of a character.
  func before(_ offset: Int, _ count: Int) -> Range<Int> {
    var start = max(offset - count, 0)
    while start < offset, bytes[start] & 0xC0 == 0x80 { start += 1 }
    return start..<offset
  }

  /// At most `count` bytes from `offset` on, to the end of a character.
  func after(_ offset: Int, _ count: Int) -> Range<Int> {
    var end = min(offset + count, bytes.count)
    while end > offset, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return offset..<end
  }

  /// Dates that begin inside of `range`.
  func dates(in range: Range<Int>) -> ArraySlice<DateMention> {
    var low = 0
    var high = dates.count
    while low < high {
      let middle = (low + high) / 2
      if dates[middle].range.lowerBound < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return dates[low...].prefix { $0.range.lowerBound < range.upperBound }
  }

  /// What says a value: its sentence, on its page, at most 400 bytes around it.
  func evidence(_ value: Range<Int>, _ rule: String, doubts: [Doubt] = []) -> Evidence? {
    let page = text.page(at: value.lowerBound)
    var range = sentences.isEmpty ? value : sentences[sentence(at: value.lowerBound)]
    range = min(range.lowerBound, value.lowerBound)..<max(range.upperBound, value.upperBound)
    if range.count > 400 {
      range =
        max(
          range.lowerBound, value.lowerBound - 200)..<min(
          range.upperBound, max(value.upperBound, value.lowerBound + 200))
    }
    range = range.clamped(to: page)
    return text.evidence(
      range, method: "sentence/\(rule)", confidence: Confidence.of(rule, doubts), doubts: doubts.map(\.rawValue))
  }
}
