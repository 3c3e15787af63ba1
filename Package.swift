// swift-tools-version: 6.2
// The floor plan: every target, floor by floor, in the order data meets them. Who may import whom is held by
// Tests/FloorTests; a new dependency here is a visible edit there as well.
import PackageDescription

/// C libraries, reached only through the one module named beside each.
let floor0: [Target] = [
  .systemLibrary(name: "CSQLite", path: "Sources/System/CSQLite", pkgConfig: "sqlite3"),
  .systemLibrary(name: "CYAML", path: "Sources/System/CYAML", pkgConfig: "yaml-0.1"),
  .systemLibrary(name: "CCrypto", path: "Sources/System/CCrypto", pkgConfig: "libcrypto"),
  .systemLibrary(name: "CXLSXWriter", path: "Sources/System/CXLSXWriter", pkgConfig: "xlsxwriter"),
  .systemLibrary(name: "CPostgres", path: "Sources/System/CPostgres"),
  .systemLibrary(name: "CCurl", path: "Sources/System/CCurl"),
  .systemLibrary(name: "CUTF8Proc", path: "Sources/System/CUTF8Proc"),
  .systemLibrary(name: "CBytes", path: "Sources/System/CBytes"),
  .systemLibrary(name: "CZip", path: "Sources/System/CZip", pkgConfig: "libzip"),
  .systemLibrary(name: "CExpat", path: "Sources/System/CExpat", pkgConfig: "expat"),
  .systemLibrary(name: "CPoppler", path: "Sources/System/CPoppler", pkgConfig: "poppler-glib"),
  .systemLibrary(name: "CPCRE2", path: "Sources/System/CPCRE2", pkgConfig: "libpcre2-8"),
  .systemLibrary(name: "CTesseract", path: "Sources/System/CTesseract", pkgConfig: "tesseract"),
  .systemLibrary(name: "CLeptonica", path: "Sources/System/CLeptonica", pkgConfig: "lept"),
]

func library(_ name: String, in folder: String? = nil, _ dependencies: [String] = []) -> Target {
  .target(
    name: name, dependencies: dependencies.map { .byName(name: $0) },
    path: "Sources/" + (folder.map { $0 + "/" } ?? "") + name)
}

/// Bytes to cells and values, without knowing the inventory; places for the moment.
let floor1: [Target] = [
  library("Scratch", in: "Services"),
  library("Domain", ["CUTF8Proc"]),
  library("CSV", in: "Formats", ["CBytes"]),
  library("YAML", in: "Formats", ["CYAML"]),
  library("Digest", in: "Formats", ["CCrypto", "CBytes"]),
  library("Workbooks", in: "Formats", ["CXLSXWriter"]),
  library("Spreadsheets", in: "Formats", ["CZip", "CExpat", "Scratch"]),
  library("Regex", in: "Formats", ["CPCRE2"]),
  library("PDF", in: "Formats", ["CPoppler"]),
  library("Pictures", in: "Formats"),
  library("OCR", in: "Formats", ["CTesseract", "CLeptonica", "Pictures"]),
  library("SQL", in: "Stores"),
]

/// The inventory declared once, the wire, and the two databases.
let floor2: [Target] = [
  library("Model", ["Domain"]),
  library("Records", ["Domain", "Digest"]),
  library("HTTP", in: "Services", ["CCurl"]),
  library("Process", in: "Services"),
  library("SQLite", in: "Stores", ["SQL", "CSQLite"]),
  library("Postgres", in: "Stores", ["SQL", "CPostgres"]),
]

/// Meaning in tables, who answers questions, and the one place that prints, exits and reads the clock.
let floor3: [Target] = [
  library("Inference", in: "Services", ["Domain", "HTTP", "Records"]),
  library("Pages", ["Records"]),
  library("Warehouse", ["Domain", "Model", "Pages", "Records", "Digest", "SQL"]),
  library("CLI", ["Domain", "Records", "YAML"]),
  library("Wire", ["Domain", "Model", "Records"]),
]

/// What a contract says, read from its pages by rules: values in, findings out.
let reading: [Target] = [library("Contracts", ["Domain", "Pages", "Regex"])]

/// The steps: records in, records out. No step imports another.
let floor4: [Target] = [
  library("Extraction", in: "Steps", ["Domain", "CSV", "Digest", "Pages", "Records", "Scratch", "Spreadsheets"]),
  library("Recognition", in: "Steps", ["Digest", "Domain", "Pages", "Pictures", "Records"]),
  library(
    "Mapping", in: "Steps",
    ["Contracts", "CSV", "Digest", "Domain", "Inference", "Model", "Pages", "Records", "Wire", "YAML"]),
  library(
    "Staging", in: "Steps",
    ["Domain", "Digest", "Model", "Pages", "Records", "Scratch", "SQL", "Warehouse", "Wire", "YAML"]),
  library("Comparison", in: "Steps", ["Domain", "Model", "Pages", "Records", "Digest", "SQL", "Warehouse"]),
  library("Approval", in: "Steps", ["Domain", "Model", "Records", "SQL", "Warehouse", "Pages"]),
  library("Commitment", in: "Steps", ["Domain", "Model", "Records", "Digest", "SQL", "Warehouse"]),
  library(
    "Correction", in: "Steps",
    ["CSV", "Digest", "Domain", "Model", "Records", "Spreadsheets", "SQL", "Warehouse", "Wire", "Workbooks", "YAML"]),
  .target(
    name: "Review", dependencies: ["Digest", "Domain", "Model", "Pages", "Records", "SQL", "Warehouse", "Wire"],
    path: "Sources/Review", resources: [.embedInCode("Page/page.css"), .embedInCode("Page/page.js")]),
  library("Export", ["CSV", "Domain", "Model", "Records", "Digest", "SQL", "Warehouse", "Wire", "Workbooks"]),
  library(
    "Reporting", ["Domain", "Model", "Pages", "Records", "Digest", "SQL", "Warehouse", "Workbooks", "YAML", "CSV"]),
  library(
    "Opening", in: "Commands",
    ["CLI", "Comparison", "Digest", "Model", "Records", "SQL", "SQLite", "Postgres", "Warehouse"]),
]

/// What commands share: which model is asked.
let shared: [Target] = [library("Asking", in: "Commands", ["CLI", "HTTP", "Inference"])]

func command(_ name: String, _ dependencies: [String]) -> Target {
  .executableTarget(
    name: name, dependencies: (["CLI"] + dependencies).map { .byName(name: $0) }, path: "Sources/Commands/\(name)")
}

/// Thin mains: options, one step, an exit status.
let floor5: [Target] = [
  command("trunkline", []),
  command("trunkline-config", ["Records"]),
  command("trunkline-ai", ["Asking", "HTTP", "Inference", "Records"]),
  command("trunkline-extract", ["Extraction", "Pages", "Process", "Records", "Scratch"]),
  command("trunkline-pages", ["PDF", "Pages", "Process", "Records"]),
  command("trunkline-ocr", ["Pages", "Process", "Recognition", "Records", "Scratch"]),
  command("trunkline-recognise", ["OCR", "Pictures", "Process", "Recognition", "Records"]),
  command("trunkline-map", ["Asking", "Contracts", "Inference", "Mapping", "Model", "Pages", "Records"]),
  command("trunkline-stage", ["Opening", "Staging", "Records", "SQL", "Warehouse"]),
  command("trunkline-diff", ["Opening", "Comparison", "Records", "SQL", "Warehouse"]),
  command("trunkline-approve", ["Opening", "Approval", "SQL", "Warehouse"]),
  command(
    "trunkline-review",
    [
      "Approval", "Comparison", "Domain", "Model", "Opening", "Pages", "Process", "Records", "Review", "Scratch",
      "Warehouse",
    ]),
  command("trunkline-commit", ["Opening", "Commitment", "Records", "SQL", "Warehouse"]),
  command("trunkline-revert", ["Opening", "Comparison", "SQL", "Warehouse"]),
  command("trunkline-changes", ["Comparison", "Domain", "Opening", "SQL", "Warehouse"]),
  command("trunkline-audit", ["Opening", "Commitment", "Domain", "Records", "SQL", "Warehouse"]),
  command("trunkline-report", ["Opening", "Reporting", "SQL", "Warehouse"]),
  command(
    "trunkline-errors", ["Correction", "CSV", "Domain", "Opening", "Records", "SQL", "Warehouse", "Workbooks", "YAML"]),
  command("trunkline-fix", ["Correction", "Digest", "Opening", "Process", "Records", "Scratch", "SQL", "Warehouse"]),
  command(
    "trunkline-export", ["CSV", "Domain", "Export", "Model", "Opening", "Records", "SQL", "Warehouse", "Workbooks"]),
  command("trunkline-init", ["Opening", "SQL", "Warehouse"]),
  command("trunkline-db", ["Opening", "Commitment", "Records", "SQL", "Warehouse"]),
  command("trunkline-seed", ["Opening", "Approval", "Commitment", "SQL", "Warehouse"]),
]

func tests(_ name: String, _ dependencies: [String]) -> Target {
  .testTarget(name: name, dependencies: dependencies.map { .byName(name: $0) }, path: "Tests/\(name)")
}

let testing: [Target] = [
  .executableTarget(name: "sheet-cells", dependencies: ["Spreadsheets"], path: "Tests/SheetCells"),
  .executableTarget(name: "scan-words", dependencies: ["OCR", "Pictures"], path: "Tests/ScanWords"),
  .executableTarget(
    name: "contract-fields", dependencies: ["Contracts", "Domain", "Pages", "Records"], path: "Tests/ContractFields"),
  .executableTarget(
    name: "review-page", dependencies: ["Model", "Pages", "Records", "Review", "Wire"], path: "Tests/ReviewPages"),
  .target(
    name: "TestSupport", dependencies: ["Pages", "Postgres", "Spreadsheets", "SQL", "SQLite", "Workbooks"],
    path: "Tests/TestSupport"),
  tests("FloorTests", ["TestSupport"]),
  tests("DomainTests", ["Domain", "TestSupport"]),
  tests("FormatTests", ["CSV", "YAML", "Digest", "Spreadsheets", "Workbooks", "TestSupport"]),
  tests("ContractsTests", ["Contracts", "Domain", "Pages", "Records", "Regex", "TestSupport"]),
  tests("RecordsTests", ["Digest", "Domain", "Records", "TestSupport"]),
  tests("StoreTests", ["SQL", "SQLite", "Postgres", "TestSupport"]),
  tests("ModelTests", ["Domain", "Model", "Records", "Warehouse", "Wire", "TestSupport"]),
  tests("ProcessTests", ["Process", "TestSupport"]),
  tests(
    "InferenceTests",
    ["CLI", "Contracts", "Domain", "HTTP", "Inference", "Mapping", "Model", "Pages", "Records", "TestSupport"]),
  tests("CLITests", ["CLI", "TestSupport"]),
  tests("MappingTests", ["Domain", "Model", "Records", "Mapping", "TestSupport", "Contracts", "YAML", "Pages"]),
  tests("ExtractionTests", ["Extraction", "Pages", "Records", "TestSupport"]),
  tests("RecognitionTests", ["Digest", "OCR", "Pages", "Pictures", "Recognition", "Records", "TestSupport"]),
  tests("StagingTests", ["Domain", "SQL", "SQLite", "Staging", "Warehouse", "TestSupport"]),
  tests("CorrectionTests", ["Correction", "Domain", "Records", "Scratch", "TestSupport"]),
  tests(
    "ReviewTests", ["Contracts", "Digest", "Domain", "Model", "Pages", "Records", "Review", "TestSupport", "Wire"]),
  tests("ReportingTests", ["Records", "Reporting", "Warehouse", "TestSupport"]),
  tests(
    "ChainTests",
    ["Approval", "Commitment", "Model", "Pages", "Records", "SQL", "SQLite", "TestSupport", "Warehouse"]),
  tests("SampleTests", ["TestSupport", "SQL", "Records", "Model"]),
  tests("DocsTests", ["TestSupport", "CLI", "Domain", "Model", "Records"]),
]

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let built = floor1 + floor2 + floor3 + reading + floor4 + shared + floor5 + testing
for target in built { target.swiftSettings = settings }

let package = Package(name: "trunkline", targets: floor0 + built, swiftLanguageModes: [.v6])
