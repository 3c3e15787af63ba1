import CPoppler

/// An open PDF. What is in it is not to be trusted: only a process that may break off opens one.
package final class PDFDocument {
  private let handle: OpaquePointer

  /// Takes over the descriptor, which must be that of a file.
  package init(descriptor: Int32, password: String?) throws(PDFError) {
    var problem: UnsafeMutablePointer<GError>?
    guard let opened = poppler_document_new_from_fd(descriptor, password, &problem) else {
      defer { g_error_free(problem) }
      guard let error = problem?.pointee, error.domain == poppler_error_quark() else { throw .damaged }
      throw error.code == Int32(bitPattern: POPPLER_ERROR_ENCRYPTED.rawValue) ? .password : .damaged
    }
    handle = opened
  }

  deinit { g_object_unref(UnsafeMutableRawPointer(handle)) }

  package var pageCount: Int { Int(poppler_document_get_n_pages(handle)) }

  /// The page of a number from 1.
  package func page(_ number: Int) throws(PDFError) -> PDFPage {
    guard number > 0, number <= pageCount, let page = poppler_document_get_page(handle, Int32(number - 1)) else {
      throw .noPage(number)
    }
    return PDFPage(page, of: handle)
  }
}
