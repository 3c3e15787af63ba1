import CPoppler
import Glibc

/// An open PDF. What is in it is not to be trusted: only a process that may break off opens one.
package final class PDFDocument {
  private let handle: OpaquePointer

  /// The descriptor must be that of a file; it stays the caller's.
  package init(descriptor: Int32, password: String?) throws(PDFError) {
    do throws(PDFError) {
      handle = try Self.opened(descriptor, password)
    } catch {
      // After a wrong password the library tries again on what it has closed, and calls that damage.
      if error == .damaged, password != nil { _ = try Self.opened(descriptor, nil) }
      throw error
    }
  }

  private static func opened(_ descriptor: Int32, _ password: String?) throws(PDFError) -> OpaquePointer {
    var problem: UnsafeMutablePointer<GError>?
    lseek(descriptor, 0, SEEK_SET)
    if let document = poppler_document_new_from_fd(dup(descriptor), password, &problem) { return document }
    defer { g_error_free(problem) }
    guard let error = problem?.pointee, error.domain == poppler_error_quark() else { throw .damaged }
    throw error.code == Int32(bitPattern: POPPLER_ERROR_ENCRYPTED.rawValue) ? .password : .damaged
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
