import Domain
import Glibc

/// Giving a finished file its name without losing one that stands there.
///
/// Night after night the same name is the rule, not the exception: what stands there may hold corrections made by hand, so
/// it is kept under the next free `NAME.1`, `NAME.2`, unless it holds the very same bytes. A name that was given outlives a
/// power cut.
package enum FinishedFile {
  /// Answers the name under which an earlier file of other contents was kept; throws an errno.
  package static func place(_ partial: String, at path: String) throws(Errno) -> String? {
    var kept: String?
    if access(path, F_OK) == 0, try !isSame(partial, path) { kept = try setAside(path) }
    try rename(partial, to: path)
    return kept
  }

  /// Gives a file its name in place of any other, and that to the disk.
  package static func rename(_ partial: String, to path: String) throws(Errno) {
    guard Glibc.rename(partial, path) == 0 else { throw Errno(number: errno) }
    try sync(folderOf: path)
  }

  /// Gives the names in a file's folder to the disk, where the file system knows how to.
  package static func sync(folderOf path: String) throws(Errno) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = open(slash.map { String(path[...$0]) } ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // One that may be written and not read.
    guard folder >= 0 else { return }
    defer { close(folder) }
    guard fsync(folder) == 0 || errno == EINVAL else { throw Errno(number: errno) }
  }

  /// The number of a system error.
  package struct Errno: Error, Equatable {
    package let number: Int32
  }

  private static func setAside(_ path: String) throws(Errno) -> String {
    var number = 1
    // A link fails where a file stands already, so that none is overwritten even by two programs at once.
    while link(path, "\(path).\(number)") != 0 {
      guard errno == EEXIST else { throw Errno(number: errno) }
      number += 1
    }
    return "\(path).\(number)"
  }

  private static func isSame(_ left: String, _ right: String) throws(Errno) -> Bool {
    let files = [open(left, O_RDONLY | O_CLOEXEC), open(right, O_RDONLY | O_CLOEXEC)]
    let code = errno
    defer { for file in files where file >= 0 { close(file) } }
    guard !files.contains(where: { $0 < 0 }) else { throw Errno(number: code) }
    var blocks = [[UInt8](repeating: 0, count: 1 << 16), [UInt8](repeating: 0, count: 1 << 16)]
    while true {
      let left = try read(files[0], &blocks[0])
      let right = try read(files[1], &blocks[1])
      guard left == right, blocks[0].prefix(left) == blocks[1].prefix(right) else { return false }
      if left == 0 { return true }
    }
  }

  /// Fills the block as far as the file goes.
  private static func read(_ file: Int32, _ block: inout [UInt8]) throws(Errno) -> Int {
    var filled = 0
    while filled < block.count {
      let room = block.count - filled
      let count = block.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress! + filled, room) }
      if count < 0 {
        if errno == EINTR { continue }
        throw Errno(number: errno)
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }
}
