import CSV
import Glibc
import TestSupport

/// A file without a name, so that a reader can be given a descriptor.
struct UnnamedFile: ~Copyable {
  let descriptor: Int32

  init(_ bytes: [UInt8] = []) {
    let file = tmpfile()
    descriptor = dup(fileno(file))
    fclose(file)
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count <= 0 { break }
      done += count
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  deinit { close(descriptor) }

  func contents() -> [UInt8] {
    lseek(descriptor, 0, SEEK_SET)
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count <= 0 { return all }
      all += chunk[..<count]
    }
  }
}

/// One record as a reader gave it.
struct ReadRecord: Equatable {
  var row: Int
  var line: Int
  var cells: [[UInt8]]
  var irregular: Bool
  var invalidAt: Int?
  var hasNUL: Bool

  var texts: [String] { cells.map { String(decoding: $0, as: UTF8.self) } }
}

/// What came of reading a whole file: the records, and the error that ended it.
struct ReadFile: Equatable {
  var records: [ReadRecord] = []
  var error: CSVError?
  var tally = CSVTally()

  var rows: [[[UInt8]]] { records.map(\.cells) }
  var texts: [[String]] { records.map(\.texts) }

  init(
    _ bytes: [UInt8], _ dialect: CSVDialect = CSVDialect(), limits: CSVLimits = CSVLimits(),
    scanning: CSVReader.Scanning = .blocks, chunk: Int = 256 << 10
  ) {
    let file = UnnamedFile(bytes)
    var reader = CSVReader(
      descriptor: file.descriptor, dialect: dialect, limits: limits, scanning: scanning, chunk: chunk)
    do throws(CSVError) {
      while try reader.next() {
        // Cells are asked for twice, since escapes are undone into shared memory.
        for index in 0..<reader.cellCount { _ = reader.cell(index) }
        records.append(
          ReadRecord(
            row: reader.row, line: reader.line, cells: (0..<reader.cellCount).map { Array(reader.cell($0)) },
            irregular: reader.hasIrregularQuote, invalidAt: reader.invalidUTF8At, hasNUL: reader.hasNUL))
      }
    } catch {
      self.error = error
    }
    tally = reader.tally
  }

  init(_ text: String, _ dialect: CSVDialect = CSVDialect(), scanning: CSVReader.Scanning = .blocks, chunk: Int = 7) {
    self.init(Array(text.utf8), dialect, scanning: scanning, chunk: chunk)
  }
}

func sniff(_ bytes: [UInt8], whole: Bool = true) throws(CSVError) -> CSVFindings {
  var outcome = Result<CSVFindings, CSVError>.failure(.noDelimiter)
  bytes.withUnsafeBufferPointer { sample in
    do throws(CSVError) {
      outcome = .success(try CSVSniffer().sniff(sample: sample, whole: whole))
    } catch {
      outcome = .failure(error)
    }
  }
  return try outcome.get()
}

func sniff(_ text: String) throws(CSVError) -> CSVFindings { try sniff(Array(text.utf8)) }
