package import Pages
package import Records

/// What is to be done with a stream, found before anything of it is passed on.
///
/// The stream was whole: a cut-off one throws, and nothing follows from it.
package struct StreamSurvey: Sendable {
  /// One line that is a page to be recognised.
  package struct Job: Sendable {
    let line: Int
    package let request: PageRequest
    package let need: RecognitionNeed
  }

  /// The end of a complete stream.
  struct End: Sendable {
    let counts: StreamCounts
    /// Rejected by the steps before, this stream's alone.
    let rejectedBefore: Int
    /// Whether a page of it is to be recognised, so that its end has to be written anew.
    let isChanged: Bool
  }

  package private(set) var jobs: [Job] = []
  /// Pages of all kinds.
  package private(set) var pages = 0
  /// Lines of documents without a word so far, some of whose pages are to be recognised.
  private(set) var wordless: Set<Int> = []
  /// By the line of the final STATE.
  private(set) var ends: [Int: End] = [:]

  /// Reads the descriptor to its end.
  package init(descriptor: Int32) throws(WireError) {
    var reader = StreamReader(descriptor: descriptor, acceptsUnsealed: true)
    var fresh = 0
    var before = 0
    var documents: Set<Int> = []
    while let event = try reader.next() {
      switch event {
      case .record where reader.streams[reader.stream] == Page.stream:
        pages += 1
        guard let page = Page(json: .object(reader.members)), let need = page.recognitionNeed else { continue }
        fresh += 1
        let request = PageRequest(
          document: page.document, page: page.number, width: Int(page.width), height: Int(page.height))
        jobs.append(Job(line: reader.lineNumber, request: request, need: need))
      case .record where reader.streams[reader.stream] == DocumentStatus.stream:
        if JSON.object(reader.members)["status"]?.text == DocumentStatus.noText.rawValue {
          documents.insert(reader.lineNumber)
        }
      case .end(let counts):
        if fresh > 0 { wordless.formUnion(documents) }
        documents = []
        ends[reader.lineNumber] = End(
          counts: counts, rejectedBefore: reader.rejectedBefore - before, isChanged: fresh > 0)
        fresh = 0
        before = reader.rejectedBefore
      default: continue
      }
    }
  }
}
