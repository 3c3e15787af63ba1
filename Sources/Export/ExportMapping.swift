import Model
import Wire

extension RecordExport {
  /// The mapping that reads the table back: every header is a target of its own name.
  package func mappingText(isGuarded: Bool) -> String {
    var lines = [
      "# Reads an export of \(entity.name) back. A blank cell leaves the field as it is, #N/A clears it; a row taken out",
      "# changes nothing. With mode: authoritative the file is the whole truth: a missing record is proposed for deletion.",
      "name: export-\(entity.name)", "version: 1", "entity: \(entity.singular)", "mode: partial",
    ]
    if isGuarded { lines.append("guarded: true") }
    lines += ["defaults: {decimal: point, dates: ymd}", "columns:"]
    let keys = Set(WireShape(entity).keyProperties)
    for column in columns {
      let isNeeded = keys.contains(column.property.name) && !mayBeBlank(column)
      let target = "\(entity.singular).\(column.header)"
      lines.append("  \(column.header): " + (isNeeded ? "{to: \(target), required: true}" : target))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A key part of which only a digest counts may be missing.
  private func mayBeBlank(_ column: FieldColumn) -> Bool {
    let name = entity.fields[column.property.field].name
    return entity.key.contains { $0.field == name && $0.normal == .digest }
  }
}
