import Glibc

/// The file of rejected records: a complete stream of its own, re-importable as it stands.
///
/// Stream `<stream>__rejects`; the original members come first, then `_code`, `_field`, `_message`, `_hint`, `_value`, `_row`
/// and `_file`. The file appears under its name only when it is whole; with no reject there is no file. An earlier file of
/// that name is kept beside it.
package struct RejectWriter: ~Copyable {
  package static let suffix = "__rejects"
  /// Columns of ours in tables made of rejects: they say why, and are no values.
  ///
  /// A column of the source that is called like one of them has another property name: `_row_2`.
  package static let ownColumns: Set<String> = [
    "_row", "_status", "_codes", "_message", "_hint", "_value", "_code", "_field", "_file",
  ]

  /// Whether a table with these headers was made of rejects, so that columns of ours are in it.
  package static func made(_ headers: some Sequence<String>) -> Bool {
    Set(headers).isSuperset(of: ["_row", "_codes"])
  }

  package let path: String
  private let step: String
  private var writer: StreamWriter?
  private var descriptor: Int32 = -1
  /// What was last declared under a name: the rows of another table go under a SCHEMA of their own.
  private var streams: [String: (number: Int, schema: SchemaMessage?)] = [:]
  package private(set) var count = 0
  /// Where an earlier file of the same name was kept, once the new one is finished.
  package private(set) var kept: String?

  private let willWrite: @Sendable (String) -> Void

  /// `willWrite` is told the name of the unfinished file before it is made, for whoever removes it when a signal comes.
  package init(path: String, step: String, willWrite: @escaping @Sendable (String) -> Void = { _ in }) {
    self.path = path
    self.step = step
    self.willWrite = willWrite
  }

  private var partial: String { path + ".partial" }

  /// Writes one rejected record with all that is wrong with it, and the quotes it came with.
  package mutating func reject(
    stream: String, members: [JSON.Member], schema: SchemaMessage?, row: Int, issues: [Issue],
    provenance: [JSON.Member] = []
  ) throws(WireError) {
    if writer == nil { try start() }
    let name = stream.hasSuffix(Self.suffix) ? stream : stream + Self.suffix
    let known = streams[name].flatMap { $0.schema == schema ? $0.number : nil }
    let number = known ?? declare(name, schema)
    let all =
      members.filter { !Self.ownColumns.contains($0.name) } + Self.trailer(row: row, file: schema?.origin, issues)
    writer?.begin(number)
    for (index, member) in all.enumerated() {
      if index > 0 { writer?.out.byte(0x2c) }
      writer?.out.string(member.name)
      writer?.out.byte(0x3a)
      member.value.write(to: &writer!.out)
    }
    writer?.end(row: row, issues: Self.isPlain(issues) ? [] : issues, provenance: provenance)
    count += 1
  }

  /// What stands between the issues in `_code`, `_field`, `_message`, `_hint` and `_value`.
  package static let separator = "; "

  /// Whether the texts of several issues can be told apart again: none holds what stands between them.
  private static func isPlain(_ issues: [Issue]) -> Bool {
    issues.count < 2
      || !issues.contains { issue in
        [issue.field, issue.message, issue.hint, issue.value].contains { pieces($0).count > 1 }
      }
  }

  /// The texts between separators.
  package static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      var index = 0
      while index + 1 < bytes.count {
        if bytes[index] == UInt8(ascii: ";"), bytes[index + 1] == UInt8(ascii: " ") {
          pieces.append(String(decoding: bytes[start..<index], as: UTF8.self))
          start = index + 2
          index = start
        } else {
          index += 1
        }
      }
      pieces.append(String(decoding: bytes[start...], as: UTF8.self))
    }
    return pieces
  }

  private static func trailer(row: Int, file: JSON?, _ issues: [Issue]) -> [JSON.Member] {
    func joined(_ part: (Issue) -> String) -> JSON { .string(issues.map(part).joined(separator: separator)) }
    return [
      JSON.Member("_code", joined(\.code)), JSON.Member("_field", joined(\.field)),
      JSON.Member("_message", joined(\.message)), JSON.Member("_hint", joined(\.hint)),
      JSON.Member("_value", joined(\.value)), JSON.Member("_row", .int(row)),
      JSON.Member("_file", file?["file"] ?? .null),
    ]
  }

  private mutating func declare(_ name: String, _ schema: SchemaMessage?) -> Int {
    let text = JSON.fields([("type", .array([.string("null"), .string("string")]))])
    let integer = JSON.fields([("type", .array([.string("null"), .string("integer")]))])
    var own = (schema?.properties ?? []).filter { !Self.ownColumns.contains($0.name) }
    own += ["_code", "_field", "_message", "_hint", "_value"].map { JSON.Member($0, text) }
    own += [JSON.Member("_row", integer), JSON.Member("_file", text)]
    var message = SchemaMessage(stream: name, keyProperties: [], properties: own)
    message.run = schema?.run
    message.origin = schema?.origin
    message.table = schema?.table
    message.columns = schema?.columns
    message.extra = schema?.extra ?? []
    let number = writer?.schema(message) ?? 0
    streams[name] = (number, schema)
    return number
  }

  private mutating func start() throws(WireError) {
    willWrite(partial)
    descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .rejects(path: path, errno: errno) }
    writer = StreamWriter(descriptor: descriptor)
  }

  /// Completes the file and gives it its name.
  package mutating func finish() throws(WireError) {
    guard writer != nil else { return }
    var counts = StreamCounts(step: step)
    counts.input = count
    counts.accepted = count
    do throws(WireError) {
      try writer?.finish(counts)
    } catch {
      guard case .output(let number) = error else { throw error }
      throw .rejects(path: path, errno: number)
    }
    guard fsync(descriptor) == 0, close(descriptor) == 0 else { throw .rejects(path: path, errno: errno) }
    do throws(FinishedFile.Errno) {
      kept = try FinishedFile.place(partial, at: path)
    } catch {
      throw .rejects(path: path, errno: error.number)
    }
    writer = nil
  }

  /// Removes the unfinished file.
  package mutating func abandon() {
    guard writer != nil else { return }
    writer = nil
    close(descriptor)
    unlink(partial)
  }
}
