import Pages

/// Takes over what claims say where rules read nothing: only what our own words and our own reading of them bear out.
///
/// The place is ours, found by `QuoteAligner`; the value is what our parsers read in the words found there, and it has to be
/// the one claimed. Nothing the rules read is changed.
package struct ClaimReader {
  /// Confidence of a value taken over, whoever claimed it.
  package static let confidence = 300

  private let text: ContractText
  private let aligner: QuoteAligner
  private let values = ClaimedValues()

  package init(_ text: ContractText) {
    self.text = text
    aligner = QuoteAligner(text)
  }

  /// Fills what is empty and says how many claims were dropped, by why; `method` is `ai:PROVIDER/MODEL`.
  package func fill(
    _ reading: inout ContractReading, with claims: [Claim], method: String
  ) -> [Claim.Refusal: Int] {
    var refusals: [Claim.Refusal: Int] = [:]
    let before = reading
    for (place, claim) in claims.enumerated() {
      if let refusal = refusal(of: claim, among: claims, at: place, before) {
        refusals[refusal, default: 0] += 1
        continue
      }
      switch evidence(for: claim, method: method) {
      case .failure(let refusal): refusals[refusal, default: 0] += 1
      case .success(let evidence):
        if !values.take(claim, evidence, into: &reading) { refusals[.unsupported, default: 0] += 1 }
      }
    }
    return refusals
  }

  /// What speaks against a claim before its quote is looked for; one said twice in the same words counts once.
  private func refusal(
    of claim: Claim, among claims: [Claim], at place: Int, _ reading: ContractReading
  ) -> Claim.Refusal? {
    if !claim.field.isOpen(in: reading, circuit: claim.circuit) { return .alreadyRead }
    let rivals = claims.enumerated().filter {
      $0.offset != place && $0.element.field == claim.field && $0.element.circuit == claim.circuit
    }
    if rivals.contains(where: { $0.element.value != claim.value }) { return .contradiction }
    return rivals.contains { $0.offset < place } ? .alreadyRead : nil
  }

  private func evidence(for claim: Claim, method: String) -> Result<Evidence, Claim.Refusal> {
    guard let match = aligner.match(claim.quote) else { return .failure(.unverified) }
    let doubts = match.isRepeated ? [Doubt.repeated.rawValue] : []
    let evidence = aligner.evidence(match, method: method, confidence: Self.confidence, doubts: doubts)
    return evidence.map { .success($0) } ?? .failure(.unverified)
  }
}

extension Claim.Refusal: Error {}
