import Asking
import CLI
import Inference

@main struct Main {
  nonisolated static func main() {
    Program.main(spec) { invocation in
      let provider = try ProviderChoice.make(invocation)
      guard let remote = provider as? RemoteProvider else {
        try invocation.console.out("provider  \(provider.name.rawValue): answers from the rules, nothing leaves\n")
        return .done
      }
      return try Probe(remote, invocation).run()
    }
  }

  nonisolated static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-ai", summary: "the model that may be asked: does it answer, and as it was told to",
      usage: "test [options]",
      arguments: [Argument("test", "ask the configured model one small question", choices: ["test"])],
      options: [.setting("ai.provider", "NAME")] + ProviderChoice.options(),
      examples: [
        .init("trunkline ai test", "the model of trunkline.yaml"),
        .init(
          "trunkline ai test --provider openai-compatible --endpoint http://127.0.0.1:11434/v1 --model llama3.2",
          "a model on this machine"),
      ],
      exits: [.changes, .temporary, .notPermitted],
      notes: [
        "the question is ours and the same each time: nothing of yours is sent",
        "2: the model answers, but not as the schema says; 75: unreachable, too slow or overloaded;",
        "77: the key is refused; 78: off, offline, or provider, endpoint, model or certificate are wrong",
      ])
  }
}
