import CLI
import Glibc
import Pictures
import Process
import Recognition
import Records

/// The originals of documents by their digest, and pictures of their pages, which another program draws.
final class Originals {
  private let store: DocumentStore
  /// The last one, so that its digest is verified once for all its pages that follow each other.
  private var open: (document: String, descriptor: Int32)?

  init(folder: String) { store = DocumentStore(folder: folder) }

  func draw(_ request: PageRequest, _ dpi: Int) throws(PageFailure) -> GrayImage {
    let original = try original(request.document)
    // The program that draws shares our place in the file.
    lseek(original, 0, SEEK_SET)
    let companion: Companion
    do throws(ChildProcess.Failure) {
      companion = try Companion(
        Chain.besideProgram("trunkline-pages"), ["render", String(request.page), "--dpi", String(dpi), "--gray"],
        reading: original)
    } catch {
      throw PageFailure("could not be drawn: trunkline-pages cannot be started (\(SystemError.text(error.errno)))")
    }
    let bytes = OpenFile.all(of: companion.output, limit: 64 << 20)
    let end = companion.end()
    guard let bytes else { throw PageFailure("could not be drawn: its picture has no end") }
    guard end == .exited(0), let image = GrayImage(pgm: bytes, dpi: dpi) else {
      throw PageFailure("could not be drawn: \(Self.words(end))")
    }
    return image
  }

  private func original(_ document: String) throws(PageFailure) -> Int32 {
    if let open, open.document == document { return open.descriptor }
    if let open { close(open.descriptor) }
    open = nil
    let file: Int32
    do throws(DocumentStore.Failure) {
      file = try store.open(document)
    } catch {
      throw PageFailure(
        error == .missing(path: error.path)
          ? "has no original among the documents kept" : "cannot be drawn: \(error.message)")
    }
    open = (document, file)
    return file
  }

  private static func words(_ end: ChildProcess.End) -> String {
    switch end {
    case .exited(0): "its picture is none"
    case .exited(let status): "trunkline-pages ended with status \(status)"
    case .signalled(let signal): "trunkline-pages broke off (signal \(signal))"
    }
  }
}
