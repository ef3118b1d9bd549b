#include "engine/verdict.h"

#include <string.h>

#include "base/memory.h"
#include "engine/json.h"
#include "engine/process.h"

void verdict_init(struct verdict *verdict) {
  *verdict = (struct verdict){.items = {.size = sizeof(struct verdict_item)}};
}

static void release_item(struct verdict_item *item) {
  for (size_t i = 0; i < item->reads.count; i++) {
    struct verdict_read *read = list_at(&item->reads, i);
    memory_free(read->path);
    value_release(&read->value);
  }
  list_release(&item->reads);
  memory_free(item->detail);
  memory_free(item->fix);
}

void verdict_release(struct verdict *verdict) {
  for (size_t i = 0; i < verdict->items.count; i++)
    release_item(list_at(&verdict->items, i));
  list_release(&verdict->items);
  memory_free(verdict->from);
  memory_free(verdict->to);
  memory_free(verdict->structural);
  verdict_init(verdict);
}

static size_t count_failed(const struct verdict *verdict, enum level level) {
  size_t count = 0;
  for (size_t i = 0; i < verdict->items.count; i++) {
    const struct verdict_item *item = list_at(&verdict->items, i);
    bool failed = item->outcome == OUTCOME_FAIL || item->outcome == OUTCOME_BROKEN;
    count += failed && item->criterion->level == level;
  }
  return count;
}

size_t verdict_blocking(const struct verdict *verdict) {
  return count_failed(verdict, LEVEL_MUST);
}

size_t verdict_warnings(const struct verdict *verdict) {
  return count_failed(verdict, LEVEL_SHOULD);
}

static bool is_noted(const struct verdict_item *item, const char *path) {
  for (size_t i = 0; i < item->reads.count; i++) {
    const struct verdict_read *read = list_at(&item->reads, i);
    if (strcmp(read->path, path) == 0)
      return true;
  }
  return false;
}

static bool add_read(struct verdict_item *item, const char *path, const struct value *value,
                     bool reference, struct error *err) {
  struct value copy;
  if (is_noted(item, path))
    return true;
  if (!value_copy(&copy, value, err))
    return false;
  char *kept = memory_copy_text(path);
  struct verdict_read *read = kept ? list_add(&item->reads, err) : NULL;
  if (!read) {
    memory_free(kept);
    value_release(&copy);
    return error_memory(err);
  }
  *read = (struct verdict_read){kept, copy, reference};
  return true;
}

bool verdict_note(struct verdict_item *item, const char *path, const struct value *value,
                  struct error *err) {
  return add_read(item, path, value, false, err);
}

bool verdict_note_reference(struct verdict_item *item, const char *path, int64_t id,
                            struct error *err) {
  struct value value = value_integer(id);
  return add_read(item, path, &value, true, err);
}

const char *outcome_name(enum outcome outcome) {
  static const char *const names[] = {"pass", "fail", "broken", "exempt"};
  return names[outcome];
}

static void write_reads(const struct verdict_item *item, struct text *out) {
  if (item->reads.count == 0)
    return;
  text_append(out, ",\"reads\":{");
  for (size_t i = 0; i < item->reads.count; i++) {
    const struct verdict_read *read = list_at(&item->reads, i);
    if (i > 0)
      text_append_char(out, ',');
    json_text(out, read->path);
    text_append_char(out, ':');
    json_value(out, &read->value);
  }
  text_append_char(out, '}');
}

static void write_item(const struct verdict_item *item, struct text *out) {
  text_append(out, "{\"id\":");
  json_text(out, item->criterion->id);
  text_append(out, item->criterion->level == LEVEL_MUST ? ",\"level\":\"must\""
                                                        : ",\"level\":\"should\"");
  text_append(out, ",\"outcome\":\"");
  text_append(out, outcome_name(item->outcome));
  text_append_char(out, '"');
  if (item->detail) {
    text_append(out, ",\"detail\":");
    json_text(out, item->detail);
  }
  write_reads(item, out);
  text_append_char(out, '}');
}

bool verdict_write(const struct verdict *verdict, struct text *out, struct error *err) {
  text_append(out, verdict->allowed ? "{\"allowed\":true" : "{\"allowed\":false");
  if (verdict->forced)
    text_append(out, ",\"forced\":true");
  if (verdict->structural) {
    text_append(out, ",\"structural\":");
    json_text(out, verdict->structural);
  }
  text_append(out, ",\"items\":[");
  for (size_t i = 0; i < verdict->items.count; i++) {
    if (i > 0)
      text_append_char(out, ',');
    write_item(list_at(&verdict->items, i), out);
  }
  text_append(out, "]}");
  return text_check(out, err);
}
