import CPoppler

/// Where a page shows text: its glyphs as they are drawn one after another, those that something else covers taken away.
///
/// Words drawn invisibly, or under the picture they were recognised from, leave no ink. Text inside a transparency group is
/// taken for part of a picture.
final class VisibleInk {
  /// Three points to a pixel.
  private static let scale: Int32 = 3000

  private let surface: OpaquePointer
  private let columns: Int
  private let rows: Int
  private var ink: [Bool]

  /// Draws the page, small. nil when there is no memory for that.
  init?(_ page: borrowing PDFPage) {
    let (columns, rows) = (page.width / Self.scale + 1, page.height / Self.scale + 1)
    guard columns > 0, rows > 0, Int(columns) * Int(rows) < 1 << 24,
      let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, columns, rows),
      let observer = cairo_surface_create_observer(surface, CAIRO_SURFACE_OBSERVER_NORMAL)
    else { return nil }
    self.surface = surface
    (self.columns, self.rows) = (Int(columns), Int(rows))
    ink = Array(repeating: false, count: Int(columns) * Int(rows))
    watch(observer)
    let context = cairo_create(observer)
    let factor = 1000 / Double(Self.scale)
    cairo_scale(context, factor, factor)
    poppler_page_render(page.handle, context)
    cairo_destroy(context)
    cairo_surface_destroy(observer)
  }

  deinit { cairo_surface_destroy(surface) }

  private func watch(_ observer: OpaquePointer) {
    let me = Unmanaged.passUnretained(self).toOpaque()
    let glyphs: cairo_surface_observer_callback_t = { _, _, data in
      if let data { Unmanaged<VisibleInk>.fromOpaque(data).takeUnretainedValue().take(isText: true) }
    }
    let other: cairo_surface_observer_callback_t = { _, _, data in
      if let data { Unmanaged<VisibleInk>.fromOpaque(data).takeUnretainedValue().take(isText: false) }
    }
    cairo_surface_observer_add_glyphs_callback(observer, glyphs, me)
    cairo_surface_observer_add_paint_callback(observer, other, me)
    cairo_surface_observer_add_mask_callback(observer, other, me)
    cairo_surface_observer_add_fill_callback(observer, other, me)
    cairo_surface_observer_add_stroke_callback(observer, other, me)
  }

  /// Takes in what was drawn last, and clears the surface for what comes next.
  private func take(isText: Bool) {
    cairo_surface_flush(surface)
    guard let bytes = cairo_image_surface_get_data(surface) else { return }
    let stride = Int(cairo_image_surface_get_stride(surface))
    for row in 0..<rows {
      let line = UnsafeMutableRawPointer(bytes + row * stride).assumingMemoryBound(to: UInt32.self)
      for column in 0..<columns where line[column] != 0 {
        if isText {
          ink[row * columns + column] = true
        } else if line[column] >> 24 >= 250 {
          ink[row * columns + column] = false
        }
        line[column] = 0
      }
    }
    cairo_surface_mark_dirty(surface)
  }

  /// Whether any of the box shows ink.
  func isVisible(_ box: PDFBox) -> Bool {
    let low = (x: max(0, Int(box.x0 / Self.scale)), y: max(0, Int(box.y0 / Self.scale)))
    let high = (x: min(columns - 1, Int(box.x1 / Self.scale)), y: min(rows - 1, Int(box.y1 / Self.scale)))
    guard low.x <= high.x, low.y <= high.y else { return false }
    return (low.y...high.y).contains { row in (low.x...high.x).contains { ink[row * columns + $0] } }
  }
}

extension PDFPage {
  /// How much of the text is not to be seen, in thousandths of its bytes. The page is drawn for it: some 50 milliseconds.
  package borrowing func hiddenShare(of text: PDFText) -> Int {
    guard let ink = VisibleInk(self) else { return 0 }
    let all = text.words.reduce(0) { $0 + $1.length }
    let hidden = text.words.reduce(0) { $0 + (ink.isVisible($1.box) ? 0 : $1.length) }
    return all == 0 ? 0 : hidden * 1000 / all
  }
}
