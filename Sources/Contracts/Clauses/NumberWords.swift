/// Numbers written out: `twenty-four`, `one hundred and eighty`, `two thousand ten`, `nineteen ninety-nine`.
package enum NumberWords {
  private static let values: [String: Int] = [
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
  ]

  /// Cardinals, ordinals and figures below 10,000; nil for anything else.
  package static func value(_ text: String) -> Int? {
    let words = text.lowercased().split { $0 == " " || $0 == "-" || $0 == "\n" }
    guard !words.isEmpty, words.count <= 8 else { return nil }
    if words.count == 1, let figure = figure(words[0]) { return figure }
    var total = 0
    var last = 0
    for word in words where word != "and" {
      if word == "hundred" {
        last = max(last, 1) * 100
      } else if word == "thousand" {
        total += max(last, 1) * 1000
        last = 0
      } else if let value = values[String(word)] {
        // `nineteen ninety-nine`: two numbers below a hundred, the first of them a century.
        last = last >= 10 && last < 100 && value >= 10 ? last * 100 + value : last + value
      } else {
        return nil
      }
    }
    return total + last
  }

  private static func figure(_ word: Substring) -> Int? {
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    let ending = word.dropFirst(digits.count)
    guard (1...4).contains(digits.count), ["", "st", "nd", "rd", "th"].contains(ending) else { return nil }
    return Int(digits)
  }
}
