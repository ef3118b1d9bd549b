#include "engine/lab/comparison.h"

#include <string.h>

#include "base/difference.h"
#include "base/memory.h"
#include "base/translate.h"
#include "model/ruleset.h"

static const char *const change_names[] = {
    [LAB_ADDED] = N_("added"), [LAB_REMOVED] = N_("removed"), [LAB_CHANGED] = N_("changed")};

const char *lab_change_name(enum lab_change change) {
  return change_names[change];
}

void lab_rules_init(struct lab_rules *rules, const char *source, size_t length) {
  *rules = (struct lab_rules){source, length, {.size = sizeof(struct lab_item)}};
}

void lab_rules_release(struct lab_rules *rules) {
  for (size_t i = 0; i < rules->items.count; i++) {
    struct lab_item *item = list_at(&rules->items, i);
    memory_free(item->what);
    memory_free(item->id);
    memory_free(item->text);
    memory_free(item->own);
    place_release(&item->place);
  }
  list_release(&rules->items);
}

static struct lab_item *item_at(const struct lab_rules *rules, size_t index) {
  return list_at(&rules->items, index);
}

/* A criterion that blocks now and only warned before is the same criterion. */
static const char *family_of(const char *what) {
  bool criterion = strcmp(what, "must") == 0 || strcmp(what, "should") == 0;
  return criterion ? "criterion" : what;
}

static bool is_called(const struct lab_item *a, const struct lab_item *b) {
  return strcmp(a->id, b->id) == 0 && strcmp(family_of(a->what), family_of(b->what)) == 0;
}

bool lab_rules_add(struct lab_rules *rules, const struct lab_item *item, struct error *err) {
  int nth = 0;
  for (size_t i = 0; i < rules->items.count; i++)
    nth += is_called(item_at(rules, i), item);
  struct lab_item *own = list_add(&rules->items, err);
  if (!own)
    return false;
  own->nth = nth;
  own->last = item->last;
  own->place.line = item->place.line;
  own->what = memory_copy_text(item->what);
  own->id = memory_copy_text(item->id);
  own->text = memory_copy_text(item->text);
  own->place.file = memory_copy_text(item->place.file);
  bool done =
      own->what && own->id && (own->text || !item->text) && (own->place.file || !item->place.file);
  return done || error_memory(err);
}

static bool is_in_file(const struct lab_item *item, const struct ruleset_file *file) {
  return item->place.file && strlen(item->place.file) == file->name_length &&
         memcmp(item->place.file, file->name, file->name_length) == 0;
}

/* Whose line it is: the innermost declaration over it; NULL: nobody's. */
static struct lab_item *owner_of(const struct lab_rules *rules, const struct ruleset_file *file,
                                 int line) {
  struct lab_item *owner = NULL;
  for (size_t i = 0; i < rules->items.count; i++) {
    struct lab_item *item = item_at(rules, i);
    if (line < item->place.line || line > item->last || !is_in_file(item, file))
      continue;
    if (!owner || item->place.line > owner->place.line ||
        (item->place.line == owner->place.line && item->last < owner->last))
      owner = item;
  }
  return owner;
}

static bool append_own(struct lab_item *item, const char *line, size_t length, struct error *err) {
  struct text own = {0};
  text_append(&own, item->own ? item->own : "");
  text_append_bytes(&own, line, length);
  text_append_char(&own, '\n');
  memory_free(item->own);
  item->own = text_take(&own, err);
  return item->own != NULL;
}

/* What no declaration holds is an item of its own, called like the file. */
static bool add_rest(struct lab_rules *rules, const struct ruleset_file *file, struct text *rest,
                     struct error *err) {
  struct text name = {0};
  text_append_bytes(&name, file->name, file->name_length);
  const struct lab_item item = {
      .what = (char[]){"file"},
      .id = (char *)text_string(&name),
      .place = { (char *)text_string(&name),     1}
  };
  bool done = text_check(&name, err) && lab_rules_add(rules, &item, err) &&
              (item_at(rules, rules->items.count - 1)->own = text_take(rest, err)) != NULL;
  text_release(&name);
  return done;
}

static bool close_file(struct lab_rules *rules, const struct ruleset_file *file,
                       struct error *err) {
  struct text rest = {0};
  const char *at = file->text, *end = at + file->length;
  bool done = true;
  for (int line = 1; done && at < end; line++) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    const char *stop = newline ? newline : end;
    struct lab_item *owner = owner_of(rules, file, line);
    if (owner) {
      done = append_own(owner, at, (size_t)(stop - at), err);
    } else {
      text_append_bytes(&rest, at, (size_t)(stop - at));
      text_append_char(&rest, '\n');
    }
    at = newline ? newline + 1 : end;
  }
  done = done && add_rest(rules, file, &rest, err);
  text_release(&rest);
  return done;
}

bool lab_rules_close(struct lab_rules *rules, struct error *err) {
  struct ruleset_file file = {0};
  while (ruleset_next(&file, rules->source, rules->length))
    if (!close_file(rules, &file, err))
      return false;
  return true;
}

static struct lab_item *counterpart(const struct lab_rules *rules, const struct lab_item *item) {
  for (size_t i = 0; i < rules->items.count; i++) {
    struct lab_item *other = item_at(rules, i);
    if (other->nth == item->nth && is_called(other, item))
      return other;
  }
  return NULL;
}

static bool is_same(const struct lab_item *a, const struct lab_item *b) {
  return strcmp(a->own ? a->own : "", b->own ? b->own : "") == 0 && strcmp(a->what, b->what) == 0;
}

bool lab_compare(struct lab_rules *before, struct lab_rules *after, lab_change_fn each,
                 void *payload, struct error *err) {
  for (size_t i = 0; i < after->items.count; i++)
    item_at(after, i)->met = false;
  for (size_t i = 0; i < before->items.count; i++) {
    const struct lab_item *item = item_at(before, i);
    struct lab_item *now = counterpart(after, item);
    if (now)
      now->met = true;
    if (now && is_same(item, now))
      continue;
    if (!each(payload, now ? LAB_CHANGED : LAB_REMOVED, now ? now : item, err))
      return false;
  }
  for (size_t i = 0; i < after->items.count; i++)
    if (!item_at(after, i)->met && !each(payload, LAB_ADDED, item_at(after, i), err))
      return false;
  return true;
}

static bool find_file(const struct lab_rules *rules, const struct ruleset_file *named,
                      struct ruleset_file *out) {
  *out = (struct ruleset_file){0};
  while (ruleset_next(out, rules->source, rules->length))
    if (out->name_length == named->name_length &&
        memcmp(out->name, named->name, named->name_length) == 0)
      return true;
  *out = (struct ruleset_file){0};
  return false;
}

static bool append_file(struct text *out, const struct ruleset_file *named,
                        const struct ruleset_file *before, const struct ruleset_file *after,
                        struct error *err) {
  struct text name = {0};
  text_append_bytes(&name, named->name, named->name_length);
  const struct difference_side old = {text_string(&name), before->text, before->length},
                               new = {text_string(&name), after->text, after->length};
  bool done = text_check(&name, err) && difference_append(out, &old, &new, err);
  text_release(&name);
  return done;
}

bool lab_compare_lines(const struct lab_rules *before, const struct lab_rules *after,
                       struct text *out, struct error *err) {
  struct ruleset_file file = {0}, other;
  while (ruleset_next(&file, before->source, before->length)) {
    find_file(after, &file, &other);
    if (!append_file(out, &file, &file, &other, err))
      return false;
  }
  for (file = (struct ruleset_file){0}; ruleset_next(&file, after->source, after->length);)
    if (!find_file(before, &file, &other) && !append_file(out, &file, &other, &file, err))
      return false;
  return true;
}
