package import Records

/// Takes one file at a time to its complete stream.
package struct Extractor {
  package let options: ExtractionOptions
  /// Where originals are kept; nil keeps none.
  package let documents: DocumentStore?
  private let known: KnownSources

  package init(options: ExtractionOptions, documents: DocumentStore? = nil, known: KnownSources = KnownSources()) {
    self.options = options
    self.documents = documents
    self.known = known
  }

  /// Writes the stream of a delimited file that need not be read again; nil, and nothing written, where it has to be.
  package func passOver(
    _ source: borrowing SourceFile, digest: String, to output: Int32
  ) throws(ExtractionError) -> UnreadTable? {
    guard let table = try UnreadTable(source, digest: digest, options, known) else { return nil }
    try keep(source, digest)
    try table.write(to: output)
    return table
  }

  /// Stores the original, `source`, then writes SCHEMA to final STATE to `output`. An error other than `.changed(begun: true)` and
  /// `.output` leaves nothing written.
  package func extract(
    _ source: borrowing SourceFile, _ survey: TableSurvey, to output: Int32, rejects: inout RejectFile,
    progress: (Int) -> Void = { _ in }
  ) throws(ExtractionError) -> StreamCounts {
    try keep(source, survey.digest)
    var stream = TableStream(survey, descriptor: output)
    var writer = rejects.writer()
    do throws(ExtractionError) {
      let counts =
        if let sheet = survey.sheet {
          try stream.write(sheet.text, rejects: &writer, progress: progress)
        } else {
          try stream.write(source, rejects: &writer, progress: progress)
        }
      try rejects.add(&writer)
      return counts
    } catch {
      writer.abandon()
      throw error
    }
  }

  private func keep(_ source: borrowing SourceFile, _ digest: String) throws(ExtractionError) {
    guard let documents else { return }
    do throws(DocumentStore.Failure) {
      if try documents.store(source.descriptor, digest: digest) { return }
    } catch {
      throw .store(error)
    }
    throw .changed(path: source.path, begun: false)
  }

  /// The same for a document that was read before.
  package func extract(
    _ source: borrowing SourceFile, _ survey: DocumentSurvey, to output: Int32, rejects: inout RejectFile
  ) throws(ExtractionError) -> StreamCounts {
    try keep(source, survey.digest)
    var stream = DocumentStream(descriptor: output)
    var writer = rejects.writer()
    do throws(ExtractionError) {
      let counts = try stream.write(survey, rejects: &writer)
      try rejects.add(&writer)
      return counts
    } catch {
      writer.abandon()
      throw error
    }
  }
}
