/// Whether `bytes` may hold a byte above 0x7F or a NUL; says yes too often, since it reads on to a multiple of 16.
@inline(__always)
func mayHoldOddBytes(_ bytes: UnsafePointer<UInt8>, count: Int) -> Bool {
  var high = SIMD16<UInt8>(repeating: 0)
  var low = SIMD16<UInt8>(repeating: 0xFF)
  var index = 0
  while index < count {
    let block = UnsafeRawPointer(bytes + index).loadUnaligned(as: SIMD16<UInt8>.self)
    high |= block
    low = pointwiseMin(low, block)
    index += 16
  }
  return high.max() > 0x7F || low.min() == 0
}

/// The offset of the first byte that is not part of well-formed UTF-8 (Unicode 3.9, table 3-7), or nil.
func firstInvalidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  var index = 0
  while index < bytes.count {
    if bytes[index] < 0x80 {
      index += 1
      while index + 8 <= bytes.count,
        UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped + index).loadUnaligned(as: UInt64.self)
          & 0x8080_8080_8080_8080 == 0
      { index += 8 }
      continue
    }
    let length = sequenceLength(bytes, at: index)
    if length <= 0 { return index }
    index += length
  }
  return nil
}

/// Bytes of the well-formed sequence at `index`; 0 when there is none, -1 when the bytes end inside one.
func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
  let first = bytes[index]
  let length: Int
  var low: UInt8 = 0x80
  var high: UInt8 = 0xBF
  switch first {
  case ..<0x80: return 1
  case 0xC2...0xDF: length = 2
  case 0xE0...0xEF:
    length = 3
    if first == 0xE0 { low = 0xA0 }
    if first == 0xED { high = 0x9F }
  case 0xF0...0xF4:
    length = 4
    if first == 0xF0 { low = 0x90 }
    if first == 0xF4 { high = 0x8F }
  default: return 0
  }
  for step in 1..<length {
    if index + step == bytes.count { return -1 }
    let byte = bytes[index + step]
    if byte < low || byte > high { return 0 }
    low = 0x80
    high = 0xBF
  }
  return length
}
