import CLI
import Extraction
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
      name: "trunkline-extract", summary: "files to records, each with its origin",
      usage: "[options] FILE|DIR|GLOB|-...",
      arguments: [
        Argument("FILE", "a file, a folder, a pattern, or - for standard input", isRequired: false, isRepeatable: true)
      ],
      options: [
        .setting("extract.encoding", "NAME"),
        .value("delimiter", "BYTE", "what stands between cells: one character, tab or pipe (default: detected)"),
        .value("header-row", "N|none", "the row that names the columns (default: detected)"),
        .documents,
        .flag("paths", "read file names from standard input, one a line"),
        .flag("explain", "print what was detected instead of records"),
        .value("rejects", "FILE", "where rejected rows go (default: extract-RUN.rejects.jsonl)"),
      ],
      examples: [
        .init("trunkline extract inventory.csv | trunkline map --mapping auto", "a table into the chain"),
        .init("trunkline extract --explain inventory.csv", "delimiter, header and each column's evidence"),
        .init("find in -name '*.csv' | trunkline extract --paths", "many files, one stream each"),
      ],
      exits: [.rejects, .partial, .noInput],
      notes: ["the kind of a file is found by its content, never by its name"])
  }
}
