#!/bin/sh
# Brings ru.po up to date with the sources: new texts come in untranslated, those that are gone go.
# Then translate what it lists, in ru.po, and run it again: it should list nothing.
set -eu
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
template=$(mktemp)
trap 'rm -f "$template"' EXIT
"$folder/extract.sh" "$template"
for catalogue in "$folder"/*.po; do
  msgmerge --quiet --no-fuzzy-matching --no-wrap --sort-by-file --output-file="$catalogue.new" "$catalogue" "$template"
  msgattrib --no-wrap --no-obsolete --output-file="$catalogue" "$catalogue.new"
  rm -f "$catalogue.new"
  msgfmt --check --check-format --output-file=/dev/null "$catalogue"
  echo "not translated in $(basename "$catalogue"):"
  msgattrib --no-wrap --untranslated "$catalogue" | grep '^msgid' | tail -n +2 || true
done
