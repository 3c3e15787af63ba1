/// Names of carriers, and the slug that is a carrier's natural key.
package enum CarrierName {
  /// Appends the slug: folded to lower-case ASCII, `&` as `and`, everything else between words one hyphen.
  ///
  /// Legal forms at the end (`Inc.`, `LLC`, `GmbH & Co. KG`) are dropped unless nothing would remain. Points between
  /// single letters join them (`S.A.` is `sa`). Letters of other scripts are kept. Idempotent.
  package static func slug(_ text: Bytes, into out: inout [UInt8]) {
    let start = out.count
    if TextBytes.isASCII(text) {
      appendWords(text, into: &out)
    } else {
      var folded: [UInt8] = []
      TextBytes.appendFolded(text, into: &folded)
      folded.withUnsafeBufferPointer { appendWords($0, into: &out) }
    }
    dropLegalForms(from: start, in: &out)
  }

  package static func slug(_ text: String) -> String {
    var out: [UInt8] = []
    TextBytes.withBytes(of: text) { slug($0, into: &out) }
    return String(decoding: out, as: UTF8.self)
  }

  private static func appendWords(_ text: Bytes, into out: inout [UInt8]) {
    let start = out.count
    var gap = false
    var run = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      let width = WordCharacter.width(text, at: index)
      if width > 0 {
        if gap, out.count > start { out.append(0x2D) }
        if gap { run = 0 }
        gap = false
        for offset in 0..<width { out.append(TextBytes.lower(text[index + offset])) }
        run += 1
        index += width
      } else if byte == 0x26 {
        if out.count > start { out.append(0x2D) }
        out.append(contentsOf: "and".utf8)
        gap = true
        index += 1
      } else {
        let joins = byte == 0x2E && run == 1 && !gap && index + 1 < text.count
        if joins, WordCharacter.width(text, at: index + 1) > 0 { run = 0 } else { gap = true }
        index += 1
      }
    }
  }

  private static func dropLegalForms(from start: Int, in out: inout [UInt8]) {
    var dropped = false
    while let hyphen = out[start...].lastIndex(of: 0x2D) {
      let isLegal = out.withUnsafeBufferPointer { all in
        let word = Bytes(rebasing: all[(hyphen + 1)...])
        return legalForms[exactly: word] != nil || (dropped && word.elementsEqual("and".utf8))
      }
      if !isLegal { return }
      out.removeSubrange(hyphen...)
      dropped = true
    }
  }

  private static let legalForms = Lexicon<Bool>(grouped: [
    (
      true,
      """
      inc incorporated llc ltd limited gmbh corp corporation company co sa ag plc bv nv srl spa sas sarl kg kgaa oy \
      oyj ab as asa aps pty lp llp se
      """
    )
  ])

  /// Names and their slugs: the definition of the rule for docs and tests.
  package static let examples: [(name: String, slug: String)] = [
    ("Zayo Group, LLC", "zayo-group"),
    ("AT&T", "at-and-t"),
    ("AT & T Corp.", "at-and-t"),
    ("Lumen Technologies, Inc.", "lumen-technologies"),
    ("Level 3 Communications, LLC", "level-3-communications"),
    ("Cogent Communications", "cogent-communications"),
    ("Crown Castle Fiber LLC", "crown-castle-fiber"),
    ("Telefónica S.A.", "telefonica"),
    ("Deutsche Telekom AG", "deutsche-telekom"),
    ("Vodafone GmbH & Co. KG", "vodafone"),
    ("Société Française du Radiotéléphone", "societe-francaise-du-radiotelephone"),
    ("Telia Company AB", "telia"),
    ("U.S. Signal Company, L.L.C.", "us-signal"),
    ("BT Group plc", "bt-group"),
    ("euNetworks B.V.", "eunetworks"),
    ("Köln.Net / NetCologne", "koln-net-netcologne"),
    ("Øresund Fiber", "oresund-fiber"),
    ("The Company", "the"),
    ("Co., Ltd.", "co"),
    ("  Windstream   Holdings  ", "windstream-holdings"),
    ("Ｖｅｒｉｚｏｎ", "verizon"),
  ]
}
