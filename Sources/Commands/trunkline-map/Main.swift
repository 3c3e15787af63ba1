import CLI
import Glibc
import Mapping
import Model
import Records

@main struct Main {
  nonisolated static func main() {
    Program.main(MapCommand.spec, explain: MapCommand.explain) { invocation in
      if invocation.arguments.first == "suggest" { return try SuggestCommand.run(invocation) }
      return try MapCommand.map(invocation)
    }
  }
}
