import Approval
import CLI
import Comparison
import Opening
import Review
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(ReviewCommand.spec, explain: ReviewCommand.explain) { invocation in
      let words = invocation.arguments
      if words[0] == "apply" {
        guard words.count == 2 else {
          throw Failure(
            .usage, "apply takes one file of decisions", hint: "as in: trunkline review apply CS-0002.decisions.jsonl")
        }
        return try DecisionRecorder(invocation).apply(file: words[1])
      }
      guard words.count == 1 else {
        throw Failure(
          .usage, "one change set at a time", hint: "trunkline review CS-0002, or trunkline review apply FILE")
      }
      return try ReviewRun(invocation, words[0]).start()
    }
  }
}

/// What the command promises on its command line, and what its errors mean.
enum ReviewCommand {
  static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-review", summary: "values read from documents beside the words that say them",
      usage: "CS [options] | apply FILE",
      arguments: [
        Argument("CS", "the change set, as in CS-0002; or apply, to record the decisions in a file"),
        Argument("FILE", "after apply: the decisions, as a page or the terminal saved them", isRequired: false),
      ],
      options: [
        .database, .documents,
        .value("html", "DIR", "write a page to review it by in a browser, DIR/CS-0002.html", hasTwin: false),
        .value(
          "decisions", "FILE", "where the terminal keeps the decisions (default: CS-0002.decisions.jsonl here)",
          hasTwin: false),
        .value("as", "PRINCIPAL", "act as this user; only in a database made with --profile test", hasTwin: false),
      ],
      examples: [
        .init("trunkline review CS-0002", "one value after another at the terminal, the least sure first"),
        .init("trunkline review CS-0002 --html out", "the same as a page: the paper left, the values right"),
        .init("trunkline review apply CS-0002.decisions.jsonl", "record what was decided, as whoever runs it"),
      ],
      exits: [.stale, .unapproved, .waiting, .badData, .noInput, .temporary, .notPermitted],
      notes: [
        "monthly charges, fees and terms are acknowledged one by one, each with its quote on the screen",
        "decisions count once they are applied, by a person at a terminal; the file's own names count for nothing",
        "edited and rejected values make another change set, which takes the place of this one",
      ],
      afterInterrupt: "every decision is saved; run the same command to go on")
  }

  @Sendable static func explain(_ error: any Error) -> Failure? {
    switch error {
    case let refusal as ReviewRefusal:
      switch refusal {
      case .tampered: Failure(.stale, refusal.message, hint: refusal.hint)
      case .fromTables: Failure(.usage, refusal.message, hint: refusal.hint)
      case .committed, .rejected, .superseded: Failure(.unapproved, refusal.message, hint: refusal.hint)
      }
    case let error as RevisionError:
      switch error {
      case .tampered, .stale, .otherContent: Failure(.stale, error.message, hint: error.hint)
      case .notPermitted: Failure(.notPermitted, error.message, hint: error.hint)
      case .noValue, .unchanged, .notEditable, .misfit: Failure(.badData, error.message, hint: error.hint)
      case .notProposed, .noTerminal, .authoritative, .nothingLeft:
        Failure(.unapproved, error.message, hint: error.hint)
      }
    case let refusal as ApprovalRefusal:
      Failure(ExitStatus(refusal.kind), refusal.message, hint: refusal.hint, details: refusal.details)
    default: Opening.explain(error)
    }
  }
}

extension ExitStatus {
  fileprivate init(_ kind: ApprovalRefusal.Kind) {
    self =
      switch kind {
      case .stale: .stale
      case .unapproved: .unapproved
      case .notPermitted: .notPermitted
      case .usage: .usage
      }
  }
}
