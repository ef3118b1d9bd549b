#include "engine/parts.h"

#include "base/memory.h"
#include "engine/json.h"

bool parts_open(struct parts *parts, const struct scorecard *card, struct error *err) {
  size_t count = card->rules.count;
  *parts = (struct parts){.count = count, .ends = memory_new_array(count, sizeof *parts->ends)};
  for (size_t i = 0; parts->ends && i < count; i++) {
    const struct score_rule *rule = *(struct score_rule **)list_at(&card->rules, i);
    text_append(&parts->heads, "{\"id\":");
    json_text(&parts->heads, rule->id);
    text_append(&parts->heads, ",\"points\":");
    parts->ends[i] = parts->heads.length;
  }
  if (parts->ends && !parts->heads.failed)
    return true;
  parts_close(parts);
  return error_memory(err);
}

void parts_close(struct parts *parts) {
  memory_free(parts->ends);
  parts->ends = NULL;
  text_release(&parts->heads);
}

bool parts_write(const struct parts *parts, const struct score_answer *answer, struct text *out,
                 struct error *err) {
  size_t start = 0;
  text_clear(out);
  text_append_char(out, '[');
  for (size_t i = 0; i < parts->count; start = parts->ends[i++]) {
    if (answer->points[i] == 0 && !answer->broken[i])
      continue;
    if (out->length > 1)
      text_append_char(out, ',');
    text_append_bytes(out, parts->heads.data + start, parts->ends[i] - start);
    json_number(out, answer->points[i]);
    text_append(out, answer->broken[i] ? ",\"broken\":true}" : "}");
  }
  text_append_char(out, ']');
  return text_check(out, err);
}
