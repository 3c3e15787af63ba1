import Records
import TestSupport

/// What a person wrote down after reading a contract of Samples/contracts; no program writes these.
struct AnswerSheet {
  /// One agreement of the paper.
  struct Agreement {
    let json: JSON

    var number: String { json["number"]?.text ?? "" }
    var lines: [JSON] { json["lines"]?.items ?? [] }
    var escalators: [JSON] { json["escalators"]?.items ?? [] }

    /// The value under `names`, nil where the paper does not say it.
    func value(_ names: String...) -> JSON? {
      names.reduce(Optional(json)) { $0?[$1] }.flatMap { $0 == .null ? nil : $0 }
    }
  }

  static let names = [
    "meridian-order-scan", "meridian-terms", "meridian-two-agreements", "meridian-wave-rotated", "northline-amendment",
    "northline-master", "northline-order", "northline-order-hostile",
  ]

  let agreements: [Agreement]

  init(_ name: String) throws {
    let text = String(
      decoding: try readFile("\(repositoryRoot)/Samples/contracts/answers/\(name).json"), as: UTF8.self)
    agreements = (JSON.parse(text)?["agreements"]?.items ?? []).map { Agreement(json: $0) }
  }

  /// Cents as papers write them: `1,150.00`.
  static func written(_ minor: Int) -> String {
    var whole = String(minor / 100)
    for place in stride(from: whole.count - 3, to: 0, by: -3) {
      whole.insert(",", at: whole.index(whole.startIndex, offsetBy: place))
    }
    return whole + (minor % 100 < 10 ? ".0" : ".") + String(minor % 100)
  }
}
