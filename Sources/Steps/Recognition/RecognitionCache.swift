import Digest
import Glibc
import Pictures
import Records

/// A folder of recognised pages, each under the digest of its picture and of everything that decides how it is read.
///
/// An entry appears whole and synced, readable by its owner only, or not at all; one that was damaged is as good as none.
package struct RecognitionCache: Sendable {
  private let folder: String

  package init(folder: String) { self.folder = folder }

  /// Goes up whenever the same picture could give other words than before.
  private static let recipe = 2

  /// The key of a picture; `engine` names program, data and languages.
  static func key(_ image: GrayImage, engine: String) -> String {
    var digest = SHA256()
    digest.update("\(recipe) \(engine) \(image.width) \(image.height) \(image.dpi)\n")
    digest.update(image.pixels)
    return digest.finishHex()
  }

  func page(_ key: String) -> RecognisedPage? {
    let file = open(path(key), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let lines = String(decoding: FileBytes.read(file), as: UTF8.self).split(separator: "\n", maxSplits: 1)
    guard lines.count == 2, SHA256.hex(of: String(lines[1])) == lines[0] else { return nil }
    return JSON.parse(String(lines[1])).flatMap { RecognisedPage(json: $0) }
  }

  /// Keeps a page; answers the number of the system error that was in the way.
  func keep(_ page: RecognisedPage, as key: String) -> Int32? {
    let target = path(key)
    for made in [folder, "\(folder)/\(key.prefix(2))"] where mkdir(made, 0o700) != 0 && errno != EEXIST { return errno }
    let partial = "\(target).\(getpid())"
    let file = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return errno }
    defer { close(file) }
    let body = page.json.line
    var out = ByteWriter(descriptor: file)
    out.raw(SHA256.hex(of: body) + "\n" + body)
    do throws(WireError) {
      try out.flush()
      if fsync(file) == 0, rename(partial, target) == 0 { return nil }
      let number = errno
      unlink(partial)
      return number
    } catch {
      unlink(partial)
      if case .output(let number) = error { return number }
      return EIO
    }
  }

  private func path(_ key: String) -> String { "\(folder)/\(key.prefix(2))/\(key)" }
}

/// The contents of small files.
enum FileBytes {
  /// Everything up to the end, or up to where reading fails.
  static func read(_ file: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &block, block.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return bytes }
      bytes += block[..<count]
    }
  }

  /// The digest of a file's contents; nil when it cannot be read.
  static func digest(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return SHA256.hex(of: read(file))
  }
}
