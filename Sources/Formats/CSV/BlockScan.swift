import CBytes

/// Finds delimiters and line feeds outside quotes, 64 bytes at a time.
///
/// Quote parity is a prefix xor over the mask of quotes. It holds only while quotes stand where RFC 4180 has them, so
/// each block also looks for a quote that opens inside a cell, text after a closing quote, and a CR that no LF follows:
/// from the first of these on the block is `spoiled`, and the record must be read byte by byte.
struct BlockScan {
  private let delimiter: UInt8
  private let quote: UInt8
  /// Offset of the current block.
  private(set) var base = 0
  /// Offset of the block to load next.
  private(set) var next = 0
  /// Cell ends of the current block not yet taken.
  var ends: UInt64 = 0
  /// Which cell ends are record ends.
  private(set) var newlines: UInt64 = 0
  /// Line ends inside quotes.
  var inner: UInt64 = 0
  private(set) var spoiled = false

  private var inside: UInt64 = 0
  private var afterEnd: UInt64 = 1
  private var afterClose: UInt64 = 0
  private var afterCR: UInt64 = 0

  init(_ dialect: CSVDialect) {
    delimiter = dialect.delimiter
    quote = dialect.quote
  }

  /// Begins anew at a record's first byte.
  mutating func restart(at offset: Int) {
    base = offset
    next = offset
    ends = 0
    newlines = 0
    inner = 0
    spoiled = false
    inside = 0
    afterEnd = 1
    afterClose = 0
    afterCR = 0
  }

  /// Follows a move of the buffer's bytes towards its front.
  mutating func shift(by count: Int) {
    base -= count
    next -= count
  }

  /// Loads the block at `next`, of which `count` bytes are known (64 unless the file ends).
  @inline(__always)
  mutating func load(_ bytes: UnsafePointer<UInt8>, count: Int) {
    let block = bytes + next
    base = next
    next += count
    let known: UInt64 = count >= 64 ? ~0 : (1 << UInt64(count)) - 1
    let quotes = tl_equal64(block, quote) & known
    let lf = tl_equal64(block, lineFeed) & known
    let cr = tl_equal64(block, carriageReturn) & known
    let cuts = tl_equal64(block, delimiter) & known

    var within = quotes
    within ^= within << 1
    within ^= within << 2
    within ^= within << 4
    within ^= within << 8
    within ^= within << 16
    within ^= within << 32
    within ^= inside
    inside = UInt64(bitPattern: Int64(bitPattern: within) >> 63)

    newlines = lf & ~within
    let cut = (cuts & ~within) | newlines
    let returns = cr & ~within
    let closing = quotes & ~within
    let closed = (closing << 1) | afterClose
    let starts = (cut << 1) | afterEnd
    let returned = (returns << 1) | afterCR
    afterClose = closing >> 63
    afterEnd = cut >> 63
    afterCR = returns >> 63

    var wrong = quotes & within & ~(starts | closed)
    wrong |= closed & ~(cut | quotes | returns)
    wrong |= returned & ~newlines
    wrong &= known
    inner = (lf | cr) & within
    ends = cut
    spoiled = wrong != 0
    if spoiled { ends &= (wrong & (0 &- wrong)) &- 1 }
  }
}
