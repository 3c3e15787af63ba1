import Domain
import Records

/// A line of the reader of PDFs; it is believed no more than the document it read.
enum PageLine: Equatable {
  case count(Int)
  /// The record of a page.
  case page(Int, hasWords: Bool)
  case fault(Int, DocumentFault.Cause)

  /// nil for anything else: bytes that are no UTF-8, no JSON object, another document's page.
  init?(_ line: Bytes, digest: String) {
    var members = Tokenizer(capacity: 32)
    guard Validity.isUTF8(line), members.object(line, at: 0) == line.count else { return nil }
    var (number, count, cause): (Int?, Int?, DocumentFault.Cause?)
    var (isOurs, hasWords, hasText) = (false, false, false)
    for index in 0..<members.count {
      let token = members[index]
      let key = Bytes(rebasing: line[Int(token.keyStart)..<Int(token.keyStart + token.keyLength)])
      let value = Bytes(rebasing: line[Int(token.start)..<Int(token.start + token.length)])
      if StreamReader.equal(key, "page") {
        number = Decimal.parse(value).map { Int($0) }
      } else if StreamReader.equal(key, "pages") {
        count = Decimal.parse(value).map { Int($0) }
      } else if StreamReader.equal(key, "error") {
        cause = StreamReader.equal(value, "E_TOO_LARGE") ? .tooLarge : .damaged
      } else if StreamReader.equal(key, "sha256") {
        isOurs = value.elementsEqual(digest.utf8)
      } else if StreamReader.equal(key, "text") {
        hasText = token.kind == .string
      } else if StreamReader.equal(key, "words") {
        hasWords = token.kind == .array && value.count > 2
      }
    }
    if let number, number > 0, let cause {
      self = .fault(number, cause)
    } else if let number, number > 0, isOurs, hasText {
      self = .page(number, hasWords: hasWords)
    } else if let count, count > 0, number == nil {
      self = .count(count)
    } else {
      return nil
    }
  }
}
