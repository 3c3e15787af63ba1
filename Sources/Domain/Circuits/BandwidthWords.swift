/// Units and named rates as carriers write them; lower case without blanks and hyphens.
enum BandwidthWords {
  static let units = Lexicon<BandwidthUnit>(grouped: [
    (.bps, "bps bit_s bits_s b_s"),
    (.kbps, spellings(letter: "k", word: "kilo")),
    (.mbps, spellings(letter: "m", word: "mega") + " meg megs"),
    (.gbps, spellings(letter: "g", word: "giga") + " gig gigs"),
    (.tbps, spellings(letter: "t", word: "tera")),
  ])

  private static func spellings(letter: String, word: String) -> String {
    let short = [
      "", "b", "bps", "bit", "bits", "bs", "b_s", "bit_s", "bits_s", "b_sec", "bit_sec", "bits_sec", "bitps", "bitsps",
      "bpersecond",
    ]
    let long = ["bit", "bits", "bit_s", "bits_s", "bit_sec", "bits_sec", "bitpersecond", "bitspersecond"]
    let words: [String] = short.map { letter + $0 } + long.map { word + $0 }
    return words.joined(separator: " ")
  }

  /// What an Ethernet interface of so many gigabits is called: `10GE`, `100GbE`, `10GigE`.
  static let gigabitEthernet = Lexicon<Bool>(grouped: [
    (true, "ge gbe gige gigether gigethernet gigabitethernet gbethernet gethernet")
  ])

  /// Rates in kbps by name (ITU-T G.702 and G.707, ANSI T1.105, IEEE 802.3).
  static let rates: Lexicon<Int64> = {
    var groups: [(Int64, String)] = [
      (64, "ds0 e0"), (1544, "ds1 t1"), (6312, "ds2 t2"), (44_736, "ds3 t3"), (2048, "e1"), (8448, "e2"),
      (34_368, "e3"), (139_264, "e4"), (100_000, "faste fastethernet fe"),
      (1_000_000, "gige gbe ge gigabitethernet gigethernet gigabit gig"), (10_000_000, "tengige tengigabitethernet"),
    ]
    for level: Int64 in [1, 3, 12, 24, 48, 96, 192, 768] {
      groups.append((level * 51_840, "oc\(level) oc\(level)c sts\(level) sts\(level)c"))
    }
    for level: Int64 in [1, 4, 16, 64, 256] { groups.append((level * 155_520, "stm\(level) stm\(level)c")) }
    return Lexicon(grouped: groups)
  }()
}
