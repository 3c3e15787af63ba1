import Glibc

/// Why rejects cannot become a workbook, or a workbook cannot be taken back.
package enum CorrectionError: Error, Equatable {
  case unreadable(path: String, errno: Int32)
  case notRejects(path: String, stream: String)
  case twoSources(String, String)
  case nothing
  case notReadable(String, hint: String)
  case notOurs
  case missingSheet(String)
  case missingColumns([String])
  case brokenSeal

  package var message: String {
    switch self {
    case .unreadable(let path, let number): "\(path): \(String(cString: strerror(number)).lowercased())"
    case .notRejects(let path, let stream): "\(path) holds the stream \(stream), which is no file of rejects"
    case .twoSources(let first, let second): "the rejects are of two tables, \(first) and \(second)"
    case .nothing: "there is nothing to correct"
    case .notReadable(let reason, _): reason
    case .notOurs: "this is no workbook of trunkline errors"
    case .missingSheet(let name): "the sheet \(name) is missing"
    case .missingColumns(let names): "columns of the sheet Fix are missing: \(names.joined(separator: ", "))"
    case .brokenSeal: "the hidden sheet _original is not as it was written"
    }
  }

  package var hint: String {
    switch self {
    case .unreadable: "check the name: extract, map and stage say where they wrote their rejects"
    case .notRejects: "give the files that extract, map and stage name in their messages"
    case .twoSources: "make one workbook for each: load the tables one by one, with --rejects FILE of their own"
    case .notReadable(_, let hint): hint
    case .notOurs: "give the file that trunkline errors wrote, saved as XLSX under any name"
    case .missingSheet, .missingColumns, .brokenSeal:
      "put it back by undo, or make the workbook again with trunkline errors and copy your cells over"
    case .nothing: "name a file of rejects, or a run with --run RUN"
    }
  }
}
