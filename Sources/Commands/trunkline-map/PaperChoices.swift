import CLI
import Glibc
import Mapping

/// What the options say of how documents are read.
enum PaperChoices {
  static func options(_ invocation: Invocation) throws -> PaperOptions {
    var options = PaperOptions()
    options.carrier = invocation.value("carrier")
    options.starts = try invocation.values("starts").map { text in
      guard let starts = PaperOptions.Starts(text) else {
        throw Failure(
          .usage, "--starts takes pages that rise, not \"\(text)\"", hint: "for example 1,5,9 or orders.pdf:1,5,9")
      }
      return starts
    }
    if let path = invocation.value("profile"), path != "auto" {
      options.profiles = [try PaperOptions.Profile(file: path, bytes: try InputFile.read(path))]
      options.isProfileGiven = true
    } else {
      let folder = (invocation.value("mappings") ?? "Mappings") + "/contracts"
      options.profiles = try MappingFolder.files(folder).map { path in
        try PaperOptions.Profile(file: path, bytes: try InputFile.read(path))
      }
    }
    return options
  }
}
