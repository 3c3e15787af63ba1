import Records
import Review
import TestSupport
import Testing

/// The order of a review, and the file of its decisions.
@Suite struct DecisionFileTests {
  private let sheet = SheetFixture.sheet

  private func faults(_ text: String) -> [String] {
    do throws(DecisionFile.Faults) {
      _ = try DecisionFile.read(Array(text.utf8), for: sheet)
      return []
    } catch {
      return error.faults.map { "\($0.line) \($0.why)" }
    }
  }

  private func item(_ number: Int) throws -> ReviewItem { try #require(sheet.items.first { $0.number == number }) }

  @Test func theLeastSureComesFirst() {
    #expect(sheet.items.map(\.number) == [3, 1, 2, 4])
    #expect(SheetFixture.sheet(sheet.items.reversed()) == sheet)
  }

  @Test func progressCountsWhatIsDecided() throws {
    #expect(ReviewProgress(sheet, []).text == "0/4, 2 mandatory left")
    let made = [
      SheetFixture.decision(try item(2)), SheetFixture.decision(try item(1), .reject),
      SheetFixture.decision(try item(3), .skip),
    ]
    #expect(ReviewProgress(sheet, made).text == "2/4, 1 mandatory left")
  }

  @Test func whatIsWrittenIsRead() throws {
    var random = SplitMix64()
    for _ in 0..<200 {
      let made = sheet.items.filter { _ in Bool.random(using: &random) }.map { item in
        SheetFixture.decision(
          item, [.approve, .reject, .skip].randomElement(using: &random) ?? .skip,
          comment: ["", "a \"quoted\" </script> line\n", "ü\u{2028}"].randomElement(using: &random) ?? "")
      }
      let text = DecisionFile.text(made.shuffled(using: &random))
      #expect(try DecisionFile.read(Array(text.utf8), for: sheet) == made, "seed \(random.seed)")
    }
  }

  @Test func aLineRepeatedCountsOnceAndLineEndsDoNotMatter() throws {
    let line = SheetFixture.decision(try item(2)).json.line
    #expect(try DecisionFile.read(Array("\r\n\(line)\r\n\(line)\n".utf8), for: sheet).count == 1)
  }

  @Test func whatIsAboutSomethingElseIsRefused() throws {
    let term = try item(3)
    let other = SheetFixture.item(9, "mrc", "1", quote: SheetFixture.quote("x", 1))
    let lines = [
      SheetFixture.decision(term, set: "CS-0002"),
      SheetFixture.decision(term, content: String(repeating: "e", count: 64)), SheetFixture.decision(other),
      SheetFixture.decision(term, quote: "another"),
    ]
    #expect(
      faults(DecisionFile.text(lines)) == [
        "1 is about CS-0002, not CS-0001", "2 is about other content of CS-0001: its content_sha256 differs",
        "3 is about change 90, mrc, which CS-0001 does not have", "4 names another quote than that of item 3",
      ])
  }

  @Test func aMandatoryFieldCountsOnlyWithItsQuoteShown() throws {
    let unseen = SheetFixture.decision(try item(3), acknowledged: false)
    #expect(faults(unseen.json.line) == ["1 approves Term months of item 3, whose quote was not shown"])
    #expect(faults(SheetFixture.decision(try item(1), acknowledged: false).json.line).isEmpty)
    #expect(faults(SheetFixture.decision(try item(3), .reject, acknowledged: false).json.line).isEmpty)
    let bare = SheetFixture.sheet([SheetFixture.item(5, "mrc", "1", mandatory: "mrc")])
    #expect(throws: DecisionFile.Faults.self) {
      try DecisionFile.read(Array(SheetFixture.decision(bare.items[0]).json.line.utf8), for: bare)
    }
    let hidden = SheetFixture.sheet([
      SheetFixture.item(5, "mrc", "1", mandatory: "mrc", quote: SheetFixture.quote("q", 1), isWithheld: true)
    ])
    #expect(throws: DecisionFile.Faults.self) {
      try DecisionFile.read(Array(SheetFixture.decision(hidden.items[0]).json.line.utf8), for: hidden)
    }
  }

  @Test func anEditIsReadByTheParsersOfTables() throws {
    let term = try item(3)
    let good = SheetFixture.decision(term, .edit, edits: [("term_months", "5 years")])
    #expect(try DecisionFile.read(Array(good.json.line.utf8), for: sheet) == [good])
    #expect(try EditedItem(term, good).values.map(\.value) == [.int(60)])
    for (edits, why) in [
      ([("term_months", "soon")], "edits item 3: Term months \"soon\" is not a term: write months, as 36 or 3 years"),
      ([("term_months", "36")], "edits item 3: Term months \"36\" is what was read: approve it"),
      ([("term_months", "")], "edits item 3: Term months \"\" is empty: reject the value if there is none"),
      ([("mrc", "USD 1.00")], "edits item 3: it has no value \"mrc\""),
    ] {
      #expect(faults(SheetFixture.decision(term, .edit, edits: edits).json.line) == ["1 \(why)"])
    }
    let unseen = SheetFixture.decision(term, .edit, acknowledged: false, edits: [("term_months", "60")])
    #expect(faults(unseen.json.line) == ["1 edits item 3: Term months is mandatory, and its quote was not shown"])
    let fixed = SheetFixture.sheet([SheetFixture.item(7, "number", "SO-1", quote: SheetFixture.quote("SO-1", 900))])
    let edit = SheetFixture.decision(fixed.items[0], .edit, edits: [("number", "SO-2")])
    #expect(throws: DecisionFile.Faults.self) { try DecisionFile.read(Array(edit.json.line.utf8), for: fixed) }
  }

  @Test func contradictionsAreRefused() throws {
    let lines = [SheetFixture.decision(try item(3)), SheetFixture.decision(try item(3), .reject)]
    #expect(faults(DecisionFile.text(lines)) == ["2 decides item 3 otherwise than line 1"])
  }

  @Test func sixMistakesAreSixLines() throws {
    let good = SheetFixture.decision(try item(1)).json.line
    func altered(_ name: String, _ value: JSON) -> String {
      let members = (JSON.parse(good)?.members ?? []).map { ($0.name, $0.name == name ? value : $0.value) }
      return JSON.fields(members).line
    }
    let text = [
      good, "{", "[]", altered("verdict", .string("edit")), altered("edited_value", .string("37")),
      altered("verdict", .string("change")),
      altered("ack", .string("true")), altered("surface", .string("mail")), altered("seq", .string("10")),
    ]
    #expect(
      faults(text.joined(separator: "\n")) == [
        "2 is not a JSON object", "3 is not a JSON object",
        "4 is an edit without an edited_value of a text for each field",
        "5 has an edited value, and its verdict is approve",
        "6 has verdict \"change\", which is none of approve, edit, reject, skip",
        "7 has no true or false \"ack\"", "8 has surface \"mail\", which is none of html, terminal",
        "9 has no whole number \"seq\"",
      ])
  }
}
