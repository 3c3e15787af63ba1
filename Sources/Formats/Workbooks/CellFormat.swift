import CXLSXWriter

extension CellStyle {
  /// The usual font size of our workbooks, in points.
  static let usualSize = 10

  func apply(to format: UnsafeMutablePointer<lxw_format>) {
    format_set_font_name(format, "Calibri")
    format_set_font_size(format, Double(size ?? Self.usualSize))
    if !number.isEmpty { format_set_num_format(format, number) }
    if isBold { format_set_bold(format) }
    if isItalic { format_set_italic(format) }
    if isUnderlined { format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue)) }
    if isUnlocked { format_set_unlocked(format) }
    if isWrapped { format_set_text_wrap(format) }
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    if let color { format_set_font_color(format, Self.libraryColor(color)) }
    if let fill {
      format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
      format_set_bg_color(format, Self.libraryColor(fill))
      format_set_fg_color(format, Self.libraryColor(fill))
    }
    if isBordered {
      format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_border_color(format, 0xBFBFBF)
    }
    if indent > 0 { format_set_indent(format, UInt8(clamping: indent)) }
    switch alignment {
    case .natural: break
    case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
    case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
    case .center: format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    }
  }

  /// As used by conditional formats, which take only what differs from the cell.
  func applyDifference(to format: UnsafeMutablePointer<lxw_format>) {
    if isBold { format_set_bold(format) }
    if let color { format_set_font_color(format, Self.libraryColor(color)) }
    if let fill { format_set_bg_color(format, Self.libraryColor(fill)) }
  }

  /// Black is 0x1000000 there, because 0 means "unset".
  private static func libraryColor(_ color: UInt32) -> lxw_color_t { color == 0 ? 0x100_0000 : color }
}
