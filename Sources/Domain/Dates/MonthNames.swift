/// Names and abbreviations of the months in English, German and French.
enum MonthNames {
  /// 1...12, whatever the case and with or without diacritics.
  static func month(_ name: Bytes) -> Int? { lexicon[loosely: name] }

  private static let lexicon = Lexicon<Int>(
    [
      "jan january januar janner janvier janv", "feb february februar feber fevrier fevr fev", "mar march marz maerz mrz mars",
      "apr april avril avr", "may mai", "jun june juni juin", "jul july juli juillet juil", "aug august aout",
      "sep sept september septembre", "oct october okt oktober octobre", "nov november novembre",
      "dec december dez dezember decembre",
    ].enumerated().flatMap { index, names in names.split(separator: " ").map { (String($0), index + 1) } })
}
