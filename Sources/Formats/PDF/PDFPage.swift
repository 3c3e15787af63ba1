import CPoppler

/// One page, while it is read.
package struct PDFPage: ~Copyable {
  let handle: OpaquePointer
  /// Kept by the page.
  let document: OpaquePointer
  /// Of the crop box as it is shown, in thousandths of a point.
  package let width: Int32
  package let height: Int32

  init(_ handle: OpaquePointer, of document: OpaquePointer) {
    self.handle = handle
    self.document = document
    var (width, height) = (0.0, 0.0)
    poppler_page_get_size(handle, &width, &height)
    self.width = PDFBox.thousandths(width)
    self.height = PDFBox.thousandths(height)
  }

  deinit { g_object_unref(UnsafeMutableRawPointer(handle)) }

  /// Its words in reading order, with the values of its form fields.
  package borrowing func text() -> PDFText {
    var builder = TextBuilder()
    var rectangles: UnsafeMutablePointer<PopplerRectangle>?
    var count: UInt32 = 0
    _ = poppler_page_get_text_layout(handle, &rectangles, &count)
    if let text = poppler_page_get_text(handle), let rectangles {
      builder.read(text, UnsafeBufferPointer(start: rectangles, count: Int(count)))
      g_free(text)
    }
    g_free(rectangles)
    for field in fieldTexts() { builder.add(field) }
    return builder.finish()
  }
}
