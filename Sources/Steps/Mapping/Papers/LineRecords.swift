import Contracts
import Domain
import Pages
import Records

/// Makes one record of each priced line of an agreement.
struct LineRecords {
  let prices: PriceReading
  let contract: ContractName

  func make() -> [PaperRecord] { prices.lines.map(record) }

  private func record(_ line: PriceLine) -> PaperRecord {
    var record = PaperRecord("contract_lines")
    record.refer(to: contract, as: "contract")
    record.put("line_no", .int(line.number))
    record.put("circuit_text", line.circuitID)
    record.put("description", line.description ?? line.serviceType)
    record.put("quantity", line.quantity.map { .int($0.value) }, line.quantity?.evidence)
    if let first = line.mrc ?? line.nrc {
      record.put("mrc_minor", line.mrc)
      if line.nrc?.value.currency == first.value.currency {
        record.put("nrc_minor", line.nrc)
      } else {
        record.note(otherCurrency: line.nrc)
      }
      record.put("currency", .string(first.value.currency.code), first.evidence)
    }
    record.put("term_months", line.term.map { .int($0.value.months) }, line.term?.evidence)
    record.put("bandwidth_kbps", line.bandwidth.map { .int($0.value.kbps) }, line.bandwidth?.evidence)
    record.put("a_address", line.addressA)
    record.put("z_address", line.addressZ)
    record.issues += line.doubts.map {
      Issue(
        $0, .warn, message: "doubt about line \(line.number)", hint: "look at its page before you approve it",
        value: line.description?.value ?? line.circuitID?.value ?? "")
    }
    return record
  }
}
