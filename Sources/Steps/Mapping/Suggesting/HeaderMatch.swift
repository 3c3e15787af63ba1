import YAML

/// How well headings agree with the vocabulary: the same text, the same words, or most of them.
struct HeaderMatch {
  let vocabulary: Vocabulary
  /// Whether headings are compared word by word and misspelt words put right; too slow for thousands of columns.
  let readsWords: Bool

  struct Hit {
    let place: Vocabulary.Place
    let score: Int
    let why: String
    /// Whether nothing of the heading or of the phrase is left over.
    let isWhole: Bool
    let isDoubtful: Bool
  }

  /// The best hit for each place that shares a word with the heading.
  func hits(_ words: [String], isPlace: Bool) -> [Vocabulary.Place: Hit] {
    var best: [Vocabulary.Place: Hit] = [:]
    func take(_ entry: Vocabulary.Entry, _ score: Int, _ why: String, isWhole: Bool = true) {
      if case .field(_, _, let hasRoles) = entry.place, hasRoles, !isPlace { return }
      if case .field(_, _, false) = entry.place, isPlace { return }
      if score > best[entry.place]?.score ?? 0 {
        best[entry.place] = Hit(
          place: entry.place, score: score, why: "\(why) \"\(entry.phrase)\"", isWhole: isWhole,
          isDoubtful: entry.certainty == .perhaps || entry.isBlurred)
      }
    }
    for index in vocabulary.exact[words.joined()] ?? [] {
      let entry = vocabulary.entries[index]
      take(entry, Self.exactScore(entry.certainty), Self.exactWord(entry.certainty))
    }
    guard readsWords else { return best }
    let (standard, isMended) = standardised(words)
    var seen: Set<Int> = []
    for word in standard {
      for index in vocabulary.byWord[word] ?? [] where seen.insert(index).inserted {
        let entry = vocabulary.entries[index]
        let likeness = Self.likeness(standard, entry.words, isPlace: isPlace)
        let score =
          Self.scaled(likeness, entry.isBlurred && entry.isSure ? .perhaps : entry.certainty) - (isMended ? 4 : 0)
        let isWhole = likeness == 100
        take(entry, score, isWhole ? (isMended ? "misspelt" : "same words as") : "much like", isWhole: isWhole)
      }
    }
    return best
  }

  private static func exactScore(_ certainty: Vocabulary.Certainty) -> Int {
    switch certainty {
    case .name: 100
    case .certain: 98
    case .perhaps: 84
    case .near: 74
    }
  }

  private static func exactWord(_ certainty: Vocabulary.Certainty) -> String {
    switch certainty {
    case .name: "name"
    case .certain: "known as"
    case .perhaps: "may mean"
    case .near: "near"
    }
  }

  private static func scaled(_ likeness: Int, _ certainty: Vocabulary.Certainty) -> Int {
    switch certainty {
    case .name, .certain: likeness * 96 / 100
    case .perhaps: likeness * 80 / 100
    case .near: likeness * 72 / 100
    }
  }

  // MARK: Words

  private func standardised(_ words: [String]) -> (Set<String>, isMended: Bool) {
    var out: Set<String> = []
    var isMended = false
    for word in words {
      let standard = HeaderLexicon.standard(word)
      if standard == [word], !HeaderLexicon.isKnown(word), vocabulary.byWord[word] == nil,
        !Self.ordinary.contains(word),
        let near = mended(word)
      {
        out.insert(near)
        isMended = true
      } else {
        out.formUnion(standard)
      }
    }
    return (out, isMended)
  }

  /// The one standard word a misspelt one is a single slip away from.
  private func mended(_ word: String) -> String? {
    let length = word.utf8.count
    guard (6...24).contains(length), word.utf8.allSatisfy({ $0 &- 0x61 < 26 }) else { return nil }
    var found: Set<String> = []
    for known in HeaderLexicon.spellings
    where abs(known.utf8.count - length) <= 1 && known.utf8.first == word.utf8.first {
      if Suggestion.distance(known, word) == 1 { found.formUnion(HeaderLexicon.standard(known)) }
    }
    for known in vocabulary.byWord.keys
    where known.utf8.count >= 6 && abs(known.utf8.count - length) <= 1 && known.utf8.first == word.utf8.first {
      if Suggestion.distance(known, word) == 1 { found.insert(known) }
    }
    return found.count == 1 ? found.first : nil
  }

  /// Words of headings that are no slips of the ones they are nearly written as: devise, service, prefix, central.
  private static let ordinary: Set<String> = [
    "device", "devices", "rental", "central", "active", "inactive", "billable", "mailing", "parity", "citing", "starts",
  ]

  /// Words nearly every heading may carry: they count little, met or missed.
  private static let generic: [String: Int] = ["number": 6, "date": 6, "code": 6, "type": 6, "name": 3]
  /// Words that make an amount of a phrase; "amount" beside them adds nothing.
  private static let charges: Set<String> = ["charge", "mrc", "nrc", "tax"]
  /// Words that say only what the table is about, where a phrase does without them.
  private static let idle: Set<String> = [
    "circuit", "service", "line", "detail", "info", "information", "current", "field", "value", "data", "ht",
  ]

  /// Of 100: twice the weight in common over the weight of both.
  static func likeness(_ heading: Set<String>, _ phrase: Set<String>, isPlace: Bool) -> Int {
    var common = 0
    var apart = 0
    for word in heading {
      if phrase.contains(word) {
        common += generic[word] == nil ? 10 : 3
      } else if idle.contains(word) || (word == "amount" && !charges.isDisjoint(with: phrase))
        || (isPlace && word == "location")
      {
        apart += 1
      } else {
        apart += generic[word] ?? 10
      }
    }
    for word in phrase where !heading.contains(word) { apart += generic[word] ?? 10 }
    return common == 0 ? 0 : 200 * common / (2 * common + apart)
  }
}
