/// Names and abbreviations of the months in English, German and French.
enum MonthNames {
  /// 1...12, whatever the case and with or without diacritics.
  static func month(_ name: Bytes) -> Int? { lexicon[loosely: name] }

  private static let lexicon = Lexicon<Int>(grouped: [
    (1, "jan january januar janner jaenner janvier janv"), (2, "feb february februar feber fevrier fevr fev"),
    (3, "mar march marz maerz mrz mars"), (4, "apr april avril avr"), (5, "may mai"),
    (6, "jun june juni juin"), (7, "jul july juli juillet juil"), (8, "aug august aout"),
    (9, "sep sept september septembre"), (10, "oct october okt oktober octobre"), (11, "nov november novembre"),
    (12, "dec december dez dezember decembre"),
  ])
}
