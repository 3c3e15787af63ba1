import Domain
package import Model
package import Records

/// How a person writes one value anew in a review, and what the text they wrote comes to.
///
/// The same texts as in a table's cells, read by the same parsers; amounts take a decimal point.
package struct EditForm: Equatable, Sendable {
  /// What a text is, beside the type of its field.
  private let type: FieldType
  private let isTerm: Bool
  /// Of the record's amounts, as it would be.
  package let currency: String

  package init(_ field: Field, currency: String) {
    type = field.type
    isTerm = field.isTerm
    self.currency = currency
  }

  /// The values to choose from; empty where there is no list.
  package var choices: [String] {
    switch type {
    case .code(let list): list
    case .flag: ["yes", "no"]
    default: []
    }
  }

  /// `USD 1250.00`, `2026-12-31`: how to write it, as people are told.
  package var example: String {
    switch type {
    case .money: Currency(code: currency).map { "an amount in \($0.code), as \(Self.amount($0))" } ?? "an amount"
    case .bandwidth: "a speed, as 100 Mbps"
    case .date: "a day, as 2026-12-31"
    case .integer(let range):
      isTerm ? "months, as 36 or 3 years" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .flag: "yes or no"
    case .degrees: "degrees, as 52.1"
    case .code(let list): "one of \(list.joined(separator: ", "))"
    case .currency: "three letters, as USD"
    case .text, .reference: "text"
    }
  }

  private static func amount(_ currency: Currency) -> String { Money(minor: 125_000, currency: currency).plain }

  /// A regular expression for the texts that a page takes by itself, all of which `read` takes; nil where any text may do.
  package var pattern: String? {
    switch type {
    case .money:
      let decimals = Currency(code: currency)?.exponent ?? 2
      return "(\(currency) )?-?(\\d{1,12}|\\d{1,3}(,\\d{3}){1,3})" + (decimals > 0 ? "(\\.\\d{\(decimals)})?" : "")
    case .date: return "(19|20|21)\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"
    case .integer: return isTerm ? nil : "-?\\d{1,18}"
    case .currency: return "[A-Z]{3}"
    default: return nil
    }
  }

  /// Why a text is no value of the field: lower case, no full stop.
  package struct Refusal: Error, Equatable, Sendable {
    package let why: String
  }

  /// The value a text comes to, as it is staged.
  package func read(_ text: String) throws(Refusal) -> JSON {
    let result: Result<JSON, Refusal> = TextBytes.withBytes(of: text) { bytes in
      let bytes = TextBytes.trim(bytes)
      do throws(Refusal) {
        if bytes.isEmpty { throw Refusal(why: "is empty: reject the value if there is none") }
        return .success(try value(bytes))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func value(_ text: Bytes) throws(Refusal) -> JSON {
    let check = ValueCheck(type)
    guard check.wantsInteger else {
      let words = TextBytes.string(text)
      guard words.unicodeScalars.allSatisfy({ !VisibleText.isHidden($0) }), words.utf8.count <= 4000 else {
        throw Refusal(why: "has control characters, or more than 4000 bytes")
      }
      if type == .date { return .string(try day(text)) }
      if let misfit = check.text(text) { throw Refusal(why: "is \(misfit.message): \(misfit.hint)") }
      if type == .currency, Currency(code: words)?.exponent != Currency(code: currency)?.exponent {
        throw Refusal(why: "has other decimals than \(currency): reject the amounts, and enter them by a table")
      }
      return .string(words)
    }
    let number = try whole(text)
    if let misfit = check.integer(number) { throw Refusal(why: "is \(misfit.message): \(misfit.hint)") }
    return .int(number)
  }

  private func day(_ text: Bytes) throws(Refusal) -> String {
    do throws(DateError) {
      return try CalendarDate.parse(text, order: nil).description
    } catch {
      throw Refusal(why: "is \(error.description): write it as YYYY-MM-DD")
    }
  }

  private func whole(_ text: Bytes) throws(Refusal) -> Int64 {
    switch type {
    case .money:
      guard let currency = Currency(code: currency) else {
        throw Refusal(why: "is an amount, and the record has no currency")
      }
      do throws(MoneyError) {
        return try Money.parse(text, mark: .point, currency: currency).minor
      } catch {
        throw Refusal(why: "is refused: \(error.description); write \(example)")
      }
    case .bandwidth:
      do throws(BandwidthError) {
        return try Bandwidth.parse(text).kbps
      } catch {
        throw Refusal(why: "is refused: \(error.description); write \(example)")
      }
    case .flag:
      let word = TextBytes.string(text).lowercased()
      guard word == "yes" || word == "no" else { throw Refusal(why: "is neither yes nor no") }
      return word == "yes" ? 1 : 0
    case .integer where isTerm:
      do throws(TermError) {
        return Int64(try Term.parse(text).months)
      } catch {
        throw Refusal(why: "is \(error.description): write \(example)")
      }
    case .degrees: return try number(text, exponent: 6)
    default: return try number(text, exponent: 0)
    }
  }

  private func number(_ text: Bytes, exponent: Int) throws(Refusal) -> Int64 {
    do throws(MoneyError) {
      return try Money.parseMinor(text, mark: .point, exponent: exponent)
    } catch {
      throw Refusal(why: "is no number: write \(example)")
    }
  }
}
