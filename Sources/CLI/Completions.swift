/// Scripts that complete verbs, options and their values as they are typed.
package enum Completions {
  /// A shell a script can be made for.
  package enum Shell: String, CaseIterable, Sendable { case bash, zsh, fish }

  /// The script for a shell; source it, or put it where the shell looks.
  package static func script(for shell: Shell, _ outlines: [Outline]) -> String {
    switch shell {
    case .bash: bash(outlines)
    case .zsh: zsh(outlines)
    case .fish: fish(outlines)
    }
  }

  private static func bash(_ outlines: [Outline]) -> String {
    var lines = ["# bash completion of trunkline; put: source <(trunkline completions bash)", "_trunkline() {"]
    lines += ["  local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\" words=\"\" verb=\"\""]
    lines += ["  if [ \"$COMP_CWORD\" -gt 1 ]; then verb=\"${COMP_WORDS[1]}\"; fi"]
    lines += ["  case \"$verb $before\" in"]
    for outline in outlines {
      for item in outline.items where item.takesValue {
        let action = item.choices.isEmpty ? "return" : "words=\"\(item.choices.joined(separator: " "))\""
        lines.append("    \"\(outline.verb) --\(item.long)\") \(action) ;;")
      }
    }
    lines += ["    *) case \"$verb\" in"]
    lines.append("      \"\") words=\"\(outlines.map(\.verb).joined(separator: " "))\" ;;")
    for outline in outlines {
      let words = outline.words + outline.items.map { "--" + $0.long }
      lines.append("      \(outline.verb)) words=\"\(words.joined(separator: " "))\" ;;")
    }
    lines += ["    esac ;;", "  esac", "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))", "}"]
    lines += ["complete -o default -F _trunkline trunkline"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func zsh(_ outlines: [Outline]) -> String {
    var lines = ["#compdef trunkline", "# zsh completion of trunkline; put this in a folder of $fpath as _trunkline"]
    lines += ["_trunkline() {", "  local -a verbs", "  verbs=("]
    lines += outlines.map { "    '\(quoted($0.verb + ":" + $0.summary))'" }
    lines += ["  )", "  if (( CURRENT == 2 )); then _describe verb verbs; return; fi", "  case $words[2] in"]
    for outline in outlines {
      lines.append("    \(outline.verb)) shift words; (( CURRENT-- )); _arguments \\")
      for item in outline.items {
        let help = bracketed(item.help)
        let value = item.takesValue ? ":\(item.long):" + zshValues(item) : ""
        lines.append("      '\(quoted("--\(item.long)[\(help)]\(value)"))' \\")
      }
      lines.append(
        outline.words.isEmpty
          ? "      '*:file:_files' ;;" : "      '1:word:(\(outline.words.joined(separator: " ")))' '*:file:_files' ;;")
    }
    lines += [
      "  esac", "}",
      "if [ \"$funcstack[1]\" = _trunkline ]; then _trunkline \"$@\"; else compdef _trunkline trunkline; fi",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func zshValues(_ item: Outline.Item) -> String {
    item.choices.isEmpty ? "_files" : "(\(item.choices.joined(separator: " ")))"
  }

  private static func fish(_ outlines: [Outline]) -> String {
    var lines = ["# fish completion of trunkline; put this in ~/.config/fish/completions/trunkline.fish"]
    for outline in outlines {
      lines.append(
        "complete -c trunkline -n __fish_use_subcommand -f -a \(outline.verb) -d '\(fishQuoted(outline.summary))'")
    }
    for outline in outlines {
      let when = "complete -c trunkline -n '__fish_seen_subcommand_from \(outline.verb)'"
      if !outline.words.isEmpty { lines.append("\(when) -f -a '\(outline.words.joined(separator: " "))'") }
      for item in outline.items {
        let short = item.short.map { " -s \($0)" } ?? ""
        let value =
          item.takesValue ? (item.choices.isEmpty ? " -r" : " -x -a '\(item.choices.joined(separator: " "))'") : ""
        lines.append("\(when) -l \(item.long)\(short)\(value) -d '\(fishQuoted(item.help))'")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Inside single quotes of zsh and bash.
  private static func quoted(_ text: String) -> String {
    text.reduce(into: "") { $0 += $1 == "'" ? "'\\''" : String($1) }
  }

  private static func fishQuoted(_ text: String) -> String {
    text.reduce(into: "") { $0 += $1 == "'" || $1 == "\\" ? "\\\($1)" : String($1) }
  }

  /// Help inside `[...]` of `_arguments`, where brackets and colons mean something.
  private static func bracketed(_ text: String) -> String {
    text.reduce(into: "") { $0 += "[]:\\".contains($1) ? "\\\($1)" : String($1) }
  }
}
