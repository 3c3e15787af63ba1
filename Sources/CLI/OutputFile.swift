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
  /// which is said.
  package static func place(_ whole: String, at path: String, _ console: Console) throws {
    do throws(FinishedFile.Errno) {
      if let kept = try FinishedFile.place(whole, at: path) {
        console.warning("an earlier \(path) was kept as \(kept)", hint: "it may hold corrections of yours")
      }
    } catch {
      throw Failure(.failed, SystemError.text(error.number), place: path)
    }
    Interrupt.keep(whole)
  }

  /// Lets `body` write to a temporary file, gives it to the disk, then its name; nothing is left of a body that throws.
  @discardableResult
  package static func write<Result>(_ path: String, _ body: (Int32) throws -> Result) throws -> Result {
    let temporary = path + ".partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure(.failed, SystemError.text(errno), place: path) }
    Interrupt.removeOnSignal(temporary)
    var isOpen = true
    do {
      let result = try body(descriptor)
      isOpen = false
      guard fsync(descriptor) == 0, close(descriptor) == 0, rename(temporary, path) == 0 else {
        throw Failure(.failed, SystemError.text(errno), place: path)
      }
      Interrupt.keep(temporary)
      return result
    } catch {
      if isOpen { close(descriptor) }
      unlink(temporary)
      throw error
    }
  }
}
