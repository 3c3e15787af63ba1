import Glibc

extension Invocation {
  /// Where originals are kept: `--documents`, else `documents` beside the SQLite database, once that exists.
  ///
  /// nil when neither is there, so that a mere look at a file leaves nothing behind.
  package func documentFolder() throws(Failure) -> String? {
    if let folder = try setting("documents")?.values.last { return folder }
    guard let url = try setting("db")?.values.last, url.hasPrefix("sqlite:") else { return nil }
    let path = url.dropFirst("sqlite:".count)
    guard access(String(path), F_OK) == 0 else { return nil }
    return OutputFile.beside(String(path), "documents")
  }
}
