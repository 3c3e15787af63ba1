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

  /// Whoever reads a message of a limit is told of that limit, and a kill by somebody else is not taken for one.
  @Test func whatEndedABoundProgramIsSaid() throws {
    let limits = ResourceLimits(cpuSeconds: 7, memoryBytes: 1 << 30, fileBytes: 1 << 20, seconds: 90)
    #expect(limits.words(try end("exit 1")) == nil)
    #expect(limits.words(try end("exit 9")) == "ended with status 9")
    #expect(limits.words(try end("kill -XCPU $$")) == "needed more than 7 seconds of processor time")
    #expect(limits.words(try end("kill -ALRM $$")) == "did not end within 90 seconds")
    #expect(limits.words(try end("kill -KILL $$")) == "was killed, perhaps because the machine ran out of memory")
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
