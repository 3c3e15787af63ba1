import CLI
import Glibc
import OCR
import Process
import Recognition
import Records

/// The process that recognises pages: a request a line in, an answer a line out, with limits for each page.
struct RecognitionWorker {
  static let word = "--recognise-pages"
  /// For one reading of one page, its drawing included.
  static let cpuSeconds = 120
  static let seconds = 900
  private static let memory = 3 << 30

  /// Works when this process was started for that, and gives its exit status.
  static func status(_ arguments: [String]) -> Int32? {
    guard arguments.count == 6, arguments[1] == word, let dpi = Int(arguments[3]) else { return nil }
    signal(SIGPIPE, SIG_IGN)
    ResourceLimits(cpuSeconds: 1 << 30, memoryBytes: memory, fileBytes: 1 << 30, seconds: 0).apply()
    let originals = Originals(folder: arguments[4])
    do throws(OCRError) {
      let reader = try PageReader(
        RecognitionSettings(languages: arguments[2], dpi: dpi), cache: RecognitionCache(folder: arguments[5]),
        begin: { ResourceLimits.allow(cpuSeconds: cpuSeconds, seconds: seconds) },
        draw: { request, dpi throws(DrawingFailure) in try originals.draw(request, dpi) })
      return work(reader)
    } catch {
      return say(.fields([("error", .string(error.message))])) ? 0 : 1
    }
  }

  private static func work(_ reader: PageReader) -> Int32 {
    guard say(.fields([("ready", .bool(true))])) else { return 1 }
    var lines = LineReader(descriptor: STDIN_FILENO)
    do throws(WireError) {
      while let line = try lines.next() {
        guard let request = JSON.parse(line).flatMap({ PageRequest(json: $0) }) else { return 65 }
        let answer = reader.answer(request)
        // Waiting for the next page is no work.
        ResourceLimits.allow(cpuSeconds: 0, seconds: 0)
        if !say(answer.json) { return 1 }
      }
      return 0
    } catch {
      return 65
    }
  }

  private static func say(_ json: JSON) -> Bool {
    let line = Array((json.line + "\n").utf8)
    return (try? line.withUnsafeBytes { try Console.write($0, to: STDOUT_FILENO) }) != nil
  }
}
