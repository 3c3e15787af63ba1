import Domain
import Pages
package import Records

/// The streams `documents` and `pages` of one document.
package struct DocumentStream: ~Copyable {
  package static let documents = DocumentStatus.stream
  package static let pages = Page.stream
  private var writer: StreamWriter

  package init(descriptor: Int32) { writer = StreamWriter(descriptor: descriptor) }

  /// Writes SCHEMA, records and the final STATE, and what could not be read to `rejects`; gives the counts in pages.
  ///
  /// A document that cannot be read counts as one rejected unit.
  package mutating func write(
    _ survey: DocumentSurvey, rejects: inout RejectWriter
  ) throws(ExtractionError) -> StreamCounts {
    let schemas = (documents: survey.documentSchema, pages: survey.pageSchema)
    let (documents, pages) = (writer.schema(schemas.documents), writer.schema(schemas.pages))
    writer.begin(documents)
    for (index, member) in survey.members.enumerated() {
      if index > 0 { writer.out.byte(0x2C) }
      writer.out.string(member.name)
      writer.out.byte(0x3A)
      member.value.write(to: &writer.out)
    }
    writer.end(row: 1)
    var counts = StreamCounts(run: survey.run, step: "extract")
    try copy(survey, to: pages, &counts)
    do throws(WireError) {
      for fault in survey.faults {
        let members = fault.page.map { [JSON.Member("sha256", .string(survey.digest)), JSON.Member("page", .int($0))] }
        try rejects.reject(
          stream: fault.page == nil ? Self.documents : Self.pages, members: members ?? survey.members,
          schema: fault.page == nil ? schemas.documents : schemas.pages, row: fault.page ?? 1, issues: [fault.issue])
      }
      counts.rejected = survey.faults.count
      counts.input = counts.accepted + counts.rejected
      try writer.finish(counts)
    } catch {
      throw .output(error)
    }
    return counts
  }

  /// The lines hold the records as they are written, checked when they were taken in.
  private mutating func copy(
    _ survey: DocumentSurvey, to stream: Int, _ counts: inout StreamCounts
  ) throws(ExtractionError) {
    var accepted = 0
    try survey.forEachPage { line, number in
      writer.begin(stream)
      writer.out.bytes(Bytes(rebasing: line[1..<line.count - 1]))
      writer.end(row: number)
      accepted += 1
      return !writer.out.broken
    }
    counts.accepted = accepted
    do throws(WireError) {
      if writer.out.broken { try writer.out.flush() }
    } catch {
      throw .output(error)
    }
  }
}

extension DocumentSurvey {
  /// The record of the document.
  var members: [JSON.Member] {
    var members = [
      JSON.Member("sha256", .string(digest)), JSON.Member("filename", .string(file)),
      JSON.Member("mime", .string("application/pdf")), JSON.Member("bytes", .int(bytes)),
    ]
    if let pages { members.append(JSON.Member("pages", .int(pages))) }
    return members + [JSON.Member("status", .string(status.rawValue))]
  }

  var documentSchema: SchemaMessage {
    schema(
      DocumentStream.documents, keys: ["sha256"], texts: ["sha256", "filename", "mime", "status"],
      numbers: ["bytes", "pages"])
  }

  var pageSchema: SchemaMessage {
    var message = schema(
      DocumentStream.pages, keys: ["sha256", "page"], texts: ["sha256", "method", "text"],
      numbers: ["page", "width", "height", "rotation", "image", "hidden", "broken"])
    message.properties.append(JSON.Member("words", .fields([("type", .string("array"))])))
    return message
  }

  private func schema(_ stream: String, keys: [String], texts: [String], numbers: [String]) -> SchemaMessage {
    func property(_ name: String, _ type: String) -> JSON.Member {
      JSON.Member(name, .fields([("type", .array([.string("null"), .string(type)]))]))
    }
    var message = SchemaMessage(
      stream: stream, keyProperties: keys,
      properties: texts.map { property($0, "string") } + numbers.map { property($0, "integer") })
    message.run = run
    message.origin = .fields([
      ("src", .string("sha256:" + digest)), ("file", .string(file)), ("of", .int(sources)),
    ])
    return message
  }
}
