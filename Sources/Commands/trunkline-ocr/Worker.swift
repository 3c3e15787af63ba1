import CLI
import Glibc
import Process
import Recognition
import Records

/// One `trunkline-recognise`, and the job it is at.
final class Worker {
  enum Hello {
    case ready
    case refused(String)
  }

  private(set) var job: Int?
  private let companion: Companion
  private var heard: [UInt8] = []

  init(_ program: String, _ arguments: [String]) throws {
    do throws(ChildProcess.Failure) {
      companion = try Companion(program, arguments)
    } catch {
      throw Failure(
        .failed, "cannot be started: \(SystemError.text(error.errno))", place: error.path,
        hint: "it belongs beside trunkline-ocr: install both")
    }
  }

  var output: Int32 { companion.output }

  /// Whether it can work at all: its first line.
  func hello() -> Hello {
    while true {
      if let line = line() { return JSON.parse(line)?["error"]?.text.map { .refused($0) } ?? .ready }
      if !fill() { return .refused("the recognition " + Self.words(companion.end())) }
    }
  }

  func start(_ job: Int, _ request: PageRequest) {
    self.job = job
    // One that is gone is found out when it is listened to.
    let line = Array((request.json.line + "\n").utf8)
    try? line.withUnsafeBytes { try Console.write($0, to: companion.input) }
  }

  /// Its answer once that is whole, or what its end means for the page; nil while there is more to come.
  func hear() -> (answer: PageAnswer, isGone: Bool)? {
    let isOpen = fill()
    if let line = line() {
      job = nil
      let answer = JSON.parse(line).flatMap { PageAnswer(json: $0) }
      return (answer ?? PageAnswer(.failure("got an answer that is none")), false)
    }
    if isOpen { return nil }
    return (PageAnswer(.failure("could not be recognised: the process " + Self.words(companion.end()))), true)
  }

  /// False at the end.
  private func fill() -> Bool {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(companion.output, &block, block.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      heard += block[..<count]
      return true
    }
  }

  private func line() -> String? {
    guard let end = heard.firstIndex(of: 10) else { return nil }
    defer { heard.removeFirst(end + 1) }
    return String(decoding: heard[..<end], as: UTF8.self)
  }

  private static func words(_ end: ChildProcess.End) -> String {
    switch end {
    case .exited(let status): "ended with status \(status)"
    case .signalled(SIGPROF): "needed more than \(RecognitionSettings.cpuSeconds) seconds of processor time"
    case .signalled(SIGALRM): "did not end within \(RecognitionSettings.seconds) seconds"
    case .signalled(let signal): "broke off (signal \(signal))"
    }
  }
}
