/// How much a workbook may ask for; a workbook within all of them is read in bounded memory.
package struct SpreadsheetLimits: Sendable {
  /// Of the file as it is stored.
  package var fileBytes = 200 << 20
  /// Of one part, unpacked.
  package var partBytes = 2 << 30
  /// Past `ratioFrom` unpacked bytes a part may be this many times larger than its packed form.
  package var ratio = 200
  package var ratioFrom = 50 << 20
  package var parts = 20_000
  package var depth = 64
  /// One tag, comment or attribute in the XML.
  package var tokenBytes = 1 << 20
  package var rows = 1_048_576
  package var columns = 16_384
  /// In UTF-16 code units, as spreadsheet programs count; a longer text is cut and its cell marked.
  package var cellCharacters = 32_767
  package var rowBytes = 8 << 20
  package var sharedStrings = 5_000_000
  package var sharedBytes = 512 << 20
  /// Shared strings beyond this are kept in a temporary file.
  package var sharedInMemory = 6 << 20
  package var sheets = 10_000
  package var formats = 65_536
  package var merges = 100_000
  /// Filled cells that a sheet may have by repetition alone (ODS).
  package var repeatedCells = 2_000_000

  package init() {}
}
