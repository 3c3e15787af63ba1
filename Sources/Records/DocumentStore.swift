import Digest
import Glibc

/// A folder that keeps originals under their SHA-256.
///
/// The file `ab/abcdef...` appears whole, synced and readable by its owner only, or not at all.
package struct DocumentStore: Sendable {
  /// Why an original could not be kept, or could not be had.
  package enum Failure: Error, Equatable, Sendable {
    case system(call: String, path: String, errno: Int32)
    case missing(path: String)
    /// Its bytes are not those of its name.
    case altered(path: String)

    package var path: String {
      switch self {
      case .system(_, let path, _), .missing(let path), .altered(let path): path
      }
    }

    /// Lower case, without a full stop.
    package var message: String {
      switch self {
      case .system(let call, _, let errno): "cannot \(call): \(String(cString: strerror(errno)))"
      case .missing: "the original is not there"
      case .altered: "the original is not what it was: its SHA-256 is another"
      }
    }

    package var hint: String {
      switch self {
      case .system(_, _, let errno): DocumentStore.hint(errno)
      case .missing: "name the folder that extract kept it in with --documents, or extract the document again"
      case .altered: "take it from a backup, or remove it and extract the document again"
      }
    }
  }

  private let folder: String

  /// What to do where originals cannot be written or read.
  private static func hint(_ errno: Int32) -> String {
    switch errno {
    case ENOSPC, EDQUOT, EFBIG:
      "there is no room left: free some, or keep originals elsewhere with --documents DIR, and run again"
    case EACCES, EPERM, EROFS:
      "you may not write there: take a folder that is yours with --documents DIR, or ask who owns this one, and run again"
    default: "look at the disk the folder is on, or take another folder with --documents DIR, and run again"
    }
  }

  package init(folder: String) { self.folder = folder }

  /// Where the original of a digest is.
  package func path(of digest: String) -> String { "\(folder)/\(digest.prefix(2))/\(digest)" }

  /// An open original, its position at its beginning, whose bytes were just compared with its name.
  package func open(_ digest: String) throws(Failure) -> Int32 {
    let path = path(of: digest)
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
      throw .system(call: "open", path: path, errno: errno)
    }
    do throws(Failure) {
      var check = SHA256()
      try Self.forEachBlock(of: file, path) { block in
        check.update(block)
        return 0
      }
      if check.finishHex() != digest { throw .altered(path: path) }
    } catch {
      close(file)
      throw error
    }
    return file
  }

  /// Copies an open file of this digest unless it is there already; its position stays. False when its bytes have
  /// another digest by now.
  package func store(_ source: Int32, digest: String) throws(Failure) -> Bool {
    let target = path(of: digest)
    if access(target, R_OK) == 0 { return true }
    let shelf = "\(folder)/\(digest.prefix(2))"
    for made in [folder, shelf] {
      if mkdir(made, 0o700) == 0 {
        try sync(folderOf: made)
      } else if errno != EEXIST {
        throw .system(call: "make a folder", path: made, errno: errno)
      }
    }
    let partial = "\(shelf)/.\(digest).\(getpid())"
    let copy = Glibc.open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard copy >= 0 else { throw .system(call: "write", path: partial, errno: errno) }
    defer { close(copy) }
    do throws(Failure) {
      guard try fill(copy, from: source, digest: digest, partial) else {
        unlink(partial)
        return false
      }
      guard rename(partial, target) == 0 else { throw .system(call: "write", path: target, errno: errno) }
      try sync(folderOf: target)
    } catch {
      unlink(partial)
      throw error
    }
    return true
  }

  private func fill(
    _ copy: Int32, from source: Int32, digest: String, _ partial: String
  ) throws(Failure) -> Bool {
    var check = SHA256()
    try Self.forEachBlock(of: source, partial) { block in
      check.update(block)
      return writeAll(block, to: copy)
    }
    if fsync(copy) != 0 { throw .system(call: "write", path: partial, errno: errno) }
    return check.finishHex() == digest
  }

  /// Lends the bytes in blocks from the beginning; `body` answers an error number, 0 for none.
  private static func forEachBlock(
    of file: Int32, _ path: String, _ body: (UnsafeRawBufferPointer) -> Int32
  ) throws(Failure) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
    defer { block.deallocate() }
    var offset = 0
    while true {
      let count = pread(file, block.baseAddress, block.count, off_t(offset))
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw .system(call: "read", path: path, errno: errno) }
      if count == 0 { return }
      let code = body(UnsafeRawBufferPointer(rebasing: block[..<count]))
      if code != 0 { throw .system(call: "write", path: path, errno: code) }
      offset += count
    }
  }

  private func sync(folderOf path: String) throws(Failure) {
    do throws(FinishedFile.Errno) { try FinishedFile.sync(folderOf: path) } catch {
      throw .system(call: "write", path: path, errno: error.number)
    }
  }
}
