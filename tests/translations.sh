#!/bin/sh
# The catalogues have a translation of every text of the sources, none by guess, and nothing else.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

"$root/core/translations/extract.sh" "$work/texts.pot" 2>"$work/warnings"
count=$(grep -c '^msgid ' "$work/texts.pot")
if [ "$count" -lt 500 ]; then
  echo "only $count texts were found in the sources: the test looks at nothing"
  exit 1
fi

for catalogue in "$root"/core/translations/*.po; do
  name=$(basename "$catalogue")
  if ! msgcmp "$catalogue" "$work/texts.pot" >"$work/said" 2>&1 || [ -s "$work/said" ]; then
    failed=1
    echo "$name is not what the sources say; run core/translations/refresh.sh and translate what it lists:"
    sed "s|^$root/||" "$work/said"
  fi
  for kind in --untranslated --only-fuzzy --only-obsolete; do
    if msgattrib $kind "$catalogue" | grep -q .; then
      failed=1
      echo "$name has entries that are $kind:"
      msgattrib $kind --no-wrap "$catalogue" | grep '^\(#~ \)\?msgid' | tail -n +2
    fi
  done
done
exit $failed
