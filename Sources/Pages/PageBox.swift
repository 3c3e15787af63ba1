/// A rectangle on a page in thousandths of a point; the origin is the top left of the crop box as it is shown.
package struct PageBox: Hashable, Sendable {
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

  package var width: Int32 { x1 - x0 }
  package var height: Int32 { y1 - y0 }

  /// The least box around both.
  package func union(_ other: PageBox) -> PageBox {
    PageBox(min(x0, other.x0), min(y0, other.y0), max(x1, other.x1), max(y1, other.y1))
  }

  /// Whether they share the greater part of the height of the lower one, as words of one line do.
  package func isOnLine(of other: PageBox) -> Bool {
    let shared = min(y1, other.y1) - max(y0, other.y0)
    return shared * 2 > min(height, other.height)
  }
}
