import Digest

/// Binds the locked cells of a row to its original texts, so that a slip is noticed when the workbook comes back.
package enum RowSeal {
  /// 16 hexadecimal digits.
  package static func of(_ locked: [String], _ originals: [String]) -> String {
    var bytes: [UInt8] = []
    for text in locked + originals {
      bytes += text.utf8
      bytes.append(0)
    }
    return String(SHA256.hex(of: bytes).prefix(16))
  }
}
