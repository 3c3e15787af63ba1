import YAML

/// The words that follow `trunkline`, in the order data meets them.
package enum Verbs {
  /// One of them: its executable and what it is given before the person's own words.
  package struct Verb: Sendable, Equatable {
    package let name: String
    package let summary: String
    /// Empty for what the front door does itself.
    package let executable: String
    package let leading: [String]

    init(_ name: String, _ summary: String, executable: String? = nil, leading: [String] = []) {
      self.name = name
      self.summary = summary
      self.executable = executable ?? "trunkline-\(name)"
      self.leading = leading
    }
  }

  package static let all: [Verb] = [
    Verb("extract", "files to records, each with its origin"),
    Verb("ocr", "pages without usable text: their words, recognised from the image"),
    Verb("map", "records to the inventory's own fields, by a mapping file"),
    Verb("stage", "canonical records into the staging area of a run"),
    Verb("diff", "staged against committed: a change set"),
    Verb("review", "values read from documents beside the words that say them"),
    Verb("approve", "a person's decision about a change set"),
    Verb("commit", "an approved change set into the database, in one transaction"),
    Verb("revert", "the inverse of a committed change set, as a new one"),
    Verb("changes", "change sets: list and show"),
    Verb("audit", "the record of who changed what: verify its chain"),
    Verb("report", "workbooks from what is committed"),
    Verb("errors", "rejected and doubtful rows as a workbook to correct"),
    Verb("fix", "a corrected workbook back through map, stage and diff"),
    Verb("export", "committed records as a table to edit and bring back"),
    Verb("init", "a new database and its first user"),
    Verb("config", "settings in force and where each came from"),
    Verb("ai", "the model that may be asked: test it"),
    Verb("db", "the database: migrate, status, doctor"),
    Verb("seed", "the sample inventory, through the same path as any other"),
    Verb("doctor", "is everything in order (trunkline db doctor)", executable: "trunkline-db", leading: ["doctor"]),
    Verb("completions", "completions for bash, zsh or fish", executable: ""),
    Verb("help", "this list, or the help of one verb", executable: ""),
  ]

  /// The verb of a name.
  package static func named(_ name: String) -> Verb? { all.first { $0.name == name } }

  /// The refusal of an unknown verb, status 64.
  package static func unknown(_ name: String) -> Failure {
    let hint = Suggestion.hint(for: name, in: all.map(\.name)) ?? "see trunkline help"
    return Failure(.usage, "unknown verb \"\(name)\"", hint: hint)
  }

  /// What `trunkline` alone prints.
  package static var page: String {
    let lines =
      ["trunkline: circuit inventories, contracts and money, each change approved by a person", ""]
      + ["usage: trunkline VERB [options] [arguments]", "", "verbs:"]
      + HelpText.table(all.map { ($0.name, $0.summary) })
      + ["", "trunkline VERB --help shows a verb's options, examples and exit status"]
    return lines.joined(separator: "\n") + "\n"
  }
}
