import Glibc

/// Writes all bytes; gives the error number, 0 for none.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
  var done = 0
  while done < bytes.count {
    let count = write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
    if count >= 0 { done += count } else if errno != EINTR { return errno }
  }
  return 0
}
