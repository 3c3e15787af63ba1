import Glibc
import Process
import TestSupport
import Testing

struct ChildProcessTests {
  private func end(_ line: String, _ descriptors: [(ours: Int32, theirs: Int32)] = []) throws -> ChildProcess.End {
    try ChildProcess("/bin/sh", ["-c", line], descriptors: descriptors).run()
  }

  @Test func endsAreToldApart() throws {
    #expect(try end("exit 0") == .exited(0))
    #expect(try end("exit 7") == .exited(7))
    #expect(try end("kill -SEGV $$") == .signalled(SIGSEGV))
  }

  @Test func aProgramThatIsNotThereIsSaid() {
    let failure = #expect(throws: ChildProcess.Failure.self) {
      try ChildProcess("/nowhere", [], descriptors: []).run()
    }
    #expect(failure?.path == "/nowhere" && failure?.errno == ENOENT)
  }

  /// Descriptors that swap places arrive where they belong.
  @Test func itHasTheDescriptorsItWasGiven() throws {
    let folder = try TemporaryFolder()
    try folder.write("in", to: "in")
    let input = open(folder.file("in"), O_RDONLY)
    let output = open(folder.file("out"), O_WRONLY | O_CREAT, 0o600)
    let third = open(folder.file("third"), O_WRONLY | O_CREAT, 0o600)
    defer { for file in [input, output, third] { close(file) } }
    #expect(try end("cat; echo three >&3; [ ! -t 2 ]", [(output, 1), (third, 3), (input, 0)]) == .exited(0))
    #expect(try folder.read("out") == "in")
    #expect(try folder.read("third") == "three\n")
  }
}
