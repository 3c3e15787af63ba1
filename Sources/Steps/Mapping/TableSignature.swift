import Digest
import Domain

/// The headings of a table as later files of the same kind repeat them: how a mapping is recognised, whatever the file's name.
package struct TableSignature: Equatable, Sendable {
  /// One key per column, no two alike: the heading, or the property's name where it repeats or is blank.
  package let headers: [String]
  /// Case, spaces and punctuation do not count, unless nothing else is there; of headings that are alike without them the
  /// second and later ones are told by their number.
  let keys: [String]

  init(headers: [String]) {
    self.headers = headers
    var seen: [String: Int] = [:]
    keys = headers.map { header in
      let normal = SourceTable.normalized(header)
      let key = normal.isEmpty ? header : normal
      seen[key, default: 0] += 1
      return seen[key] == 1 ? key : "\(key) \(seen[key] ?? 0)"
    }
  }

  init(_ columns: [SourceTable.Column]) {
    var seen: Set<String> = []
    self.init(
      headers: columns.map { column in
        let isFirst = seen.insert(column.name).inserted
        return isFirst && !column.name.isEmpty ? column.name : column.property
      })
  }

  /// Eight hexadecimal digits of SHA-256 over the normalised headings in order.
  package var digest: String { String(SHA256.hex(of: keys.joined(separator: "\n")).prefix(8)) }

  /// What is different in `table`, in the words of a message; empty where all of this is there in the same order.
  func changes(in table: TableSignature, naming named: Set<String>, ignoringOthers: Bool) -> [SignatureChange] {
    let theirs = table.keys
    let present = Set(theirs)
    let mine = Set(keys)
    var gone = keys.indices.filter { !present.contains(keys[$0]) }
    var added =
      ignoringOthers ? [] : theirs.indices.filter { !named.contains(theirs[$0]) && !mine.contains(theirs[$0]) }
    var changes: [SignatureChange] = []
    for index in gone {
      // The same neighbours on both sides, or the same place in a table of the same width: renamed.
      let match = added.first { self.stands(index, as: $0, in: theirs) }
      guard let match else { continue }
      changes.append(.renamed(headers[index], to: table.headers[match]))
      gone.removeAll { $0 == index }
      added.removeAll { $0 == match }
    }
    changes += gone.map { .removed(headers[$0]) } + added.map { .added(table.headers[$0]) }
    let kept = keys.filter { present.contains($0) }
    let order = theirs.filter { mine.contains($0) }
    if order != kept, let moved = zip(kept, order).first(where: { $0 != $1 })?.0, let at = keys.firstIndex(of: moved) {
      changes.append(.moved(headers[at]))
    }
    return changes
  }

  private func stands(_ mine: Int, as other: Int, in theirs: [String]) -> Bool {
    func at(_ list: [String], _ index: Int) -> String? { list.indices.contains(index) ? list[index] : nil }
    return at(keys, mine - 1) == at(theirs, other - 1) && at(keys, mine + 1) == at(theirs, other + 1)
      || (keys.count == theirs.count && mine == other)
  }

  /// How many headings both have.
  func shared(with other: TableSignature) -> Int { Set(keys).intersection(other.keys).count }
}

/// One way in which a table is not the one a mapping was made for.
package enum SignatureChange: Equatable, Sendable {
  case added(String)
  case removed(String)
  case renamed(String, to: String)
  case moved(String)

  package var text: String {
    switch self {
    case .added(let name): "\"\(name)\" is new"
    case .removed(let name): "\"\(name)\" is gone"
    case .renamed(let old, let new): "\"\(old)\" is now \"\(new)\""
    case .moved(let name): "\"\(name)\" stands elsewhere"
    }
  }
}

extension SourceTable {
  package var signature: TableSignature { TableSignature(columns) }
}
