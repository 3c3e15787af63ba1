/// The name of the format that the first bytes belong to, when it is not text; nil for anything else.
func foreignFormat(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
  for (signature, name) in signatures where bytes.starts(with: signature) { return name }
  let text = bytes.prefix(4096).drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || isWhite($0) }
  for (start, name) in beginnings where text.prefix(start.utf8.count).map(lowered).elementsEqual(start.utf8) {
    return name
  }
  return isJSON(text) ? "JSON" : nil
}

/// What other kinds of text begin with, in lower case.
private let beginnings =
  [
    ("<!doctype html", "an HTML page"), ("<html", "an HTML page"), ("<?xml", "an XML document"),
    ("mime-version:", "a mail or a web page saved as one"), ("id;pwxl;", "a SYLK file"),
  ] + ["table", "head>", "meta ", "body", "style", "div"].map { ("<" + $0, "an HTML page") }

/// Whether an object, a list of them or a list of lists begins here, as no row of a table does.
private func isJSON(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
  let marks = text.filter { !isWhite($0) }.prefix(3).map { Character(Unicode.Scalar($0)) }
  return ["{\"", "[{", "[["].contains { String(marks).hasPrefix($0) }
}

/// Whether more than a tenth of the bytes are control characters, which no text has; NULs at the end are padding.
func looksBinary(_ padded: UnsafeBufferPointer<UInt8>) -> Bool {
  let bytes = padded[..<((padded.lastIndex { $0 != 0 } ?? -1) + 1)]
  let controls = bytes.count { $0 < 0x20 && !isWhite($0) && $0 != 0x1B }
  return controls * 10 > bytes.count
}

private let signatures: [([UInt8], String)] = [
  (Array("%PDF-".utf8), "a PDF document"),
  ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "a PNG image"),
  ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive or XLSX workbook"),
  ([0x50, 0x4B, 0x05, 0x06], "an empty ZIP archive"),
  ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an OLE file such as an XLS workbook"),
  ([0x1F, 0x8B], "a gzip archive"),
  ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive"),
  (Array("BZh".utf8) + [0x39], "a bzip2 archive"),
  ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an XZ archive"),
  ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
  ([0xFF, 0xD8, 0xFF], "a JPEG image"),
  (Array("GIF8".utf8), "a GIF image"),
  ([0x49, 0x49, 0x2A, 0x00], "a TIFF image"),
  ([0x4D, 0x4D, 0x00, 0x2A], "a TIFF image"),
  (Array("{\\rtf".utf8), "an RTF document"),
  (Array("SQLite format 3".utf8) + [0], "a SQLite database"),
  (Array("Rar!".utf8) + [0x1A, 0x07], "a RAR archive"),
  (Array("PAR1".utf8), "a Parquet file"),
]

func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
