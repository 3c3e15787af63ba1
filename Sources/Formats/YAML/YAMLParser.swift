import CYAML

extension YAMLNode {
  /// Nesting beyond this is refused.
  package static let maximumDepth = 64
  /// Files beyond this are refused unread.
  package static let maximumBytes = 4 << 20

  /// Reads one document; anchors, aliases, tags, repeated keys and a second document are errors. Empty input is `isEmpty`.
  package static func parse(_ text: String) throws(YAMLError) -> YAMLNode {
    try parse(bytes: Array(text.utf8))
  }

  /// The same, from bytes in UTF-8 (or UTF-16 with a byte order mark).
  package static func parse(bytes: [UInt8]) throws(YAMLError) -> YAMLNode {
    guard bytes.count <= maximumBytes else {
      throw YAMLError(
        line: 1, column: 1, message: "\(bytes.count) bytes, more than the \(maximumBytes) a file may have")
    }
    let parser = try YAMLParser(bytes)
    return try parser.document()
  }
}

/// The libyaml parser over bytes it owns, turned from events into a tree.
private struct YAMLParser: ~Copyable {
  private let handle: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  init(_ bytes: [UInt8]) throws(YAMLError) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw YAMLError(line: 1, column: 1, message: "out of memory")
    }
    handle = parser
    input = .allocate(capacity: max(bytes.count, 1))
    _ = input.initialize(from: bytes)
    yaml_parser_set_input_string(handle, input.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(handle)
    handle.deallocate()
    input.deallocate()
  }

  func document() throws(YAMLError) -> YAMLNode {
    _ = try next()
    let start = try next()
    if start.kind == .end { return YAMLNode(kind: .scalar("", quoted: false), line: 1, column: 1) }
    let root = try node(from: try next(), depth: 1)
    _ = try next()
    let after = try next()
    guard after.kind == .end else { throw after.error("a second document; a file holds one") }
    return root
  }

  private func node(from event: Event, depth: Int) throws(YAMLError) -> YAMLNode {
    guard depth <= YAMLNode.maximumDepth else {
      throw event.error("nested deeper than \(YAMLNode.maximumDepth) levels")
    }
    if event.anchored { throw event.error("anchors (&name) are not supported; write the value out") }
    if event.tagged { throw event.error("tags (!name) are not supported; a value's type is decided by its key") }
    let kind: YAMLNode.Kind
    switch event.kind {
    case .scalar(let text, let quoted): kind = .scalar(text, quoted: quoted)
    case .sequence: kind = .sequence(try elements(depth))
    case .mapping: kind = .mapping(try entries(depth))
    case .alias: throw event.error("aliases (*name) are not supported; write the value out")
    case .close, .end, .other: throw event.error("a value expected here")
    }
    return YAMLNode(kind: kind, line: event.line, column: event.column)
  }

  private func elements(_ depth: Int) throws(YAMLError) -> [YAMLNode] {
    var elements: [YAMLNode] = []
    while true {
      let event = try next()
      if event.kind == .close { return elements }
      elements.append(try node(from: event, depth: depth + 1))
    }
  }

  private func entries(_ depth: Int) throws(YAMLError) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var lines: [String: Int] = [:]
    while true {
      let event = try next()
      if event.kind == .close { return entries }
      let key = try node(from: event, depth: depth + 1)
      guard let name = key.text else { throw event.error("a key is text, not \(key.noun)") }
      if let first = lines.updateValue(event.line, forKey: name) {
        throw event.error("key \"\(name)\" is given twice, first on line \(first)")
      }
      entries.append(YAMLEntry(key: key, value: try node(from: try next(), depth: depth + 1)))
    }
  }

  private func next() throws(YAMLError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(handle, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    return Event(event)
  }

  private func failure() -> YAMLError {
    let problem = handle.pointee.problem.map { String(cString: $0) } ?? "not YAML"
    if handle.pointee.error == YAML_READER_ERROR {
      let before = input.prefix(handle.pointee.problem_offset)
      let line = before.count { $0 == 0x0A } + 1
      let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
      return YAMLError(line: line, column: column, message: problem)
    }
    let mark = handle.pointee.problem_mark
    let context = handle.pointee.context.map { String(cString: $0) + ": " } ?? ""
    return YAMLError(line: mark.line + 1, column: mark.column + 1, message: context + problem)
  }
}

/// One libyaml event, copied out so that its memory can go at once.
private struct Event {
  enum Kind: Equatable {
    case scalar(String, quoted: Bool)
    case sequence, mapping, close, alias, end, other
  }

  let kind: Kind
  let line: Int
  let column: Int
  let anchored: Bool
  let tagged: Bool

  init(_ event: yaml_event_t) {
    line = event.start_mark.line + 1
    column = event.start_mark.column + 1
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      kind = .scalar(text, quoted: scalar.style != YAML_PLAIN_SCALAR_STYLE)
      (anchored, tagged) = (scalar.anchor != nil, scalar.tag != nil)
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequence
      (anchored, tagged) = (event.data.sequence_start.anchor != nil, event.data.sequence_start.tag != nil)
    case YAML_MAPPING_START_EVENT:
      kind = .mapping
      (anchored, tagged) = (event.data.mapping_start.anchor != nil, event.data.mapping_start.tag != nil)
    default:
      switch event.type {
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: kind = .close
      case YAML_ALIAS_EVENT: kind = .alias
      case YAML_STREAM_END_EVENT: kind = .end
      default: kind = .other
      }
      (anchored, tagged) = (false, false)
    }
  }

  func error(_ message: String) -> YAMLError { YAMLError(line: line, column: column, message: message) }
}
