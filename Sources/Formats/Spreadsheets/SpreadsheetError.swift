/// Why a workbook, or one of its sheets, is not read.
package enum SpreadsheetError: Error, Equatable, Sendable {
  /// The content is that of another kind of file, named here; `hint` is the way out.
  case otherKind(String, hint: String)
  /// A workbook in a format that is not read, but that spreadsheet programs turn into one that is.
  case oldFormat(String)
  case password
  case zip(part: String?, reason: String)
  /// Something is far larger than its packed form or the program allows.
  case bomb(part: String, reason: String)
  case dtd(part: String)
  case xml(part: String, line: Int, reason: String)
  case part(name: String, reason: String)
  /// A place no sheet has, or one that was passed already.
  case reference(sheet: String, place: String, reason: String)
  case rowTooLarge(sheet: String, row: Int, limit: Int)
  case fileTooLarge(bytes: Int, limit: Int)
  /// The temporary file for long string tables.
  case temporary(folder: String, errno: Int32)
  case read(errno: Int32)

  package var code: String {
    switch self {
    case .otherKind, .oldFormat: "E_TYPE"
    case .password: "E_PASSWORD"
    case .zip: "E_ZIP"
    case .bomb: "E_BOMB"
    case .dtd: "E_DTD"
    case .xml: "E_XML"
    case .part: "E_PART"
    case .reference: "E_REF"
    case .rowTooLarge, .fileTooLarge: "E_TOO_LARGE"
    case .temporary: "E_WRITE"
    case .read: "E_READ"
    }
  }

  /// The failure in words, lower case, without a full stop.
  package var message: String {
    switch self {
    case .otherKind(let kind, _), .oldFormat(let kind): "this is \(kind)"
    case .password: "the workbook is protected by a password"
    case .zip(nil, let reason): reason
    case .zip(let part?, let reason): "part \(part): \(reason)"
    case .bomb(let part, let reason): "part \(part): \(reason)"
    case .dtd(let part): "part \(part) declares a document type, which no workbook needs"
    case .xml(let part, let line, let reason): "part \(part), line \(line): \(reason)"
    case .part(let name, let reason): "\(name): \(reason)"
    case .reference(let sheet, let place, let reason): "sheet \"\(sheet)\", \(place): \(reason)"
    case .rowTooLarge(let sheet, let row, let limit): "sheet \"\(sheet)\", row \(row) is longer than \(limit) bytes"
    case .fileTooLarge(let bytes, let limit): "the file has \(bytes) bytes, more than \(limit)"
    case .temporary(let folder, let errno): "cannot write a temporary file in \(folder): error \(errno)"
    case .read(let errno): "cannot read: error \(errno)"
    }
  }

  /// What to do about it, lower case, without a full stop.
  package var hint: String {
    switch self {
    case .otherKind(_, let hint): hint
    case .oldFormat: "open it in a spreadsheet program and save it as XLSX"
    case .password: "open it with its password and save it as XLSX without one"
    case .zip: "ask the sender for the file again; if it opens in a spreadsheet program, save it as XLSX"
    case .bomb, .dtd: "do not open it; ask the sender for another file"
    case .xml, .part, .reference: "open it in a spreadsheet program, let that repair it, and save as XLSX"
    case .rowTooLarge: "shorten the longest cells of that row, or export the sheet as CSV"
    case .fileTooLarge: "split the workbook, or export the sheet as CSV"
    case .temporary: "free space there, or set TMPDIR"
    case .read: "check the disk and the permissions"
    }
  }
}
