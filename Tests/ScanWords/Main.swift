import Glibc
import OCR
import Pictures

/// Reads PGM images for the scripts that measure: `text IN OUT ...` writes what is recognised, `clean IN OUT ...` the image
/// that recognition would see. Standard output gets a line for each: the file made and the milliseconds of processor time.
@main struct Main {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard let mode = words.first, mode == "text" || mode == "clean", words.count % 2 == 1 else { exit(64) }
    let recogniser = mode == "text" ? try Recogniser(languages: "eng") : nil
    for index in stride(from: 1, to: words.count, by: 2) {
      guard let image = GrayImage(pgm: try read(words[index]), dpi: 200) else { exit(65) }
      let start = cpu()
      let bytes: [UInt8]
      if let recogniser {
        bytes = Array(text(try recogniser.recognise(image)).utf8)
      } else {
        let scan = try CleanScan(image)
        bytes = try CleanPage(scan, turn: scan.direction ?? 0).pgm()
      }
      let end = cpu()
      try write(bytes, words[index + 1])
      print("\(words[index + 1]) \(end - start)")
    }
  }

  private static func text(_ page: RecognisedPage) -> String {
    page.words.map { word in
      (word.gap == .space ? " " : word.gap == .line ? "\n" : "\n\n") + word.text
    }.joined() + "\n"
  }

  /// Milliseconds of processor time.
  private static func cpu() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  private static func read(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { exit(66) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
  }

  private static func write(_ bytes: [UInt8], _ path: String) throws {
    guard let file = fopen(path, "wb"), fwrite(bytes, 1, bytes.count, file) == bytes.count, fclose(file) == 0 else {
      exit(74)
    }
  }
}
