import Glibc

/// Finds the dialect of a delimited file from its first bytes.
///
/// Reads at most `sampleBytes`; refuses what is no table with the error that says why. Candidates for the delimiter are
/// comma, semicolon, tab and pipe, then rarer ones alone or repeated, and what a `sep=` line names.
package struct CSVSniffer: Sendable {
  package static let sampleBytes = 256 << 10
  private static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
  /// Looked at where none of the usual ones does well.
  private static let rare: [UInt8] = [0x5E, 0x7E, 0x1F, 0x01, 0x3A]
  private static let sequences = ["||", "|~|", "^|^", "~|~", "|^|", ";;", "::", "~~", "#|#", "@@"].map {
    Array($0.utf8)
  }
  /// Rows enough to choose a delimiter; the chosen one is looked at over the whole sample.
  private static let trialRows = 400

  private let limits: CSVLimits
  private let hints: CSVHints

  package init(limits: CSVLimits = CSVLimits(), hints: CSVHints = CSVHints()) {
    self.limits = limits
    self.hints = hints
  }

  /// Samples a seekable file from its beginning; its position does not move.
  package func sniff(descriptor: Int32) throws(CSVError) -> CSVFindings {
    let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.sampleBytes + 1)
    defer { room.deallocate() }
    var count = 0
    while count < room.count, let base = room.baseAddress {
      let got = pread(descriptor, base + count, room.count - count, off_t(count))
      if got == 0 { break }
      if got > 0 {
        count += got
      } else if errno != EINTR {
        throw .read(errno: errno)
      }
    }
    if room[..<count].starts(with: [0x1F, 0x8B]) { try refuseGzip(descriptor) }
    let whole = count <= Self.sampleBytes
    let sample = UnsafeBufferPointer(rebasing: room[..<min(count, Self.sampleBytes)])
    return try sniff(sample: sample, whole: whole)
  }

  /// Archives are not unpacked; one that says it grows more than two hundredfold, past 4 MiB, is called what it is.
  private func refuseGzip(_ descriptor: Int32) throws(CSVError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 18 else { return }
    var trailer: UInt32 = 0
    guard pread(descriptor, &trailer, 4, status.st_size - 4) == 4 else { return }
    let (bytes, unpacked) = (Int(status.st_size), Int(UInt32(littleEndian: trailer)))
    if unpacked > 4 << 20, unpacked / 200 > bytes { throw .bomb(bytes: bytes, unpacked: unpacked) }
  }

  /// Judges bytes from the beginning of a file; `whole` says that there are no more.
  package func sniff(sample: UnsafeBufferPointer<UInt8>, whole: Bool) throws(CSVError) -> CSVFindings {
    if let kind = foreignFormat(sample) { throw .notDelimited(kind: kind) }
    let guess = try EncodingGuess(sample, whole: whole, given: hints.encoding)
    let body = UnsafeBufferPointer(rebasing: sample[guess.marks...])
    guard var transcoder = Transcoder(guess.encoding) else {
      return try judge(body, of: sample, whole: whole, guess)
    }
    let text = UnsafeMutableBufferPointer<UInt8>.allocate(
      capacity: Transcoder.growth * (body.count + Transcoder.slack))
    defer { text.deallocate() }
    let count = text.baseAddress.map { transcoder.decode(body, atEnd: whole, to: $0) } ?? 0
    var decoded = UnsafeBufferPointer(rebasing: text[..<count])
    while decoded.starts(with: [0xEF, 0xBB, 0xBF]) { decoded = UnsafeBufferPointer(rebasing: decoded[3...]) }
    return try judge(decoded, of: guess.isWide ? decoded : sample, whole: whole, guess)
  }

  private func judge(
    _ text: UnsafeBufferPointer<UInt8>, of raw: UnsafeBufferPointer<UInt8>, whole: Bool, _ guess: EncodingGuess
  ) throws(CSVError) -> CSVFindings {
    if text.allSatisfy(isWhite) {
      if whole { throw .empty(bytes: raw.count) }
      throw .noDelimiter
    }
    if looksBinary(raw) { throw .notDelimited(kind: "binary data") }
    var findings = CSVFindings()
    findings.notes = guess.notes
    findings.dialect.encoding = guess.encoding
    if countsAsLFCR(text) { findings.dialect.newline = .lfcr }

    let table = try chooseDelimiter(text, whole: whole, &findings)
    if let open = table.unterminated {
      let before = UnsafeBufferPointer(rebasing: text[..<open.offset])
      let line = 1 + countLineEnds(before, newline: findings.dialect.newline)
      throw .unterminatedQuote(line: line, row: open.row)
    }
    if table.tooManyColumns { throw .tooManyColumns(line: 1, limit: limits.columns) }
    if whole, findings.dialect.sepLine, table.filledRows == 0 { throw .empty(bytes: raw.count) }
    findings.width = table.width
    describe(table, &findings)
    return findings
  }

  private func countsAsLFCR(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var twins = 0
    var feeds = 0
    for index in text.indices where text[index] == lineFeed {
      feeds += 1
      let before = index > 0 ? text[index - 1] : 0
      let after = index + 1 < text.count ? text[index + 1] : 0
      let second = index + 2 < text.count ? text[index + 2] : 0
      if before != carriageReturn && after == carriageReturn && second != lineFeed { twins += 1 }
    }
    return twins * 2 > feeds
  }

  private func chooseDelimiter(
    _ text: UnsafeBufferPointer<UInt8>, whole: Bool, _ findings: inout CSVFindings
  ) throws(CSVError) -> SampleTable {
    if let quote = hints.quote { findings.dialect.quote = quote }
    let named = sepLine(text)
    if let given = hints.delimiter ?? named {
      findings.dialect.separator = given
      findings.dialect.sepLine = named != nil
      findings.dialect.escape = backslashHelps(text, findings.dialect, whole: whole) ? UInt8(ascii: "\\") : nil
      var table = read(text, findings.dialect, whole: whole)
      if named != nil { table.dropFirstRow() }
      if named != nil, table.width == 1, text.dropFirst(5).contains(where: Self.candidates.contains) {
        let text = "no row has the delimiter that the line sep= names; taken as a table of one column"
        findings.notes.append(CSVNote(code: "W_DELIM", text: text))
      }
      return table
    }
    if hints.quote == nil, usesApostrophes(text) { findings.dialect.quote = UInt8(ascii: "'") }
    var trial = Trial(best: findings.dialect)
    for delimiter in Self.candidates { compare([delimiter], text, whole: whole, findings.dialect, &trial) }
    for sequence in Self.sequences where holds(sequence, text) {
      compare(sequence, text, whole: whole, findings.dialect, &trial)
    }
    for delimiter in Self.candidates where hasSpacedQuote(text, delimiter, findings.dialect.quote) {
      compare([delimiter, 0x20], text, whole: whole, findings.dialect, &trial)
    }
    if trial.score < 0.5 {
      for delimiter in Self.rare { compare([delimiter], text, whole: whole, findings.dialect, &trial) }
    }
    if trial.isCrowded && trial.score == 0 { throw .tooManyColumns(line: 1, limit: limits.columns) }
    let table = read(text, trial.best, whole: whole)
    if trial.score < 0.1 { return try singleColumn(text, table, whole: whole, &findings) }
    findings.dialect = trial.best
    if trial.best.separator.count > 1 {
      let shown = String(decoding: trial.best.separator, as: UTF8.self)
      findings.notes.append(CSVNote(code: "W_DELIM", text: "cells are separated by \"\(shown)\""))
    }
    return table
  }

  private struct Trial {
    var best: CSVDialect
    var score = 0.0
    var isCrowded = false
  }

  private func compare(
    _ separator: [UInt8], _ text: UnsafeBufferPointer<UInt8>, whole: Bool, _ base: CSVDialect, _ trial: inout Trial
  ) {
    var dialect = base
    dialect.separator = separator
    if backslashHelps(text, dialect, whole: whole) { dialect.escape = UInt8(ascii: "\\") }
    let table = read(text, dialect, whole: whole, rows: Self.trialRows)
    if table.tooManyColumns && table.rows.isEmpty { trial.isCrowded = true }
    // A delimiter of several bytes is taken before one of them alone.
    let score = separator.count > 1 && table.width > 1 ? table.fitness * 1.3 + 0.05 : table.fitness
    if score > trial.score {
      trial.score = score
      trial.best = dialect
    }
  }

  /// Whether a sequence stands in the first lines often enough to be a delimiter.
  private func holds(_ sequence: [UInt8], _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let head = text.prefix(8 << 10)
    let lines = max(1, head.count { $0 == lineFeed })
    let found = head.indices.count { head[$0] == sequence[0] && head[$0...].starts(with: sequence) }
    return found * 2 >= lines && found > 0
  }

  /// Whether a quotation mark stands behind a delimiter and a space: `"a, b", "c"` of a writer that sets a space each time.
  private func hasSpacedQuote(_ text: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8, _ quote: UInt8) -> Bool {
    let head = text.prefix(64 << 10)
    return head.indices.dropLast(2).contains {
      head[$0] == delimiter && head[$0 + 1] == 0x20 && head[$0 + 2] == quote
    }
  }

  /// Whether cells are enclosed in apostrophes instead of quotation marks.
  private func usesApostrophes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let mark = UInt8(ascii: "'")
    let ends: Set<UInt8> = [0x2C, 0x3B, 0x09, 0x7C, lineFeed, carriageReturn]
    var opened = 0
    var closed = 0
    var lone = 0
    for index in text.prefix(64 << 10).indices {
      if text[index] == UInt8(ascii: "\"") { return false }
      guard text[index] == mark else { continue }
      let opens = index == 0 || ends.contains(text[index - 1])
      let closes = index + 1 >= text.count || ends.contains(text[index + 1])
      // One of a pair, which stands for an apostrophe in the text.
      if !opens, !closes, text[index - 1] == mark || text[index + 1] == mark { continue }
      if opens { opened += 1 } else if closes { closed += 1 } else { lone += 1 }
    }
    return opened >= 2 && closed * 10 >= opened * 8 && lone * 2 <= opened
  }

  private func read(
    _ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, whole: Bool, rows: Int = .max
  ) -> SampleTable {
    SampleTable(text, dialect: dialect, whole: whole, columns: limits.columns, rows: rows)
  }

  /// The byte named by a first line `sep=;`.
  private func sepLine(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard text.count >= 5, text.prefix(4).map(lowered).elementsEqual("sep=".utf8) else { return nil }
    let named = text[4]
    if named == lineFeed || named == carriageReturn || named == UInt8(ascii: "\"") { return nil }
    return text.count == 5 || text[5] == lineFeed || text[5] == carriageReturn ? [named] : nil
  }

  /// Whether reading `\"` as an escaped quote leaves fewer misplaced quotes.
  private func backslashHelps(_ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, whole: Bool) -> Bool {
    var previous: UInt8 = 0
    let escapes = text.contains { byte in
      defer { previous = byte }
      return byte == dialect.quote && previous == UInt8(ascii: "\\")
    }
    if !escapes { return false }
    var escaped = dialect
    escaped.escape = UInt8(ascii: "\\")
    let plain = read(text, dialect, whole: whole, rows: Self.trialRows)
    let other = read(text, escaped, whole: whole, rows: Self.trialRows)
    if other.unterminated != nil { return false }
    return plain.unterminated != nil || other.irregular < plain.irregular
  }

  /// A table of one column has short lines of one thing each; fixed-width text and endless lines are refused.
  private func singleColumn(
    _ text: UnsafeBufferPointer<UInt8>, _ table: SampleTable, whole: Bool, _ findings: inout CSVFindings
  ) throws(CSVError) -> SampleTable {
    if table.unterminated != nil { return table }
    let filled = table.rows.filter { !$0.isBlank && !$0.isComment }
    guard table.width == 1, filled.count > 1 else { throw .noDelimiter }
    let wide = filled.count { hasInnerGap(UnsafeBufferPointer(rebasing: text[$0.bytes])) }
    if wide * 2 >= filled.count { throw .noDelimiter }
    if text.contains(where: Self.candidates.contains) {
      findings.notes.append(CSVNote(code: "W_DELIM", text: "no delimiter found; taken as a table of one column"))
    }
    return table
  }

  /// Two spaces between words, as fixed-width columns have.
  private func hasInnerGap(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let end = line.lastIndex(where: { !isWhite($0) }) else { return false }
    let start = line.firstIndex { !isWhite($0) } ?? 0
    let inner = line[start...end]
    return zip(inner, inner.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
  }

  private func describe(_ table: SampleTable, _ findings: inout CSVFindings) {
    let tally = table.tally
    if tally.hasMixedLineEnds {
      findings.dialect.newline = .mixed
    } else if tally.crlf > 0 {
      findings.dialect.newline = .crlf
    } else if tally.cr > 0 {
      findings.dialect.newline = .cr
    }
  }
}
