import Glibc

/// Reads the sorted pieces of a spool's file as one sorted sequence; a fixed memory is shared out among the pieces.
struct SpoolMerge: ~Copyable {
  private static let memory = 12 << 20
  private var readers: [PieceReader] = []
  /// The pieces that are not at their end as a heap, the least row first.
  private var heap: [Head] = []
  private var isLent = false

  private struct Head {
    let reader: Int
    var prefix: RowPrefix
    var row: SpooledRow

    func isBefore(_ other: Head) -> Bool {
      let first = prefix.compare(other.prefix)
      if first != 0 { return first < 0 }
      let order = row.compare(other.row)
      return order != 0 ? order < 0 : reader < other.reader
    }
  }

  init(_ file: borrowing SpoolFile, _ pieces: [Range<Int>]) throws {
    let window = min(256 << 10, max(8 << 10, Self.memory / max(1, pieces.count)))
    for piece in pieces {
      let reader = PieceReader(piece, window: window)
      readers.append(reader)
      if let row = try reader.next(file) {
        heap.append(Head(reader: readers.count - 1, prefix: RowPrefix(row), row: row))
      }
    }
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
  }

  /// The next row, valid until the next call; nil after the last.
  mutating func next(_ file: borrowing SpoolFile) throws -> SpooledRow? {
    if isLent, let first = heap.first {
      if let row = try readers[first.reader].next(file) {
        heap[0].row = row
        heap[0].prefix = RowPrefix(row)
      } else {
        heap[0] = heap[heap.count - 1]
        heap.removeLast()
      }
      sink(0)
    }
    isLent = true
    return heap.first?.row
  }

  private mutating func sink(_ start: Int) {
    heap.withUnsafeMutableBufferPointer { heap in
      var index = start
      while 2 * index + 1 < heap.count {
        var child = 2 * index + 1
        if child + 1 < heap.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
        guard heap[child].isBefore(heap[index]) else { return }
        heap.swapAt(index, child)
        index = child
      }
    }
  }
}

/// One sorted piece of the file, read through a window.
private final class PieceReader {
  private var window: UnsafeMutableRawPointer
  private var size: Int
  private var start = 0
  private var end = 0
  private var place: Int
  private let last: Int

  init(_ piece: Range<Int>, window size: Int) {
    self.size = size
    window = .allocate(byteCount: size, alignment: 8)
    place = piece.lowerBound
    last = piece.upperBound
  }

  deinit { window.deallocate() }

  /// The next row, valid until the next call; nil after the last.
  func next(_ file: borrowing SpoolFile) throws -> SpooledRow? {
    if start == end, place == last { return nil }
    try fill(file, 8)
    let row = SpooledRow(base: UnsafeRawPointer(window + start))
    let length = row.length
    try fill(file, length)
    defer { start += length }
    return SpooledRow(base: UnsafeRawPointer(window + start))
  }

  /// Makes sure of `wanted` bytes: what is left is moved to the front, and the rest is read behind it.
  private func fill(_ file: borrowing SpoolFile, _ wanted: Int) throws {
    if end - start >= wanted { return }
    if wanted > size {
      let wider = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 8)
      memcpy(wider, window + start, end - start)
      window.deallocate()
      window = wider
      size = wanted
    } else {
      memmove(window, window + start, end - start)
    }
    end -= start
    start = 0
    while end < wanted {
      let count = try file.read(at: place, into: window + end, min(size - end, last - place))
      end += count
      place += count
    }
  }
}
