import Digest

/// Writes one complete stream: schemas, records, and the final STATE that vouches for them.
package struct StreamWriter: ~Copyable {
  package var out: ByteWriter
  private var prefixes: [[UInt8]] = []
  private var streams: [String] = []
  private var counts: [Int] = []

  package init(descriptor: Int32) {
    out = ByteWriter(descriptor: descriptor)
  }

  /// Declares a stream and answers its number for `begin`.
  package mutating func schema(_ schema: SchemaMessage) -> Int {
    schema.json.write(to: &out)
    out.byte(10)
    if let known = streams.firstIndex(of: schema.stream) { return known }
    streams.append(schema.stream)
    counts.append(0)
    prefixes.append(
      Array(#"{"type":"RECORD","stream":"#.utf8) + Array(JSON.quote(schema.stream).utf8) + Array(#","record":{"#.utf8))
    return streams.count - 1
  }

  /// Starts a record; members follow through `out`, each `"name":value`, separated by commas.
  package mutating func begin(_ stream: Int) {
    counts[stream] += 1
    out.bytes(prefixes[stream])
  }

  /// Ends a raw record with the source row it came from.
  package mutating func end(row: Int) {
    end(row: row, issues: [], provenance: [])
  }

  /// Ends a canonical record; records made of one source row share `sequence` and count `part` from 0.
  ///
  /// `provenance` has the evidence of each property that was read from a page.
  package mutating func end(
    sequence: Int, part: Int, row: Int, issues: [Issue] = [], provenance: [JSON.Member] = []
  ) {
    out.raw("},\"seq\":")
    out.integer(sequence)
    out.raw(",\"part\":")
    out.integer(part)
    out.raw(",\"row\":")
    out.integer(row)
    end(issues, provenance)
  }

  /// Ends a rejected record.
  mutating func end(row: Int, issues: [Issue], provenance: [JSON.Member]) {
    out.raw("},\"row\":")
    out.integer(row)
    end(issues, provenance)
  }

  private mutating func end(_ issues: [Issue], _ provenance: [JSON.Member]) {
    if !issues.isEmpty {
      out.raw(",\"issues\":")
      JSON.array(issues.map(\.json)).write(to: &out)
    }
    if !provenance.isEmpty {
      out.raw(",\"prov\":")
      JSON.object(provenance).write(to: &out)
    }
    out.raw("}\n")
  }

  /// How many records of each stream were begun.
  package var emitted: [String: Int] {
    Dictionary(zip(streams, counts), uniquingKeysWith: +)
  }

  /// Writes the final STATE and flushes. `counts.emitted` is set from what was written; `extra` joins the counts.
  package mutating func finish(_ counts: StreamCounts, extra: [JSON.Member] = []) throws(WireError) {
    var counts = counts
    counts.emitted = emitted
    try out.flush()
    let checksum = out.checksum.hex
    let state = JSON.fields([
      ("type", .string("STATE")),
      ("value", .fields([("run", .object(counts.members(checksum: checksum).members + extra))])),
    ])
    state.write(to: &out)
    out.byte(10)
    try out.flush()
  }
}
