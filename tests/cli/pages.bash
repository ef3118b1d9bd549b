# Pages of the documents that are played: blocks ```console DAY in order on one book, with the clock at that day. Behind "$ " stands what is typed,
# below it what is printed, if the page shows it. A line "…" stands for any lines. A command that ends in "# refused" exits with 1, in "# differ"
# with 3. Blocks ```csv FILE and ```lua FILE write that file.

# matches OUTPUT EXPECTED: but for the lines at which rules stand in their files
matches() {
  local said pattern
  # shellcheck disable=SC2001 # a number of any length
  said=$(sed 's/\.lua:[0-9]*/.lua/' <<<"$1")
  pattern=$(sed -e 's/\.lua:[0-9]*/.lua/' -e 's/[][\\*?]/\\&/g' -e 's/^…$/*/' <<<"$2")
  # shellcheck disable=SC2053 # a pattern on purpose
  [[ $said == $pattern ]]
}

# play DAY COMMAND EXPECTED
play() {
  local wanted=0 said code=0
  case $2 in
  *"# refused") wanted=1 ;;
  *"# differ") wanted=3 ;;
  esac
  said=$(bash -c "dealwright() { \"\$DEALWRIGHT\" --now $1T09:00:00Z \"\$@\"; }; $2" 2>&1 </dev/null) || code=$?
  [ "$code" -eq "$wanted" ] || { printf '%s\nexit %s, not %s:\n%s\n' "$2" "$code" "$wanted" "$said"; return 1; }
  [ -z "$3" ] || matches "$said" "$3" || { printf '%s\nprints:\n%s\nnot:\n%s\n' "$2" "$said" "$3"; return 1; }
}

# begin_file FILE: empties it and names it as the one being written
begin_file() {
  case $1 in */*) mkdir -p "${1%/*}" ;; esac
  : >"$1"
}

# play_page PAGE LEAST: plays all of it, at least that many commands
play_page() {
  local line kind="" day="" file="" command="" expected="" count=0
  while IFS= read -r line <&3; do
    case $kind,$line in
    ,'```console '*) kind=console day=${line#'```console '} ;;
    ,'```csv '* | ,'```lua '*) kind=file file=${line#*' '} && begin_file "$file" ;;
    console,'$ '* | console,'```')
      if [ -n "$command" ]; then
        play "$day" "$command" "$expected" || return 1
        count=$((count + 1))
      fi
      command="" expected=""
      if [ "$line" = '```' ]; then kind=""; else command=${line#'$ '}; fi
      ;;
    console,*) expected+=${expected:+$'\n'}$line ;;
    file,'```') kind="" ;;
    file,*) printf '%s\n' "$line" >>"$file" ;;
    esac
  done 3<"$1"
  [ -z "$kind" ] || { echo "the block '$kind' is not closed"; return 1; }
  [ "$count" -ge "$2" ] || { echo "only $count commands"; return 1; }
}
