import CLI
import Extraction
import Glibc
import Process
import Scratch

/// Old workbooks turned into XLSX by LibreOffice, in a process with limits and a profile of its own.
struct Conversion {
  private static let word = "--convert-workbook"
  private static let seconds = 180

  /// The folders of the PATH, and the one for temporary files.
  let path: String
  let temporary: String

  /// Becomes LibreOffice when this process was started for that; gives an exit status when that fails.
  static func status(_ arguments: [String]) -> Int32? {
    guard arguments.count == 4, arguments[1] == word else { return nil }
    let (program, folder) = (arguments[2], arguments[3])
    ResourceLimits(cpuSeconds: 120, memoryBytes: 8 << 30, fileBytes: 1 << 30, seconds: seconds).apply()
    let words = [
      program, "--headless", "--norestore", "--nolockcheck", "-env:UserInstallation=file://\(encoded(folder))/profile",
      "--convert-to", "xlsx", "--outdir", folder + "/out", folder + "/" + sourceName(folder),
    ]
    var pointers = words.map { strdup($0) } + [nil]
    execv(program, &pointers)
    return 127
  }

  /// An open XLSX with the content of an XLS or XLSB.
  func xlsx(of source: borrowing SourceFile) throws -> Int32 {
    guard let program = office() else {
      throw failure(
        source.path, "no soffice is on the PATH", hint: "install LibreOffice, or save the file as XLSX elsewhere")
    }
    return try Interrupt.handedOn { try convert(source, program) }
  }

  private func convert(_ source: borrowing SourceFile, _ program: String) throws -> Int32 {
    guard let folder = try? TemporaryPlace.folder(in: temporary, named: "trunkline-convert") else {
      throw failure(source.path, "no folder can be made in \(temporary)", hint: "free space there, or set TMPDIR")
    }
    // Also after a signal: LibreOffice leaves a profile of many files there.
    defer { _ = try? ChildProcess("/bin/rm", ["-rf", "--", folder], descriptors: []).run() }
    try source.copy(to: folder + "/" + Self.names[source.isArchive ? 1 : 0])
    let child = ChildProcess("/proc/self/exe", [Self.word, program, folder], descriptors: [])
    let end = try child.run { Interrupt.started(group: $0) }
    let result = open(folder + "/out/book.xlsx", O_RDONLY | O_CLOEXEC)
    guard end == .exited(0), result >= 0 else {
      if result >= 0 { close(result) }
      throw failure(
        source.path,
        end == .signalled(SIGALRM)
          ? "LibreOffice took more than \(Self.seconds) seconds" : "LibreOffice cannot convert it",
        hint: "open it in a spreadsheet program and save it as XLSX")
    }
    return result
  }

  private static let names = ["book.xls", "book.xlsb"]

  private static func sourceName(_ folder: String) -> String {
    names.first { access(folder + "/" + $0, R_OK) == 0 } ?? names[0]
  }

  private func office() -> String? {
    let folders = path.split(separator: ":").map { String($0) }
    let programs = folders.map { $0 + "/soffice" } + folders.map { $0 + "/libreoffice" }
    return programs.first { access($0, X_OK) == 0 }
  }

  private func failure(_ path: String, _ message: String, hint: String) -> ExtractionError {
    .workbook(path: path, code: "E_CONVERT", message: message, hint: hint)
  }

  private static func encoded(_ path: String) -> String {
    path.utf8.map { byte in
      let isPlain =
        (0x2D...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
    }.joined()
  }
}
