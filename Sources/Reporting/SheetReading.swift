import Model
import Workbooks
import YAML

extension SheetDefinition {
  private static let keys = ["name", "note", "entity", "builtin", "columns", "filter", "sort", "group", "freeze"]

  /// One element of `sheets`; nil when it is so wrong that its columns cannot be judged.
  static func read(_ node: YAMLNode, _ reader: inout SpecReader) -> SheetDefinition? {
    let fields = reader.mapping(node, allowed: keys, required: ["name", "columns"])
    let name = reader.string(fields["name"]) ?? ""
    if let place = fields["name"], !name.isEmpty, let fault = Workbook.fault(inSheetName: name) {
      reader.mistake(at: place, "\"\(name)\" cannot name a sheet: \(fault)")
    }
    let note = reader.string(fields["note"]) ?? ""
    let freeze = reader.integer(fields["freeze"], in: 0...8) ?? 1
    guard let source = source(node, fields, &reader) else { return nil }
    switch source {
    case .builtin(let table):
      for key in ["filter", "sort", "group"] {
        if let extra = fields[key] {
          reader.mistake(at: extra, "\(key) belongs to sheets of an entity, not to \(table.rawValue)")
        }
      }
      var columns: [ColumnDefinition] = []
      for item in reader.sequence(fields["columns"]) {
        if let column = ColumnDefinition.read(item, of: table, &reader) { columns.append(column) }
      }
      checkCaptions(columns, fields["columns"], &reader)
      return SheetDefinition(
        name: name, note: note, source: source, columns: columns, filter: [], sort: [], group: [], freeze: freeze)
    case .entity(let entity):
      return ofEntity(entity, name, note, freeze, fields, &reader)
    }
  }

  private static func source(_ node: YAMLNode, _ fields: [String: YAMLNode], _ reader: inout SpecReader) -> Source? {
    switch (fields["entity"], fields["builtin"]) {
    case (let place?, nil):
      return reader.choice(place, among: Inventory.entities.map(\.name)).flatMap { Inventory.entity($0) }.map {
        .entity($0)
      }
    case (nil, let place?):
      return reader.choice(place, among: BuiltinTable.allCases.map(\.rawValue)).flatMap { BuiltinTable(rawValue: $0) }
        .map { .builtin($0) }
    default:
      reader.mistake(
        at: node, "a sheet shows one entity or one builtin", hint: "write entity: circuits, or builtin: changes")
      return nil
    }
  }

  private static func ofEntity(
    _ entity: Entity, _ name: String, _ note: String, _ freeze: Int, _ fields: [String: YAMLNode],
    _ reader: inout SpecReader
  ) -> SheetDefinition {
    let group = paths(fields["group"], entity, &reader)
    let isGrouped = fields["group"] != nil
    var columns: [ColumnDefinition] = []
    for item in reader.sequence(fields["columns"]) {
      guard let column = ColumnDefinition.read(item, of: entity, isGrouped: isGrouped, &reader) else { continue }
      columns.append(column)
      if isGrouped { checkGrouped(column, group, at: item, entity, &reader) }
      checkCurrency(column, fields["columns"], entity, at: item, &reader)
    }
    checkCaptions(columns, fields["columns"], &reader)
    return SheetDefinition(
      name: name, note: note, source: .entity(entity), columns: columns,
      filter: conditions(fields["filter"], entity, &reader),
      sort: sortKeys(fields["sort"], entity, group, isGrouped, &reader),
      group: group, freeze: freeze)
  }

  private static func paths(_ node: YAMLNode?, _ entity: Entity, _ reader: inout SpecReader) -> [FieldPath] {
    var paths: [FieldPath] = []
    for item in reader.sequence(node) {
      guard let text = reader.string(item) else { continue }
      if let path = resolve(text, entity, at: item, &reader) { paths.append(path) }
    }
    return paths
  }

  static func resolve(_ text: String, _ entity: Entity, at node: YAMLNode, _ reader: inout SpecReader) -> FieldPath? {
    do {
      let path = try FieldPath(text, from: entity)
      if path.isOfRow, !path.steps.isEmpty {
        reader.mistake(at: node, "\"\(text)\": \(path.name) is known of the sheet's own records only")
        return nil
      }
      return path
    } catch {
      reader.mistake(at: node, error.message, hint: error.hint)
      return nil
    }
  }

  private static func conditions(_ node: YAMLNode?, _ entity: Entity, _ reader: inout SpecReader) -> [Condition] {
    var conditions: [Condition] = []
    for item in reader.sequence(node) {
      guard let text = reader.string(item) else { continue }
      do {
        conditions.append(try Condition(text, from: entity))
      } catch {
        reader.mistake(at: item, error.message, hint: error.hint)
      }
    }
    return conditions
  }

  private static func sortKeys(
    _ node: YAMLNode?, _ entity: Entity, _ group: [FieldPath], _ isGrouped: Bool, _ reader: inout SpecReader
  ) -> [SortKey] {
    var keys: [SortKey] = []
    for item in reader.sequence(node) {
      guard let text = reader.string(item) else { continue }
      let words = text.split(separator: " ").map(String.init)
      guard words.count == 1 || (words.count == 2 && ["asc", "desc"].contains(words[1])) else {
        reader.mistake(at: item, "\"\(text)\" is no order", hint: "write: field, or field desc")
        continue
      }
      guard let path = resolve(words[0], entity, at: item, &reader) else { continue }
      if isGrouped, !group.contains(where: { $0.isSame(as: path) }) {
        reader.mistake(at: item, "\"\(path.text)\" is not in group, so its rows have no order by it")
        continue
      }
      keys.append(SortKey(path: path, isDescending: words.last == "desc"))
    }
    return keys
  }

  private static func checkGrouped(
    _ column: ColumnDefinition, _ group: [FieldPath], at node: YAMLNode, _ entity: Entity, _ reader: inout SpecReader
  ) {
    switch column.content {
    case .path(let path):
      if !group.contains(where: { $0.isSame(as: path) }) {
        reader.mistake(
          at: node, "\"\(path.text)\" is neither in group nor a sum",
          hint: "add it to group, or give the column sum: true")
      }
    case .sum(let path):
      guard let currency = path.currencyPath(from: entity) else { return }
      if !group.contains(where: { $0.isSame(as: currency) }) {
        reader.mistake(
          at: node, "the sum of \"\(path.text)\" would mix currencies", hint: "add \(currency.text) to group")
      }
    case .count, .builtin: break
    }
  }

  /// An amount stands beside its currency, or nobody can read it.
  private static func checkCurrency(
    _ column: ColumnDefinition, _ all: YAMLNode?, _ entity: Entity, at node: YAMLNode, _ reader: inout SpecReader
  ) {
    guard let currency = column.path?.currencyPath(from: entity), let all, case .sequence(let items) = all.kind else {
      return
    }
    let shown = items.contains { item in
      guard let text = item.text ?? item["field"]?.text, let path = try? FieldPath(text, from: entity) else {
        return false
      }
      return path.isSame(as: currency)
    }
    if !shown {
      reader.mistake(
        at: node, "the amounts of \"\(column.path?.text ?? "")\" stand without their currency",
        hint: "add the column \(currency.text)")
    }
  }

  private static func checkCaptions(_ columns: [ColumnDefinition], _ node: YAMLNode?, _ reader: inout SpecReader) {
    guard let node else { return }
    if columns.isEmpty, reader.mistakes.isEmpty { reader.mistake(at: node, "a sheet has at least one column") }
    var seen: Set<String> = []
    for column in columns where !seen.insert(column.caption.lowercased()).inserted {
      reader.mistake(at: node, "two columns are headed \"\(column.caption)\"", hint: "give one of them another caption")
    }
  }
}

extension ColumnDefinition {
  private static let keys = ["field", "caption", "format", "width", "total"]

  /// A mapping, or just the field's name.
  static func read(_ node: YAMLNode, of entity: Entity, isGrouped: Bool, _ reader: inout SpecReader)
    -> ColumnDefinition?
  {
    if let text = node.text, !text.isEmpty {
      return SheetDefinition.resolve(text, entity, at: node, &reader).map { path in
        ColumnDefinition(
          content: .path(path), caption: path.caption, format: path.formats[0], width: path.formats[0].width,
          isTotal: false)
      }
    }
    let extra = isGrouped ? ["sum", "count"] : []
    let fields = reader.mapping(node, allowed: keys + extra)
    if isGrouped, reader.bool(fields["count"]) == true {
      let given = reader.string(fields["caption"])
      return complete(.count, [.integer], given ?? "Count", fields, &reader)
    }
    guard let place = fields["field"] else {
      reader.mistake(at: node, "missing key \"field\"")
      return nil
    }
    guard let text = reader.string(place), let path = SheetDefinition.resolve(text, entity, at: place, &reader) else {
      return nil
    }
    let isSum = reader.bool(fields["sum"]) ?? false
    if isSum, ![.money, .integer, .bandwidth].contains(path.formats[0]) {
      reader.mistake(at: place, "\"\(text)\" cannot be added up")
      return nil
    }
    return complete(isSum ? .sum(path) : .path(path), path.formats, path.caption, fields, &reader)
  }

  static func read(_ node: YAMLNode, of table: BuiltinTable, _ reader: inout SpecReader) -> ColumnDefinition? {
    let fields = node.text == nil ? reader.mapping(node, allowed: keys, required: ["field"]) : [:]
    let place = fields["field"] ?? node
    guard let text = reader.string(place) else { return nil }
    let prefix = table.rawValue + "."
    let name = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
    guard let index = table.columns.firstIndex(where: { $0.name == name }) else {
      let known = table.columns.map(\.name)
      reader.mistake(
        at: place, "\(table.rawValue) has no column \"\(name)\"",
        hint: Suggestion.hint(for: name, in: known) ?? "its columns: " + known.joined(separator: ", "))
      return nil
    }
    let column = table.columns[index]
    let formats = column.format == .id ? [column.format, .text] : [column.format]
    return complete(.builtin(index), formats, column.caption, fields, &reader)
  }

  private static func complete(
    _ content: Content, _ formats: [ColumnFormat], _ caption: String, _ fields: [String: YAMLNode],
    _ reader: inout SpecReader
  ) -> ColumnDefinition {
    var format = formats[0]
    if let place = fields["format"], let word = reader.choice(place, among: ColumnFormat.named) {
      if let chosen = formats.first(where: { $0.rawValue == word }) {
        format = chosen
      } else {
        let fitting = formats.map(\.rawValue).joined(separator: " or ")
        reader.mistake(at: place, "this field cannot be shown as \(word)", hint: "it is shown as \(fitting)")
      }
    }
    let isTotal = reader.bool(fields["total"]) ?? false
    if isTotal, let place = fields["total"], ![.money, .integer, .bandwidth].contains(format) {
      reader.mistake(at: place, "a column of \(format.rawValue) has no total")
    }
    return ColumnDefinition(
      content: content, caption: reader.string(fields["caption"]) ?? caption, format: format,
      width: reader.integer(fields["width"], in: 3...200) ?? format.width, isTotal: isTotal)
  }
}
