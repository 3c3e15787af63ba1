import CLI
import Contracts
import Inference
import Mapping
import Pages
import Synchronization

/// A model that is asked about what rules left empty, once per agreement.
final class AskedContract: Sendable {
  private let asked: AskedProvider
  private let console: Console
  private let unanswered = Atomic(false)

  /// Nil where nobody is to be asked; statuses 64 and 78 where the command line or the settings do not allow it.
  init?(_ invocation: Invocation) throws(Failure) {
    guard let asked = try AskedProvider(invocation) else { return nil }
    self.asked = asked
    console = invocation.console
  }

  /// Whether a question was sent and not answered.
  var isUnanswered: Bool { unanswered.load(ordering: .relaxed) }

  /// Lets the model fill what is empty before records are made.
  func assist(_ options: inout PaperOptions) {
    options.assistant = asked.name
    options.assist = { reading, pages in try self.fill(&reading, pages) }
  }

  /// Takes over what the model's claims bear out and says what was dropped.
  private func fill(_ reading: inout ContractReading, _ pages: [Page]) throws {
    let text = ContractText(AddressedPassages().dropped(from: pages).pages)
    let place = reading.number?.value ?? "pages \(reading.pages.lowerBound)-\(reading.pages.upperBound)"
    guard let question = ContractQuestion(reading, text) else {
      return console.note("\(place): nothing is empty: nobody is asked")
    }
    if question.isCut { console.warning("\(place): the text is too long for one question; only its beginning is sent") }
    let outcome = try asked.ask(question.question, redactions: question.redactions, lost: "\(place): no claims") {
      console.note($0)
    }
    switch outcome {
    case .unsent: return
    case .failed: unanswered.store(true, ordering: .relaxed)
    case .answered(let answer):
      let claims = question.claims(of: answer.value)
      let refusals = ClaimReader(text).fill(&reading, with: claims, method: "ai:" + asked.name)
      let dropped = refusals.values.reduce(0, +)
      let reasons = refusals.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
      console.note(
        "\(place): \(claims.count - dropped) of \(claims.count) claims of \(asked.name) are used"
          + (dropped == 0 ? "" : "; dropped: " + reasons.joined(separator: ", ")))
    }
  }
}
