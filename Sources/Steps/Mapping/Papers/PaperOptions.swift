package import Contracts
import Digest
package import Pages

/// How documents are read: what is known of carriers' paper, and what a person says of these.
package struct PaperOptions: Sendable {
  package struct Profile: Sendable {
    package let file: String
    package let profile: ContractProfile
    /// SHA-256 of the file's bytes.
    package let sha256: String

    package init(file: String, bytes: [UInt8]) throws {
      self.file = file
      profile = try ContractProfileFile.parse(file: file, bytes: bytes)
      sha256 = SHA256.hex(of: bytes)
    }
  }

  /// Where a person says that agreements begin.
  package struct Starts: Equatable, Sendable {
    /// As its path or name was given; nil for every document.
    package let file: String?
    package let pages: [Int]

    /// Reads `1,5,9` and `orders.pdf:1,5,9`: pages that rise; nil for anything else.
    package init?(_ text: String) {
      let colon = text.lastIndex(of: ":")
      file = colon.map { String(text[..<$0]) }
      let list = colon.map { text[text.index(after: $0)...] } ?? text[...]
      let parts = list.split(separator: ",", omittingEmptySubsequences: false)
      pages = parts.compactMap { Int($0) }
      let rises = zip(pages, pages.dropFirst()).allSatisfy { $0 < $1 }
      guard pages.count == parts.count, pages[0] > 0, rises, file?.isEmpty != true else { return nil }
    }

    func isOf(_ file: String) -> Bool {
      guard let own = self.file else { return true }
      return own == file || own.split(separator: "/").last == file.split(separator: "/").last
    }
  }

  /// Those that may fit; the first that recognises the pages is used.
  package var profiles: [Profile] = []
  /// Whether the first profile is used, whatever is on the pages.
  package var isProfileGiven = false
  /// Whose paper it is, where no party is found to be the carrier.
  package var carrier: String?
  package var starts: [Starts] = []
  /// Called once for each agreement, with its pages, before records are made of it.
  package var assist: (@Sendable (inout ContractReading, [Page]) throws -> Void)?
  /// Who assists, as `PROVIDER/MODEL`.
  package var assistant: String?

  package init() {}

  /// Of everything that decides what is read from the same pages.
  var sha256: String {
    let choices = starts.map { "\($0.file ?? "*"):" + $0.pages.map(String.init).joined(separator: ",") }
    return SHA256.hex(
      of: (["contracts 1", carrier ?? "", String(isProfileGiven), assistant ?? ""] + profiles.map(\.sha256) + choices)
        .joined(separator: "\n"))
  }

  func profile(of pages: [Page]) -> Int? {
    if isProfileGiven { return profiles.indices.first }
    return profiles.firstIndex { $0.profile.isOf(pages) }
  }

  func starts(of file: String) -> [Int]? { starts.last { $0.isOf(file) }?.pages }
}
