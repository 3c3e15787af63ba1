import CSV
import TestSupport
import Testing

@Suite struct CSVLawTests {
  static let seeds: [UInt64] = (1...24).map { $0 &* 0x51ED_270B }

  static func dialects() -> [CSVDialect] {
    var all: [CSVDialect] = []
    for delimiter in [",", ";", "\t", "|"] as [Character] {
      for newline in CSVNewline.allCases {
        for escape in [nil, 0x5C] as [UInt8?] {
          all.append(CSVDialect(delimiter: delimiter.asciiValue ?? 0, newline: newline, escape: escape))
        }
      }
    }
    return all + [CSVDialect(quote: UInt8(ascii: "'"))]
  }

  static func table(_ random: inout SplitMix64) -> [[[UInt8]]] {
    let pieces: [[UInt8]] = [
      "a", "1.250,50", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", "\\", "é", "漢", "'", " ",
    ]
    .map { Array($0.utf8) }
    return (0..<Int.random(in: 1...12, using: &random)).map { _ in
      (0..<Int.random(in: 1...9, using: &random)).map { _ in
        (0..<Int.random(in: 0...6, using: &random)).flatMap { _ in pieces.randomElement(using: &random) ?? [] }
          + [UInt8](repeating: 0x7A, count: Bool.random(using: &random) ? 0 : Int.random(in: 0...90, using: &random))
      }
    }
  }

  static func written(_ table: [[[UInt8]]], _ dialect: CSVDialect) throws -> [UInt8] {
    let file = UnnamedFile()
    var writer = CSVWriter(descriptor: file.descriptor, dialect: dialect)
    for row in table {
      for cell in row { cell.withUnsafeBufferPointer { writer.cell($0) } }
      try writer.endRow()
    }
    try writer.flush()
    return file.contents()
  }

  @Test(arguments: seeds)
  func whatIsWrittenIsReadBack(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for dialect in Self.dialects() {
      let table = Self.table(&random)
      let bytes = try Self.written(table, dialect)
      for scanning in CSVReader.Scanning.allCases {
        for chunk in [1, 2, 5, 63, 64, 65, 200, 1 << 18] {
          let file = ReadFile(bytes, dialect, scanning: scanning, chunk: chunk)
          #expect(file.rows == table, "seed \(seed), \(dialect), chunk \(chunk)")
          #expect(file.error == nil && file.tally.irregularQuotes == 0, "seed \(seed), \(dialect)")
        }
      }
    }
  }

  @Test(arguments: seeds)
  func wideEncodingsGiveTheSameCells(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let table = Self.table(&random)
    let units = Array(String(decoding: try Self.written(table, CSVDialect()), as: UTF8.self).utf16)
    for chunk in [1, 3, 64, 1000] {
      let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
      #expect(ReadFile([0xFF, 0xFE] + little, CSVDialect(encoding: .utf16LittleEndian), chunk: chunk).rows == table)
      #expect(ReadFile([0xFE, 0xFF] + big, CSVDialect(encoding: .utf16BigEndian), chunk: chunk).rows == table)
    }
  }

  /// The two ways of scanning agree on anything, cell by cell, and so do all chunk sizes.
  @Test(arguments: seeds)
  func blocksAndBytesAgreeOnAnyInput(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let alphabets: [[UInt8]] = [
      Array("\",\n".utf8), Array("\",\n\rab".utf8), Array("\"\",,\n\r".utf8) + [UInt8](repeating: 0x61, count: 40),
      Array("\"\",,\n\r".utf8) + [0, 0xC3, 0xA9, 0xFF], Array("\"a,".utf8), Array("\r\n,".utf8),
    ]
    let limits = CSVLimits(recordBytes: 900, columns: 120)
    for round in 0..<60 {
      let alphabet = alphabets[round % alphabets.count]
      let count = Int.random(in: 0...700, using: &random)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      let reference = ReadFile(bytes, limits: limits, scanning: .bytes)
      for chunk in [1, 7, 64, 1 << 18] {
        let file = ReadFile(bytes, limits: limits, scanning: .blocks, chunk: chunk)
        #expect(file == reference, "seed \(seed), round \(round), chunk \(chunk)")
      }
    }
  }

  /// No byte is lost: the records and their line ends together are the file.
  @Test(arguments: seeds)
  func recordsCoverTheFile(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let alphabet = Array("\",\n\rab;".utf8)
    for _ in 0..<40 {
      let bytes = (0..<300).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      let file = UnnamedFile(bytes)
      var reader = CSVReader(descriptor: file.descriptor, dialect: CSVDialect(), chunk: 11)
      var covered = 0
      do throws(CSVError) {
        while try reader.next() {
          #expect(reader.offset - covered <= 2, "seed \(seed)")
          #expect(bytes[covered..<reader.offset].allSatisfy { $0 == 0x0A || $0 == 0x0D }, "seed \(seed)")
          #expect(Array(reader.raw) == Array(bytes[reader.offset..<reader.offset + reader.raw.count]))
          covered = reader.offset + reader.raw.count
        }
        #expect(bytes[covered...].allSatisfy { $0 == 0x0A || $0 == 0x0D }, "seed \(seed)")
        #expect(bytes.count - covered <= 2, "seed \(seed)")
      } catch {
        #expect(error.code == "E_QUOTE", "seed \(seed)")
      }
    }
  }
}
