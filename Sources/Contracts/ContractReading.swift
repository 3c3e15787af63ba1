package import Domain
import Pages

/// What the pages of one agreement say.
package struct ContractReading: Equatable, Sendable {
  /// Of the document, from 1.
  package var pages: ClosedRange<Int>
  package var title: Finding<String>?
  package var kind: Finding<ContractKind>?
  package var number: Finding<String>?
  /// Number of the agreement it stands under.
  package var parent: Finding<String>?
  package var parties: [Finding<ContractParty>] = []
  package var agreementDate: Finding<ContractDate>?
  package var effectiveDate: Finding<ContractDate>?
  package var expiration: Finding<ContractDate>?
  package var term: Finding<InitialTerm>?
  package var renewal: Finding<RenewalRule>?
  package var notice: Finding<NoticeRule>?
  package var governingLaw: Finding<String>?
  package var prices = PriceReading()
  /// What is charged once the term is over, as written: `then-current rates`.
  package var rateAfterTerm: Finding<String>?
  /// Whether it ends when the agreement ends that it stands under.
  package var coterminous: Finding<Bool>?
  package var billing: Finding<BillingCadence>?
  /// The account it is billed to, as written.
  package var account: Finding<String>?
  /// Circuits named anywhere, by the form of their ids.
  package var circuits: [Finding<String>] = []
  /// Codes of what is doubtful about the whole agreement, in order of their names.
  package var doubts: [String] = []

  /// The last day it binds: the day before `expiration` where that is counted from a start and a number of months.
  package var lastDay: CalendarDate? {
    guard let expiration, let day = expiration.value.day else { return nil }
    return expiration.evidence.doubts.contains(Doubt.computed.rawValue) ? day.adding(days: -1) : day
  }

  package init(pages: ClosedRange<Int>) { self.pages = pages }
}
