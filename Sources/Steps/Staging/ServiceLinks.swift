import Domain
import Model
import SQL
import Warehouse

/// Finds the service types that contract lines describe, as committed before this run.
///
/// A description begins with the type's name or code, or with words whose initials are its code: `Ethernet Private Line` for
/// EPL. The longest beginning counts; where two types fit, and where none does, the line is left without one.
struct ServiceLinks: ~Copyable {
  private static let mostWords = 6
  /// Fewer initials stand for anything.
  private static let fewestInitials = 3
  private let database: any Database
  /// A name or code to its type; an empty key for what two types are called.
  private var types: [String: String]?

  init(_ database: any Database) { self.database = database }

  /// Fills the service type of a line that says only in words what it prices.
  mutating func link(_ parser: inout RecordParser) throws {
    let entity = parser.shape.entity
    guard let service = entity.index(of: "service_type"), parser.row.kind(service) == .absent,
      let text = entity.index(of: "description").flatMap({ parser.row.text($0) })
    else { return }
    let types = try types ?? read()
    self.types = types
    let words = Self.words(text)
    for count in (1...Self.mostWords).reversed() where count <= words.count {
      for name in Self.names(words.prefix(count)) {
        guard let key = types[name], !key.isEmpty else { continue }
        return parser.refer(service, to: key)
      }
    }
  }

  /// `Dark Fiber` may be called so, or DARKFIBER; three words and more by their initials.
  private static func names(_ words: ArraySlice<String>) -> [String] {
    let initials = words.count < fewestInitials ? [] : [String(words.compactMap(\.first))]
    return [words.joined(separator: " "), words.joined()] + initials
  }

  /// In lower case, without marks.
  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private func read() throws -> [String: String] {
    var found: [String: String] = [:]
    let cursor = try database.cursor(
      "SELECT nkey, code, name FROM service_types WHERE deleted_at IS NULL ORDER BY nkey", [])
    while try cursor.next() {
      let key = cursor.text(0)
      let name = cursor.isNull(2) ? "" : Self.words(cursor.text(2)).joined(separator: " ")
      for name in [Self.words(cursor.text(1)).joined(), name] where !name.isEmpty {
        found[name] = found[name] == nil || found[name] == key ? key : ""
      }
    }
    return found
  }
}
