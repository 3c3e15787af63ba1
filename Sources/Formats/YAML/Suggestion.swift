/// The word somebody probably meant.
package enum Suggestion {
  /// The candidate with the fewest typing mistakes, first of equals; nil when none is near (a third of the length).
  package static func nearest(_ word: String, in candidates: some Sequence<String>) -> String? {
    let typed = folded(word)
    guard !typed.isEmpty, typed.count <= 64 else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in candidates {
      let letters = folded(candidate)
      let allowed = max(1, min(typed.count, letters.count) / 3)
      let distance = typed == letters ? 0 : self.distance(typed, letters)
      if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word ?? continuation(of: typed, in: candidates)
  }

  /// `did you mean "x"?`, or nil when nothing is near.
  package static func hint(for word: String, in candidates: some Sequence<String>) -> String? {
    nearest(word, in: candidates).map { "did you mean \"\($0)\"?" }
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that make one word the other.
  package static func distance(_ left: String, _ right: String) -> Int {
    distance(Array(left.unicodeScalars), Array(right.unicodeScalars))
  }

  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var above = Array(0...right.count)
    for i in 0..<left.count {
      var row = [i + 1]
      for j in 0..<right.count {
        var cost = min(above[j + 1] + 1, row[j] + 1, above[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      (before, above) = (above, row)
    }
    return above[right.count]
  }

  /// A single candidate of which three or more typed letters are the beginning.
  private static func continuation(of typed: [Unicode.Scalar], in candidates: some Sequence<String>) -> String? {
    guard typed.count >= 3 else { return nil }
    let longer = candidates.filter { folded($0).starts(with: typed) }
    return longer.count == 1 ? longer[0] : nil
  }

  private static func folded(_ word: String) -> [Unicode.Scalar] {
    word.lowercased().unicodeScalars.map { $0 == "-" || $0 == "." ? "_" : $0 }
  }
}
