import Pages
import Review
import TestSupport
import Testing

/// The review at a terminal, without one.
@Suite struct ReviewDeskTests {
  private static let now = "2026-11-21T10:00:00Z"

  private func desk(_ sheet: ReviewSheet = SheetFixture.sheet, _ made: [Decision] = []) -> ReviewDesk {
    ReviewDesk(sheet, decisions: made, principal: "cfo@x") { "page \($0.evidence.page) of docs/aa" }
  }

  private func press(_ desk: inout ReviewDesk, _ keys: String) -> [ReviewDesk.Effect] {
    keys.map { letter in
      _ = desk.screen(columns: 80, rows: 24)
      return desk.press(letter, at: Self.now)
    }
  }

  private func text(_ desk: inout ReviewDesk) -> String {
    desk.screen(columns: 80, rows: 24).joined(separator: "\n")
  }

  @Test func theLeastSureItemComesFirstWithItsQuoteAndContext() {
    var desk = desk()
    let screen = text(&desk)
    for part in [
      "1 of 4", "0/4, 2 mandatory left", "MANDATORY: term", "Term months (none) -> 36", "order.pdf, page 1",
      "confidence 0.64",
      "A number in words and the figure beside it differ; the figure was taken.", "W_WORD_FIGURE", "before it",
      "> \"three (3) years\"", "after it", "k acknowledge",
    ] { #expect(screen.contains(part), "\(part) is not on the screen:\n\(screen)") }
  }

  @Test func aMandatoryItemIsAcknowledgedAndNeverApprovedWithOthers() {
    var desk = desk()
    #expect(press(&desk, "a") == [.none])
    #expect(text(&desk).contains("is mandatory"))
    #expect(press(&desk, "A") == [.save])
    #expect(desk.progress.text == "2/4, 2 mandatory left")
    #expect(press(&desk, "k") == [.save])
    let made = desk.decisions.first { $0.fields == ["term_months"] }
    #expect(made?.isAcknowledged == true && made?.principal == "cfo@x" && made?.surface == .terminal)
    desk.nextOpen()
    #expect(text(&desk).contains("MRC"))
    #expect(press(&desk, "k") == [.save])
    #expect(desk.progress.text == "4/4, 0 mandatory left")
    desk.nextOpen()
    #expect(text(&desk).contains("nothing is left undecided"))
  }

  @Test func aLongQuoteIsReadToItsEndFirst() {
    let long = SheetFixture.quote(Array(repeating: "word", count: 900).joined(separator: " "), 500)
    var desk = desk(SheetFixture.sheet([SheetFixture.item(1, "mrc", "USD 1.00", mandatory: "mrc", quote: long)]))
    #expect(press(&desk, "k") == [.none])
    #expect(text(&desk).contains("read it to its end"))
    #expect(desk.decisions.isEmpty)
    #expect(press(&desk, String(repeating: " ", count: 60)).allSatisfy { $0 == .none })
    #expect(press(&desk, "k") == [.save])
  }

  @Test func withoutAQuoteNothingMandatoryIsAcknowledged() {
    var desk = desk(SheetFixture.sheet([SheetFixture.item(1, "mrc", "USD 1.00", mandatory: "mrc")]))
    #expect(press(&desk, "k") == [.none])
    #expect(desk.decisions.isEmpty && text(&desk).contains("no quote"))
  }

  @Test func withheldValuesAreForOthers() {
    let item = SheetFixture.item(1, "mrc", "SECRET", mandatory: "mrc", isWithheld: true)
    var desk = desk(SheetFixture.sheet([item]))
    #expect(!text(&desk).contains("SECRET"))
    #expect(press(&desk, "kasA").allSatisfy { $0 == .none } && desk.decisions.isEmpty)
  }

  @Test func rejectingAsksWhyAndASecondDecisionReplacesTheFirst() {
    var desk = desk()
    #expect(press(&desk, "kr") == [.save, .ask("why is Term months wrong (Enter for no reason): ")])
    #expect(desk.answer("wrong line", at: Self.now) == .save)
    #expect(desk.decisions.count == 1)
    #expect(desk.decisions[0].verdict == .reject && desk.decisions[0].comment == "wrong line")
    #expect(desk.answer(nil, at: Self.now) == .none)
  }

  @Test func anEditAsksForTheValueAndRefusesABadOneAtOnce() {
    var desk = desk()
    let question = "Term months, now 36 (months, as 36 or 3 years; Enter keeps it): "
    #expect(press(&desk, "e") == [.ask(question)])
    #expect(desk.answer("soon", at: Self.now) == .none)
    #expect(text(&desk).contains("not taken: Term months \"soon\" is not a term") && desk.decisions.isEmpty)
    #expect(press(&desk, "e") == [.ask(question)])
    #expect(desk.answer("", at: Self.now) == .none)
    #expect(text(&desk).contains("nothing was written anew") && desk.decisions.isEmpty)
    #expect(press(&desk, "e") == [.ask(question)])
    #expect(desk.answer("2 years", at: Self.now) == .ask("why (Enter for no reason): "))
    #expect(desk.answer("the amendment", at: Self.now) == .save)
    let made = desk.decisions.first
    #expect(made?.verdict == .edit && made?.edits == [.init(field: "term_months", text: "2 years")])
    #expect(made?.isAcknowledged == true && made?.comment == "the amendment")
    #expect(
      text(&desk).contains("edited Term months to 2 years, the amendment") || text(&desk).contains("2 years: the"))
    #expect(desk.progress.text == "1/4, 1 mandatory left")
  }

  @Test func whatIsNotEditedSaysWhy() {
    var desk = desk(
      SheetFixture.sheet([
        SheetFixture.item(1, "number", "SO-1", quote: SheetFixture.quote("q", 1)),
        SheetFixture.item(2, "mrc", "USD 1.00", mandatory: "mrc"),
      ]))
    #expect(press(&desk, "e") == [.none])
    #expect(text(&desk).contains("is not edited, for it has no form here"))
    #expect(press(&desk, "je") == [.none, .none])
    #expect(text(&desk).contains("no quote") && desk.decisions.isEmpty)
  }

  @Test func movingFilteringAndHelp() {
    var desk = desk()
    #expect(press(&desk, "j") == [.none])
    #expect(text(&desk).contains("2 of 4"))
    #expect(press(&desk, "J") == [.none])
    #expect(press(&desk, "o") == [.none])
    #expect(text(&desk).contains("page 1 of docs/aa"))
    #expect(press(&desk, "/") == [.ask("show only what holds (Enter for all): ")])
    _ = desk.answer("usd 1", at: Self.now)
    #expect(text(&desk).contains("1 of 1, filter \"usd 1\""))
    #expect(press(&desk, "A") == [.none], "only mandatory ones are shown")
    _ = press(&desk, "/")
    _ = desk.answer("no such thing", at: Self.now)
    #expect(text(&desk).contains("1 of 4"))
    #expect(press(&desk, "?") == [.none])
    #expect(text(&desk).contains("any key goes back"))
    #expect(press(&desk, "xq") == [.none, .leave])
  }

  @Test func aReviewGoesOnWhereItWasLeft() {
    var first = desk()
    _ = press(&first, "k")
    var second = desk(SheetFixture.sheet, first.decisions)
    #expect(second.progress.text == "1/4, 1 mandatory left")
    #expect(text(&second).contains("2 of 4"), "the first undecided item is shown")
  }

  @Test(arguments: [(80, 24), (40, 12), (20, 6), (200, 60)])
  func everyLineFits(_ columns: Int, _ rows: Int) {
    var random = SplitMix64()
    let wild = ["\u{1b}[31m", "a", " ", String(repeating: "x", count: 300), "\n", "\u{202e}", "ü", "</b>"]
    for _ in 0..<50 {
      let text = (0..<40).map { _ in wild.randomElement(using: &random) ?? "" }.joined()
      var desk = desk(
        SheetFixture.sheet(
          [
            SheetFixture.item(1, "mrc", text, mandatory: "mrc", quote: SheetFixture.quote(text, 1, doubts: [text]))
          ], names: [text, text]))
      for key in "?xjA  bo" {
        let lines = desk.screen(columns: columns, rows: rows)
        #expect(lines.count <= max(rows, 8), "seed \(random.seed)")
        #expect(lines.allSatisfy { $0.count <= max(columns, 20) }, "seed \(random.seed): \(lines)")
        #expect(lines.allSatisfy { !$0.contains("\u{1b}") && !$0.contains("\u{202e}") && !$0.contains("\n") })
        _ = desk.press(key, at: Self.now)
      }
    }
  }
}
