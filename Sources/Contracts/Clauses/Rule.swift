package import Regex

/// How the rules about clauses are written down.
package enum Rule {
  /// Compiles a rule in which a blank stands for any white space, ` ?` for at most three characters of it, and a blank
  /// inside of brackets for one.
  ///
  /// Rules are part of the program: one that does not compile stops it, and a test compiles them all.
  package static func pattern(_ source: String, exactCase: Bool = false) -> Pattern {
    var expanded = ""
    var isEscaped = false
    var isClass = false
    for character in source.replacing(" ?", with: "\\s{0,3}") {
      if character == " " && !isEscaped {
        expanded += isClass ? "\\s" : "\\s+"
        continue
      }
      if !isEscaped {
        if character == "[" { isClass = true } else if character == "]" { isClass = false }
      }
      isEscaped = character == "\\" && !isEscaped
      expanded.append(character)
    }
    do { return try Pattern(expanded, exactCase: exactCase) } catch { preconditionFailure("\(error)") }
  }

  /// One quotation mark of any kind, or two short ones.
  static let quote = "[\"“”„'‘’`´]{1,2}"
  /// What stands where something is left out: `___`, `[***]`, `[●]`, `****`.
  static let blank = "(?:_(?:[ _]{0,60}_)?|\\[[^\\]a-z0-9]{0,12}\\]|[●•·]|\\.{5,}|\\*{2,}|\\bX{3,}\\b)"
  static let month =
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    + "|nov(?:ember)?|dec(?:ember)?)"
  private static let unit =
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    + "|eighteen|nineteen|twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
  /// A number in words, at most six of them.
  static let number = "(?:\(unit)(?:(?: and |[- ]\\s*)\(unit)){0,5})"
  static let ordinal =
    "(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    + "|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
  /// The ending of `4th`, also where recognition or kerning has cut it.
  static let ending = "(?:\\s?(?:s\\s?t|n\\s?d|r\\s?d|t\\s?h)\\b)"
  static let year = "(?:(?:19|20)\\d\\d|(?:two thousand|nineteen|twenty)(?:[- ](?:and )?\(number))?)"
}
