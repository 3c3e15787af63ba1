import CLI
import Records

/// Every setting with its value and origin, ready to print.
struct SettingsTable {
  private struct Row {
    let key: String
    let value: String?
    let source: ValueSource
  }

  private let rows: [Row]

  init(_ invocation: Invocation) throws(Failure) {
    var rows: [Row] = []
    for setting in Settings.all {
      let resolved = try invocation.setting(setting.key)
      var value = resolved?.values.last ?? setting.fallback
      if setting.kind == .key, let reference = value.flatMap({ Secret.Reference($0) }) {
        value = "\(reference) (\(Secret.tail(reference, environment: invocation.environment)))"
      }
      rows.append(Row(key: setting.key, value: value, source: resolved?.source ?? .fallback))
    }
    self.rows = rows
  }

  /// Three aligned columns: key, value (`-` for none), origin.
  var text: String {
    let keys = rows.map(\.key.count).max() ?? 0
    let values = rows.map { $0.value?.count ?? 1 }.max() ?? 0
    return rows.map { row in
      padded(row.key, keys) + "  " + padded(row.value ?? "-", values) + "  " + row.source.description + "\n"
    }.joined()
  }

  /// One object per setting, one per line.
  var json: String {
    let objects = rows.map { row in
      let value = row.value.map { JSON.quote($0) } ?? "null"
      let key = JSON.quote(row.key)
      return "{\"key\":\(key),\"value\":\(value),\"origin\":\(JSON.quote(row.source.kind))\(place(row.source))}"
    }
    return "[\n" + objects.joined(separator: ",\n") + "\n]\n"
  }

  private func place(_ source: ValueSource) -> String {
    switch source {
    case .flag(let written): ",\"place\":\(JSON.quote(written))"
    case .environment(let name): ",\"place\":\(JSON.quote(name))"
    case .file(let path, let line): ",\"place\":\(JSON.quote("\(path):\(line)"))"
    case .fallback: ""
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
