# Completion for bash. To use it now: source <(dealwright completion bash)
# The program says what may follow: lines of value, tab, description; ":files" and ":open" are marks.
_dealwright() {
  local line=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]} value rest
  COMPREPLY=()
  while IFS=$'\t' read -r value rest; do
    case $value in
      :files) compopt -o default ;;
      :open) compopt -o nospace ;;
      *) COMPREPLY+=("$value") ;;
    esac
  done < <("${COMP_WORDS[0]}" completion line "$line" 2>/dev/null)
  # bash replaces only what follows the last of COMP_WORDBREAKS in the word, an open quote apart
  [[ $current == [=:] ]] && current=
  local kept=${line%"$current"}
  kept=${kept##*[[:space:]]}
  COMPREPLY=("${COMPREPLY[@]#"$kept"}")
  local i reply
  for i in "${!COMPREPLY[@]}"; do
    reply=${COMPREPLY[i]}
    case $current in
      \'*) reply=${reply//\'/\'\\\'\'} ;;
      \"*) reply=$(printf %s "$reply" | sed 's/[\\"$`]/\\&/g') ;;
      *) printf -v reply %q "$reply" && reply=${reply//\\=/=} ;;
    esac
    COMPREPLY[i]=$reply
  done
}
complete -F _dealwright dealwright
