#!/bin/sh
# extract.sh OUTPUT: every text of the sources that a person may read, as a template of gettext.
# ru.po must have a translation of each and of nothing else; tests/translations.sh compares them.
set -eu
LC_ALL=C.UTF-8
export LC_ALL

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
output=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"

# A function that takes a text shows it, and N_() marks one that is shown elsewhere.
find core lua/bind repl -name '*.c' -o -name '*.h' | sort >"$work/c"
xgettext --language=C --from-code=UTF-8 --files-from="$work/c" --add-location=file --no-wrap \
  --keyword --keyword=N_ --keyword=translate --keyword=translate_plural:1,2 \
  --keyword=error_set:3 --keyword=error_prefix:2 --keyword=bind_fail:2 \
  --flag=error_set:3:c-format --flag=error_prefix:2:c-format --flag=bind_fail:2:c-format \
  --output="$work/c.pot"
find lua/prelude scripts -name '*.lua' | sort >"$work/lua"
xgettext --language=Lua --from-code=UTF-8 --files-from="$work/lua" --add-location=file --no-wrap \
  --force-po --keyword --keyword=tr --keyword=trn:1,2 --output="$work/lua.pot"

# "%s: " and the like have nothing to translate: an entry stays when letters are left of its text.
msgcat --no-wrap --sort-by-file --use-first "$work/c.pot" "$work/lua.pot" |
  sed '/^"POT-Creation-Date:/d' |
  awk 'BEGIN { RS = ""; ORS = "\n\n" }
    {
      text = ""
      count = split($0, lines, "\n")
      for (i = 1; i <= count; i++)
        if (lines[i] ~ /^(msgid |")/) text = text lines[i]
      gsub(/msgid |"/, "", text)
      gsub(/\\.|%<[A-Za-z0-9]*>|%[-+ 0-9.*lz]*[a-zA-Z]|\{[a-z_.]*\}/, "", text)
      if (NR == 1 || text ~ /[A-Za-z]/) print
    }' >"$output"
