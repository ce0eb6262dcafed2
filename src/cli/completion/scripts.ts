/** Completion scripts by shell. Each asks `heropods __complete` for the candidates of the word at the cursor. */
export const completionScripts: Readonly<Record<string, string>> = {
  bash: `# heropods completion for bash: source <(heropods completion bash)
_heropods() {
  # Bash splits words at = : and @; heropods splits at blanks only.
  local line="\${COMP_LINE:0:COMP_POINT}" word="\${COMP_WORDS[COMP_CWORD]}" typed prefix paths candidate
  local -a words candidates
  read -ra words <<< "$line"
  [[ "$line" == *[[:blank:]] ]] && words+=("")
  typed="\${words[\${#words[@]}-1]}"
  [[ "$typed" == *"$word" ]] && prefix="\${typed%"$word"}" || prefix=""
  [[ -z "$word" || "$word" == [=:@] ]] && prefix="$typed"
  [[ "$word" == [=:@] ]] && word=""
  mapfile -t candidates < <("\${words[0]}" __complete "\${words[@]:1}" 2>/dev/null)
  paths="\${candidates[0]}"
  COMPREPLY=()
  for candidate in "\${candidates[@]:1}"; do
    candidate="\${candidate%%$'\\t'*}"
    COMPREPLY+=("\${candidate#"$prefix"}")
  done
  case "$paths" in
    :file) mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$word"); compopt -o filenames 2>/dev/null ;;
    :folder) mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$word"); compopt -o filenames 2>/dev/null ;;
  esac
  [[ "\${COMPREPLY[0]}" == --*= ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -F _heropods heropods`,
  zsh: `#compdef heropods
# heropods completion for zsh: source <(heropods completion zsh)
_heropods() {
  local -a lines list
  local line
  lines=("\${(@f)$("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in "\${(@)lines[2,-1]}"; do
    [[ -z "$line" ]] && continue
    if [[ "$line" == *$'\\t'* ]]; then
      list+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    else
      list+=("\${line//:/\\\\:}")
    fi
  done
  (( \${#list} )) && _describe -t heropods heropods list
  case "\${lines[1]}" in
    :file) _files ;;
    :folder) _files -/ ;;
  esac
}
compdef _heropods heropods`,
  fish: `# heropods completion for fish: heropods completion fish | source
function __heropods_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l lines ($words[1] __complete $words[2..-1] 2>/dev/null)
  string join \\n -- $lines[2..-1]
  switch "$lines[1]"
    case :file
      __fish_complete_path (commandline -ct)
    case :folder
      __fish_complete_directories (commandline -ct)
  end
end
complete -c heropods -f -a '(__heropods_complete)'`,
}
