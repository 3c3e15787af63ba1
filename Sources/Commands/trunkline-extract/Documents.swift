import CLI
import Extraction
import Scratch

/// What one run of the command does with documents.
struct Documents {
  /// The password of the documents, in a file without a name.
  private let password: Int32?
  /// The first path that each document was read from.
  private var known: [String: String] = [:]

  init(_ invocation: Invocation, temporary: String) throws {
    guard let text = invocation.value("password") else {
      password = nil
      return
    }
    guard let reference = Secret.Reference(text) else {
      throw Failure(
        .usage, "--password takes env:NAME or file:PATH, never the password itself",
        hint: "others can read a command line in the process list")
    }
    password = try Self.hidden(Secret.read(reference, environment: invocation.environment), in: temporary)
  }

  private static func hidden(_ secret: String, in temporary: String) throws -> Int32 {
    let file: Int32
    do throws(TemporaryPlace.Failure) {
      file = try TemporaryPlace.file(in: temporary, named: "trunkline-extract")
    } catch {
      throw Failure(.failed, "no temporary file: " + SystemError.text(error.errno), place: temporary)
    }
    var secret = secret
    try secret.withUTF8 { try Console.write(UnsafeRawBufferPointer($0), to: file) }
    return file
  }

  /// Reads a document.
  func survey(
    _ source: borrowing SourceFile, temporary: String, console: Console
  ) throws(ExtractionError) -> DocumentSurvey {
    var progress = Progress("pages", console: console)
    defer { progress.finish() }
    let read = PageChild.reading(password: password) { progress.update($0) }
    return try DocumentSurvey(source, temporary: temporary, read: read)
  }

  /// The path the same document was read from before in this run.
  mutating func earlier(_ survey: DocumentSurvey, _ path: String) -> String? {
    if let first = known[survey.digest] { return first }
    known[survey.digest] = path
    return nil
  }
}
