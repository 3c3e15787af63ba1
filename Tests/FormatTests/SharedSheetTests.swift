import Glibc
import Spreadsheets
import TestSupport
import Testing

private let folder = sharedTables().map { $0 + "/bad" }

/// The hostile workbooks of the shared tables, as their manifest wants them.
@Suite(.enabled(if: folder != nil, "the shared tables are not here"))
struct SharedSheetTests {
  @Test(arguments: [
    ("bad_ref", "E_REF"), ("xxe_file", "E_DTD"), ("billion_laughs", "E_DTD"), ("quadratic_blowup", "E_DTD"),
    ("zip_bomb_sheet", "E_BOMB"), ("zip_bomb_sst", "E_BOMB"), ("missing_sheet", "E_PART"),
    ("missing_workbook", "E_PART"),
    ("no_sheets", "E_PART"), ("chartsheet_only", "E_PART"), ("truncated", "E_ZIP"), ("corrupt_deflate", "E_ZIP"),
    ("encrypted_stub", "E_PASSWORD"), ("docx_named", "E_TYPE"), ("zip_of_csv", "E_TYPE"),
  ])
  func isRefused(_ name: String, _ code: String) throws {
    let outcome = refusal(try readFile("\(folder ?? "")/\(name).xlsx"))
    #expect(outcome.hasPrefix(code + ":"), "\(outcome)")
  }

  private static let plain = ["A1 text Circuit ID", "B1 text MRC", "A2 text X1", "B2 number 12.5"]

  @Test(arguments: [
    (
      "dates_by_style",
      [
        "A1 number 45355", "B1 date 2024-03-04", "C1 date 2024-03-04", "D1 number 45355", "E1 number 45355",
        "F1 date 2024-03-04",
      ]
    ),
    ("iso_dates_t_d", ["A1 date 2024-03-04"]), ("formula_string_cache", ["A1 text abc [formula]"]),
    ("error_cells", ["A1 error #N/A"]), ("no_cell_refs", ["A1 text A", "B1 number 1", "A2 number 2"]),
    ("x000d_escape", ["A1 text a\rb_x000D_"]), ("overlapping_merges", plain), ("huge_dimension", plain),
    ("hidden_sheet", plain), ("sst_index_oob", ["A1 brokenText 999999", "B1 brokenText -1"]), ("zip_slip", plain),
    ("case_paths", plain), ("backslash_paths", plain), ("garbage_after", plain), ("utf16_xml", plain),
    ("strict_ooxml", plain), ("prefixed_ns", ["A1 number 1"]), ("float_noise", ["A1 number 1250.1", "B1 number 0.3"]),
    (
      "id_as_number",
      ["A1 text Account", "A2 number 831000123456", "A3 number 12345678901234567890 [precision]"]
    ), ("external_link", plain),
  ])
  func isReadAs(_ name: String, _ cells: [String]) throws {
    #expect(try ReadBook(readFile("\(folder ?? "")/\(name).xlsx")).cells == [cells])
  }
}
