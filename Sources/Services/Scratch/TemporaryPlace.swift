import Glibc

/// Places for the moment in a folder for temporary files, which other people's programs may use too.
package enum TemporaryPlace {
  /// The number of the system error that was in the way.
  package struct Failure: Error, Equatable, Sendable {
    package let errno: Int32
  }

  /// An open file without a name, gone with its last descriptor and closed in every program started; for this user alone.
  package static func file(in folder: String, named name: String) throws(Failure) -> Int32 {
    var template = pattern(folder, name)
    let file = mkstemp(&template)
    guard file >= 0 else { throw Failure(errno: errno) }
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    return file
  }

  /// The path of a new folder for this user alone, which its maker removes.
  package static func folder(in folder: String, named name: String) throws(Failure) -> String {
    var template = pattern(folder, name)
    guard mkdtemp(&template) != nil else { throw Failure(errno: errno) }
    return template.withUnsafeBufferPointer {
      String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  private static func pattern(_ folder: String, _ name: String) -> [CChar] {
    Array("\(folder)/\(name).XXXXXX".utf8CString)
  }
}
