#include "engine/export.h"
#include "repl/format/format.h"
#include "repl/format/safe.h"

typedef bool (*export_fn)(const struct result *result, struct text *out, struct error *err);

static bool append_json(const struct result *result, const struct style *style, export_fn export_as,
                        struct text *out, struct error *err) {
  if (!style->terminal)
    return export_as(result, out, err);
  struct text json = {0};
  bool done = export_as(result, &json, err);
  if (done)
    safe_append(out, text_string(&json), json.length, SAFE_KEEP_LINES, style->ascii);
  text_release(&json);
  return done;
}

bool json_write(const struct result *result, const struct style *style, struct text *out,
                struct error *err) {
  return append_json(result, style, export_json, out, err);
}

bool ndjson_write(const struct result *result, const struct style *style, struct text *out,
                  struct error *err) {
  return append_json(result, style, export_ndjson, out, err);
}
