import CPoppler

extension PDFPage {
  /// Degrees clockwise by which the page is turned when shown: 0, 90, 180 or 270.
  ///
  /// The library does not say so itself. It turns a note that is put on a page with it, so one is put near the corner, in
  /// memory alone, and the corner it went to looked at.
  package borrowing func rotation() -> Int {
    var crop = PopplerRectangle()
    poppler_page_get_crop_box(handle, &crop)
    var place = PopplerRectangle(x1: 1, y1: 1, x2: 2, y2: 2)
    guard let note = poppler_annot_text_new(document, &place) else { return 0 }
    poppler_page_add_annot(handle, note)
    poppler_annot_get_rectangle(note, &place)
    poppler_page_remove_annot(handle, note)
    g_object_unref(UnsafeMutableRawPointer(note))
    let (page, corner) = (PDFBox(crop), PDFBox(place))
    let isRight = corner.x0 * 2 > page.width
    let isTop = corner.y0 * 2 > page.height
    return isRight ? (isTop ? 180 : 90) : (isTop ? 270 : 0)
  }
}
