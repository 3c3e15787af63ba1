import Glibc

/// Where the cells of one record end, and how each is written.
///
/// Offsets count from the first byte of the record; a cell starts one delimiter after the end of the cell before it.
struct CellTable: ~Copyable {
  enum Form: UInt8 {
    /// The bytes are the text, quotes and all.
    case plain
    /// Enclosed in quotes with nothing to undo inside.
    case quoted
    /// Enclosed in quotes, with doubled or escaped quotes inside.
    case escaped
  }

  let ends: UnsafeMutablePointer<UInt32>
  let forms: UnsafeMutablePointer<UInt8>
  let limit: Int
  /// Bytes of a delimiter.
  let gap: Int
  var count = 0

  /// A block adds up to 64 cells before the limit is looked at, hence the slack.
  init(limit: Int, gap: Int) {
    self.limit = limit
    self.gap = gap
    ends = .allocate(capacity: limit + 65)
    forms = .allocate(capacity: limit + 65)
  }

  deinit {
    ends.deallocate()
    forms.deallocate()
  }

  @inline(__always)
  mutating func append(end: Int, form: Form) {
    ends[count] = UInt32(truncatingIfNeeded: end)
    forms[count] = form.rawValue
    count += 1
  }

  @inline(__always)
  func start(_ index: Int) -> Int { index == 0 ? 0 : Int(ends[index - 1]) + gap }
}

/// Reads one record byte by byte: the definition of what a record is, which the fast path must agree with.
///
/// A quote inside a cell that does not begin with one is a byte like any other, and a cell with text after its closing
/// quote is kept as written; both are `irregular`. The machine can be resumed when more bytes have arrived.
struct RecordMachine {
  enum Ending: UInt8 { case lf, crlf, cr, lfcr, endOfFile }
  enum Outcome: Equatable {
    case needsMore
    /// `end` is the length of the record without its line end, `next` the offset of the record after it.
    case record(end: Int, next: Int, ending: Ending)
    case unterminated(openedAt: Int)
    case tooManyColumns
  }
  private enum Mode { case cellStart, plain, quoted, backslash, closed }

  private let delimiter: UInt8
  private let tail: [UInt8]
  private let quote: UInt8
  private let escape: UInt8?
  private let lfcr: Bool
  private var mode = Mode.cellStart
  private var position = 0
  private var openedAt = 0
  private var form = CellTable.Form.plain
  /// Whether a quote stood where RFC 4180 has none.
  private(set) var irregular = false
  /// Whether text stood after a closing quote.
  private(set) var broken = false

  init(_ dialect: CSVDialect) {
    delimiter = dialect.delimiter
    tail = dialect.delimiterTail
    quote = dialect.quote
    escape = dialect.escape
    lfcr = dialect.newline == .lfcr
  }

  var insideQuotes: Bool { mode == .quoted || mode == .backslash }
  var quoteOffset: Int { openedAt }

  mutating func restart() {
    mode = .cellStart
    position = 0
    form = .plain
    irregular = false
    broken = false
  }

  /// Goes on where it stopped; `bytes` begins at the record's first byte and holds all that is known of it.
  mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, atEnd: Bool, into cells: inout CellTable) -> Outcome {
    while position < bytes.count {
      let byte = bytes[position]
      switch mode {
      case .cellStart where byte == quote:
        mode = .quoted
        form = .quoted
        openedAt = position
        position += 1
      case .cellStart, .plain, .closed:
        if byte == delimiter, !tail.isEmpty, position + tail.count >= bytes.count, !atEnd { return .needsMore }
        if isDelimiter(bytes, at: position) {
          cells.append(end: position, form: form)
          if cells.count > cells.limit { return .tooManyColumns }
          mode = .cellStart
          form = .plain
          position += 1 + tail.count
        } else if byte == lineFeed || byte == carriageReturn {
          return end(bytes, byte, atEnd: atEnd, into: &cells)
        } else {
          outsideQuotes(byte, bytes)
        }
      case .quoted:
        inQuotes(bytes)
      case .backslash:
        mode = .quoted
        if byte == quote || byte == escape {
          form = .escaped
          position += 1
        }
      }
    }
    return endOfBytes(atEnd: atEnd, into: &cells)
  }

  private mutating func outsideQuotes(_ byte: UInt8, _ bytes: UnsafeBufferPointer<UInt8>) {
    if mode == .closed && byte == quote {
      mode = .quoted
      form = .escaped
      position += 1
      return
    }
    if mode == .closed { broken = true }
    if mode == .closed || byte == quote { irregular = true }
    mode = .plain
    form = .plain
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == delimiter || byte == lineFeed || byte == carriageReturn { return }
      if byte == quote { irregular = true }
      position += 1
    }
  }

  @inline(__always)
  private func isDelimiter(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    if bytes[index] != delimiter { return false }
    return tail.isEmpty || (index + tail.count < bytes.count && bytes[(index + 1)...].starts(with: tail))
  }

  private mutating func inQuotes(_ bytes: UnsafeBufferPointer<UInt8>) {
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == quote {
        mode = .closed
        return
      }
      if byte == escape {
        mode = .backslash
        return
      }
    }
  }

  private mutating func end(
    _ bytes: UnsafeBufferPointer<UInt8>, _ byte: UInt8, atEnd: Bool, into cells: inout CellTable
  ) -> Outcome {
    var ending = byte == lineFeed ? Ending.lf : .cr
    if byte == carriageReturn || lfcr {
      if position + 1 == bytes.count && !atEnd { return .needsMore }
      let following = position + 1 < bytes.count ? bytes[position + 1] : 0
      if byte == carriageReturn && following == lineFeed { ending = .crlf }
      if byte == lineFeed && following == carriageReturn { ending = .lfcr }
    }
    cells.append(end: position, form: form)
    if cells.count > cells.limit { return .tooManyColumns }
    return .record(end: position, next: position + (ending == .crlf || ending == .lfcr ? 2 : 1), ending: ending)
  }

  private mutating func endOfBytes(atEnd: Bool, into cells: inout CellTable) -> Outcome {
    guard atEnd else { return .needsMore }
    if insideQuotes { return .unterminated(openedAt: openedAt) }
    cells.append(end: position, form: form)
    if cells.count > cells.limit { return .tooManyColumns }
    return .record(end: position, next: position, ending: .endOfFile)
  }
}

/// Counts the line ends among `bytes`: CR LF is one, and LF CR is one where that is the file's habit.
func countLineEnds(_ bytes: UnsafeBufferPointer<UInt8>, newline: CSVNewline) -> Int {
  var count = 0
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    index += 1
    guard byte == lineFeed || byte == carriageReturn else { continue }
    count += 1
    let twin = byte == carriageReturn ? lineFeed : carriageReturn
    if index < bytes.count, bytes[index] == twin, byte == carriageReturn || newline == .lfcr { index += 1 }
  }
  return count
}

/// Copies a cell to `target` without the escapes, and gives the length; `target` needs room for `source`.
func unescape(
  _ source: UnsafeBufferPointer<UInt8>, quote: UInt8, escape: UInt8?, to target: UnsafeMutablePointer<UInt8>
) -> Int {
  var from = 0
  var to = 0
  while from < source.count {
    var byte = source[from]
    if from + 1 < source.count {
      let following = source[from + 1]
      if byte == quote && following == quote {
        from += 1
      } else if byte == escape && (following == quote || following == escape) {
        byte = following
        from += 1
      }
    }
    target[to] = byte
    to += 1
    from += 1
  }
  return to
}
