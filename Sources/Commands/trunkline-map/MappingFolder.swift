import CLI
import Glibc
import Mapping
import Records

/// The folder of saved mappings: those of everybody in it, those of one user in a folder of the user's name.
enum MappingFolder {
  /// Reads every mapping that can be recognised by its headings, in the order of their names.
  static func shelf(_ invocation: Invocation) throws -> MappingShelf {
    let folder = invocation.value("mappings") ?? "Mappings"
    let home = folder + "/" + (try Principal.osUser())
    return MappingShelf(home: home, own: try read(home), shared: try read(folder))
  }

  private static func read(_ folder: String) throws -> [SavedMapping] {
    try files(folder).compactMap { path in
      try InputFile.readIfPresent(path).flatMap { SavedMapping(path: path, bytes: $0) }
    }
  }

  /// The YAML files of a folder, in the order of their names; none where there is no such folder.
  static func files(_ folder: String) throws -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted().map { folder + "/" + $0 }
  }

  /// Writes a mapping whole or not at all; one of other contents that is there is replaced only where asked.
  static func save(_ text: String, to path: String, replacing: Bool) throws {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for count in 1..<parts.count {
      let folder = parts[..<count].joined(separator: "/")
      if !folder.isEmpty, mkdir(folder, 0o755) != 0, errno != EEXIST { throw failure(folder) }
    }
    // Of this program alone: others may keep a mapping for the same headings at this moment.
    let draft = "\(path).\(getpid()).new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(draft) }
    defer { close(descriptor) }
    var text = text
    defer { unlink(draft) }
    try text.withUTF8 { try Console.write(UnsafeRawBufferPointer($0), to: descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(draft) }
    if (replacing ? rename(draft, path) : link(draft, path)) == 0 {
      do throws(FinishedFile.Errno) { return try FinishedFile.sync(folderOf: path) } catch {
        throw failure(path, error.number)
      }
    }
    guard errno == EEXIST else { throw failure(path) }
    if try InputFile.readIfPresent(path) == Array(text.utf8) { return }
    throw Failure(
      .configuration, "there is a mapping already", place: path,
      hint: "look at it, or run trunkline map suggest --save --redo to replace it")
  }

  private static func failure(_ path: String, _ number: Int32 = errno) -> Failure {
    Failure(
      .failed, "cannot keep the mapping: \(SystemError.text(number))", place: path,
      hint: "say with --mappings where mappings are kept, or give --mapping FILE")
  }
}
