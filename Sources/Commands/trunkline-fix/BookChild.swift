import CLI
import Correction
import Glibc
import Process

/// Reading a returned workbook in a process of its own, with limits, which never opens a database.
enum BookChild {
  private static let word = "--read-workbook"
  private static let limits = ResourceLimits(
    cpuSeconds: 120, memoryBytes: 1 << 30, fileBytes: 16 << 30, seconds: 600)

  /// Reads the workbook on standard input when this process was started for that, and gives its exit status.
  static func status(_ arguments: [String]) -> Int32? {
    guard arguments.count == 3, arguments[1] == word else { return nil }
    limits.apply()
    return ReturnedSheets.write(STDIN_FILENO, to: STDOUT_FILENO, temporary: arguments[2])
  }

  /// Starts this program once more.
  static func reading(temporary: String) -> ReturnedSheets.Reading {
    { workbook, text in
      let child = ChildProcess(
        "/proc/self/exe", [word, temporary], descriptors: [(workbook, STDIN_FILENO), (text, STDOUT_FILENO)])
      do throws(ChildProcess.Failure) {
        return limits.words(try child.run { Interrupt.started(group: $0) })
      } catch {
        return "could not be started: \(String(cString: strerror(error.errno)))"
      }
    }
  }
}
