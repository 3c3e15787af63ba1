/// A relationship of one part to another.
struct Relationship {
  /// The last word of its type: `worksheet`, `sharedStrings`, `officeDocument`.
  let type: String
  /// Resolved against the part that has it; nil for what lies outside of the workbook, which is never fetched.
  let target: String?
}

enum Relationships {
  /// The relationships of a part by their ids; none when it has no such file.
  static func of(_ part: String, in archive: ZipArchive) throws(SpreadsheetError) -> [String: Relationship] {
    let cut = part.utf8.lastIndex(of: 0x2F).map { part.utf8.index(after: $0) } ?? part.startIndex
    let (folder, name) = (part[..<cut], part[cut...])
    let file = "\(folder)_rels/\(name).rels"
    guard archive.contains(file) else { return [:] }
    var found: [String: Relationship] = [:]
    try ElementSink.read(file, of: archive) { element, _ in
      guard element.isNamed("Relationship"), let target = element.string("Target") else { return }
      let type = element.string("Type")?.split(separator: "/").last.map { String($0) } ?? ""
      let isOutside = element.string("TargetMode") == "External"
      found[element.string("Id") ?? "#\(found.count)"] = Relationship(
        type: type, target: isOutside ? nil : resolve(target, against: String(folder)))
    }
    return found
  }

  /// A target from the root, or beside the part that names it.
  private static func resolve(_ target: String, against folder: String) -> String {
    let slashed = target.map { $0 == "\\" ? "/" : $0 }
    let isAbsolute = slashed.first == "/"
    var words = isAbsolute ? [] : folder.split(separator: "/").map { String($0) }
    for word in String(slashed).split(separator: "/") {
      if word == ".." { _ = words.popLast() } else if word != "." { words.append(String(word)) }
    }
    return words.joined(separator: "/")
  }
}

extension [String: Relationship] {
  /// The part of that type; of several the one of the least id.
  func target(_ type: String) -> String? { filter { $0.value.type == type }.min { $0.key < $1.key }?.value.target }
}

/// The workbook part of an XLSX file: its sheets and calendar.
struct WorkbookPart {
  private(set) var sheets: [SpreadsheetSheet] = []
  /// The part of each sheet, in the order of `sheets`.
  private(set) var parts: [String?] = []
  private(set) var uses1904 = false
  private(set) var styles: String?
  private(set) var strings: String?

  init(_ archive: ZipArchive, part: String) throws(SpreadsheetError) {
    let related = try Relationships.of(part, in: archive)
    var listed: [(name: String, id: String, state: String)] = []
    var is1904 = false
    var root: String?
    let limit = archive.limits.sheets
    try ElementSink.read(part, of: archive) { element, control in
      if root == nil { root = String(cString: element.name) }
      if element.isNamed("workbookPr"), let flag = element.string("date1904") {
        is1904 = flag == "1" || flag == "true" || flag == "on"
      }
      guard element.isNamed("sheet"), control.depth == 3, let name = element.string("name") else { return }
      if listed.count == limit { return control.fail(.bomb(part: part, reason: "more than \(limit) sheets")) }
      listed.append((name, element.string("id") ?? "", element.string("state") ?? ""))
    }
    guard root == "workbook" else {
      throw .part(name: part, reason: "holds <\(root ?? "")> instead of a workbook")
    }
    uses1904 = is1904
    styles = related.target("styles")
    strings = related.target("sharedStrings")
    for (index, sheet) in listed.enumerated() {
      let relation = related[sheet.id]
      sheets.append(
        SpreadsheetSheet(
          name: sheet.name, number: index + 1, visibility: .init(state: sheet.state),
          content: .init(relation: relation?.type ?? "worksheet")))
      parts.append(relation?.target)
    }
    if sheets.isEmpty { throw .part(name: part, reason: "the workbook has no sheets") }
  }
}

/// One sheet of a workbook, as its table of contents has it.
package struct SpreadsheetSheet: Sendable, Equatable {
  package enum Visibility: String, Sendable {
    case visible, hidden, veryHidden

    init(state: String) {
      self = state == "hidden" ? .hidden : state == "veryHidden" ? .veryHidden : .visible
    }
  }

  package enum Content: String, Sendable {
    case cells, chart, macros, dialog

    init(relation: String) {
      self =
        switch relation {
        case "chartsheet": .chart
        case "xlMacrosheet", "xlIntlMacrosheet": .macros
        case "dialogsheet": .dialog
        default: .cells
        }
    }
  }

  package let name: String
  /// From 1, in the order of the tabs.
  package let number: Int
  package let visibility: Visibility
  package let content: Content

  package init(name: String, number: Int, visibility: Visibility, content: Content) {
    self.name = name
    self.number = number
    self.visibility = visibility
    self.content = content
  }
}
