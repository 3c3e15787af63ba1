import Digest

/// Binds the locked cells of a row to its original texts, so that a slip is noticed when the workbook comes back.
package enum RowSeal {
  /// 16 hexadecimal digits.
  package static func of(_ locked: [String], _ originals: [String]) -> String {
    var digest = SHA256()
    return of(locked, originals, &digest)
  }

  /// The same with a digest that serves many rows.
  static func of(_ locked: [String], _ originals: [String], _ digest: inout SHA256) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1024)
    func add(_ texts: [String]) {
      for text in texts {
        bytes.append(contentsOf: text.utf8)
        bytes.append(0)
      }
    }
    add(locked)
    add(originals)
    digest.update(bytes)
    return Hex.encode(Array(digest.finish().prefix(8)))
  }
}
