import CLI
import Extraction
import Glibc
import Process

/// Reading a workbook in a process of its own, with limits: what it does to that process hurts one file.
enum SheetChild {
  private static let word = "--read-workbook"
  private static let report: Int32 = 3
  private static let limits = ResourceLimits(
    cpuSeconds: 60, memoryBytes: 1 << 30, fileBytes: 16 << 30, seconds: 600)

  /// Reads the workbook on standard input when this process was started for that, and gives its exit status.
  static func status(_ arguments: [String]) -> Int32? {
    guard arguments.count == 4, arguments[1] == word else { return nil }
    limits.apply()
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
        return limits.words(try child.run { Interrupt.started(group: $0) })
      } catch {
        return "could not be started: \(String(cString: strerror(error.errno)))"
      }
    }
  }
}
