extension Comparer {
  /// Rows with one key, and what is committed under it.
  struct Group {
    var entity: Int64
    var key: [UInt8]
    var rows: [Row]
    var committed: Committed?
  }

  struct Row {
    let hash: [UInt8]
    let flags: Int64
    let id: Int64
    let sourceRow: Int64
    let payload: [UInt8]

    /// Whether it clears fields, so that its hash is not that of the record it makes.
    var hasClears: Bool { flags & 4 != 0 }
  }

  struct Committed {
    let id: Int64
    let version: Int64
    let hash: [UInt8]
    let isDeleted: Bool
    let isStub: Bool
    let changeSet: Int64
  }
}
