import CLI
import Glibc

/// The worker that alone recognises pages: `trunkline-ocr` starts one for each page that is to be read at once.
@main struct Main {
  nonisolated static func main() {
    signal(SIGPIPE, SIG_IGN)
    guard let worker = RecognitionWorker(Array(CommandLine.arguments.dropFirst())) else {
      Console(program: "trunkline-recognise").error(
        Failure(.usage, "this program is started by trunkline ocr", hint: RecognitionWorker.usage))
      exit(ExitStatus.usage.rawValue)
    }
    exit(worker.run())
  }
}
