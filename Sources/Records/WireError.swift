import Glibc

/// What is wrong with a stream as a whole: nothing of such a stream is staged or committed.
package enum WireError: Error, Equatable {
  case invalidUTF8(line: Int)
  case invalidJSON(line: Int, reason: String)
  case lineTooLong(line: Int, limit: Int)
  case truncated(line: Int)
  case unsealed(line: Int)
  case afterEnd(line: Int)
  case emitted(stream: String, stated: Int, counted: Int)
  case unbalanced(step: String, input: Int, accepted: Int, rejected: Int, skipped: Int)
  case checksum(stated: String, computed: String)
  case input(errno: Int32)
  case output(errno: Int32)
  /// The file of rejects, which is not the stream.
  case rejects(path: String, errno: Int32)

  package var message: String {
    switch self {
    case .invalidUTF8(let line): "line \(line) of the stream is not UTF-8"
    case .invalidJSON(let line, let reason): "line \(line) of the stream is not a message: \(reason)"
    case .lineTooLong(let line, let limit): "line \(line) of the stream is longer than \(limit) bytes"
    case .truncated(let line): "the stream ends after line \(line) without its final STATE"
    case .unsealed(let line): "line \(line): a stream without x-profile, made by a foreign tap"
    case .afterEnd(let line): "line \(line): a record after the final STATE, before a new SCHEMA"
    case .emitted(let stream, let stated, let counted):
      "the final STATE says \(stated) records of \(stream), the stream holds \(counted)"
    case .unbalanced(let step, let input, let accepted, let rejected, let skipped):
      "counts of \(step) do not balance: \(input) in, \(accepted) accepted, \(rejected) rejected, \(skipped) skipped"
    case .checksum(let stated, let computed):
      "the stream was altered: checksum \(computed), its final STATE says \(stated)"
    case .input(let errno): "cannot read the stream: \(String(cString: strerror(errno)))"
    case .rejects(let path, let errno): "cannot write the rejects file \(path): \(String(cString: strerror(errno)))"
    case .output(let errno): "cannot write the stream: \(String(cString: strerror(errno)))"
    }
  }

  package var hint: String {
    switch self {
    case .truncated, .emitted, .unbalanced, .checksum:
      "a program before this one in the pipe stopped early: nothing was taken from its stream, run the pipe again"
    case .unsealed: "give --accept-unsealed if you saw the tap end well"
    case .lineTooLong: "a record of this size is not a table row: check the quoting of the source"
    case .invalidUTF8, .invalidJSON, .afterEnd:
      "feed this program what another trunkline program or a Singer tap prints"
    case .rejects: "name a file that can be written with --rejects, and run again: nothing of this run was taken"
    case .input, .output: "check the pipe and the disk, then run again"
    }
  }
}
