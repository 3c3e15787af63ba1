import CLI

/// The chain over several tables as one run: each table extracted and mapped in turn, all staged and compared together.
enum SeedChain {
  /// Runs it and answers the exit status of `diff`; a step that fails before it shows as a stream without its end.
  static func run(_ invocation: Invocation, _ tables: [(table: String, mapping: String)]) throws -> Int32 {
    try Chain.inherit(invocation)
    let (extract, map) = (Chain.program("extract"), Chain.program("map"))
    let each = tables.map { table in
      "\(extract) \(Chain.quoted(table.table)) | \(map) --mapping \(Chain.quoted(table.mapping))"
    }
    let actor = invocation.value("as").map { " --as " + Chain.quoted($0) } ?? ""
    let (stage, diff) = (Chain.program("stage"), Chain.program("diff"))
    return try Chain.shell("{ \(each.joined(separator: "; ")); } | \(stage)\(actor) | \(diff)\(actor)")
  }
}
