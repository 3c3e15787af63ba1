import CLI

/// A command with one of everything, for the parser and the help page.
let sample = CommandSpec(
  name: "trunkline-sample", summary: "circuits in, circuits out", usage: "[options] KIND FILE...",
  arguments: [
    Argument("KIND", "what to read", choices: ["circuits", "contracts"]),
    Argument("FILE", "a file, or - for standard input", isRequired: false, isRepeatable: true),
  ],
  options: [
    .database,
    .value("header-row", "N", short: "r", "the row that names the columns"),
    .value("format", "KIND", "how to print", choices: ["text", "json"], fallback: "text"),
    .list("total", "TEXT", short: "t", "an amount a person expects", hasTwin: false),
    .list("sheet", "NAME", "a sheet to read"),
    .flag("explain", short: "e", "say why"),
    .flag("all", short: "a", "everything"),
  ],
  examples: [.init("trunkline sample circuits a.csv", "one file")],
  exits: [.rejects], notes: ["amounts keep their currency"])

/// The sample run over words, variables and, through `--config`, no file at all.
func invoke(_ words: [String], _ environment: [String: String] = [:]) throws -> Invocation {
  try Program.invocation(sample, words: words, environment: Environment(environment))
}
