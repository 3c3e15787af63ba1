import CLI
import Glibc
import Scratch

/// Standard input as a file that can be read twice.
enum InputCopy {
  /// A file without a name in the folder for temporary files, at its beginning.
  static func standardInput(temporary: String) throws -> Int32 {
    let file: Int32
    do throws(TemporaryPlace.Failure) {
      file = try TemporaryPlace.file(in: temporary, named: "trunkline-ocr")
    } catch {
      throw failure(temporary, error.errno)
    }
    var block = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count = read(STDIN_FILENO, &block, block.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(.noInput, "cannot be read: \(SystemError.text(errno))", place: "standard input")
      }
      do {
        try block.withUnsafeBytes { try Console.write(UnsafeRawBufferPointer(rebasing: $0[..<count]), to: file) }
      } catch {
        throw failure(temporary, errno)
      }
    }
    guard lseek(file, 0, SEEK_SET) == 0 else { throw failure(temporary, errno) }
    return file
  }

  private static func failure(_ folder: String, _ number: Int32) -> Failure {
    Failure(
      .failed, "the input cannot be copied: \(SystemError.text(number))", place: folder,
      hint: "free space there, or set TMPDIR")
  }
}
