import Domain

extension StreamReader {
  /// The members of the current record as they came, for the few records that are looked at as a whole.
  package var members: [JSON.Member] {
    (0..<fields.count).map { index in
      let token = fields[index]
      let key = quoted(Int(token.keyStart), Int(token.keyLength))
      let isText = token.kind == .string
      let value = isText ? quoted(Int(token.start), Int(token.length)) : bytes(token)
      return JSON.Member(JSON.parse(key)?.text ?? "", JSON.parse(value) ?? .null)
    }
  }

  private func quoted(_ start: Int, _ length: Int) -> Bytes {
    Bytes(rebasing: line[start - 1..<start + length + 1])
  }
}
