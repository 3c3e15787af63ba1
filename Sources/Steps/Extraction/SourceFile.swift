import Digest
import Glibc
import Records
import Scratch

/// An open file that can be read from its beginning as often as needed.
///
/// What cannot be read twice (a pipe, standard input) is first copied to a file without a name.
package struct SourceFile: ~Copyable {
  let descriptor: Int32
  /// As the person gave it; `-` for standard input.
  package let path: String
  private var size: Int
  private var changedAt: (Int, Int)

  /// `temporary` is the folder for the copy of what can be read only once.
  package init(_ path: String, temporary: String) throws(ExtractionError) {
    self.path = path
    let opened = try Self.open(path, temporary)
    descriptor = opened.descriptor
    size = opened.size
    changedAt = opened.changedAt
  }

  /// Takes over an open file that is to be read as if it were the one at `path`.
  init(adopting descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    size = 0
    changedAt = (0, 0)
  }

  /// What the file is now is what it has to stay.
  mutating func settle() throws(ExtractionError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(call: "read", path: path, errno: errno) }
    (size, changedAt) = (Int(status.st_size), (status.st_mtim.tv_sec, status.st_mtim.tv_nsec))
  }

  private static func open(
    _ path: String, _ temporary: String
  ) throws(ExtractionError) -> (descriptor: Int32, size: Int, changedAt: (Int, Int)) {
    var opened =
      path == "-" ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard opened >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .notFound(path: path) }
      throw .system(call: "open", path: path, errno: errno)
    }
    var status = stat()
    let isFile = fstat(opened, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    if !isFile || (path == "-" && lseek(opened, 0, SEEK_CUR) != 0) {
      let original = opened
      defer { close(original) }
      opened = try spool(original, path, temporary)
    }
    guard fstat(opened, &status) == 0 else {
      close(opened)
      throw .system(call: "read", path: path, errno: errno)
    }
    return (opened, Int(status.st_size), (status.st_mtim.tv_sec, status.st_mtim.tv_nsec))
  }

  deinit { close(descriptor) }

  /// What the records call it: its name without the folder.
  package var name: String {
    path.split(separator: "/", omittingEmptySubsequences: true).last.map(String.init) ?? path
  }

  /// SHA-256 of all bytes, as 64 hexadecimal digits.
  package func digest() throws(ExtractionError) -> String {
    var digest = SHA256()
    try forEachBlock { block in
      digest.update(block)
      return true
    }
    return digest.finishHex()
  }

  /// Lends the bytes from the beginning to the end, in blocks, until `body` answers false.
  func forEachBlock(_ body: (UnsafeRawBufferPointer) -> Bool) throws(ExtractionError) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
    defer { block.deallocate() }
    var offset = 0
    while true {
      let count = pread(descriptor, block.baseAddress, block.count, off_t(offset))
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw .system(call: "read", path: path, errno: errno) }
      if count == 0 || !body(UnsafeRawBufferPointer(rebasing: block[..<count])) { return }
      offset += count
    }
  }

  var byteCount: Int { size }

  /// Whether it is a PDF: one says so near its beginning or, when that was lost, by its objects or by how it ends.
  package var isPDF: Bool {
    let head = bytes(at: 0, count: 1024)
    if head.starts(with: "%PDF") || head.contains("\n%PDF-") || head.contains("\r%PDF-") { return true }
    if head.contains(" 0 obj") && (head.contains("<<") || head.contains("endobj")) { return true }
    let tail = bytes(at: max(0, size - 1024), count: 1024)
    return tail.contains("startxref") && tail.contains("%%EOF")
  }

  /// As Latin-1, so that every byte is a character.
  private func bytes(at offset: Int, count: Int) -> String {
    var bytes = [UInt8](repeating: 0, count: count)
    let read = pread(descriptor, &bytes, count, off_t(offset))
    return String(String.UnicodeScalarView(bytes.prefix(max(0, read)).map { Unicode.Scalar($0) }))
  }

  /// Whether it begins like a ZIP archive.
  package var isArchive: Bool {
    var head: [UInt8] = [0, 0]
    return pread(descriptor, &head, 2, 0) == 2 && head == [0x50, 0x4B]
  }

  /// Writes all bytes into a new file.
  package func copy(to target: String) throws(ExtractionError) {
    let copy = Glibc.open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard copy >= 0 else { throw .system(call: "write", path: target, errno: errno) }
    defer { close(copy) }
    var code: Int32 = 0
    try forEachBlock { block in
      code = writeAll(block, to: copy)
      return code == 0
    }
    if code != 0 { throw .system(call: "write", path: target, errno: code) }
  }

  /// Puts the position back to the first byte, for a reader that reads from where it stands.
  func rewind() throws(ExtractionError) {
    if lseek(descriptor, 0, SEEK_SET) != 0 { throw .system(call: "read", path: path, errno: errno) }
  }

  /// Whether size and time of change are still those at the opening.
  package var isUnchanged: Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    return Int(status.st_size) == size && (status.st_mtim.tv_sec, status.st_mtim.tv_nsec) == changedAt
  }

  private static func spool(_ source: Int32, _ path: String, _ folder: String) throws(ExtractionError) -> Int32 {
    let copy = try unnamedFile(in: folder, for: path)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
    defer { block.deallocate() }
    while true {
      let count = read(source, block.baseAddress, block.count)
      if count == 0 { return copy }
      if count < 0, errno == EINTR { continue }
      var code = count < 0 ? errno : 0
      if code == 0 { code = writeAll(UnsafeRawBufferPointer(rebasing: block[..<count]), to: copy) }
      if code != 0 {
        close(copy)
        throw .system(call: "read", path: path, errno: code)
      }
    }
  }
}

/// A file without a name, which is gone with its last descriptor; `path` is what an error is about.
func unnamedFile(in folder: String, for path: String) throws(ExtractionError) -> Int32 {
  do throws(TemporaryPlace.Failure) {
    return try TemporaryPlace.file(in: folder, named: "trunkline-extract")
  } catch {
    throw .system(call: "make a temporary file in \(folder)", path: path, errno: error.errno)
  }
}
