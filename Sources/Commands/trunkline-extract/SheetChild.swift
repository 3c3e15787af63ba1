import Extraction
import Glibc
import Process

/// Reading a workbook in a process of its own, with limits: what it does to that process hurts one file.
enum SheetChild {
  private static let word = "--read-workbook"
  private static let report: Int32 = 3
  private static let cpuSeconds = 60
  private static let seconds = 600

  /// Reads the workbook on standard input when this process was started for that, and gives its exit status.
  static func status(_ arguments: [String]) -> Int32? {
    guard arguments.count == 4, arguments[1] == word else { return nil }
    ResourceLimits(cpuSeconds: cpuSeconds, memoryBytes: 1 << 30, fileBytes: 16 << 30, seconds: seconds).apply()
    return SheetText.write(
      STDIN_FILENO, sheet: Int(arguments[2]), to: STDOUT_FILENO, report: report, temporary: arguments[3])
  }

  /// Starts this program once more for each call.
  static func reading(temporary: String) -> SheetReading {
    { source, sheet, text, report in
      let child = ChildProcess(
        "/proc/self/exe", [word, sheet.map { String($0) } ?? "list", temporary],
        descriptors: [(source, STDIN_FILENO), (text, STDOUT_FILENO), (report, Self.report)])
      do throws(ChildProcess.Failure) {
        return words(try child.run())
      } catch {
        return "could not be started: \(String(cString: strerror(error.errno)))"
      }
    }
  }

  private static func words(_ end: ChildProcess.End) -> String? {
    switch end {
    case .exited(0), .exited(1): nil
    case .exited(2): "could not write its temporary files"
    case .exited(let status): "ended with status \(status)"
    case .signalled(SIGXCPU), .signalled(SIGKILL): "needed more than \(cpuSeconds) seconds of processor time"
    case .signalled(SIGALRM): "did not end within \(seconds) seconds"
    case .signalled(SIGXFSZ): "wanted to write more than its temporary file may hold"
    case .signalled(let signal): "broke off (signal \(signal))"
    }
  }
}
