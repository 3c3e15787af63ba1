import Domain
import Model
import Records

/// Writes the records of an accepted row, each dependent one once per run.
struct RecordEmitter: ~Copyable {
  private var seen = BoundedTable(slots: 1 << 19, bytes: 24 << 20)
  private var tuple: [UInt8] = []

  init() {}

  mutating func emit(
    _ mapper: borrowing RowMapper?, _ streams: [Int], sequence: Int, row: Int, to writer: inout StreamWriter
  ) {
    switch mapper {
    case .none: return
    case .some(let mapper):
      var number = 0
      for part in mapper.parts.indices where mapper.isRecord(part) {
        let isMain = mapper.parts[part].isMain
        if !isMain, !isNew(mapper.parts[part], mapper.slots) { continue }
        writer.begin(streams[part])
        Self.write(mapper.parts[part], mapper.slots, to: &writer.out)
        writer.end(sequence: sequence, part: number, row: row, issues: isMain ? mapper.warnings : [])
        number += 1
      }
    }
  }

  private static func write(_ plan: PartPlan, _ slots: UnsafeMutableBufferPointer<Slot>, to out: inout ByteWriter) {
    var isFirst = true
    for index in plan.prefixes.indices {
      let slot = slots[plan.firstSlot + index]
      if slot.kind == .absent { continue }
      if !isFirst { out.byte(0x2C) }
      isFirst = false
      out.bytes(plan.prefixes[index])
      switch slot.kind {
      case .integer: out.integer(slot.integer)
      case .text: out.string(slot.text)
      case .cleared, .absent: out.raw("null")
      }
    }
  }

  /// Whether exactly this record was not written before (or was forgotten, which only costs a line).
  private mutating func isNew(_ plan: PartPlan, _ slots: UnsafeMutableBufferPointer<Slot>) -> Bool {
    tuple.removeAll(keepingCapacity: true)
    tuple.append(UInt8(truncatingIfNeeded: plan.entity.number))
    for index in plan.prefixes.indices {
      let slot = slots[plan.firstSlot + index]
      if slot.kind == .absent { continue }
      tuple.append(UInt8(truncatingIfNeeded: index))
      tuple.append(slot.kind.rawValue)
      if slot.kind == .integer { withUnsafeBytes(of: slot.integer) { tuple.append(contentsOf: $0) } }
      if slot.kind == .text {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: slot.text.count)) { tuple.append(contentsOf: $0) }
        tuple.append(contentsOf: slot.text)
      }
    }
    return tuple.withUnsafeBufferPointer { key in
      if seen.find(key) != nil { return false }
      seen.insert(key, Bytes(start: nil, count: 0))
      return true
    }
  }
}
