/// Something worth saying about one field of one record: a warning beside it, or the reason it was rejected.
package struct Issue: Equatable, Sendable {
  package enum Severity: String, Sendable { case info, warn, error, block }

  /// `E_...` for a rejected record, `W_...` for a warning; each is explained in docs/rejects.md.
  package let code: String
  package let severity: Severity
  /// The source column or the model field, whichever the person knows it by; empty for the whole record.
  package let field: String
  package let message: String
  package let hint: String
  /// The offending text, verbatim.
  package let value: String

  package init(
    _ code: String, _ severity: Severity, field: String = "", message: String, hint: String = "", value: String = ""
  ) {
    self.code = code
    self.severity = severity
    self.field = field
    self.message = message
    self.hint = hint
    self.value = value
  }

  package var json: JSON {
    var members: [(String, JSON)] = [("code", .string(code)), ("sev", .string(severity.rawValue))]
    if !field.isEmpty { members.append(("field", .string(field))) }
    if !value.isEmpty { members.append(("value", .string(value))) }
    members.append(("message", .string(message)))
    if !hint.isEmpty { members.append(("hint", .string(hint))) }
    return .fields(members)
  }

  package init?(json: JSON) {
    guard let code = json["code"]?.text else { return nil }
    self.init(
      code, Severity(rawValue: json["sev"]?.text ?? "") ?? .warn, field: json["field"]?.text ?? "",
      message: json["message"]?.text ?? "", hint: json["hint"]?.text ?? "", value: json["value"]?.text ?? "")
  }
}
