import CPoppler

/// A rectangle in thousandths of a point; the origin is the top left of the crop box as it is shown.
package struct PDFBox: Equatable, Sendable {
  package var x0: Int32
  package var y0: Int32
  package var x1: Int32
  package var y1: Int32

  package init(_ x0: Int32, _ y0: Int32, _ x1: Int32, _ y1: Int32) {
    self.x0 = x0
    self.y0 = y0
    self.x1 = x1
    self.y1 = y1
  }

  init(_ rectangle: PopplerRectangle) {
    let (left, right) = (Self.thousandths(rectangle.x1), Self.thousandths(rectangle.x2))
    let (top, bottom) = (Self.thousandths(rectangle.y1), Self.thousandths(rectangle.y2))
    self.init(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
  }

  /// Of a rectangle whose origin is the bottom left of a page that is `height` thousandths high.
  init(upward rectangle: PopplerRectangle, height: Int32) {
    let box = PDFBox(rectangle)
    self.init(box.x0, height - box.y1, box.x1, height - box.y0)
  }

  var width: Int32 { x1 - x0 }
  var height: Int32 { y1 - y0 }

  func union(_ other: PDFBox) -> PDFBox {
    PDFBox(min(x0, other.x0), min(y0, other.y0), max(x1, other.x1), max(y1, other.y1))
  }

  /// Points to thousandths, those no page reaches cut off.
  static func thousandths(_ points: Double) -> Int32 {
    Int32(max(-100_000_000, min(100_000_000, points.isFinite ? (points * 1000).rounded() : 0)))
  }
}
