import Domain
import Model
import SQL
import YAML

/// One line of a filter: `status in (active, suspended)`, `deleted = no`, `ends_on < as_of`, `po_number is empty`.
struct Condition {
  enum Test: Equatable {
    case compare(String, Operand)
    case among([Operand], isNegated: Bool)
    case empty(isNegated: Bool)
  }

  enum Operand: Equatable {
    case value(SQLValue)
    /// The day of the report.
    case asOf
  }

  let text: String
  let path: FieldPath
  let test: Test

  static let symbols = ["<=", ">=", "!=", "=", "<", ">"]

  init(_ text: String, from base: Entity) throws(FieldPath.Fault) {
    self.text = text
    var words = Self.words(text)
    guard words.count >= 3 else { throw Self.malformed(text) }
    let path = try FieldPath(words.removeFirst(), from: base)
    self.path = path
    let verb = words.removeFirst()
    switch verb {
    case "is" where words == ["empty"]: test = .empty(isNegated: false)
    case "is" where words == ["not", "empty"]: test = .empty(isNegated: true)
    case "in": test = .among(try Self.list(words, text, path), isNegated: false)
    case "not" where words.first == "in":
      test = .among(try Self.list(Array(words.dropFirst()), text, path), isNegated: true)
    case _ where Self.symbols.contains(verb) && words.count == 1:
      test = .compare(verb, try Self.operand(words[0], path))
    default: throw Self.malformed(text)
    }
  }

  private static func malformed(_ text: String) -> FieldPath.Fault {
    FieldPath.Fault(
      message: "\"\(text)\" is no condition",
      hint: "write: field = value, field in (a, b), field is empty, field < as_of")
  }

  /// Splits at blanks, commas, parentheses and comparison signs; `'two words'` stay together.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var current = ""
    var isQuoted = false
    var signs = ""
    func flush(_ word: inout String) {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    for character in text {
      if isQuoted {
        if character == "'" { isQuoted = false } else { current.append(character) }
      } else if character == "'" {
        flush(&signs)
        isQuoted = true
      } else if "<>=!".contains(character) {
        flush(&current)
        signs.append(character)
      } else {
        flush(&signs)
        if " ,()".contains(character) { flush(&current) } else { current.append(character) }
      }
    }
    flush(&signs)
    flush(&current)
    return words
  }

  private static func list(_ words: [String], _ text: String, _ path: FieldPath) throws(FieldPath.Fault) -> [Operand] {
    guard !words.isEmpty else { throw malformed(text) }
    var operands: [Operand] = []
    for word in words { operands.append(try operand(word, path)) }
    return operands
  }

  private static func operand(_ word: String, _ path: FieldPath) throws(FieldPath.Fault) -> Operand {
    switch path.end {
    case .deleted, .stub: return .value(.int(try flag(word, path)))
    case .key: return .value(.text(word))
    case .version, .changeSet, .run, .sourceRow: return .value(.int(try integer(word, path)))
    case .field(let field): return try operand(word, field, path)
    }
  }

  private static func operand(_ word: String, _ field: Field, _ path: FieldPath) throws(FieldPath.Fault) -> Operand {
    switch field.type {
    case .flag: return .value(.int(try flag(word, path)))
    case .integer, .degrees: return .value(.int(try integer(word, path)))
    case .money:
      if word == "0" { return .value(0) }
      throw FieldPath.Fault(
        message: "\(path.text): amounts of several currencies compare with 0 only, not \"\(word)\"", hint: nil)
    case .bandwidth:
      let parsed = TextBytes.withBytes(of: word) { bytes in try? Bandwidth.parse(bytes, defaultUnit: nil) }
      guard let parsed else { throw FieldPath.Fault(message: "\"\(word)\" is no speed", hint: "write 100M or 1Gbps") }
      return .value(.int(parsed.kbps))
    case .date:
      if word == "as_of" { return .asOf }
      guard TextBytes.withBytes(of: word, { CalendarDate.parseISO($0) }) != nil else {
        throw FieldPath.Fault(message: "\"\(word)\" is no date", hint: "write YYYY-MM-DD or as_of")
      }
      return .value(.text(word))
    case .code(let list):
      if list.contains(word) { return .value(.text(word)) }
      throw FieldPath.Fault(
        message: "\(path.text) is never \"\(word)\"",
        hint: Suggestion.hint(for: word, in: list) ?? "one of " + list.joined(separator: ", "))
    case .text, .currency, .reference: return .value(.text(word))
    }
  }

  private static func flag(_ word: String, _ path: FieldPath) throws(FieldPath.Fault) -> Int64 {
    if word == "yes" || word == "true" { return 1 }
    if word == "no" || word == "false" { return 0 }
    throw FieldPath.Fault(message: "\(path.text) is yes or no, not \"\(word)\"", hint: nil)
  }

  private static func integer(_ word: String, _ path: FieldPath) throws(FieldPath.Fault) -> Int64 {
    if let value = Int64(word) { return value }
    throw FieldPath.Fault(message: "\(path.text) is a whole number, not \"\(word)\"", hint: nil)
  }
}
