/// How surely each rule reads, 0...1000: its measured precision (docs/contracts-fields.md).
enum Confidence {
  /// Right values of those reported on both parts of the corpus, one of each added: (right + 1) / (reported + 2).
  ///
  /// The corpus says nothing of terms of its own, relative ends and titles: theirs are those of the rules beside them.
  static let table: [String: Int] = [
    "made_on": 950, "in_force_on": 800, "date_label": 670, "date_alone": 500, "first_date": 550, "signed_on": 880,
    "effective_date": 970, "effective_label": 870, "effective_on_its_date": 840, "takes_effect": 870,
    "commencement_date": 800, "effective_relative": 600,
    "ends_on": 880, "ends_by_event": 620, "computed_end": 890, "end_date": 750, "assumed_end": 600, "perpetual": 800,
    "relative_end": 600,
    "term": 880, "term_of_dates": 800,
    "renews": 960, "renewal_option": 910, "no_renewal": 600, "notice": 830,
    "law": 980, "law_applies": 750, "law_of_place": 750, "laws_thereof": 750,
    "party": 920, "party_listed": 780, "party_name": 500, "party_signed": 570, "title": 800,
  ]
  /// A rule that has not been measured on enough contracts.
  static let unmeasured = 500

  /// What makes a value so doubtful that half of the confidence is gone.
  private static let grave: Set<Doubt> = [.wordFigure, .dateOrder, .termMismatch, .contradiction, .redacted]

  static func of(_ rule: String, _ doubts: [Doubt] = []) -> Int {
    let known = table[rule] ?? unmeasured
    return doubts.contains { grave.contains($0) } ? known / 2 : known
  }

  /// What a check by other words of the same contract leaves of the distance to certainty: half.
  static func raised(_ confidence: Int) -> Int { confidence + (1000 - confidence) / 2 }
}
