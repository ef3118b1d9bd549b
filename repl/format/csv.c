#include "engine/export.h"
#include "repl/format/format.h"
#include "repl/format/safe.h"

/* Files get every byte; a terminal gets none that could command it. */
static bool append_rows(const struct result *result, const struct style *style, char delimiter,
                        struct text *out, struct error *err) {
  if (!style->terminal)
    return export_csv(result, delimiter, !style->raw, out, err);
  struct text rows = {0};
  bool done = export_csv(result, delimiter, !style->raw, &rows, err);
  if (done)
    safe_append(out, text_string(&rows), rows.length, SAFE_KEEP_LINES | SAFE_KEEP_TABS,
                style->ascii);
  text_release(&rows);
  return done;
}

bool csv_write(const struct result *result, const struct style *style, struct text *out,
               struct error *err) {
  return append_rows(result, style, ',', out, err);
}

bool tsv_write(const struct result *result, const struct style *style, struct text *out,
               struct error *err) {
  return append_rows(result, style, '\t', out, err);
}
