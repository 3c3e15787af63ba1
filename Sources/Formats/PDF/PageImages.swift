import CPoppler

extension PDFPage {
  /// How much of the page's area images cover, in thousandths; none is drawn for it.
  package borrowing func imageCover() -> Int {
    var cover = Cover()
    let list = poppler_page_get_image_mapping(handle)
    defer { poppler_page_free_image_mapping(list) }
    var link = list
    while let element = link {
      link = element.pointee.next
      guard let mapping = element.pointee.data?.assumingMemoryBound(to: PopplerImageMapping.self).pointee else {
        continue
      }
      cover.add(PDFBox(mapping.area), width: width, height: height)
    }
    return cover.thousandths
  }
}

/// A page as a grid of 32 by 32 fields: scans come in strips, and in layers one upon another.
struct Cover {
  private static let side: Int32 = 32
  private var rows = [UInt32](repeating: 0, count: 32)

  /// Marks the fields whose middle the box holds.
  mutating func add(_ box: PDFBox, width: Int32, height: Int32) {
    let columns = (0..<Self.side).filter { Self.holds(box.x0, box.x1, $0, width) }
    let mask = columns.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
    for row in 0..<Self.side where Self.holds(box.y0, box.y1, row, height) { rows[Int(row)] |= mask }
  }

  private static func holds(_ low: Int32, _ high: Int32, _ field: Int32, _ extent: Int32) -> Bool {
    let middle = Int64(field * 2 + 1) * Int64(extent) / Int64(side * 2)
    return Int64(low) <= middle && middle <= Int64(high)
  }

  var thousandths: Int { rows.reduce(0) { $0 + $1.nonzeroBitCount } * 1000 / 1024 }
}
