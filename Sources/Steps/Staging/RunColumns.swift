import Model
import Records
import SQL

/// How the columns of a run's streams were read.
enum RunColumns {
  /// Records how each column of a stream was read, said once for all its rows.
  static func add(_ entity: Entity, _ provenance: JSON?, run: Int, _ database: any Database) throws {
    for member in provenance?.members ?? [] {
      let confidence = member.value["conf"].flatMap { value -> Int64? in
        if case .number(let text) = value, let number = Self.permille(text) { return number }
        return nil
      }
      try database.run(
        """
        INSERT INTO run_columns (run_no, entity, field, source_column, method, confidence)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (run_no, entity, field) DO NOTHING
        """,
        [
          .int(Int64(run)), .int(Int64(entity.number)), .text(member.name), .text(member.value["col"]?.text ?? ""),
          .text(member.value["method"]?.text ?? "given"), .int(confidence ?? 1000),
        ])
    }
  }

  /// Thousandths of a number between 0 and 1, by its text.
  private static func permille(_ text: String) -> Int64? {
    let parts = text.split(separator: ".")
    guard let whole = parts.first.flatMap({ Int64($0) }), 0...1 ~= whole else { return nil }
    let digits = parts.count > 1 ? (parts[1] + "000").prefix(3) : "000"
    return Int64(digits).map { whole * 1000 + $0 }
  }
}
