import Digest
import Glibc

/// A folder that keeps originals under their SHA-256.
///
/// The file `ab/abcdef...` appears whole, synced and readable by its owner only, or not at all.
package struct DocumentStore: Sendable {
  private let folder: String

  package init(folder: String) { self.folder = folder }

  /// Where the original of a digest is.
  package func path(of digest: String) -> String { "\(folder)/\(digest.prefix(2))/\(digest)" }

  /// Copies the file unless it is there already.
  func store(_ source: borrowing SourceFile, digest: String) throws(ExtractionError) {
    let target = path(of: digest)
    if access(target, R_OK) == 0 { return }
    let shelf = "\(folder)/\(digest.prefix(2))"
    for made in [folder, shelf] where mkdir(made, 0o700) != 0 && errno != EEXIST {
      throw .system(call: "make a folder", path: made, errno: errno)
    }
    let partial = "\(shelf)/.\(digest).\(getpid())"
    let copy = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard copy >= 0 else { throw .system(call: "write", path: partial, errno: errno) }
    defer { close(copy) }
    do throws(ExtractionError) {
      try fill(copy, from: source, digest: digest, partial)
      guard rename(partial, target) == 0 else { throw .system(call: "write", path: target, errno: errno) }
      try sync(shelf)
    } catch {
      unlink(partial)
      throw error
    }
  }

  private func fill(
    _ copy: Int32, from source: borrowing SourceFile, digest: String, _ partial: String
  ) throws(ExtractionError) {
    var check = SHA256()
    var code: Int32 = 0
    try source.forEachBlock { block in
      check.update(block)
      code = writeAll(block, to: copy)
      return code == 0
    }
    if code == 0, fsync(copy) != 0 { code = errno }
    if code != 0 { throw .system(call: "write", path: partial, errno: code) }
    if check.finishHex() != digest { throw .changed(path: source.path, begun: false) }
  }

  private func sync(_ shelf: String) throws(ExtractionError) {
    let handle = open(shelf, O_RDONLY | O_CLOEXEC)
    if handle < 0 { throw .system(call: "open", path: shelf, errno: errno) }
    defer { close(handle) }
    if fsync(handle) != 0 { throw .system(call: "write", path: shelf, errno: errno) }
  }
}
