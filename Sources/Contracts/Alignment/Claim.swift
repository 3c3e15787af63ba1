import Domain

/// What somebody who need not be right says of a contract: a field, the words that say so, the value.
package struct Claim: Equatable, Sendable {
  package enum Field: String, CaseIterable, Sendable {
    case number
    case parent = "parent_number"
    case agreementDate = "agreement_date"
    case effectiveDate = "effective_date"
    case expiration = "expiration_date"
    case term = "term_months"
    case notice = "notice_days"
    case governingLaw = "governing_law"
    case mrc
    case nrc
  }

  /// Why a claim is dropped.
  package enum Refusal: String, CaseIterable, Sendable {
    /// The field was read by rules already.
    case alreadyRead = "W_ALREADY_READ"
    /// The quote is not word for word in the contract.
    case unverified = "W_UNVERIFIED"
    /// Our own reading of the quote does not give that value and no other.
    case unsupported = "W_UNSUPPORTED"
    /// Several claims about one field differ.
    case contradiction = "W_CLAIMS_DIFFER"
  }

  package var field: Field
  /// The circuit a price is for, as written; empty for other fields.
  package var circuit: String
  package var quote: String
  package var value: String

  package init(_ field: Field, circuit: String = "", quote: String, value: String) {
    self.field = field
    self.circuit = circuit
    self.quote = quote
    self.value = value
  }
}

extension Claim.Field {
  /// Whether rules left it empty.
  package func isOpen(in reading: ContractReading, circuit: String = "") -> Bool {
    switch self {
    case .number: reading.number == nil
    case .parent: reading.parent == nil
    case .agreementDate: reading.agreementDate == nil
    case .effectiveDate: reading.effectiveDate == nil
    case .expiration: reading.expiration == nil
    case .term: reading.term == nil
    case .notice: reading.notice == nil
    case .governingLaw: reading.governingLaw == nil
    case .mrc: isOpen(\.mrc, reading.prices.lines, circuit)
    case .nrc: isOpen(\.nrc, reading.prices.lines, circuit)
    }
  }

  /// Whether the circuit's line lacks the price; for no circuit, whether any line may, or there is none.
  private func isOpen(_ price: KeyPath<PriceLine, Finding<Money>?>, _ lines: [PriceLine], _ circuit: String) -> Bool {
    guard let wanted = CircuitID(circuit)?.normal else {
      return lines.isEmpty || lines.contains { $0[keyPath: price] == nil && $0.doubts.isEmpty }
    }
    let line = lines.first { $0.circuitID.flatMap { CircuitID($0.value)?.normal } == wanted }
    return line.map { $0[keyPath: price] == nil && $0.doubts.isEmpty } ?? true
  }
}
