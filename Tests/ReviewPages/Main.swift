import Glibc
import Model
import Pages
import Records
import Review
import Wire

/// A review page of a sheet given as JSON, for checks in a browser: `review-page SHEET` writes HTML, `review-page SHEET
/// DECISIONS` reads the decisions made on it and writes them, or what is wrong with them.
@main struct Main {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count > 1, let json = JSON.parse(String(decoding: try contents(words[1]), as: UTF8.self)),
      let sheet = ReviewSheet(test: json)
    else { exit(64) }
    guard words.count > 2 else { return try write(sheet, json) }
    do {
      print(DecisionFile.text(try DecisionFile.read(contents(words[2]), for: sheet)), terminator: "")
    } catch let faults as DecisionFile.Faults {
      for fault in faults.faults { print("line \(fault.line) \(fault.why)") }
      exit(65)
    }
  }

  private static func write(_ sheet: ReviewSheet, _ json: JSON) throws {
    let page = ReviewPage(sheet) { page in
      guard let image = json["images"]?["\(page.document) \(page.number)"], let path = image["png"]?.text else {
        return .none("There is no picture of this page.")
      }
      return .image(
        PageImage(
          png: try contents(path), width: Int32(image["width"]?.int ?? 0), height: Int32(image["height"]?.int ?? 0)))
    }
    try page.write { print($0, terminator: "") }
  }

  private static func contents(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { exit(66) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
    return bytes
  }
}

extension ReviewSheet {
  init?(test json: JSON) {
    guard let set = json["change_set"]?.text, let digest = json["digest"]?.text else { return nil }
    self.init(
      changeSet: set, digest: digest, title: json["title"]?.text ?? "", author: json["author"]?.text ?? "",
      createdAt: json["created_at"]?.text ?? "",
      documents: (json["documents"]?.items ?? []).map {
        Document(digest: $0["digest"]?.text ?? "", name: $0["name"]?.text ?? "", pages: $0["pages"]?.int)
      },
      items: (json["items"]?.items ?? []).enumerated().map { ReviewItem(test: $1, number: $0 + 1) },
      banner: json["banner"]?.text ?? "")
  }
}

extension ReviewItem {
  init(test json: JSON, number: Int) {
    let evidence = json["evidence"].flatMap { Evidence(json: $0) }
    self.init(
      number: number, seq: json["seq"]?.int ?? number, entity: json["entity"]?.text ?? "", key: json["key"]?.text ?? "",
      action: json["action"]?.text ?? "create", mandatory: json["mandatory"]?.text,
      values: (json["values"]?.items ?? []).map {
        let field = Inventory.entity(singular: json["entity"]?.text ?? "")?.field($0["field"]?.text ?? "")
        return Value(
          field: $0["field"]?.text ?? "", before: $0["before"]?.text, after: $0["after"]?.text,
          form: field.map { EditForm($0, currency: "USD") })
      },
      quote: evidence.map {
        Quote(
          evidence: $0, digest: json["quote"]?.text ?? "", before: json["before"]?.text ?? "",
          after: json["after"]?.text ?? "")
      }, isWithheld: json["withheld"]?.bool ?? false)
  }
}
