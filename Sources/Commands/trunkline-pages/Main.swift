import CLI
import Glibc

/// The worker that alone opens PDFs: `extract`, `ocr` and `review` start it with the document on standard input.
@main struct Main {
  nonisolated static func main() {
    signal(SIGPIPE, SIG_IGN)
    guard let job = PageJob(Array(CommandLine.arguments.dropFirst())) else {
      Console(program: "trunkline-pages").error(
        Failure(.usage, "this program is started by trunkline extract, ocr and review", hint: PageJob.usage))
      exit(ExitStatus.usage.rawValue)
    }
    exit(job.run().rawValue)
  }
}
