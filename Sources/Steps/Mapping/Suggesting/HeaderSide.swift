/// Which end of a circuit a heading speaks of, and the words that are left.
struct HeaderSide: Equatable {
  /// `a` or `z`; nil where the heading names no end.
  let role: String?
  /// Whether single letters or unmistakable words name the end, not words such as "remote" that have other uses.
  let isPlain: Bool
  let rest: [String]

  init(_ words: [String]) {
    if let found = Self.lettered(words) ?? Self.numbered(words) {
      (role, rest, isPlain) = (found.0, found.1, true)
    } else if let found = Self.worded(words) {
      (role, rest, isPlain) = (found.role, found.rest, found.isPlain)
    } else {
      (role, rest, isPlain) = (nil, words, false)
    }
  }

  /// Words that only say "end" beside the letter.
  private static let ends: Set<String> = [
    "end", "ende", "side", "seite", "endpoint", "endpunkt", "extremite", "cote", "point", "leg", "endstelle",
    "terminal", "term",
  ]

  private static let places: Set<String> = [
    "loc", "location", "site", "standort", "locn", "ort", "pop", "endpoint", "end", "node",
  ]

  private static let fused: [String: String] = {
    var table: [String: String] = [:]
    for letter in ["a", "b", "z"] {
      for word in ["end", "side", "loc", "site", "ende", "seite", "location", "node"] { table[letter + word] = letter }
    }
    return table
  }()

  /// `A End City`, `City_Z`, `B-End`, `Loc A`, `Standort A`, `aEndCity`, `ZLOC`.
  private static func lettered(_ words: [String]) -> (String, [String])? {
    var words = words
    if let at = words.firstIndex(where: { fused[$0] != nil }), let letter = fused[words[at]] {
      let place = String(words[at].dropFirst())
      words[at] = ends.contains(place) ? "" : place
      words.removeAll { $0.isEmpty }
      return (letter == "a" ? "a" : "z", words)
    }
    let letters = words.indices.filter { ["a", "b", "z"].contains(words[$0]) }
    guard words.count > 1, letters.count == 1, let at = letters.first else { return nil }
    let role = words[at] == "a" ? "a" : "z"
    var beside: [Int] = []
    for index in [at - 1, at + 1] where words.indices.contains(index) && ends.contains(words[index]) {
      beside.append(index)
    }
    let isDate = beside.contains { words[$0] == "end" } && words.contains { ["date", "datum", "dt"].contains($0) }
    if isDate { return nil }
    let rest = words.indices.filter { $0 != at && !beside.prefix(1).contains($0) }.map { words[$0] }
    return (role, rest)
  }

  /// `Site 1 Address`, `Location 2`: a number right after the word for a place.
  private static func numbered(_ words: [String]) -> (String, [String])? {
    for at in words.indices.dropFirst() where places.contains(words[at - 1]) && ["1", "2"].contains(words[at]) {
      var rest = words
      rest.remove(at: at)
      return (words[at] == "1" ? "a" : "z", rest)
    }
    return nil
  }

  private static let worded: [(role: String, words: [String])] = [
    ("z", ["far", "end"]), ("a", ["near", "end"]), ("z", ["remote", "end"]), ("a", ["local", "end"]),
    ("a", ["originating"]), ("a", ["origin"]), ("a", ["origination"]), ("a", ["orig"]), ("a", ["source"]),
    ("a", ["src"]),
    ("z", ["terminating"]), ("z", ["destination"]), ("z", ["dest"]), ("z", ["dst"]), ("z", ["remote"]), ("z", ["far"]),
    ("z", ["ziel"]), ("z", ["gegenstelle"]), ("a", ["from"]), ("z", ["to"]), ("a", ["von"]), ("z", ["nach"]),
    ("a", ["quelle"]), ("z", ["zielstandort"]), ("z", ["distant"]), ("a", ["depart"]), ("z", ["arrivee"]),
    ("a", ["head", "end"]), ("z", ["tail", "end"]),
    ("a", ["priloc"]), ("z", ["secloc"]),
  ]

  private static func worded(_ words: [String]) -> (role: String, rest: [String], isPlain: Bool)? {
    for (role, sign) in Self.worded {
      guard let at = words.indices.first(where: { words[$0...].starts(with: sign) }) else { continue }
      var rest = words
      rest.removeSubrange(at..<at + sign.count)
      return (role, rest, sign.count > 1)
    }
    return nil
  }
}
