import Domain
import Model

/// The SQL that finds what is in force of an agreement and its amendments on a day (decision 13).
///
/// The newest amendment by effective date stands before the agreement itself; one that takes effect later, or says no day,
/// is never in force. Of lines those that name the same circuit stand for each other; a line without one for itself.
struct InForce {
  /// Contracts or their lines.
  let entity: Entity
  let asOf: CalendarDate

  /// Joins it to `before`, another record of the entity, under a name.
  func join(_ alias: String, of before: String) -> String {
    let isLine = entity.name == "contract_lines"
    let tables = isLine ? "contract_lines x JOIN contracts c ON c.id = x.contract_id" : "contracts c"
    let own = isLine ? "x" : "c"
    let agreement = "(CASE WHEN c.kind = 'amendment' AND c.parent_id IS NOT NULL THEN c.parent_id ELSE c.id END)"
    let circuit = "coalesce(CAST(x.circuit_id AS TEXT), x.circuit_text, x.nkey)"
    let place =
      "(CASE WHEN c.id = \(agreement) THEN 1 WHEN c.effective_on <= CAST('\(asOf)' AS DATE_TYPE) THEN 0 ELSE 2 END)"
    return " LEFT JOIN (SELECT \(own).id, first_value(CASE WHEN \(place) < 2 THEN \(own).id END) OVER "
      + "(PARTITION BY \(agreement)\(isLine ? ", " + circuit : "")"
      + " ORDER BY \(place), c.effective_on DESC, c.nkey DESC\(isLine ? ", x.line_no DESC" : "")) AS chosen"
      + " FROM \(tables) WHERE c.deleted_at IS NULL\(isLine ? " AND x.deleted_at IS NULL" : "")) \(alias)f"
      + " ON \(alias)f.id = \(before).id LEFT JOIN \(entity.name) \(alias) ON \(alias).id = \(alias)f.chosen"
  }
}
