/// Why an image cannot be recognised.
package enum OCRError: Error, Equatable, Sendable {
  /// The data of a language is not installed.
  case language(String)
  /// An operation on the image failed, most often for want of memory.
  case image(String)
  case recognition

  package var message: String {
    switch self {
    case .language(let name): "the recognition data of \"\(name)\" cannot be loaded"
    case .image(let step): "the image could not be prepared (\(step))"
    case .recognition: "the recognition of the image failed"
    }
  }
}
