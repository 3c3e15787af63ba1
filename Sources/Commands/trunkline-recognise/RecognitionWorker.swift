import CLI
import Glibc
import OCR
import Pictures
import Process
import Recognition
import Records

/// A request a line in, an answer a line out, with one engine and limits for each page.
struct RecognitionWorker {
  static let usage = "trunkline-recognise LANGUAGES DPI DOCUMENTS CACHE; requests are lines of descriptor 0"
  private static let memory = 3 << 30

  private let settings: RecognitionSettings
  private let documents: String
  private let cache: String

  init?(_ words: [String]) {
    guard words.count == 4, let dpi = Int(words[1]) else { return nil }
    settings = RecognitionSettings(languages: words[0], dpi: dpi)
    documents = words[2]
    cache = words[3]
  }

  /// Works until the last request is answered; answers the exit status.
  func run() -> Int32 {
    ResourceLimits(cpuSeconds: 1 << 30, memoryBytes: Self.memory, fileBytes: 1 << 30, seconds: 0).apply()
    let originals = Originals(folder: documents)
    do throws(OCRError) {
      let reader = PageReader(
        settings, engine: try engine(), cache: RecognitionCache(folder: cache),
        begin: {
          ResourceLimits.allow(cpuSeconds: RecognitionSettings.cpuSeconds, seconds: RecognitionSettings.seconds)
        },
        draw: { request, dpi throws(PageFailure) in try originals.draw(request, dpi) })
      return work(reader)
    } catch {
      return say(.fields([("error", .string(error.message))])) ? 0 : 1
    }
  }

  private func engine() throws(OCRError) -> RecognitionEngine {
    let recogniser = try Recogniser(languages: settings.languages)
    return RecognitionEngine(version: "tesseract \(Recogniser.version)", dataFolder: recogniser.dataFolder) {
      (image) throws(PageFailure) in
      do throws(OCRError) {
        return try recogniser.recognise(image)
      } catch {
        throw PageFailure("could not be recognised: \(error.message)")
      }
    }
  }

  private func work(_ reader: PageReader) -> Int32 {
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

  private func say(_ json: JSON) -> Bool {
    let line = Array((json.line + "\n").utf8)
    return (try? line.withUnsafeBytes { try Console.write($0, to: STDOUT_FILENO) }) != nil
  }
}
