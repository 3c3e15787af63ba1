/// Who may import whom: one line per module, lowest floor first. A new import is a visible edit of this table.
///
/// `Glibc` and `Synchronization` come with the compiler and are not listed. The folder says where a module's files are.
struct Floor {
  let folder: String
  let imports: Set<String>

  init(_ folder: String, _ imports: [String]) {
    self.folder = folder
    self.imports = Set(imports)
  }

  static let table: [Floor] = [
    // 1: bytes to cells and values; only their own C module.
    Floor("Domain", ["CUTF8Proc"]),
    Floor("Formats/CSV", ["CBytes"]),
    Floor("Formats/YAML", ["CYAML"]),
    Floor("Formats/Digest", ["CCrypto", "CBytes"]),
    Floor("Formats/Workbooks", ["CXLSXWriter"]),
    Floor("Services/Scratch", []),
    Floor("Formats/Spreadsheets", ["CZip", "CExpat", "Scratch"]),
    Floor("Formats/Regex", ["CPCRE2"]),
    Floor("Formats/PDF", ["CPoppler"]),
    Floor("Formats/Pictures", []),
    Floor("Formats/OCR", ["CTesseract", "CLeptonica", "Pictures"]),
    Floor("Stores/SQL", []),
    // 2: the inventory, the wire, the two databases.
    Floor("Model", ["Domain"]),
    Floor("Records", ["Domain", "Digest"]),
    Floor("Services/HTTP", ["CCurl"]),
    Floor("Services/Process", []),
    Floor("Stores/SQLite", ["SQL", "CSQLite"]),
    Floor("Stores/Postgres", ["SQL", "CPostgres"]),
    // 3: meaning in tables; the one place that prints and exits.
    Floor("Pages", ["Records"]),
    Floor("Warehouse", ["Domain", "Model", "Pages", "Records", "Digest", "SQL"]),
    Floor("Services/Inference", ["Domain", "HTTP", "Records"]),
    Floor("CLI", ["Domain", "Records", "YAML"]),
    Floor("Wire", ["Domain", "Model", "Records"]),
    // What a contract says, read from its pages.
    Floor("Contracts", ["Domain", "Pages", "Regex"]),
    // 4: the steps, which never import each other.
    Floor("Steps/Extraction", ["Domain", "CSV", "Digest", "Pages", "Records", "Scratch", "Spreadsheets"]),
    Floor("Steps/Recognition", ["Digest", "Domain", "Pages", "Pictures", "Records"]),
    Floor(
      "Steps/Mapping",
      ["Contracts", "CSV", "Digest", "Domain", "Inference", "Model", "Pages", "Records", "Wire", "YAML"]),
    Floor(
      "Steps/Staging",
      ["Domain", "Model", "Pages", "Records", "Digest", "Scratch", "SQL", "Warehouse", "Wire", "YAML"]),
    Floor("Steps/Comparison", ["Domain", "Model", "Pages", "Records", "Digest", "SQL", "Warehouse"]),
    Floor("Steps/Approval", ["Domain", "Model", "Records", "SQL", "Warehouse", "Pages"]),
    Floor("Steps/Commitment", ["Domain", "Model", "Records", "Digest", "SQL", "Warehouse"]),
    Floor(
      "Steps/Correction",
      ["CSV", "Digest", "Domain", "Model", "Records", "Spreadsheets", "SQL", "Warehouse", "Wire", "Workbooks", "YAML"]),
    Floor("Review", ["Digest", "Domain", "Model", "Pages", "Records", "SQL", "Warehouse", "Wire"]),
    Floor("Export", ["CSV", "Domain", "Model", "Records", "Digest", "SQL", "Warehouse", "Wire", "Workbooks"]),
    Floor(
      "Reporting", ["Domain", "Model", "Pages", "Records", "Digest", "SQL", "Warehouse", "Workbooks", "YAML", "CSV"]),
    // 5: commands; only Opening knows a concrete database.
    Floor(
      "Commands/Opening", ["CLI", "Comparison", "Digest", "Model", "Records", "SQL", "SQLite", "Postgres", "Warehouse"]),
    Floor("Commands/Asking", ["CLI", "HTTP", "Inference"]),
    Floor("Commands/trunkline", ["CLI"]),
    Floor("Commands/trunkline-config", ["CLI", "Records"]),
    Floor("Commands/trunkline-ai", ["Asking", "CLI", "HTTP", "Inference", "Records"]),
    Floor(
      "Commands/trunkline-extract", ["CLI", "Extraction", "Pages", "Process", "Records", "Scratch", "Digest", "CSV"]),
    Floor("Commands/trunkline-pages", ["CLI", "PDF", "Pages", "Process", "Records"]),
    Floor("Commands/trunkline-ocr", ["CLI", "Pages", "Process", "Recognition", "Records", "Scratch"]),
    Floor("Commands/trunkline-recognise", ["CLI", "OCR", "Pictures", "Process", "Recognition", "Records"]),
    Floor(
      "Commands/trunkline-map",
      ["Asking", "CLI", "Contracts", "Inference", "Mapping", "Model", "Pages", "Records", "YAML"]),
    Floor("Commands/trunkline-stage", ["CLI", "Opening", "Staging", "Records", "SQL", "Warehouse"]),
    Floor("Commands/trunkline-diff", ["CLI", "Opening", "Comparison", "Records", "SQL", "Warehouse"]),
    Floor("Commands/trunkline-approve", ["CLI", "Opening", "Approval", "Domain", "Model", "SQL", "Warehouse"]),
    Floor(
      "Commands/trunkline-review",
      [
        "Approval", "CLI", "Comparison", "Domain", "Model", "Opening", "Pages", "Process", "Records", "Review",
        "Scratch", "Warehouse",
      ]),
    Floor("Commands/trunkline-commit", ["CLI", "Opening", "Commitment", "Records", "SQL", "Warehouse"]),
    Floor("Commands/trunkline-revert", ["CLI", "Opening", "Comparison", "SQL", "Warehouse"]),
    Floor("Commands/trunkline-changes", ["CLI", "Comparison", "Domain", "Opening", "SQL", "Warehouse"]),
    Floor("Commands/trunkline-audit", ["CLI", "Opening", "Commitment", "Domain", "Records", "SQL", "Warehouse"]),
    Floor("Commands/trunkline-report", ["CLI", "Opening", "Reporting", "Domain", "SQL", "Warehouse"]),
    Floor(
      "Commands/trunkline-errors",
      ["CLI", "Correction", "CSV", "Domain", "Opening", "Records", "SQL", "Warehouse", "Workbooks", "YAML"]),
    Floor(
      "Commands/trunkline-fix",
      ["CLI", "Correction", "Digest", "Opening", "Process", "Records", "Scratch", "SQL", "Warehouse"]),
    Floor(
      "Commands/trunkline-export",
      ["CLI", "CSV", "Domain", "Export", "Model", "Opening", "Records", "SQL", "Warehouse", "Workbooks"]),
    Floor("Commands/trunkline-init", ["CLI", "Opening", "SQL", "Warehouse"]),
    Floor("Commands/trunkline-db", ["CLI", "Opening", "Commitment", "Records", "SQL", "Warehouse"]),
    Floor("Commands/trunkline-seed", ["CLI", "Opening", "Approval", "Commitment", "SQL", "Warehouse"]),
  ]

  /// Modules every Swift program has.
  static let always: Set<String> = ["Glibc", "Synchronization", "Swift"]

  var module: String { String(folder.split(separator: "/").last ?? "") }
}

/// Places that may say `nonisolated(unsafe)` or `@unchecked Sendable`, how often, and why that holds.
struct UncheckedPlace {
  let file: String
  let count: Int
  let because: String

  static let table: [UncheckedPlace] = []
}

/// Files that may say `Double` or `Float`, and what for: money and speeds never are.
struct FractionPlace {
  let file: String
  let because: String

  static let table: [FractionPlace] = [
    FractionPlace(file: "CLI/Clock.swift", because: "seconds between two readings of the clock"),
    FractionPlace(file: "CLI/Progress.swift", because: "rows a second, for people"),
    FractionPlace(file: "Formats/CSV/SampleTable.swift", because: "the score of a guessed dialect"),
    FractionPlace(file: "Formats/OCR/PaperCleaning.swift", because: "shares of pixels, as leptonica takes them"),
    FractionPlace(file: "Formats/OCR/Recogniser.swift", because: "how sure tesseract is, as it says it"),
    FractionPlace(file: "Formats/OCR/Skew.swift", because: "the angle of a scan, as leptonica gives it"),
    FractionPlace(file: "Formats/OCR/Upright.swift", because: "how sure leptonica is, as it says it"),
    FractionPlace(file: "Formats/Workbooks/CellFormat.swift", because: "font sizes, as libxlsxwriter takes them"),
    FractionPlace(file: "Formats/PDF/PDFBox.swift", because: "points, as poppler gives them, to whole thousandths"),
    FractionPlace(file: "Formats/PDF/PageImage.swift", because: "the scale of a picture, as cairo takes it"),
    FractionPlace(file: "Formats/PDF/VisibleInk.swift", because: "the scale of a picture, as cairo takes it"),
    FractionPlace(
      file: "Formats/Workbooks/CellStyle.swift",
      because: "an amount's last step into a spreadsheet cell, which is a double"),
    FractionPlace(
      file: "Formats/Workbooks/SheetProtection.swift", because: "widths, as libxlsxwriter takes them"),
    FractionPlace(
      file: "Formats/Workbooks/SheetLayout.swift", because: "widths and heights, as libxlsxwriter takes them"),
    FractionPlace(file: "Formats/Workbooks/WorkbookSheet.swift", because: "a spreadsheet cell is a double"),
  ]
}
