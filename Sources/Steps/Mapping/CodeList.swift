import Domain

/// The closed list of one field: its codes, and the spellings Domain knows for them.
struct CodeList {
  let codes: [String]
  private let parse: (Bytes) -> String?

  init(_ entity: String, _ field: String, _ codes: [String]) {
    self.codes = codes
    parse = Self.spellings(entity, field)
  }

  func find(_ text: Bytes) -> String? {
    let raw = String(decoding: text, as: UTF8.self)
    if codes.contains(raw) { return raw }
    if let found = parse(text), codes.contains(found) { return found }
    let lower = raw.lowercased()
    return codes.first { $0.lowercased() == lower }
  }

  private static func spellings(_ entity: String, _ field: String) -> (Bytes) -> String? {
    switch (entity, field) {
    case ("circuits", "status"): { CircuitStatus.parse($0)?.rawValue }
    case ("circuits", "purpose"): { CircuitPurpose.parse($0)?.rawValue }
    case ("contracts", "kind"): { ContractKind.parse($0)?.rawValue }
    case ("contracts", "status"): { ContractStatus.parse($0)?.rawValue }
    case ("contract_terms", "renewal_kind"): { RenewalKind.parse($0)?.rawValue }
    case ("contract_terms", "notice_method"): { NoticeMethod.parse($0)?.rawValue }
    case ("escalators", "kind"): { EscalatorKind.parse($0)?.rawValue }
    case ("etf_formulas", "kind"): { TerminationFeeKind.parse($0)?.rawValue }
    case ("endpoints", "kind"): { EndpointKind.parse($0)?.rawValue }
    case ("service_types", "layer"): { ServiceLayer.parse($0)?.rawValue }
    case ("documents", "kind"): { DocumentKind.parse($0)?.rawValue }
    case ("lifecycle_events", "kind"): { LifecycleKind.parse($0)?.rawValue }
    case ("users", "role"): { UserRole.parse($0)?.rawValue }
    default: { _ in nil }
    }
  }
}
