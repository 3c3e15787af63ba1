import Glibc
import Records

/// Files that appear under their name when they are whole.
package enum OutputFile {
  /// Refuses a name that a file cannot be given, before any work: a program of the superuser could else replace a device.
  static func check(_ path: String, of option: String) throws(Failure) {
    var found = stat()
    guard stat(path, &found) == 0, found.st_mode & S_IFMT != S_IFREG else { return }
    throw Failure(
      .usage, "--\(option) \(path): a device, a pipe or a folder, not a file",
      hint: "give the name of a file, there or new; rows and plans written to it must not get lost")
  }

  /// Gives a whole file its name. An earlier one of other contents may hold what a person corrected: it is kept beside it,
  /// which is said. Nothing is left of the whole file where that fails.
  package static func place(_ whole: String, at path: String, _ console: Console) throws {
    do throws(FinishedFile.Errno) {
      if let kept = try FinishedFile.place(whole, at: path) {
        console.warning("an earlier \(path) was kept as \(kept)", hint: "it may hold corrections of yours")
      }
    } catch {
      unlink(whole)
      throw Failure(.failed, SystemError.text(error.number), place: path)
    }
    Interrupt.keep(whole)
  }

  /// The path of a file of this name in the folder of another file.
  package static func beside(_ path: String, _ name: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] + name } ?? name
  }

  /// Lets `body` write to a temporary file, gives it to the disk, then its name; nothing is left of a body that throws.
  @discardableResult
  package static func write<Result>(
    _ path: String, mode: UInt32 = 0o644, _ body: (Int32) throws -> Result
  ) throws -> Result {
    let temporary = path + ".partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw Failure(.failed, SystemError.text(errno), place: path) }
    Interrupt.removeOnSignal(temporary)
    var isOpen = true
    do {
      let result = try body(descriptor)
      isOpen = false
      try finish(descriptor, temporary, as: path)
      return result
    } catch {
      if isOpen { close(descriptor) }
      unlink(temporary)
      throw error
    }
  }

  /// Gives a written file to the disk, and its name.
  private static func finish(_ descriptor: Int32, _ temporary: String, as path: String) throws(Failure) {
    let isSynced = fsync(descriptor) == 0
    let number = errno
    guard close(descriptor) == 0, isSynced else {
      throw Failure(.failed, SystemError.text(isSynced ? errno : number), place: path)
    }
    do throws(FinishedFile.Errno) { try FinishedFile.rename(temporary, to: path) } catch {
      throw Failure(.failed, SystemError.text(error.number), place: path)
    }
    Interrupt.keep(temporary)
  }
}
