/// Text broken into lines of a terminal.
package enum TextLines {
  /// Lines of at most `width` characters, broken at blanks where there are any; what drives a terminal is escaped.
  package static func wrap(_ text: String, width: Int, indent: String = "") -> [String] {
    let room = max(8, width - indent.count)
    var lines: [String] = []
    var line = ""
    for word in VisibleText.of(text).split(separator: " ") {
      var rest = word
      while true {
        let gap = line.isEmpty ? 0 : 1
        if line.count + gap + rest.count <= room {
          line += (gap == 0 ? "" : " ") + rest
          break
        }
        if line.isEmpty {
          line = String(rest.prefix(room))
          rest = rest.dropFirst(room)
        }
        lines.append(indent + line)
        line = ""
        if rest.isEmpty { break }
      }
    }
    return line.isEmpty ? lines : lines + [indent + line]
  }

  /// The same with something else than blanks at the beginning of the first line, `first`, which is as long as the indent.
  package static func wrap(_ text: String, width: Int, after first: String) -> [String] {
    var lines = wrap(text, width: width, indent: String(repeating: " ", count: first.count))
    if lines.isEmpty { return [first] }
    lines[0] = first + lines[0].dropFirst(first.count)
    return lines
  }

  /// Two texts at the ends of one line; the left one gives way.
  package static func ends(_ left: String, _ right: String, width: Int) -> String {
    let right = String(VisibleText.of(right).prefix(width))
    let room = max(0, width - right.count - 1)
    let left = VisibleText.of(left)
    let short = left.count <= room ? left : room < 2 ? "" : left.prefix(room - 1) + "…"
    return short + String(repeating: " ", count: max(0, width - short.count - right.count)) + right
  }
}
