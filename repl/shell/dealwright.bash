# Completion for bash. To use it now: source <(dealwright completion bash)
# The program says what may follow: lines of value, tab, description; ":files" and ":open" are marks.
_dealwright() {
  local line=${COMP_LINE:0:COMP_POINT} current value rest
  current=${line##*[[:space:]]}
  COMPREPLY=()
  while IFS=$'\t' read -r value rest; do
    case $value in
      :files) compopt -o default ;;
      :open) compopt -o nospace ;;
      *) COMPREPLY+=("$value") ;;
    esac
  done < <("${COMP_WORDS[0]}" completion line "$line" 2>/dev/null)
  # bash replaces only what follows the last of COMP_WORDBREAKS in the word
  if [[ $current == *[=:]* && $COMP_WORDBREAKS == *=* ]]; then
    COMPREPLY=("${COMPREPLY[@]#"${current%[=:]*}"[=:]}")
  fi
  [[ $current == [\"\']* ]] && return
  local i
  for i in "${!COMPREPLY[@]}"; do
    printf -v "COMPREPLY[i]" %q "${COMPREPLY[i]}"
    COMPREPLY[i]=${COMPREPLY[i]//\\=/=}
  done
}
complete -F _dealwright dealwright
