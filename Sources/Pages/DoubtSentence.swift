/// What a code of doubt says to a person, in one short sentence; the one source of it for every surface.
package enum DoubtSentence {
  /// The mark of a value that a person wrote in a review.
  package static let edited = "W_EDITED"

  /// By code, in the order of their names.
  package static let all: [(code: String, sentence: String)] = [
    ("W_ADDRESSED", "A passage near it gives orders to programs; nothing was read from that passage."),
    ("W_COMPUTED", "It follows from another date and a number of months, and is not written."),
    ("W_CONTRADICTION", "The same thing is said twice, differently."),
    ("W_CURRENCY_ASSUMED", "No currency stands beside the amount; it is that of the document or the profile."),
    ("W_DATE_ORDER", "Day and month can be read either way."),
    (edited, "A person wrote this value in a review; the program did not read it."),
    ("W_PARTIAL", "Only part of it is written."),
    ("W_QUANTITY", "There is more than one unit, and nothing says whether the price is for one or for all."),
    ("W_QUOTE_REPEATED", "The same words stand elsewhere in the paper; this is the first place."),
    ("W_RECOGNISED", "Its words were recognised from an image and may be misread."),
    ("W_REDACTED", "It is blacked out."),
    ("W_RELATIVE", "It depends on something that the contract does not say, as the day of a signature."),
    ("W_SUM_MISMATCH", "The lines do not add up to the total that is written."),
    ("W_TERM_MISMATCH", "Two dates and the months between them do not agree."),
    ("W_TWO_CURRENCIES", "The document has amounts in more than one currency."),
    ("W_UNKNOWN_FORMULA", "A fee is due on early termination, and its formula was not understood."),
    ("W_WORD_FIGURE", "A number in words and the figure beside it differ; the figure was taken."),
  ]

  /// The sentence for a code; nil for one that is not known here.
  package static func of(_ code: String) -> String? { all.first { $0.code == code }?.sentence }

  /// `The same thing is said twice, differently. (W_CONTRADICTION)`, or the code alone where it is not known.
  package static func line(_ code: String) -> String { of(code).map { "\($0) (\(code))" } ?? code }
}
