/// Which database a URL means: `sqlite:PATH`, or `postgres://...` as libpq reads it.
enum DatabaseAddress: Equatable {
  case sqlite(path: String)
  case postgres(url: String)

  /// Nil for any other scheme and for an empty path.
  init?(_ url: String) {
    if url.hasPrefix("sqlite:"), url.utf8.count > 7 {
      self = .sqlite(path: String(url.dropFirst(7)))
    } else if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
      self = .postgres(url: url)
    } else {
      return nil
    }
  }
}
