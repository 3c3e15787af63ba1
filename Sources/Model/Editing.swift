/// Which values of a record a person may write anew in a review.
extension Entity {
  /// Why a field is not edited; nil where it is.
  ///
  /// What tells records apart stays, and so do formulas, whose columns only make sense together.
  package func refusesEdit(of field: Int) -> String? {
    let own = fields[field]
    if key.contains(where: { $0.field == own.name }) { return "it is part of the record's key" }
    if own.reference != nil { return "it names another record" }
    if isFormula(own) { return "it is part of a formula" }
    return nil
  }

  /// Whether the record is left out where a person rejects the field.
  package func falls(without field: Int) -> Bool {
    let own = fields[field]
    let part = key.first { $0.field == own.name }
    return own.required || part.map { !$0.normal.mayBeAbsent } ?? false || (isFormula(own) && own.name == "kind")
  }

  private func isFormula(_ field: Field) -> Bool {
    switch name {
    case "etf_formulas": ["kind", "tiers", "addons", "text_quote", "example"].contains(field.name)
    case "escalators": ["kind", "steps"].contains(field.name)
    default: false
    }
  }
}
