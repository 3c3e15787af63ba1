import Domain
import Model
import Records

/// Writes the records of an accepted row, each dependent one once per run.
struct RecordEmitter: ~Copyable {
  private var seen = BoundedTable(slots: 1 << 19, bytes: 24 << 20)
  private var scratch = RowArena()
  /// The dependent records of the current row, in order of their parts.
  private var candidates: [Candidate] = []

  private struct Candidate {
    let key: Bytes
    let hash: UInt64
  }

  init() {}

  mutating func emit(
    _ mapper: borrowing RowMapper?, _ streams: [Int], sequence: Int, row: Int, to writer: inout StreamWriter
  ) {
    switch mapper {
    case .none: return
    case .some(let mapper):
      gather(mapper)
      var number = 0
      var next = 0
      for part in mapper.shapes.indices where mapper.isRecord(part) {
        let shape = mapper.shapes[part]
        if !shape.isMain {
          next += 1
          if !isNew(candidates[next - 1]) { continue }
        }
        writer.begin(streams[part])
        Self.write(shape, mapper.prefixes, mapper.slots, to: &writer.out)
        writer.end(sequence: sequence, part: number, row: row, issues: shape.isMain ? mapper.warnings : [])
        number += 1
      }
    }
  }

  /// Makes the keys of all dependent records before one is looked up, so that their memory is fetched at the same time.
  private mutating func gather(_ mapper: borrowing RowMapper) {
    scratch.reset()
    candidates.removeAll(keepingCapacity: true)
    for part in mapper.shapes.indices where mapper.isRecord(part) && !mapper.shapes[part].isMain {
      let key = key(mapper.shapes[part], mapper.slots)
      let hash = BoundedTable.hash(key)
      seen.expect(hash)
      candidates.append(Candidate(key: key, hash: hash))
    }
    for candidate in candidates { seen.touch(candidate.hash) }
  }

  private static func write(
    _ shape: RecordShape, _ prefixes: UnsafeMutableBufferPointer<Bytes>, _ slots: UnsafeMutableBufferPointer<Slot>,
    to out: inout ByteWriter
  ) {
    var isFirst = true
    for index in shape.first..<shape.end where slots[index].kind != .absent {
      if !isFirst { out.byte(0x2C) }
      isFirst = false
      out.bytes(prefixes[index])
      switch slots[index].kind {
      case .integer: out.integer(slots[index].integer)
      case .text: out.string(slots[index].text)
      case .cleared, .absent: out.raw("null")
      }
    }
  }

  /// Whether exactly this record was not written before (or was forgotten, which only costs a line).
  private mutating func isNew(_ candidate: Candidate) -> Bool {
    if seen.find(candidate.key, candidate.hash) != nil { return false }
    seen.insert(candidate.key, Bytes(start: nil, count: 0))
    return true
  }

  /// Everything a record says, as bytes that live as long as the row.
  private mutating func key(_ shape: RecordShape, _ slots: UnsafeMutableBufferPointer<Slot>) -> Bytes {
    var size = 1
    for index in shape.first..<shape.end where slots[index].kind != .absent { size += 14 + slots[index].text.count }
    let base = scratch.reserve(size)
    let raw = UnsafeMutableRawPointer(base)
    base[0] = UInt8(truncatingIfNeeded: shape.entity)
    var end = 1
    for index in shape.first..<shape.end where slots[index].kind != .absent {
      base[end] = UInt8(truncatingIfNeeded: index - shape.first)
      base[end + 1] = slots[index].kind.rawValue
      end += 2
      if slots[index].kind == .integer {
        raw.storeBytes(of: slots[index].integer, toByteOffset: end, as: Int64.self)
        end += 8
      } else if slots[index].kind == .text, let text = slots[index].text.baseAddress {
        let count = slots[index].text.count
        raw.storeBytes(of: UInt32(truncatingIfNeeded: count), toByteOffset: end, as: UInt32.self)
        (base + end + 4).update(from: text, count: count)
        end += 4 + count
      }
    }
    return Bytes(start: base, count: end)
  }
}

/// What writing a record needs of its plan, without references.
struct RecordShape {
  let first: Int
  let end: Int
  let entity: Int
  let isMain: Bool

  init(_ plan: PartPlan) {
    first = plan.firstSlot
    end = plan.firstSlot + plan.prefixes.count
    entity = plan.entity.number
    isMain = plan.isMain
  }
}
