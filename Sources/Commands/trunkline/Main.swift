import CLI
import Glibc

@main struct Main {
  nonisolated static func main() {
    let console = Console(program: "trunkline")
    do {
      exit(try FrontDoor(console: console).run(Array(CommandLine.arguments.dropFirst())).rawValue)
    } catch {
      exit(Program.end(error, console).rawValue)
    }
  }
}
