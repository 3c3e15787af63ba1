import Domain
import Spreadsheets

/// Which sheets of a workbook a person asked for.
package struct SheetChoice: Equatable, Sendable {
  /// Names, numbers, patterns with `*` and `?`, or `all`; none leaves the choice to the workbook.
  package let words: [String]

  package init(_ words: [String]) { self.words = words }

  /// The sheets meant, in the order of the workbook; hidden ones only by their name or number.
  ///
  /// Without words: every visible sheet, of which the largest is then taken; hidden ones only when there is no other.
  func sheets(_ all: [SpreadsheetSheet], path: String) throws(ExtractionError) -> [SpreadsheetSheet] {
    let readable = all.filter { $0.content == .cells }
    if words.isEmpty {
      let visible = readable.filter { $0.visibility == .visible }
      return visible.isEmpty ? readable : visible
    }
    var chosen: Set<Int> = []
    for word in words {
      let found = Self.matches(word, readable)
      if found.isEmpty {
        throw .noSheet(path: path, word: word, sheets: all.map { VisibleText.of($0.name) })
      }
      chosen.formUnion(found)
    }
    return readable.filter { chosen.contains($0.number) }
  }

  private static func matches(_ word: String, _ sheets: [SpreadsheetSheet]) -> [Int] {
    let exact = sheets.filter { $0.name == word }
    if !exact.isEmpty { return exact.map(\.number) }
    let folded = sheets.filter { $0.name.lowercased() == word.lowercased() }
    if !folded.isEmpty { return folded.map(\.number) }
    if let number = Int(word) { return sheets.filter { $0.number == number }.map(\.number) }
    let visible = sheets.filter { $0.visibility == .visible }
    if word == "all" { return visible.map(\.number) }
    guard word.contains("*") || word.contains("?") else { return [] }
    let pattern = Array(word.lowercased())
    return visible.filter { Self.fits(Array($0.name.lowercased())[...], pattern[...]) }.map(\.number)
  }

  /// `*` stands for any run of characters, `?` for one; time grows with both lengths, not beyond.
  private static func fits(_ text: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
    var (text, pattern) = (text, pattern)
    var (retryText, retryPattern): (ArraySlice<Character>?, ArraySlice<Character>) = (nil, pattern)
    while !text.isEmpty {
      if let next = pattern.first, next == "*" {
        pattern = pattern.dropFirst()
        (retryText, retryPattern) = (text, pattern)
      } else if let next = pattern.first, next == "?" || next == text.first {
        (text, pattern) = (text.dropFirst(), pattern.dropFirst())
      } else if let rest = retryText {
        retryText = rest.dropFirst()
        (text, pattern) = (rest.dropFirst(), retryPattern)
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == "*" }
  }
}
