package import Domain

/// The text of a natural key: its parts in one form each, joined by `/`; `/` and `%` within a part are percent-encoded.
package enum NaturalKey {
  /// Appends one normalised part. Answers false when nothing of it remains, as of a circuit id without letters or digits.
  package static func append(_ text: Bytes, _ normal: KeyNormal, to key: inout [UInt8]) -> Bool {
    let start = key.count
    switch normal {
    case .exact, .optional: escape(text, to: &key)
    case .circuitID: CircuitID.normalize(text, into: &key)
    case .slug: CarrierName.slug(text, into: &key)
    case .lower: escape(lower(text), to: &key)
    case .account: reescape(start, &key) { BillingAccountNumber.normalize(text, into: &$0) }
    case .number: reescape(start, &key) { ContractNumber.normalize(text, into: &$0) }
    case .digest: key += KeyDigest.of(text)
    }
    return key.count > start
  }

  /// Appends text that is a key, or a normalised part of one, already.
  package static func appendSeparator(to key: inout [UInt8]) { key.append(0x2f) }

  package static func append(_ value: Int64, to key: inout [UInt8]) {
    key += Array(String(value).utf8)
  }

  /// The parts of a key, without their encoding.
  package static func parts(_ key: String) -> [String] {
    key.split(separator: "/", omittingEmptySubsequences: false).map { part in
      guard part.contains("%") else { return String(part) }
      return String(part).replacingPercent()
    }
  }

  private static func escape(_ text: Bytes, to key: inout [UInt8]) {
    if !text.contains(where: { $0 == 0x25 || $0 == 0x2f }) { return key.append(contentsOf: text) }
    for byte in text {
      switch byte {
      case 0x25: key += [0x25, 0x32, 0x35]
      case 0x2f: key += [0x25, 0x32, 0x46]
      default: key.append(byte)
      }
    }
  }

  private static func escape(_ text: [UInt8], to key: inout [UInt8]) {
    text.withUnsafeBufferPointer { escape($0, to: &key) }
  }

  private static func reescape(_ start: Int, _ key: inout [UInt8], _ normalize: (inout [UInt8]) -> Void) {
    normalize(&key)
    guard key[start...].contains(where: { $0 == 0x2f || $0 == 0x25 }) else { return }
    let plain = Array(key[start...])
    key.removeSubrange(start...)
    escape(plain, to: &key)
  }

  private static func lower(_ text: Bytes) -> [UInt8] {
    if text.allSatisfy({ $0 < 0x80 }) { return text.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 } }
    return Array(String(decoding: text, as: UTF8.self).lowercased().utf8)
  }
}

extension String {
  /// Over bytes, so that letters of several bytes beside an escape stay whole.
  fileprivate func replacingPercent() -> String {
    let bytes = Array(utf8)
    var text: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x25, index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        text.append(value)
        index += 3
      } else {
        text.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
