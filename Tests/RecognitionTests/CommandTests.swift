import Glibc
import Pages
import Records
import TestSupport
import Testing

/// The program itself, beside a stand-in for the one that draws pages.
struct CommandTests {
  /// A folder with the program, originals and pictures.
  private struct Office {
    let folder: TemporaryFolder
    var documents: String { folder.file("documents") }

    /// The stand-in counts what it draws; `drawing` is its line of shell for page `$2`.
    init(_ drawing: String = "cat \"$here/$2.pgm\"") throws {
      folder = try TemporaryFolder()
      makeFolder(folder.file("bin"))
      makeFolder(documents)
      makeFolder("\(documents)/\(PageStream.digest.prefix(2))")
      try writeFile(PageStream.original, original)
      for program in ["trunkline-ocr", "trunkline-recognise"] {
        guard link("\(productsFolder)/\(program)", folder.file("bin/\(program)")) == 0 else {
          throw SystemFailure("link", productsFolder)
        }
      }
      try folder.write(
        "#!/bin/sh\nhere='\(folder.path)'\necho \"$*\" >>\"$here/drawn\"\n\(drawing)\n", to: "bin/trunkline-pages")
      chmod(folder.file("bin/trunkline-pages"), 0o755)
      try draw(1, ["THE FIRST PAGE", "HAS A FEW WORDS"])
      try draw(2, ["THE SECOND PAGE", "HAS OTHER WORDS"])
      try draw(3, ["THE THIRD PAGE", "HAS THE LAST WORDS"])
    }

    var original: String { "\(documents)/\(PageStream.digest.prefix(2))/\(PageStream.digest)" }

    func draw(_ page: Int, _ lines: [String]) throws { try folder.write(DrawnPage(lines).pgm, to: "\(page).pgm") }

    func ocr(_ arguments: [String] = [], _ scans: [Bool] = [true, true, true]) throws -> Outcome {
      try run(
        folder.file("bin/trunkline-ocr"), ["--documents", documents] + arguments,
        stdin: PageStream.bytes(scans, in: folder))
    }

    func methods(_ outcome: Outcome) throws -> [Page.Method] {
      try PageStream.pages(outcome.output, in: folder).map(\.page.method)
    }

    /// What is kept, with the time it was written.
    func kept() throws -> [String: Int] {
      let listing = try shell("find '\(documents)/ocr' -type f -printf '%f %T@\\n' 2>/dev/null | tr -d .")
      let pairs = listing.stdout.split(separator: "\n").map { $0.split(separator: " ") }
      return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), Int($0[1]) ?? 0) })
    }
  }

  @Test func readsScansAndKeepsThem() throws {
    let office = try Office()
    let first = try office.ocr([], [true, false, true])
    #expect(first.status == 0, "\(first.stderr)")
    #expect(try office.methods(first) == [.ocr, .text, .ocr])
    let text = try PageStream.pages(first.output, in: office.folder).map {
      String(decoding: $0.page.text, as: UTF8.self)
    }
    #expect(text[0].contains("FIRST") && text[2].contains("LAST"))
    let kept = try office.kept()
    #expect(kept.count == 2)
    // Kept or not, one worker or three: the same bytes, and nothing is read twice.
    for workers in ["1", "3"] {
      #expect(try office.ocr(["--workers", workers], [true, false, true]).output == first.output)
    }
    #expect(try office.kept() == kept)
    #expect(
      try office.ocr(["--workers", "3", "--cache", office.folder.file("other")], [true, false, true]).output
        == first.output)
  }

  @Test func amountsInColumnsAreDrawnFiner() throws {
    let office = try Office()
    try office.draw(1, ["CHARGE 1250.75", "CHARGE 2210.40", "CHARGE 3300.90", "CHARGE 1875.25"])
    #expect(try office.ocr([], [true]).status == 0)
    let drawn = try readFile(office.folder.file("drawn"))
    #expect(String(decoding: drawn, as: UTF8.self) == "render 1 --dpi 200 --gray\nrender 1 --dpi 300 --gray\n")
  }

  @Test(arguments: [
    ("kill -9 $PPID", "the process broke off (signal 9)"),
    // What its own clocks do to one that hangs.
    ("kill -PROF $PPID", "the process needed more than 120 seconds of processor time"),
    ("kill -ALRM $PPID", "the process did not end within 900 seconds"),
    ("exit 3", "trunkline-pages ended with status 3"),
    ("kill -9 $$", "trunkline-pages broke off (signal 9)"), ("echo P5 9 9 255", "its picture is none"),
    ("yes", "its picture has no end"),
  ])
  func aHostilePageHurtsOnlyItself(_ deed: String, _ reason: String) throws {
    let office = try Office("if [ $2 = 2 ]; then \(deed); exit; fi; cat \"$here/$2.pgm\"")
    for workers in ["1", "2"] {
      let outcome = try office.ocr(["--workers", workers])
      #expect(outcome.status == 10)
      let pages = try PageStream.pages(outcome.output, in: office.folder)
      #expect(pages.map(\.page.method) == [.ocr, .none, .ocr])
      #expect(pages[1].issues.first?.message.contains(reason) == true, "\(pages[1].issues)")
      #expect(outcome.stderr.contains("1 pages could not be read"))
    }
  }

  /// Killed while the third page is being drawn; afterwards the first two are not recognised again.
  @Test func goesOnAfterAKill() throws {
    let office = try Office("if [ $2 = 3 ] && [ ! -e \"$here/again\" ]; then sleep 30; fi; cat \"$here/$2.pgm\"")
    let stream = try office.folder.write(PageStream.bytes([true, true, true], in: office.folder), to: "in.jsonl")
    let program = "'\(office.folder.file("bin/trunkline-ocr"))' --workers 1 --documents '\(office.documents)'"
    let killed = try shell(
      """
      \(program) <'\(stream)' >/dev/null 2>&1 & one=$!
      tries=0
      while [ $tries -lt 600 ] && [ "$(grep -c 'render 3' '\(office.folder.file("drawn"))' 2>/dev/null)" != 1 ]; do
        sleep 0.1; tries=$((tries + 1))
      done
      kill -9 $one; wait $one; echo $?
      """)
    #expect(killed.stdout.contains("137"))
    let kept = try office.kept()
    #expect(kept.count == 2)
    try office.folder.write("", to: "again")
    let outcome = try office.ocr()
    #expect(outcome.status == 0)
    let after = try office.kept()
    #expect(after.count == 3 && kept.allSatisfy { after[$0.key] == $0.value })
  }

  /// A thousand pages, stopped in the middle: the second run draws them again and reads none twice, in the memory of few.
  @Test func aBacklogOf1000PagesGoesOnInBoundedMemory() throws {
    let office = try Office("cat \"$here/$(($2 % 2 + 1)).pgm\"")
    let program = "'\(office.folder.file("bin/trunkline-ocr"))' --workers 1 --documents '\(office.documents)'"
    func most(_ pages: Int, until: String) throws -> (kilobytes: Int, output: String) {
      let stream = try office.folder.write(
        PageStream.bytes(Array(repeating: true, count: pages), in: office.folder), to: "\(pages).jsonl")
      let done = try shell(
        """
        \(program) <'\(stream)' >'\(office.folder.file("out"))' 2>/dev/null & one=$!; most=0
        while size=$(grep VmHWM /proc/$one/status 2>/dev/null | tr -dc 0-9) && [ -n "$size" ]; do
          most=$size; \(until); sleep 0.05
        done
        wait $one; echo $most
        """)
      let number = done.stdout.split(separator: "\n").last.flatMap { Int($0) } ?? 0
      return (number, try office.folder.read("out"))
    }
    let few = try most(20, until: ":")
    let drawn = "$(wc -l < '\(office.folder.file("drawn"))')"
    _ = try most(1000, until: "[ \(drawn) -gt 300 ] && kill -9 $one")
    let kept = try office.kept()
    #expect(kept.count == 2, "one for each picture")
    let many = try most(1000, until: ":")
    #expect(try office.kept() == kept)
    let pages = try PageStream.pages(Array(many.output.utf8), in: office.folder)
    #expect(pages.count == 1000 && pages.allSatisfy { $0.page.method == .ocr })
    #expect(few.kilobytes > 0 && many.kilobytes < few.kilobytes + 16 << 10, "\(few.kilobytes), \(many.kilobytes)")
  }

  @Test func missingAndChangedOriginalsAreSaid() throws {
    let office = try Office()
    try writeFile(Array("other bytes".utf8), office.original)
    let changed = try office.ocr([], [true])
    #expect(
      changed.status == 10 && String(decoding: changed.output, as: UTF8.self).contains("is not what it was"))
    unlink(office.original)
    let missing = try office.ocr([], [true])
    #expect(missing.status == 10 && String(decoding: missing.output, as: UTF8.self).contains("has no original"))
    let nowhere = try run(
      office.folder.file("bin/trunkline-ocr"), [], stdin: PageStream.bytes([true], in: office.folder))
    #expect(nowhere.status == 78 && nowhere.stderr.contains("--documents DIR") && nowhere.output.isEmpty)
  }

  @Test func refusesWhatItCannotDo() throws {
    let office = try Office()
    let language = try office.ocr(["--languages", "eng+xyz"])
    #expect(language.status == 78 && language.stderr.contains("\"xyz\"") && language.output.isEmpty)
    for bad in [
      ["--languages", "../eng"], ["--languages", ""], ["--dpi", "5"], ["--dpi", "x"], ["--workers", "0"],
    ] {
      let outcome = try office.ocr(bad)
      #expect((outcome.status == 64 || outcome.status == 78) && outcome.output.isEmpty, "\(bad)")
    }
    let cut = try run(
      office.folder.file("bin/trunkline-ocr"), ["--documents", office.documents],
      stdin: Array(PageStream.bytes([true], in: office.folder).dropLast(30)))
    #expect(cut.status == 1 && cut.output.isEmpty)
  }

  /// What passes everything on, and what only explains, start nothing that could recognise.
  @Test func theWorkerIsStartedOnlyForAPage() throws {
    let office = try Office()
    unlink(office.folder.file("bin/trunkline-recognise"))
    #expect(try office.ocr([], [false, false]).status == 0)
    #expect(try office.ocr(["--explain"], [true]).status == 0)
    let missing = try office.ocr([], [true])
    #expect(missing.status == 1 && missing.output.isEmpty)
    #expect(missing.stderr.contains("trunkline-recognise: cannot be started"))
    #expect(missing.stderr.contains("install both"))
  }

  @Test func theCommandItselfLinksNoRecognition() throws {
    let libraries = try shell("ldd '\(productsFolder)/trunkline-ocr'").stdout
    #expect(libraries.contains("libc.so") && !libraries.contains("tesseract") && !libraries.contains("lept"))
    let alone = try run("\(productsFolder)/trunkline-recognise", [], stdin: [])
    #expect(alone.status == 64 && alone.stderr.contains("started by trunkline ocr"))
  }

  @Test func explainsWithoutReading() throws {
    let office = try Office()
    let outcome = try office.ocr(["--explain"], [true, false])
    #expect(outcome.status == 0)
    #expect(outcome.stdout == "\(PageStream.digest) page 1: hardly any text\n1 of 2 pages are to be recognised\n")
  }
}
