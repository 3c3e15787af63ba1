/// The abbreviations of addresses (USPS Publication 28, appendices B and C) and the words around them.
enum AddressWords {
  enum Unit: Sendable { case suite, floor, room }

  static let units = Lexicon<Unit>(grouped: [
    (.suite, "suite ste unit apt apartment #"), (.floor, "floor fl flr"), (.room, "room rm"),
  ])

  /// What a unit may be called: something with a digit, or one letter. So `Ste Marie` stays a street.
  static func isUnitValue(_ word: Bytes) -> Bool {
    if word.count == 1 { return TextBytes.isAlphanumeric(word[0]) }
    return word.contains(where: TextBytes.isDigit)
  }

  /// `3`, `3rd`, `12th`.
  static func isOrdinal(_ word: Bytes) -> Bool {
    let stem = ordinalStem(word)
    return !stem.isEmpty && stem.allSatisfy(TextBytes.isDigit)
  }

  /// The digits of an ordinal; the word itself when it is none.
  static func ordinalStem(_ word: Bytes) -> Bytes {
    guard word.count > 2, TextBytes.isDigit(word[word.count - 3]) else { return word }
    let ending = Bytes(rebasing: word[(word.count - 2)...])
    guard ordinals[exactly: ending] != nil else { return word }
    return Bytes(rebasing: word[..<(word.count - 2)])
  }

  private static let ordinals = Lexicon<Bool>(grouped: [(true, "st nd rd th")])

  static let street = Lexicon<String>(grouped: [
    ("st", "street str strt strasse saint sankt"), ("ave", "avenue av aven avn"), ("rd", "road"),
    ("blvd", "boulevard boul"),
    ("dr", "drive driv drv"), ("ln", "lane"), ("ct", "court"), ("pl", "place"), ("sq", "square"),
    ("ter", "terrace terr"), ("pkwy", "parkway pky"), ("hwy", "highway"), ("fwy", "freeway"), ("expy", "expressway"),
    ("cir", "circle"), ("trl", "trail"), ("tpke", "turnpike tpk"), ("plz", "plaza"), ("ctr", "center centre"),
    ("bldg", "building"), ("mt", "mount"), ("ft", "fort"), ("rte", "route"), ("aly", "alley"), ("jct", "junction"),
    ("xing", "crossing"), ("hts", "heights"), ("pt", "point"), ("pike", "pk"), ("sta", "station"), ("mnr", "manor"),
    ("grv", "grove"), ("holw", "hollow"), ("is", "island"), ("lndg", "landing"), ("mdws", "meadows"),
    ("rdg", "ridge"), ("spgs", "springs"), ("vly", "valley"), ("vis", "vista"), ("n", "north"), ("s", "south"),
    ("e", "east"), ("w", "west"), ("ne", "northeast"), ("nw", "northwest"), ("se", "southeast"), ("sw", "southwest"),
  ])

  static let city = Lexicon<String>(grouped: [("st", "saint sankt"), ("mt", "mount"), ("ft", "fort")])

  static let countries = Lexicon<String>([
    ("usa", "us"), ("united states", "us"), ("united states of america", "us"), ("u s a", "us"), ("u s", "us"),
    ("canada", "ca"), ("can", "ca"), ("united kingdom", "gb"), ("uk", "gb"), ("great britain", "gb"), ("gbr", "gb"),
    ("england", "gb"), ("germany", "de"), ("deutschland", "de"), ("deu", "de"), ("france", "fr"), ("fra", "fr"),
    ("austria", "at"), ("osterreich", "at"), ("switzerland", "ch"), ("schweiz", "ch"), ("suisse", "ch"),
    ("netherlands", "nl"), ("the netherlands", "nl"), ("ireland", "ie"), ("mexico", "mx"), ("spain", "es"),
    ("italy", "it"), ("australia", "au"),
  ])
}
