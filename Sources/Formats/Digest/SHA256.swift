import CCrypto

/// SHA-256 over bytes given piece by piece, by libcrypto.
///
/// One value serves many digests: `finish` leaves it ready for the next, without looking the algorithm up again.
package struct SHA256: ~Copyable {
  private let context: OpaquePointer
  private let algorithm: OpaquePointer

  package init() {
    // libcrypto returns nil here only when memory has run out; nothing sensible can follow.
    guard let context = EVP_MD_CTX_new(), let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else {
      preconditionFailure("libcrypto offers no SHA-256")
    }
    self.context = context
    self.algorithm = algorithm
    EVP_DigestInit_ex2(context, algorithm, nil)
  }

  deinit {
    EVP_MD_CTX_free(context)
    EVP_MD_free(algorithm)
  }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  package mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Writes the 32 bytes of the digest to `target` and starts a new one.
  package mutating func finish(into target: UnsafeMutablePointer<UInt8>) {
    EVP_DigestFinal_ex(context, target, nil)
    EVP_DigestInit_ex2(context, nil, nil)
  }

  package mutating func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      if let base = buffer.baseAddress { finish(into: base) }
      count = 32
    }
  }

  /// 64 lower-case hexadecimal digits.
  package mutating func finishHex() -> String { Hex.encode(finish()) }

  package static func hex(of text: String) -> String {
    var digest = SHA256()
    digest.update(text)
    return digest.finishHex()
  }

  package static func hex(of bytes: [UInt8]) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return digest.finishHex()
  }
}
