/// What became of a document; the word of `status` in its record.
package enum DocumentStatus: String, CaseIterable, Sendable {
  /// The stream of those records.
  package static let stream = "documents"

  case ok
  /// It was read and none of its pages has a word, as a scan's have not before they are recognised.
  case noText = "no_text"
  case passwordRequired = "password_required"
  case damaged
  case timedOut = "timed_out"
  case tooLarge = "too_large"

  /// Whether its pages are in the stream.
  package var isRead: Bool { self == .ok || self == .noText }
}
