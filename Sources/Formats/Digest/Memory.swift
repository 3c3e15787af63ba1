import CBytes

/// Asking the processor for memory before it is read.
package enum Memory {
  /// Fetches what stands at `place` without waiting for it; any address may be given.
  package static func prefetch(_ place: UnsafeRawPointer) { tl_prefetch(place) }
}
