import SQL

extension SQLFailure.Kind {
  /// From the five characters of "Appendix A. PostgreSQL Error Codes".
  init(sqlState: String) {
    switch sqlState {
    case "55P03", "55006", "40001", "40P01": self = .busy
    case "53100": self = .full
    case "25006": self = .readOnly
    case "XX001", "XX002": self = .corrupt
    case "53300", "57P01", "57P02", "57P03", "3D000": self = .connection
    default:
      switch sqlState.prefix(2) {
      // 22: a value that its type cannot hold, which SQLite too reports as a constraint.
      case "22", "23": self = .constraint
      case "08", "28": self = .connection
      default: self = .other
      }
    }
  }
}
