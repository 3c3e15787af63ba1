import CSV

/// The dialect of a table: what was said about it, else what its first bytes show.
struct DialectChoice {
  let findings: CSVFindings
  private(set) var dialect: CSVDialect
  /// How many rows were put before the sample, by which the findings' row numbers are too high.
  let shift: Int

  /// A delimiter that was given is put before the sample as a `sep=` line; an encoding that was given decides how the
  /// sample is decoded.
  init(_ source: borrowing SourceFile, _ options: ExtractionOptions) throws(ExtractionError) {
    shift = options.delimiter == nil ? 0 : 1
    var encoding: CSVEncoding?
    do throws(CSVError) {
      if options.encoding == nil, options.delimiter == nil {
        findings = try CSVSniffer().sniff(descriptor: source.descriptor)
      } else {
        let sample = try Self.sample(source, options)
        encoding = sample.encoding
        findings = try Self.sniff(sample, options)
      }
    } catch {
      throw .table(path: source.path, error)
    }
    dialect = findings.dialect
    if let encoding { dialect.encoding = encoding }
    if shift > 0 {
      dialect.sepLine = false
      dialect.headerRow = dialect.headerRow.map { $0 - shift }
    }
    switch options.header {
    case .detected: break
    case .none: dialect.headerRow = nil
    case .row(let row): dialect.headerRow = row
    }
  }

  var preambleRows: [Int] { findings.preambleRows.map { $0 - shift }.filter { $0 > 0 } }

  private struct Sample {
    var bytes: [UInt8] = []
    var encoding: CSVEncoding?
    var whole = true
  }

  /// The first lines as UTF-8 when the encoding is known, else the first bytes as they are.
  private static func sample(
    _ source: borrowing SourceFile, _ options: ExtractionOptions
  ) throws(CSVError) -> Sample {
    var sample = Sample()
    var head: [UInt8] = []
    let limit = CSVSniffer.sampleBytes - 64
    do throws(ExtractionError) {
      try source.forEachBlock { block in
        head += block.prefix(limit)
        return false
      }
      try source.rewind()
    } catch {
      throw .read(errno: 5)
    }
    sample.encoding = options.encoding
    if sample.encoding == nil, head.starts(with: [0xFF, 0xFE]) { sample.encoding = .utf16LittleEndian }
    if sample.encoding == nil, head.starts(with: [0xFE, 0xFF]) { sample.encoding = .utf16BigEndian }
    guard let encoding = sample.encoding, encoding != .utf8 else {
      sample.whole = head.count < limit
      while head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
      sample.bytes = head
      return sample
    }
    // Control bytes as delimiter and quote: every record is then one line of text.
    var lines = CSVReader(
      descriptor: source.descriptor, dialect: CSVDialect(delimiter: 1, quote: 2, encoding: encoding), chunk: 64 << 10)
    while try lines.next() {
      if sample.bytes.count + lines.raw.count > limit {
        sample.whole = false
        break
      }
      sample.bytes += lines.raw
      sample.bytes.append(10)
    }
    return sample
  }

  private static func sniff(_ sample: Sample, _ options: ExtractionOptions) throws(CSVError) -> CSVFindings {
    var bytes = sample.bytes
    if let delimiter = options.delimiter {
      let ending: [UInt8]
      if let end = bytes.firstIndex(where: { $0 == 10 || $0 == 13 }) {
        let isPair = bytes[end] == 13 && end + 1 < bytes.count && bytes[end + 1] == 10
        ending = isPair ? [13, 10] : [bytes[end]]
      } else {
        ending = [10]
      }
      bytes = Array("sep=".utf8) + [delimiter] + ending + bytes
    }
    var result = Result<CSVFindings, CSVError>.failure(.noDelimiter)
    bytes.withUnsafeBufferPointer { sampled in
      do throws(CSVError) {
        result = .success(try CSVSniffer().sniff(sample: sampled, whole: sample.whole))
      } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }
}
