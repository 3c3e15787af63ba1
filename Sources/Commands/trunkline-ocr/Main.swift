import CLI
import Recognition
import Records

@main struct Main {
  nonisolated static func main() {
    Program.main(spec, explain: Session.explain) { invocation in
      var session = try Session(invocation)
      return try session.run()
    }
  }

  nonisolated static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-ocr", summary: "pages without usable text: their words, recognised from the image",
      usage: "[options]",
      options: [
        .setting("ocr.languages", "LIST"), .setting("ocr.dpi", "N"), .setting("ocr.cache", "DIR"),
        .setting("ocr.workers", "N"), .documents,
        .flag("explain", "print which pages would be recognised and why, instead of the stream"),
      ],
      examples: [
        .init("trunkline extract contracts/ | trunkline ocr | trunkline map", "scans and digital pages alike"),
        .init("trunkline extract contracts/ | trunkline ocr --explain", "which pages are scans"),
        .init("trunkline extract vertraege/ | trunkline ocr --languages deu+eng", "German and English"),
      ],
      exits: [.partial],
      notes: [
        "a page with usable text, and every stream without pages, passes byte for byte",
        "10: some pages could not be read; they went on without words, with W_UNREAD beside them",
      ],
      afterInterrupt: "run the same command again: pages recognised so far are kept")
  }
}
