import Domain
import Records

/// Decisions about one sheet, read from a `decisions.jsonl` with everything held against the sheet.
///
/// All or nothing: a file with six faults yields six of them and no decision.
package enum DecisionFile {
  /// Longest file taken, in bytes.
  package static let limit = 16 << 20

  /// What is wrong with one line.
  package struct Fault: Error, Equatable, Sendable {
    package let line: Int
    package let why: String
  }

  /// What is wrong with a file, line by line.
  package struct Faults: Error, Equatable, Sendable {
    package let faults: [Fault]
  }

  package static func text(_ decisions: [Decision]) -> String { decisions.map { $0.json.line + "\n" }.joined() }

  /// The change set that the first decision names.
  package static func changeSet(of bytes: [UInt8]) -> String? {
    let line = bytes.split(separator: 10).first.flatMap { String(validating: $0, as: UTF8.self) }
    return line.flatMap { JSON.parse($0) }?["change_set"]?.text
  }

  /// The decisions in the order of the sheet; a line repeated word for word counts once. Throws `Faults`.
  package static func read(_ bytes: [UInt8], for sheet: ReviewSheet) throws(Faults) -> [Decision] {
    var found: [Int: (decision: Decision, line: Int)] = [:]
    var faults: [Fault] = []
    for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      let content = line.last == 13 ? line.dropLast() : line
      if content.isEmpty { continue }
      do throws(Fault) {
        let (item, decision) = try read(content, index + 1, sheet)
        if let earlier = found[item.number], earlier.decision != decision {
          throw Fault(line: index + 1, why: "decides item \(item.number) otherwise than line \(earlier.line)")
        }
        found[item.number] = (decision, index + 1)
      } catch {
        faults.append(error)
      }
    }
    if !faults.isEmpty { throw Faults(faults: faults) }
    return sheet.items.compactMap { found[$0.number]?.decision }
  }

  private static func read(
    _ bytes: ArraySlice<UInt8>, _ line: Int, _ sheet: ReviewSheet
  ) throws(Fault) -> (ReviewItem, Decision) {
    guard let text = String(validating: bytes, as: UTF8.self), let json = JSON.parse(text), !json.members.isEmpty else {
      throw Fault(line: line, why: "is not a JSON object")
    }
    let decision = try decision(json, line)
    guard decision.changeSet == sheet.changeSet else {
      throw Fault(line: line, why: "is about \(VisibleText.of(decision.changeSet)), not \(sheet.changeSet)")
    }
    guard decision.content == sheet.digest else {
      throw Fault(line: line, why: "is about other content of \(sheet.changeSet): its content_sha256 differs")
    }
    guard let item = sheet.item(seq: decision.seq, fields: decision.fields) else {
      let fields = VisibleText.of(decision.fields.joined(separator: ", "))
      throw Fault(line: line, why: "is about change \(decision.seq), \(fields), which \(sheet.changeSet) does not have")
    }
    guard decision.quote == item.quote?.digest ?? "" else {
      throw Fault(line: line, why: "names another quote than that of item \(item.number)")
    }
    if item.mandatory != nil, decision.verdict == .approve {
      guard !item.isWithheld, item.quote != nil, decision.isAcknowledged else {
        throw Fault(line: line, why: "approves \(item.title) of item \(item.number), whose quote was not shown")
      }
    }
    if decision.verdict == .edit {
      do throws(EditedItem.Refusal) {
        _ = try EditedItem(item, decision)
      } catch {
        throw Fault(line: line, why: "edits item \(item.number): \(error.why)")
      }
    }
    return (item, decision)
  }

  /// What was written anew: nothing unless the verdict is an edit, and then a text for each field.
  private static func edits(_ json: JSON, _ verdict: Decision.Verdict, _ line: Int) throws(Fault) -> [Decision.Edit] {
    let edited = json["edited_value"] ?? .null
    guard verdict == .edit else {
      guard edited == .null else {
        throw Fault(line: line, why: "has an edited value, and its verdict is \(verdict.rawValue)")
      }
      return []
    }
    guard !edited.members.isEmpty, edited.members.allSatisfy({ $0.value.text != nil }) else {
      throw Fault(line: line, why: "is an edit without an edited_value of a text for each field")
    }
    guard Set(edited.members.map(\.name)).count == edited.members.count else {
      throw Fault(line: line, why: "edits a field twice")
    }
    return edited.members.map { Decision.Edit(field: $0.name, text: $0.value.text ?? "") }
  }

  private static func decision(_ json: JSON, _ line: Int) throws(Fault) -> Decision {
    func text(_ name: String) throws(Fault) -> String {
      guard let text = json[name]?.text else { throw Fault(line: line, why: "has no text \"\(name)\"") }
      return text
    }
    func word<Word: RawRepresentable & CaseIterable>(_ name: String) throws(Fault) -> Word
    where Word.RawValue == String {
      let text = try text(name)
      guard let word = Word(rawValue: text) else {
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw Fault(line: line, why: "has \(name) \"\(VisibleText.of(text))\", which is none of \(known)")
      }
      return word
    }
    guard let seq = json["seq"]?.int else { throw Fault(line: line, why: "has no whole number \"seq\"") }
    guard case .array(let names)? = json["fields"], names.allSatisfy({ $0.text != nil }), !names.isEmpty else {
      throw Fault(line: line, why: "has no list \"fields\"")
    }
    guard let acknowledged = json["ack"]?.bool else { throw Fault(line: line, why: "has no true or false \"ack\"") }
    let verdict: Decision.Verdict = try word("verdict")
    return Decision(
      changeSet: try text("change_set"), content: try text("content_sha256"), seq: seq,
      fields: names.compactMap(\.text), verdict: verdict, edits: try edits(json, verdict, line),
      isAcknowledged: acknowledged,
      comment: try text("comment"), principal: try text("principal"), at: try text("at"),
      surface: try word("surface"), quote: try text("quote"))
  }
}
