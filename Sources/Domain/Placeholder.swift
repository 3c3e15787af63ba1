package typealias Bytes = UnsafeBufferPointer<UInt8>
