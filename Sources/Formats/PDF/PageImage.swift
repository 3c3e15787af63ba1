import CPoppler

/// A picture of a page, as it is shown, on white.
package final class PageImage {
  private static let mostPixels = 100_000_000

  private let surface: OpaquePointer
  package let width: Int
  package let height: Int

  /// Draws the page; `dpi` is dots per inch, 72 of them a pixel per point.
  package init(_ page: borrowing PDFPage, dpi: Int) throws(PDFError) {
    width = (Int(page.width) * dpi + 71_999) / 72_000
    height = (Int(page.height) * dpi + 71_999) / 72_000
    guard width > 0, height > 0, width <= 32_767, height <= 32_767, width * height <= Self.mostPixels,
      let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)),
      cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS
    else { throw .tooLarge }
    self.surface = surface
    let context = cairo_create(surface)
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_paint(context)
    let factor = Double(dpi) / 72
    cairo_scale(context, factor, factor)
    poppler_page_render(page.handle, context)
    cairo_destroy(context)
    cairo_surface_flush(surface)
  }

  deinit { cairo_surface_destroy(surface) }

  /// Lends each row in shades of gray, a byte a pixel, from the top; by the weights of ITU-R BT.601.
  package func forEachGrayRow(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    guard let bytes = cairo_image_surface_get_data(surface) else { return }
    let stride = Int(cairo_image_surface_get_stride(surface))
    let row = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: width)
    defer { row.deallocate() }
    for y in 0..<height {
      let line = UnsafeRawPointer(bytes + y * stride).assumingMemoryBound(to: UInt32.self)
      for x in 0..<width {
        let (red, green, blue) = (line[x] >> 16 & 0xFF, line[x] >> 8 & 0xFF, line[x] & 0xFF)
        row[x] = UInt8((red * 19_595 + green * 38_470 + blue * 7_471 + 32_768) >> 16)
      }
      body(UnsafeBufferPointer(row))
    }
  }

  /// Lends the bytes of a PNG, part by part; `body` answers false to end it.
  package func writePNG(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    withoutActuallyEscaping(body) { body in
      var taker = Taker(body: body)
      return withUnsafeMutablePointer(to: &taker) { pointer in
        cairo_surface_write_to_png_stream(surface, Self.pass, pointer) == CAIRO_STATUS_SUCCESS
      }
    }
  }

  private struct Taker {
    let body: (UnsafeBufferPointer<UInt8>) -> Bool
  }

  private static let pass: cairo_write_func_t = { closure, data, length in
    guard let taker = closure?.assumingMemoryBound(to: Taker.self).pointee else { return CAIRO_STATUS_WRITE_ERROR }
    let taken = taker.body(UnsafeBufferPointer(start: data, count: Int(length)))
    return taken ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR
  }
}
