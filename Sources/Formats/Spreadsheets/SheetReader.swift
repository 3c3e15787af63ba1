import Glibc

/// Reads the rows of a sheet one after the other in bounded memory.
///
/// Only rows with a filled cell are given, and of each only those cells, in the order of columns. Texts point into the
/// reader's memory and hold until the next call of `next`.
///
///     let book = try SpreadsheetFile(descriptor: file, temporary: "/tmp")
///     let reader = try book.reader(of: book.sheets[0])
///     while try reader.next() {
///       for index in 0..<reader.filled { use(reader.row, reader[index].column, reader.text(index)) }
///     }
package final class SheetReader {
  private let buffer: UnsafeMutablePointer<RowBuffer>
  private let source: Source
  private let styles: [NumberFormat]
  private var ended = false

  private enum Source {
    case xlsx(XMLStream<XLSXSheetSink>)
    case ods(XMLStream<ODSSheetSink>)
  }

  init(
    _ part: ZipPart, sheet: SpreadsheetSheet, strings: SharedStrings, styles: StyleTable, uses1904: Bool,
    limits: SpreadsheetLimits
  ) throws(SpreadsheetError) {
    buffer = .allocate(capacity: 1)
    buffer.initialize(to: RowBuffer())
    self.styles = styles.formats
    kept = (styles, strings)
    let sink = XLSXSheetSink(
      sheet: sheet.name, row: buffer, strings: strings, styles: styles, uses1904: uses1904, limits: limits)
    source = .xlsx(try XMLStream(part, limits: limits, sink))
  }

  init(_ part: ZipPart, sheet: SpreadsheetSheet, limits: SpreadsheetLimits) throws(SpreadsheetError) {
    buffer = .allocate(capacity: 1)
    buffer.initialize(to: RowBuffer())
    styles = []
    kept = nil
    source = .ods(
      try XMLStream(
        part, limits: limits, ODSSheetSink(sheet: sheet.name, number: sheet.number, row: buffer, limits: limits)))
  }

  /// The sink points into them.
  private let kept: (StyleTable, SharedStrings)?

  deinit {
    buffer.deinitialize(count: 1)
    buffer.deallocate()
  }

  /// Goes to the next row with a filled cell; false when there is none.
  package func next() throws(SpreadsheetError) -> Bool {
    if buffer.pointee.repeats > 0 {
      buffer.pointee.repeats -= 1
      buffer.pointee.row += 1
      return true
    }
    if ended { return false }
    let goesOn =
      switch source {
      case .xlsx(let stream): try stream.run()
      case .ods(let stream): try stream.run()
      }
    if !goesOn {
      ended = true
      buffer.pointee.clear()
    }
    return goesOn
  }

  /// The row's number on the sheet, from 1.
  @inline(__always)
  package var row: Int { buffer.pointee.row }

  /// How many cells of the row are filled.
  @inline(__always)
  package var filled: Int { buffer.pointee.count }

  /// The filled cells by their order in the row; `index` is below `filled`.
  @inline(__always)
  package subscript(_ index: Int) -> SheetCell {
    precondition(index >= 0 && index < buffer.pointee.count)
    return buffer.pointee.cells[index]
  }

  /// UTF-8.
  @inline(__always)
  package func text(_ index: Int) -> UnsafeBufferPointer<UInt8> { buffer.pointee.text(of: self[index]) }

  /// The last filled column plus one.
  package var width: Int { filled == 0 ? 0 : Int(self[filled - 1].column) + 1 }

  /// The place of a column among the filled cells; nil when the cell is blank.
  package func index(ofColumn column: Int) -> Int? {
    var (low, high) = (0, filled)
    while low < high {
      let middle = (low + high) / 2
      if Int(self[middle].column) < column { low = middle + 1 } else { high = middle }
    }
    return low < filled && Int(self[low].column) == column ? low : nil
  }

  package func format(of cell: SheetCell) -> NumberFormat {
    let formats =
      switch source {
      case .xlsx: styles
      case .ods(let stream): stream.sink.pointee.formats.formats
      }
    return Int(cell.format) < formats.count ? formats[Int(cell.format)] : .general
  }

  /// The merged ranges met so far: all of them once `next` has answered false.
  package var merges: [CellRange] {
    switch source {
    case .xlsx(let stream): stream.sink.pointee.merges.ranges
    case .ods(let stream): stream.sink.pointee.merges.ranges
    }
  }

  /// Merged ranges that were too many or larger than any sheet.
  package var droppedMerges: Int {
    switch source {
    case .xlsx(let stream): stream.sink.pointee.merges.dropped
    case .ods(let stream): stream.sink.pointee.merges.dropped
    }
  }

  package var tally: SheetTally { buffer.pointee.tally }
}
