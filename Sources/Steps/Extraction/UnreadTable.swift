package import Records

/// A delimited file that a database was loaded from: its stream has the headings and says so, and no rows.
package struct UnreadTable {
  /// The same bytes, read in the same way; one for each mapping.
  package let loads: [LoadedSource]
  private let schema: SchemaMessage

  /// nil where the file has to be read. Only its bytes are digested, and its head is looked at.
  init?(
    _ source: borrowing SourceFile, digest: String, _ options: ExtractionOptions, _ known: KnownSources
  ) throws(ExtractionError) {
    var origin = TableOrigin(digest: digest, file: source.name, options: options)
    loads = known.loads(of: origin.json)
    if loads.isEmpty { return nil }
    let shape = try TableChoice(source, options, sheet: nil).shape
    if !source.isUnchanged { throw .changed(path: source.path, begun: false) }
    origin.headerRows = shape.headerRows
    let properties = propertyNames(shape.names)
    var schema = origin.schema(properties)
    schema.columns = .array(
      zip(shape.names, properties).map { .fields([("name", .string($0)), ("property", .string($1))]) })
    schema.extra = [JSON.Member(LoadedSource.member, .array(loads.map(\.json)))]
    self.schema = schema
  }

  /// Writes SCHEMA and final STATE.
  func write(to output: Int32) throws(ExtractionError) {
    var writer = StreamWriter(descriptor: output)
    _ = writer.schema(schema)
    do throws(WireError) {
      try writer.finish(StreamCounts(run: schema.run ?? "", step: "extract"))
    } catch {
      throw .output(error)
    }
  }
}
