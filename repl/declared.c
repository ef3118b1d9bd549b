#include "repl/declared.h"

#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"
#include "base/words.h"
#include "engine/param.h"

static const struct field *param_at(const struct verb *verb, size_t index) {
  return list_at(&verb->params, index);
}

void declared_release(struct declared *declared) {
  for (size_t i = 0; i < declared->arguments.count; i++)
    memory_free(*(char **)list_at(&declared->arguments, i));
  list_release(&declared->arguments);
  list_release(&declared->commands);
}

/* ON [OWNER] [WORDS]... */
static char *describe_arguments(const struct verb *verb, struct error *err) {
  struct text out = {0};
  for (size_t i = 0; i < verb->params.count; i++) {
    const struct field *param = param_at(verb, i);
    bool required = param->flags & FIELD_REQUIRED;
    text_append(&out, i ? " " : "");
    text_append(&out, required ? "" : "[");
    if (verb_is_named(verb, i))
      text_format(&out, "%s=", param->name);
    for (const char *at = param->name; *at; at++)
      text_append_char(&out, *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at);
    text_append(&out, required ? "" : "]");
    text_append(&out, (int)i == verb->rest ? "..." : "");
  }
  return text_take(&out, err);
}

static bool add(struct declared *declared, const struct verb *verb, struct error *err) {
  char **arguments = list_add(&declared->arguments, err);
  if (!arguments || !(*arguments = describe_arguments(verb, err)))
    return false;
  struct command *command = list_add(&declared->commands, err);
  if (!command)
    return false;
  *command = (struct command){
      .verb = verb->name,
      .arguments = *arguments,
      .summary = translate_twin(verb->summary, verb->summary_ru),
      .examples = verb_examples(verb),
      .flags = COMMAND_NEEDS_BOOK | (verb->writes ? COMMAND_WRITES : 0),
      .declared = verb,
      .run = command_run_declared,
  };
  return true;
}

bool declared_fill(struct declared *declared, const struct engine *engine, struct error *err) {
  const struct list *verbs = &engine->rules->verbs;
  declared_release(declared);
  declared->commands.size = sizeof(struct command);
  declared->arguments.size = sizeof(char *);
  bool done = true;
  for (size_t i = 0; done && i < verbs->count; i++)
    done = add(declared, *(struct verb **)list_at(verbs, i), err);
  if (!done)
    declared_release(declared);
  return done;
}

void declared_words_release(struct declared_words *words) {
  for (size_t i = 0; i < VERB_PARAMS_MAX; i++)
    memory_free(words->of[i]);
  *words = (struct declared_words){0};
}

/* One assignment of words under way. */
struct assignment {
  const struct verb *verb;
  struct engine *engine;
  struct declared_words *out;
  const char *const *words; /* those that are not taken yet */
  size_t left;              /* how many */
  size_t next;              /* the first parameter that positional words may still go to */
  bool closed;              /* the rest began with a bare word: all that follows belongs to it */
};

/* "1 мая 2026 14:00": as many words may be one value. */
enum { RUN_MAX = 4 };

static void take(struct assignment *to, size_t count) {
  to->words += count;
  to->left -= count;
}

/* from: where in the line what the word was made of begins. */
static bool give(struct assignment *to, size_t param, const char *word, const char *from,
                 struct error *err) {
  if (to->out->of[param]) {
    error_set(err, ERROR_USAGE, "'%s' is given twice", param_at(to->verb, param)->name);
    return error_blame(err, from);
  }
  to->out->of[param] = memory_copy_text(word);
  to->out->from[param] = from;
  return to->out->of[param] || error_memory(err);
}

static bool append_rest(struct assignment *to, size_t param, const char *word, struct error *err) {
  struct text joined = {0};
  char *before = to->out->of[param];
  if (!before)
    return give(to, param, word, word, err);
  text_format(&joined, "%s %s", before, word);
  char *taken = text_take(&joined, err);
  if (!taken)
    return false;
  memory_free(before);
  to->out->of[param] = taken;
  return true;
}

/* A bare number may be a record or anything else: a length of time is known by its unit. */
static bool can_read(const struct assignment *to, size_t param, const char *word) {
  struct value value = value_null();
  struct error ignored;
  if (param_at(to->verb, param)->type == FIELD_MINUTES && !word[strspn(word, "0123456789")])
    return false;
  bool read = param_read(to->engine, param_at(to->verb, param), word, &value, &ignored);
  if (read)
    value_release(&value);
  return read;
}

static bool is_passed_over(const struct verb *verb, size_t param) {
  return verb_is_named(verb, param) || verb_is_loose(verb, param);
}

/* Letters, digits and _ before an equals sign. */
static size_t name_length(const char *word) {
  size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_");
  return word[length] == '=' ? length : 0;
}

/* The first `count` words in one; false when they can't be. */
static bool join_run(const struct assignment *to, size_t count, struct text *out) {
  for (size_t i = 0; i < count; i++) {
    if (i && (name_length(to->words[i]) || strchr(to->words[i], ' ')))
      return false;
    text_format(out, i ? " %s" : "%s", to->words[i]);
  }
  return !out->failed;
}

/* Loose parameters stay open until the one behind them was passed and no text began: they may come
 * in any order. */
static bool give_run(struct assignment *to, const char *word, bool *given, struct error *err) {
  const struct verb *verb = to->verb;
  *given = false;
  for (size_t i = 0; i < verb->params.count; i++) {
    if (i >= to->next && !is_passed_over(verb, i))
      break;
    if (!verb_is_loose(verb, i) || to->out->of[i] || !can_read(to, i, word))
      continue;
    *given = true;
    return give(to, i, word, to->words[0], err);
  }
  return true;
}

/* The longest run of words that a loose parameter can read. */
static bool give_loose(struct assignment *to, bool *given, struct error *err) {
  *given = false;
  for (size_t count = to->left < RUN_MAX ? to->left : RUN_MAX; count > 0 && !*given; count--) {
    struct text run = {0};
    bool joined = join_run(to, count, &run);
    bool done = !joined || give_run(to, text_string(&run), given, err);
    text_release(&run);
    if (!done)
      return false;
    if (*given)
      take(to, count);
  }
  return true;
}

static bool too_many(const struct assignment *to, const char *word, struct error *err) {
  const struct verb *verb = to->verb;
  error_set(err, ERROR_USAGE, "'%s' is one word too many; for example: %s", word,
            verb_examples(verb)[0]);
  return error_blame(err, word);
}

/* Behind a text in quotes loose words are read again; bare words may be anything. */
static bool give_rest(struct assignment *to, const char *word, struct error *err) {
  to->closed = to->closed || !strchr(word, ' ');
  return append_rest(to, to->next, word, err);
}

static bool give_by_position(struct assignment *to, struct error *err) {
  const struct verb *verb = to->verb;
  const char *word = to->words[0];
  bool given = false;
  while (to->next < verb->params.count) {
    if (!to->closed && !give_loose(to, &given, err))
      return false;
    if (given)
      return true;
    while (is_passed_over(verb, to->next))
      to->next++;
    if (to->next == verb->params.count)
      break;
    size_t param = to->next;
    if ((int)param != verb->rest && to->out->of[param]) { /* given by its name */
      to->next++;
      continue;
    }
    bool done =
        (int)param == verb->rest ? give_rest(to, word, err) : give(to, param, word, word, err);
    to->next += (int)param != verb->rest;
    take(to, 1);
    return done;
  }
  return too_many(to, word, err);
}

/* A name nobody knows is a mistake, but in words that are text anyhow it need not be one. */
static bool give_by_name(struct assignment *to, size_t length, struct error *err) {
  const struct verb *verb = to->verb;
  const char *word = to->words[0];
  struct text name = {0};
  text_append_bytes(&name, word, length);
  if (!text_check(&name, err))
    return false;
  int param = param_find(&verb->params, text_string(&name));
  bool is_text = param < 0 && verb->rest >= 0 && !param_suggest(&verb->params, text_string(&name));
  bool done;
  if (is_text)
    done = give_by_position(to, err);
  else if (param >= 0)
    done = give(to, (size_t)param, word + length + 1, word + length + 1, err);
  else
    done = param_refuse(&verb->params, "command", verb->name, text_string(&name), err) ||
           error_blame_part(err, word, length);
  if (!is_text)
    take(to, 1);
  text_release(&name);
  return done;
}

bool declared_assign(const struct verb *verb, struct engine *engine, const char *const *words,
                     size_t count, struct declared_words *out, struct error *err) {
  struct assignment to = {
      .verb = verb, .engine = engine, .out = out, .words = words, .left = count};
  *out = (struct declared_words){0};
  while (to.left > 0) {
    size_t length = name_length(to.words[0]);
    if (!(length ? give_by_name(&to, length, err) : give_by_position(&to, err)))
      return false;
  }
  return true;
}

/* References are not looked up: an example is right before there is any data. */
static bool check_words(const struct verb *verb, struct engine *engine,
                        const struct declared_words *words, struct error *err) {
  for (size_t i = 0; i < verb->params.count; i++) {
    const struct field *param = param_at(verb, i);
    struct value value = value_null();
    if (param->type == FIELD_REF && (words->of[i] || !(param->flags & FIELD_REQUIRED)))
      continue;
    if (!param_read(engine, param, words->of[i], &value, err))
      return false;
    value_release(&value);
  }
  return true;
}

static bool check_line(const struct verb *verb, struct engine *engine, const char *line,
                       struct error *err) {
  struct words words;
  struct declared_words assigned = {0};
  struct settings ignored = {0};
  struct list values = {.size = sizeof(struct option_value)};
  struct list rest = {.size = sizeof(const char *)};
  if (!words_split(&words, line, err))
    return false;
  struct option_reading reading = {.settings = &ignored, .values = &values, .rest = &rest};
  bool done = option_read(&reading, (const char *const *)words.items.items + 1,
                          words.items.count - 1, err) &&
              declared_assign(verb, engine, rest.items, rest.count, &assigned, err) &&
              check_words(verb, engine, &assigned, err);
  declared_words_release(&assigned);
  list_release(&values);
  list_release(&rest);
  words_release(&words);
  return done;
}

bool declared_check_examples(const struct verb *verb, struct engine *engine, struct error *err) {
  for (const char *const *line = verb_examples(verb); *line; line++) {
    if (check_line(verb, engine, *line, err))
      continue;
    error_prefix(err, "example '%s': ", *line);
    return place_prefix(&verb->place, err);
  }
  return true;
}
