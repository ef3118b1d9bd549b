#include "repl/missing.h"

#include <string.h>

#include "base/translate.h"
#include "repl/commands/assignment.h"

enum { ITEMS_MAX = 64 };

/* One of "RECORD... [FIELD=VALUE]...", borrowed. */
struct item {
  const char *text;
  size_t length;
  bool used;
  bool given; /* one of those that repeat */
};

struct items {
  struct item of[ITEMS_MAX];
  size_t count;
};

/* Blanks inside brackets belong to one item. */
static size_t item_length(const char *at) {
  int depth = 0;
  size_t length = 0;
  for (; at[length] && (depth > 0 || at[length] != ' '); length++)
    depth += (at[length] == '[') - (at[length] == ']');
  return length;
}

static void read_items(struct items *items, const char *arguments) {
  for (const char *at = arguments; *at && items->count < ITEMS_MAX;) {
    size_t length = item_length(at);
    items->of[items->count++] = (struct item){.text = at, .length = length};
    at += length;
    at += strspn(at, " ");
  }
}

static bool repeats(const struct item *item) {
  return item->length > 3 && memcmp(item->text + item->length - 3, "...", 3) == 0;
}

static bool assigns(const struct item *item) {
  return memchr(item->text, '=', item->length) != NULL;
}

/* "[next=TEXT]" by "next=". */
static bool is_named(const struct item *item, const char *word) {
  size_t name = strcspn(word, "=") + 1, bracket = item->text[0] == '[';
  return item->length > bracket + name && strncmp(item->text + bracket, word, name) == 0;
}

/* Whatever is named may come in any order; else fields end what stands before them. */
static void use_assignment(struct items *items, const char *word) {
  for (size_t i = 0; i < items->count; i++)
    if (is_named(&items->of[i], word)) {
      items->of[i].used = true;
      return;
    }
  for (size_t i = 0; i < items->count && !assigns(&items->of[i]); i++)
    items->of[i].used = !repeats(&items->of[i]) || i + 1 < items->count;
}

/* The last one that repeats takes all the rest; before it even a repeated one is done by one word:
 * what comes next is of more use. */
static void use_word(struct items *items) {
  for (size_t i = 0; i < items->count; i++) {
    struct item *item = &items->of[i];
    bool lasts = repeats(item) && i + 1 == items->count;
    if (item->used || assigns(item))
      continue;
    item->used = !lasts;
    item->given = true;
    return;
  }
}

/* "RECORD..." after the first is "[RECORD]...". */
static void append_item(struct text *out, const struct item *item) {
  bool bracket = item->given && repeats(item) && item->text[0] != '[';
  size_t length = item->length - (bracket ? 3 : 0);
  text_append(out, bracket ? " [" : " ");
  text_append_bytes(out, item->text, length);
  text_append(out, bracket ? "]..." : "");
}

static void append_items(struct text *out, const struct items *items) {
  for (size_t i = 0; i < items->count; i++)
    if (!items->of[i].used)
      append_item(out, &items->of[i]);
}

static bool is_given(const struct spot *spot, const struct field *param) {
  size_t length = strlen(param->name);
  for (size_t i = 0; i < spot->arguments; i++) {
    const char *word = spot_argument(spot, i);
    if (strncmp(word, param->name, length) == 0 && word[length] == '=')
      return true;
  }
  return false;
}

static void append_params(struct text *out, const struct spot *spot, const struct list *params) {
  for (size_t i = 0; i < params->count; i++) {
    const struct field *param = list_at(params, i);
    bool required = param->flags & FIELD_REQUIRED;
    if (!is_given(spot, param))
      text_format(out, required ? " %s=%s" : " [%s=%s]", param->name, field_type_name(param->type));
  }
}

/* Which word went to which parameter only the reading of them can tell. The items stand in the
 * order of the parameters. */
static void use_declared(struct items *items, const struct spot *spot,
                         const struct session *session) {
  const struct verb *verb = spot->command->declared;
  struct declared_words given = {0};
  const char *words[ITEMS_MAX];
  struct error ignored;
  size_t count = spot->arguments < ITEMS_MAX ? spot->arguments : ITEMS_MAX;
  for (size_t i = 0; i < count; i++)
    words[i] = spot_argument(spot, i);
  if (declared_assign(verb, session->engine, words, count, &given, &ignored))
    for (size_t i = 0; i < items->count && i < verb->params.count; i++)
      items->of[i].used = given.of[i] && (int)i != verb->rest;
  declared_words_release(&given);
}

static void use_built_in(struct items *items, const struct spot *spot) {
  for (size_t i = 0; i < spot->arguments; i++) {
    const char *word = spot_argument(spot, i);
    if (assignment_is(word))
      use_assignment(items, word);
    else
      use_word(items);
  }
}

void missing_append(struct text *out, const struct spot *spot, const struct session *session) {
  const struct list *params = spot_params(spot, session);
  struct items items = {0};
  if (spot->option) {
    text_format(out, " %s", translate(spot->option->argument));
    return;
  }
  if (params && !spot->command->declared) {
    append_params(out, spot, params);
    if (!(spot->command->completes & COMPLETES_DRAWN))
      return;
    read_items(&items, translate(spot->command->arguments));
    use_built_in(&items, spot);
    for (size_t i = 0; i < items.count; i++)
      items.of[i].used = items.of[i].used || assigns(&items.of[i]);
    append_items(out, &items);
    return;
  }
  read_items(&items, translate(spot->command->arguments));
  if (spot->command->declared)
    use_declared(&items, spot, session);
  else
    use_built_in(&items, spot);
  append_items(out, &items);
}
