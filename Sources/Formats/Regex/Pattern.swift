import CPCRE2

/// Why a pattern is none.
package struct PatternError: Error, Equatable, Sendable {
  package let pattern: String
  /// Byte of the pattern at which it goes wrong.
  package let offset: Int
  package let message: String
}

/// A compiled PCRE2 pattern over UTF-8, safe to run on text nobody has seen: each match has a bounded effort.
///
/// Offsets are bytes. Not for two threads at once: the room for captures is its own.
package final class Pattern {
  /// What one match found: the bytes of the whole and of each group, nil for a group that took no part.
  package struct Match: Equatable, Sendable {
    package let groups: [Range<Int>?]
    package var range: Range<Int> { (groups.first ?? nil) ?? 0..<0 }

    package subscript(_ group: Int) -> Range<Int>? { group < groups.count ? groups[group] : nil }
  }

  /// Steps after which a match is given up as none.
  private static let effort: UInt32 = 2_000_000

  package let source: String
  private let code: OpaquePointer
  private let data: OpaquePointer
  private let context: OpaquePointer

  /// Letters of either case match each other unless `exactCase`.
  package init(_ source: String, exactCase: Bool = false) throws(PatternError) {
    self.source = source
    var fault: Int32 = 0
    var offset = 0
    let options = UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | (exactCase ? 0 : UInt32(PCRE2_CASELESS))
    let compiled = Array(source.utf8).withUnsafeBufferPointer {
      pcre2_compile_8($0.baseAddress, $0.count, options, &fault, &offset, nil)
    }
    guard let compiled, let data = pcre2_match_data_create_from_pattern_8(compiled, nil),
      let context = pcre2_match_context_create_8(nil)
    else { throw PatternError(pattern: source, offset: offset, message: Self.words(fault)) }
    pcre2_jit_compile_8(compiled, PCRE2_JIT_COMPLETE)
    pcre2_set_match_limit_8(context, Self.effort)
    code = compiled
    self.data = data
    self.context = context
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    pcre2_code_free_8(code)
  }

  /// The first match that begins at `start` or later.
  package func first(in text: [UInt8], from start: Int = 0) -> Match? {
    start <= text.count ? first(in: text, within: start..<text.count) : nil
  }

  /// The first match inside of `range`, whose end is the end of the text and whose beginning is not that of a line.
  ///
  /// Both bounds lie between characters.
  package func first(in text: [UInt8], within range: Range<Int>) -> Match? {
    let count = text.withUnsafeBufferPointer {
      pcre2_match_8(
        code, $0.baseAddress, range.upperBound, range.lowerBound, UInt32(PCRE2_NO_UTF_CHECK), data, context)
    }
    guard count > 0, let bounds = pcre2_get_ovector_pointer_8(data) else { return nil }
    return Match(
      groups: (0..<Int(pcre2_get_ovector_count_8(data))).map { group in
        let (from, to) = (bounds[2 * group], bounds[2 * group + 1])
        return group < Int(count) && from >= 0 && from <= to && to <= text.count ? from..<to : nil
      })
  }

  /// Every match that does not overlap the one before, in order.
  package func all(in text: [UInt8]) -> [Match] { all(in: text, within: 0..<text.count) }

  /// Every match inside of `range` that does not overlap the one before, in order.
  package func all(in text: [UInt8], within range: Range<Int>) -> [Match] {
    var found: [Match] = []
    var start = range.lowerBound
    while start <= range.upperBound, let match = first(in: text, within: start..<range.upperBound) {
      found.append(match)
      start = match.range.isEmpty ? next(after: match.range.upperBound, text) : match.range.upperBound
    }
    return found
  }

  /// The next byte at which a character begins.
  private func next(after offset: Int, _ text: [UInt8]) -> Int {
    var next = offset + 1
    while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  private static func words(_ fault: Int32) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { room in
      let length = pcre2_get_error_message_8(fault, room.baseAddress, room.count)
      return length < 0 ? "error \(fault)" : String(decoding: room.prefix(Int(length)), as: UTF8.self)
    }
  }
}
