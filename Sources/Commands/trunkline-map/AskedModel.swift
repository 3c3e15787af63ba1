import CLI
import Inference
import Mapping
import Records

/// A model that is asked about columns the rules leave undecided, once per table.
struct AskedModel {
  private let asked: AskedProvider
  private let console: Console

  /// Nil where nobody is to be asked; statuses 64 and 78 where the command line or the settings do not allow it.
  init?(_ invocation: Invocation) throws(Failure) {
    guard let asked = try AskedProvider(invocation) else { return nil }
    self.asked = asked
    console = invocation.console
  }

  /// Adds the model's proposals and says what was or would be sent; false where there was no answer.
  func ask(_ proposal: inout TableProposal, rows: [JSON]) throws -> Bool {
    guard let question = ColumnQuestion(proposal, rows: rows) else {
      console.note("every column is decided: nobody is asked")
      return true
    }
    if question.leftOut > 0 {
      console.warning("\(question.leftOut) undecided columns are not asked about: too many for one question")
    }
    let outcome = try asked.ask(question.question, redactions: question.redactions, lost: "no proposals") { text in
      try console.out(text)
    }
    switch outcome {
    case .unsent: return true
    case .failed: return false
    case .answered(let answer):
      for refusal in question.adopt(answer.value, by: asked.name, into: &proposal) { console.note(refusal) }
      return true
    }
  }
}
