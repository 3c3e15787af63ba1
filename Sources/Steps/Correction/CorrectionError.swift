import Glibc

/// Why rejects cannot become a workbook, or a workbook cannot be taken back.
package enum CorrectionError: Error, Equatable {
  case unreadable(path: String, errno: Int32)
  case notRejects(path: String, stream: String)
  /// A file of another kind where rejects belong.
  case tableForRejects(path: String)
  case workbookForRejects(path: String)
  /// A file of another kind where a corrected workbook belongs.
  case rejectsForWorkbook(path: String)
  case tableForWorkbook(path: String)
  case twoSources(String, String)
  case nothing
  case notReadable(String, hint: String)
  case notOurs
  /// `among` are the sheets that are there.
  case missingSheet(String, among: [String])
  case missingColumns([String])
  case brokenSeal
  /// A decision about a column that cannot be written into the mapping.
  case fixedMapping(file: String, column: String)

  package var message: String {
    switch self {
    case .unreadable(let path, let number): "\(path): \(String(cString: strerror(number)).lowercased())"
    case .notRejects(let path, let stream): "\(path) holds the stream \(stream), which is no file of rejects"
    case .tableForRejects(let path): "\(path) is a text file, no file of rejects"
    case .workbookForRejects(let path): "\(path) is a workbook, no file of rejects"
    case .rejectsForWorkbook(let path): "\(path) holds rejects or records, no workbook"
    case .tableForWorkbook(let path): "\(path) is a text file, no workbook"
    case .twoSources(let first, let second): "the rejects are of two tables, \(first) and \(second)"
    case .nothing: "there is nothing to correct"
    case .notReadable(let reason, _): reason
    case .notOurs: "this is no workbook of trunkline errors"
    case .missingSheet(let name, let others):
      "the sheet \(name) is missing"
        + (others.isEmpty ? "" : "; there are " + others.map { "\"\($0)\"" }.joined(separator: ", "))
    case .missingColumns(let names): "columns of the sheet Fix are missing: \(names.joined(separator: ", "))"
    case .fixedMapping(let file, let column):
      "\(file) says of the column \"\(column)\" more than a decision can replace"
    case .brokenSeal: "the hidden sheet _original is not as it was written"
    }
  }

  package var hint: String {
    switch self {
    case .unreadable: "check the name: extract, map and stage say where they wrote their rejects"
    case .notRejects: "give the files that extract, map and stage name in their messages"
    case .tableForRejects(let path):
      "load a table with trunkline extract \(path) | trunkline map; then give the file of rejects they name"
    case .workbookForRejects(let path):
      "a workbook of trunkline errors goes back with: trunkline fix \(path); any other begins with: trunkline extract \(path)"
    case .rejectsForWorkbook(let path): "make a workbook of rejects with: trunkline errors \(path)"
    case .tableForWorkbook(let path):
      "save it as XLSX again; a corrected CSV of rejects goes back with: trunkline extract \(path) | trunkline map --mapping FILE"
    case .twoSources: "make one workbook for each: load the tables one by one, with --rejects FILE of their own"
    case .notReadable(_, let hint): hint
    case .notOurs: "give the file that trunkline errors wrote, saved as XLSX under any name"
    case .missingSheet(let name, _):
      "if one of these is the sheet \(name), give it back that name; else put it back by undo, or make the workbook again"
        + " with trunkline errors and copy your cells over"
    case .missingColumns, .brokenSeal:
      "put it back by undo, or make the workbook again with trunkline errors and copy your cells over"
    case .fixedMapping: "change the column in the mapping by hand, and clear the decision on the sheet Unmapped columns"
    case .nothing: "name a file of rejects, or a run with --run RUN"
    }
  }
}
