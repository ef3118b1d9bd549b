#!/usr/bin/env bats
# What shells and man get from the command table.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

# offers LINE CANDIDATE...: among what the line may go on with.
offers() {
  works completion line "$1"
  shift
  local value
  for value; do
    grep -q -- "^$value	" <<<"$output" || { echo "no '$value' in: $output" >&2; return 1; }
  done
}

@test "the manual page is clean mdoc" {
  command -v mandoc >/dev/null || skip "there is no mandoc"
  works manual -o dealwright.1
  run mandoc -T lint -W style dealwright.1
  lines=$(grep -v -e 'makewhatis' -e 'referenced manual not found' <<<"$output" || true)
  [ -z "$lines" ] || { echo "$lines" >&2; return 1; }
}

@test "the manual page tells every command, option and exit code" {
  works manual
  page=$output
  while read -r verb; do
    grep -q "^\.It Ic \"$verb\"" <<<"${page//\\-/-}" || { echo "no $verb in the manual" >&2; return 1; }
  done < <("$DEALWRIGHT" help | sed -n '/^commands$/,/^$/s/^  \([a-z-]*\) .*/\1/p')
  [[ $page == *"Fl d , Fl -db"* ]]
  [[ $page == *".It 74"* ]]
}

@test "a shell is offered verbs, options and values, with what they mean" {
  offers "dealwright sho" show
  shows "show	show one record"
  offers "dealwright --co" --columns --color
  offers "dealwright list deal stage=qual" stage=qualifying
  offers "dealwright list deal --color " auto always never
  offers "dealwright -f csv report win" win_rate
}

@test "a shell is offered names of the data as they are, also in an open quote" {
  offers 'dealwright show "ёлоч' 'Ёлочные игрушки'
  offers 'dealwright list deal client=Acm' 'client=Acme Clinic'
}

@test "a database named on the line is the one that completes" {
  dw -d other.db new client "Zebra" >/dev/null
  offers "dealwright -d other.db show Zeb" Zebra
  works completion line "dealwright show Zeb"
  hides "Zebra"
}

@test "where files may stand a shell is told so" {
  works completion line "dealwright -d "
  [ "$output" = ":files" ]
  works completion line "dealwright run "
  [ "$output" = ":files" ]
}

@test "a field that wants a value is left open" {
  works completion line "dealwright set 3 expected_c"
  [[ $output == ":open"* ]]
}

@test "completion for an unknown shell is refused with those that there are" {
  fails 2 completion tcsh
  says "bash, zsh or fish"
}

@test "bash completes by the script" {
  PATH=$(dirname "$DEALWRIGHT"):$PATH
  dw new client "O'Brien \$ Co" >/dev/null
  cat >try.bash <<'TRY'
    source <(dealwright completion bash)
    try() {
      COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=("${@:2}") COMP_CWORD=$(($# - 2))
      _dealwright 2>/dev/null
      printf '%s|' "${COMPREPLY[@]}"
      echo
    }
    try "dealwright repo" dealwright repo
    try "dealwright list deal stage=qual" dealwright list deal stage = qual
    try "dealwright list deal owner=" dealwright list deal owner =
    try "dealwright show ёлоч" dealwright show ёлоч
    try 'dealwright show "ёлоч' dealwright show '"ёлоч'
    try "dealwright show 'ёлоч" dealwright show "'ёлоч"
    try 'dealwright show "Ёлочные иг' dealwright show '"Ёлочные иг'
    try 'dealwright show Ёлочные\ иг' dealwright show 'Ёлочные\ иг'
    try 'dealwright set 3 client="Acme Cl' dealwright set 3 client = '"Acme Cl'
    try "dealwright set 3 client='O" dealwright set 3 client = "'O"
    try 'dealwright set 3 client="O' dealwright set 3 client = '"O'
    try "dealwright move 3 qua" dealwright move 3 qua
TRY
  run bash try.bash
  [ "${lines[0]}" = "report|" ]
  [ "${lines[1]}" = "qualifying|" ]
  [ "${lines[2]}" = 'Анна\ Орлова|' ]
  [ "${lines[3]}" = 'Ёлочные\ игрушки|' ]
  [ "${lines[4]}" = 'Ёлочные игрушки|' ]
  [ "${lines[5]}" = 'Ёлочные игрушки|' ]
  [ "${lines[6]}" = 'Ёлочные игрушки|' ]
  [ "${lines[7]}" = 'Ёлочные\ игрушки|' ]
  [ "${lines[8]}" = 'Acme Clinic|' ]
  [ "${lines[9]}" = "O'\\''Brien \$ Co|" ]
  [ "${lines[10]}" = "O'Brien \\\$ Co|" ]
  [ "${lines[11]}" = 'qualifying|' ]
}

@test "zsh completes by the script" {
  command -v zsh >/dev/null || skip "there is no zsh"
  PATH=$(dirname "$DEALWRIGHT"):$PATH
  cat >try.zsh <<'TRY'
    zmodload zsh/zpty
    zpty -b shell zsh -f
    zpty -w shell 'PS1=; autoload -Uz compinit; compinit -D -u; source <(dealwright completion zsh); echo rea""dy'
    zpty -r -m shell out '*ready*'
    zpty -w -n shell $'dealwright list deal stage=qual\t'
    zpty -r -m shell out '*qualifying*' && echo completed
    zpty -w -n shell $'\C-udealwright show "Acme C\t'
    zpty -r -m shell out '*"Acme Clinic"*' && echo quoted
    zpty -d shell
TRY
  run timeout 20 zsh -f try.zsh
  [[ $output == *completed* ]]
  [[ $output == *quoted* ]]
}

@test "fish completes by the script" {
  command -v fish >/dev/null || skip "there is no fish"
  PATH=$(dirname "$DEALWRIGHT"):$PATH
  touch try.fish
  run fish -c 'dealwright completion fish | source; complete -C "dealwright list deal stage=qual"; complete -C "dealwright repo"; complete -C "dealwright run try"; complete -C "dealwright list deal --output=try"'
  [[ $output == *"stage=qualifying	Qualifying"* ]]
  [[ $output == *"report	run a report"* ]]
  [[ $output == *$'\ntry.fish'* ]]
  [[ $output == *"--output=try.fish"* ]]
}
