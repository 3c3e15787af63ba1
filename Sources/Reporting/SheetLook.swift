import Domain
import Workbooks

/// Colours and styles of every workbook.
enum SheetLook {
  static let navy: UInt32 = 0x1F3864
  static let pale: UInt32 = 0xDDE6F3
  static let white: UInt32 = 0xFFFFFF
  static let grey: UInt32 = 0x7F7F7F

  static let title = CellStyle().bold().sized(16).colored(navy)
  static let banner = CellStyle().bold().sized(18).colored(white).filled(navy)
  static let testBanner = CellStyle().bold().sized(12).colored(0x7F3F00).filled(0xFFE699)
  static let sensitivity = CellStyle().bold().colored(0xC00000)
  static let heading = CellStyle().bold().sized(12).colored(navy)
  static let label = CellStyle().colored(grey)
  static let value = CellStyle.text
  static let note = CellStyle().italic().colored(grey)
  static let header = CellStyle().bold().colored(white).filled(navy).wrapped().bordered()
  static let total = CellStyle().bold().filled(pale)

  /// Headers stand over their values: numbers to the right.
  static func header(_ format: ColumnFormat) -> CellStyle {
    format.isNumber ? header.aligned(.right) : header.indented()
  }

  static func total(_ number: CellStyle) -> CellStyle { number.bold().filled(pale) }

  static func style(_ column: ColumnFormat) -> CellStyle {
    switch column {
    case .text, .id, .value: CellStyle.text.indented()
    case .flag: CellStyle.text.aligned(.center)
    case .money: .money(exponent: 2)
    case .integer: .integer
    case .date: .date
    case .bandwidth: CellStyle(number: "[>=1000000]0.0##,,\" Gbps\";[>=1000]0.0##,\" Mbps\";0\" kbps\"")
    case .degrees: CellStyle(number: "0.000000")
    }
  }

  /// Words of states with their colours; the word itself is always there, so colour is never alone.
  static let states: [(word: String, style: CellStyle)] = {
    let green = CellStyle().colored(0x006100).filled(0xE2F0D9)
    let blue = CellStyle().colored(0x1F4E79).filled(0xDDEBF7)
    let amber = CellStyle().colored(0x7F6000).filled(0xFFF2CC)
    let orange = CellStyle().colored(0x833C0B).filled(0xFCE4D6)
    let red = CellStyle().colored(0x9C0006).filled(0xFFC7CE)
    let grey = CellStyle().colored(0x595959).filled(0xEDEDED)
    return [
      ("active", green), ("in_force", green), ("committed", green), ("create", green), ("approved", green),
      ("planned", blue), ("ordered", blue), ("provisioning", blue), ("update", blue), ("draft", blue),
      ("restore", blue),
      ("proposed", amber), ("suspended", amber), ("disconnect_pending", orange), ("conflict", orange),
      ("soft_delete", red), ("rejected", red), ("disconnected", grey), ("cancelled", grey), ("expired", grey),
      ("terminated", grey), ("superseded", grey),
    ]
  }()
}

extension WorkbookSheet {
  /// A cell by its value; amounts take the decimals of their currency.
  func write(_ row: Int, _ column: Int, _ cell: ReportCell, _ style: CellStyle) throws {
    switch cell {
    case .empty: return
    case .text(let text): try self.text(row, column, text, style.number == "@" ? style : .text)
    case .money(let minor, let exponent):
      try number(row, column, DecimalNumber(minor: minor, exponent: exponent), .money(exponent: exponent))
    case .integer(let value): try number(row, column, DecimalNumber(value), style.number == "@" ? .integer : style)
    case .date(let date):
      // Spreadsheets hold a false 29 February 1900, so days before 1 March 1900 are text there.
      if date.day < -25_508 { return try text(row, column, date.description) }
      try self.date(row, column, day: Int(date.day))
    case .flag(let value): try text(row, column, value ? "yes" : "no", style.number == "@" ? style : .text)
    case .bandwidth(let kbps): try number(row, column, DecimalNumber(kbps), SheetLook.style(.bandwidth))
    case .degrees(let value):
      try number(row, column, DecimalNumber(minor: value, exponent: 6), SheetLook.style(.degrees))
    }
  }
}
