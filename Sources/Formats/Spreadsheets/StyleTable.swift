/// The number formats of a workbook and which of them each cell style uses.
final class StyleTable {
  /// Every format that a style uses, `general` first.
  private(set) var formats: [NumberFormat] = [.general]
  private(set) var count = 0
  /// An index into `formats` for each style.
  private(set) var formatOfStyle: UnsafeMutablePointer<UInt16>
  /// The kinds of `formats`, by the same index.
  private(set) var kinds: UnsafeMutablePointer<NumberFormat.Kind>

  /// No styles: every number is general.
  init() {
    formatOfStyle = .allocate(capacity: 1)
    kinds = .allocate(capacity: 1)
    kinds.initialize(to: .general)
  }

  init(_ archive: ZipArchive, part: String) throws(SpreadsheetError) {
    var codes: [Int: NumberFormat] = [:]
    var styles: [Int] = []
    var inStyles = false
    let limit = archive.limits.formats
    try ElementSink.read(part, of: archive) { element, control in
      if control.depth == 2 { inStyles = element.isNamed("cellXfs") }
      if element.isNamed("numFmt"), let id = element.int("numFmtId"), let code = element.string("formatCode") {
        if codes.count < limit { codes[id] = NumberFormat(code: code) }
      } else if inStyles, control.depth == 3, element.isNamed("xf"), styles.count < limit {
        styles.append(element.int("numFmtId") ?? 0)
      }
    }
    var known: [Int: UInt16] = [0: 0]
    var formats: [NumberFormat] = [.general]
    for id in styles where known[id] == nil && formats.count < Int(UInt16.max) {
      known[id] = UInt16(formats.count)
      formats.append(codes[id] ?? NumberFormat(builtin: id))
    }
    let indices = styles.map { known[$0] ?? 0 }
    self.formats = formats
    count = styles.count
    formatOfStyle = .allocate(capacity: max(1, styles.count))
    formatOfStyle.initialize(from: indices, count: indices.count)
    kinds = .allocate(capacity: formats.count)
    for (index, format) in formats.enumerated() { (kinds + index).initialize(to: format.kind) }
  }

  deinit {
    formatOfStyle.deallocate()
    kinds.deallocate()
  }
}
