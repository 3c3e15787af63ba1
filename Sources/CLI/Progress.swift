import Glibc

/// A count with its rate on standard error, on a terminal only, from the second second on.
package struct Progress {
  private let noun: String
  private let total: Int?
  private let isShown: Bool
  private let start: Double
  private var drawn: Double
  private var hasLine = false

  /// `total` gives the time left; nothing is drawn under `--quiet`, `--log json` or off a terminal.
  package init(_ noun: String, total: Int? = nil, console: Console) {
    self.noun = noun
    self.total = total
    isShown = !console.quiet && console.log == .text && Console.isTerminal(STDERR_FILENO)
    start = isShown ? Clock.monotonic() : 0
    drawn = start + 0.8
  }

  /// The count so far; cheap enough for once per thousand records, draws five times a second.
  package mutating func update(_ count: Int) {
    guard isShown else { return }
    let now = Clock.monotonic()
    guard now - drawn >= 0.2 else { return }
    drawn = now
    hasLine = true
    Self.draw("\r\u{1B}[K" + Self.line(count, noun, total: total, seconds: now - start))
  }

  /// Removes the line.
  package mutating func finish() {
    if hasLine { Self.draw("\r\u{1B}[K") }
    hasLine = false
  }

  static func line(_ count: Int, _ noun: String, total: Int?, seconds: Double) -> String {
    let rate = seconds > 0 ? Double(count) / seconds : 0
    var line = "\(grouped(count)) \(noun), \(grouped(Int(rate)))/s"
    if let total, rate > 0, total > count {
      let left = Int(Double(total - count) / rate)
      line += ", \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
    }
    return line
  }

  private static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.indices.reduce(into: "") { out, index in
      if index > 0, (digits.count - index) % 3 == 0 { out.append(",") }
      out.append(digits[index])
    }
  }

  private static func draw(_ text: String) {
    var text = text
    text.withUTF8 { try? Console.write(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
  }
}
