import CLI
import Extraction
import Glibc
import Records

@main struct Main {
  nonisolated static func main() {
    let arguments = CommandLine.arguments
    if let status = SheetChild.status(arguments) ?? Conversion.status(arguments) { exit(status) }
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
        .value("quote", "BYTE|none", "what encloses cells (default: detected)"),
        .value("header-row", "N|N-M|none", "the row, or up to three rows, that name the columns (default: detected)"),
        .list("sheet", "SHEET", "a sheet of a workbook: its name, number, a pattern, or all (default: the largest)"),
        .flag("convert", "let LibreOffice turn XLS and XLSB into XLSX first"),
        .value("table", "N", "which of several tables in a file (default: the largest)"),
        .value("comment", "BYTE|none", "what begins a line that is no row (default: #, where the line is no row)"),
        .value("footer", "ROW|none", "the first row below the data; none takes totals as data (default: detected)"),
        .value("password", "REFERENCE", "the password of PDFs, as env:NAME or file:PATH"),
        .documents,
        .value("known", "FILE", "what trunkline db loads prints: a table that was loaded is not read again"),
        .flag("paths", "read file names from standard input, one a line"),
        .flag("explain", "print what was detected instead of records"),
        .output("rejects", "FILE", "where rejected rows go (default: extract-RUN.rejects.jsonl)"),
      ],
      examples: [
        .init("trunkline extract inventory.csv | trunkline map --mapping auto", "a table into the chain"),
        .init("trunkline extract --sheet 'Circuits*' inventory.xlsx", "the sheets of a workbook, one stream each"),
        .init("trunkline extract --explain inventory.csv", "delimiter, header and each column's evidence"),
        .init("find in -name '*.csv' | trunkline extract --paths", "many files, one stream each"),
        .init("trunkline extract --known <(trunkline db loads) inventory.csv", "the same bytes again: only a digest"),
      ],
      exits: [.rejects, .partial, .noInput],
      notes: ["the kind of a file is found by its content, never by its name"])
  }
}
