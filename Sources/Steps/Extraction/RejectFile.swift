import Glibc
import Records

/// The rejects of all files of one command: their complete streams one after another, under the final name when whole.
package struct RejectFile: ~Copyable {
  package let path: String
  package private(set) var count = 0
  /// Where an earlier file of the same name was kept.
  package private(set) var kept: String?
  /// How much of the gathered file is whole streams.
  private var gathered = 0
  private var isMade = false

  package init(path: String) { self.path = path }

  deinit { if isMade { unlink(Self.gathered(path)) } }

  /// Where the streams are gathered until `finish`.
  package static func gathered(_ path: String) -> String { path + ".gathered" }
  /// Where the stream of one file grows.
  package static func current(_ path: String) -> String { path + ".current" }

  /// The writer for one file's rejects.
  func writer() -> RejectWriter { RejectWriter(path: Self.current(path), step: "extract") }

  /// Takes in the rejects of a file that was read to its end: all of them, or none where that fails.
  mutating func add(_ writer: inout RejectWriter) throws(ExtractionError) {
    if writer.count == 0 { return }
    defer { unlink(writer.path) }
    do throws(WireError) { try writer.finish() } catch { throw .output(error) }
    let current = try SourceFile(writer.path, temporary: "/tmp")
    let target = open(Self.gathered(path), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard target >= 0 else { throw .system(call: "write", path: path, errno: errno) }
    defer { close(target) }
    isMade = true
    // What a file before this one left when it could not be taken in.
    guard ftruncate(target, gathered) == 0, lseek(target, gathered, SEEK_SET) == gathered else {
      throw .system(call: "write", path: path, errno: errno)
    }
    var code: Int32 = 0
    var taken = 0
    try current.forEachBlock { block in
      code = writeAll(block, to: target)
      taken += block.count
      return code == 0
    }
    if code != 0 { throw .system(call: "write", path: path, errno: code) }
    gathered += taken
    count += writer.count
  }

  /// Gives the file its name; with no reject there is no file.
  package mutating func finish() throws(ExtractionError) {
    guard gathered > 0 else { return }
    let made = open(Self.gathered(path), O_WRONLY | O_CLOEXEC)
    guard made >= 0 else { throw .system(call: "write", path: path, errno: errno) }
    defer { close(made) }
    guard ftruncate(made, gathered) == 0, fsync(made) == 0 else {
      throw .system(call: "write", path: path, errno: errno)
    }
    do throws(FinishedFile.Errno) {
      kept = try FinishedFile.place(Self.gathered(path), at: path)
    } catch {
      throw .system(call: "write", path: path, errno: error.number)
    }
    gathered = 0
    isMade = false
  }
}
