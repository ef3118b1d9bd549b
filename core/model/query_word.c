/* The condition that a person typed as one word: closed_on>=2017-03-01; or as several. */
#include "model/query_word.h"

#include <string.h>

#include "base/error_place.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/words.h"
#include "model/condition_stage.h"
#include "model/query_parts.h"
#include "model/search.h"
#include "model/search_suggest.h"

struct typed {
  struct condition_word word; /* its path owned */
  struct path_info info;
  bool is_currency;
};

static struct field_reading reading_of(const struct query *query) {
  return (struct field_reading){
      .order = DATE_ORDER_UNKNOWN,
      .currency = query->book->currency,
      .today = book_today(query->book),
      .now = book_now(query->book),
  };
}

static bool no_such_record(const struct query *query, const struct kind *kind, const char *word,
                           struct error *err) {
  struct text near = {0};
  search_suggest(query->book, kind, word, &near);
  if (near.length)
    error_set(err, ERROR_NOT_FOUND, "there is no %s named '%s'; did you mean '%s'?", kind->name,
              word, text_string(&near));
  else
    error_set(err, ERROR_NOT_FOUND, "there is no %s named '%s'", kind->name, word);
  text_release(&near);
  return false;
}

bool word_reference(struct value *out, const struct query *query, const char *target,
                    const char *word, struct error *err) {
  struct field number = {.name = target, .type = FIELD_INTEGER};
  struct field_reading reading = reading_of(query);
  const struct kind *kind = NULL;
  struct error ignored; /* a name is no number, and that is fine */
  int64_t id = 0;
  if (field_parse(&number, word[0] == '#' ? word + 1 : word, &reading, out, &ignored))
    return true;
  if (!catalog_find(query->book->catalog, target, &kind, err) ||
      !search_resolve(query->book, kind, word, &id, err))
    return false;
  if (id == 0)
    return no_such_record(query, kind, word, err);
  *out = value_integer(id);
  return true;
}

/* Choices typed into a filter name one of them. */
static struct field typed_field(const struct field *field) {
  struct field typed = *field;
  typed.has_min = typed.has_max = false;
  typed.flags &= ~(unsigned)(FIELD_REQUIRED | FIELD_ENGINE);
  if (typed.type == FIELD_EMAIL || typed.type == FIELD_PHONE || typed.type == FIELD_URL)
    typed.type = FIELD_TEXT;
  if (typed.type == FIELD_CHOICES)
    typed.type = FIELD_CHOICE;
  return typed;
}

/* Stages have titles, as choices do. */
static bool parse_stage(struct value *out, const struct query *query, const struct typed *typed,
                        const char *word, struct error *err) {
  struct field field = typed_field(typed->info.field);
  struct field_reading reading = reading_of(query);
  struct error unknown;
  field.type = FIELD_CHOICE;
  field.choices = field.stages;
  field.choice_titles = field.stage_titles;
  field.choice_titles_ru = field.stage_titles_ru;
  if (field_parse(&field, word, &reading, out, &unknown))
    return true;
  const struct value text = value_text(word);
  return condition_check_stage(query->book, typed->info.kind, typed->info.field, word, err) &&
         value_copy(out, &text, err);
}

static bool parse_currency(struct value *out, const char *word, struct error *err) {
  const struct value text = value_text(word);
  struct money ignored;
  return money_from_minor(&ignored, 0, word, err) && value_copy(out, &text, err);
}

static bool parse_one(struct value *out, const struct query *query, const struct typed *typed,
                      const char *word, struct error *err) {
  if (typed->is_currency)
    return parse_currency(out, word, err);
  if (!typed->info.field)
    return word_reference(out, query, typed->info.kind->name, word, err);
  if (typed->info.field->type == FIELD_REF)
    return word_reference(out, query, typed->info.field->target, word, err);
  if (typed->info.field->stages && typed->word.compare != COMPARE_CONTAINS)
    return parse_stage(out, query, typed, word, err);
  struct field field = typed_field(typed->info.field);
  struct field_reading reading = reading_of(query);
  return field_parse(&field, word, &reading, out, err);
}

static bool compare_to(struct condition **out, const struct query *query, const struct typed *typed,
                       enum compare compare, const struct value *value, struct error *err) {
  return condition_compare(out, query, typed->word.path, compare, value, err);
}

/* Both parts are made, joined, and gone on failure. */
static bool join_two(struct condition **out, enum junction junction, struct condition *first,
                     bool second_made, struct condition *second, struct error *err) {
  struct condition *parts[] = {first, second};
  if (second_made)
    return condition_join(out, junction, parts, 2, err);
  condition_free(first);
  return false;
}

/* Not so, but set: NULL is not different from a value, it is none. */
static bool negate(struct condition **out, const struct query *query, const struct typed *typed,
                   struct condition *condition, struct error *err) {
  struct condition *none = NULL, *set = NULL;
  struct value unset = value_null();
  if (!condition_join(&none, JUNCTION_NONE, &condition, 1, err))
    return false;
  bool made = compare_to(&set, query, typed, COMPARE_NOT_EQUAL, &unset, err);
  return join_two(out, JUNCTION_AND, none, made, set, err);
}

static bool where_range(struct condition **out, const struct query *query,
                        const struct typed *typed, const struct date_range *range,
                        struct error *err) {
  struct condition *parts[2] = {0};
  struct condition *within = NULL;
  struct value from = value_date(range->from), to = value_date(range->to);
  size_t count = 0;
  bool done = true;
  if (range->has_from)
    done = compare_to(&parts[count++], query, typed, COMPARE_AT_LEAST, &from, err);
  if (done && range->has_to)
    done = compare_to(&parts[count++], query, typed, COMPARE_AT_MOST, &to, err);
  if (!done) {
    condition_free(parts[0]);
    return false;
  }
  if (!condition_join(&within, JUNCTION_AND, parts, count, err))
    return false;
  if (typed->word.compare == COMPARE_NOT_EQUAL)
    return negate(out, query, typed, within, err);
  *out = within;
  return true;
}

/* "<2017-q1" ends before it, ">2017-q1" begins after it. */
static bool where_period(struct condition **out, const struct query *query,
                         const struct typed *typed, const struct date_range *range,
                         struct error *err) {
  enum compare compare = typed->word.compare;
  if (compare == COMPARE_EQUAL || compare == COMPARE_NOT_EQUAL)
    return where_range(out, query, typed, range, err);
  bool to_start = compare == COMPARE_LESS || compare == COMPARE_AT_LEAST;
  if (to_start ? !range->has_from : !range->has_to)
    return error_set(err, ERROR_INVALID, "'%s' is open at the end that is compared",
                     typed->word.value);
  struct value day = value_date(to_start ? range->from : range->to);
  return compare_to(out, query, typed, compare, &day, err);
}

static bool where_single(struct condition **out, const struct query *query,
                         const struct typed *typed, struct error *err) {
  struct value value;
  if (!parse_one(&value, query, typed, typed->word.value, err))
    return false;
  bool done = compare_to(out, query, typed, typed->word.compare, &value, err);
  value_release(&value);
  return done;
}

/* A day is meant by its name, a moment only when it is written out. */
static bool where_time(struct condition **out, const struct query *query, const struct typed *typed,
                       struct error *err) {
  struct field_reading reading = reading_of(query);
  struct date_range range;
  struct error ignored; /* what is no day may be a period */
  date day;
  if (date_parse(&day, typed->word.value, reading.order, reading.today, &ignored)) {
    struct value value = value_date(day);
    return compare_to(out, query, typed, typed->word.compare, &value, err);
  }
  if (date_range_parse(&range, typed->word.value, reading.today, &ignored))
    return where_period(out, query, typed, &range, err);
  return where_single(out, query, typed, err);
}

static bool parse_list(struct list *values, const struct query *query, const struct typed *typed,
                       struct error *err) {
  struct text item = {0};
  const char *rest = typed->word.value;
  bool done = true;
  while (done && rest) {
    struct value value = value_null();
    done = condition_word_item(&item, &rest)
               ? parse_one(&value, query, typed, text_string(&item), err)
               : error_memory(err);
    struct value *slot = done ? list_add(values, err) : NULL;
    if (slot)
      *slot = value;
    else
      value_release(&value);
    done = done && slot;
  }
  text_release(&item);
  return done;
}

static bool has_any(struct condition **out, const struct query *query, const struct typed *typed,
                    const struct list *values, struct error *err) {
  struct condition **parts = memory_new_array(values->count, sizeof *parts);
  size_t count = 0;
  if (!parts)
    return error_memory(err);
  bool done = true;
  for (; done && count < values->count; count += done)
    done = compare_to(&parts[count], query, typed, COMPARE_CONTAINS, list_at(values, count), err);
  if (done)
    done = condition_join(out, JUNCTION_OR, parts, count, err);
  else
    for (size_t i = 0; i < count; i++)
      condition_free(parts[i]);
  memory_free(parts);
  return done;
}

static bool where_list(struct condition **out, const struct query *query, const struct typed *typed,
                       struct error *err) {
  struct list values = {.size = sizeof(struct value)};
  struct condition *found = NULL;
  bool choices = typed->info.field && typed->info.field->type == FIELD_CHOICES;
  bool done = parse_list(&values, query, typed, err);
  if (done)
    done = choices ? has_any(&found, query, typed, &values, err)
                   : condition_in(&found, query, typed->word.path, values.items, values.count, err);
  for (size_t i = 0; i < values.count; i++)
    value_release(list_at(&values, i));
  list_release(&values);
  if (!done)
    return false;
  if (typed->word.compare == COMPARE_NOT_EQUAL)
    return negate(out, query, typed, found, err);
  *out = found;
  return true;
}

static bool where_part(struct condition **out, const struct query *query, const struct typed *typed,
                       struct error *err) {
  struct value part = value_text(typed->word.value);
  const struct field *field = typed->info.field;
  if (!field || field->type != FIELD_REF)
    return compare_to(out, query, typed, COMPARE_CONTAINS, &part, err);
  const struct kind *target = NULL;
  struct text path = {0};
  if (!catalog_find(query->book->catalog, field->target, &target, err))
    return false;
  text_format(&path, "%s.%s", typed->word.path, target->name_field);
  bool done = text_check(&path, err) &&
              condition_compare(out, query, text_string(&path), COMPARE_CONTAINS, &part, err);
  text_release(&path);
  return done;
}

static bool where_typed(struct condition **out, const struct query *query,
                        const struct typed *typed, struct error *err) {
  struct value unset = value_null();
  bool equality = typed->word.compare == COMPARE_EQUAL || typed->word.compare == COMPARE_NOT_EQUAL;
  enum field_type type = typed->is_currency  ? FIELD_TEXT
                         : typed->info.field ? typed->info.field->type
                                             : FIELD_REF;
  if (typed->word.value[0] == '\0' && !equality)
    return error_set(err, ERROR_USAGE, "a value is missing after '%s'", typed->word.path);
  if (typed->word.value[0] == '\0')
    return compare_to(out, query, typed, typed->word.compare, &unset, err);
  if (typed->word.compare == COMPARE_CONTAINS)
    return where_part(out, query, typed, err);
  if (type == FIELD_DATE || type == FIELD_INSTANT)
    return where_time(out, query, typed, err);
  if (type == FIELD_NUMBER || type == FIELD_MONEY || type == FIELD_PERCENT)
    return where_single(out, query, typed, err);
  if (equality && (strchr(typed->word.value, ',') || type == FIELD_CHOICES))
    return where_list(out, query, typed, err);
  return where_single(out, query, typed, err);
}

static bool read_typed(struct typed *typed, const struct query *query, struct error *err) {
  struct path path;
  if (!path_parse(&path, query->book->catalog, query->kind, typed->word.path, err))
    return false;
  typed->info = (struct path_info){.kind = path.kind, .field = path.field};
  typed->is_currency = path.is_currency;
  path_release(&path);
  return true;
}

static bool blame_path(const struct typed *typed, const char *word, struct error *err) {
  return error_blame_part(err, word + strspn(word, " "), strlen(typed->word.path));
}

/* The path becomes "client.industry" where it stands behind the prefix "client". */
static bool enter_scope(struct condition_word *word, const struct word_scope *scope,
                        struct error *err) {
  struct text path = {0};
  if (!scope->prefix)
    return true;
  text_format(&path, "%s.%s", scope->prefix, word->path);
  memory_free(word->path);
  word->path = text_take(&path, err);
  return word->path != NULL;
}

static bool search_words(struct condition **out, const struct query *query,
                         const struct word_scope *scope, const char *words, struct error *err) {
  if (scope->prefix)
    return error_set(err, ERROR_INVALID,
                     "words are searched for in the records themselves, not behind '%s'",
                     scope->prefix);
  return condition_search(out, query, words, err);
}

bool word_condition(struct condition **out, const struct query *query,
                    const struct word_scope *scope, const char *word, struct error *err) {
  struct typed typed = {0};
  const struct kind *members;
  if (word[0] == '~')
    return search_words(out, query, scope, word + 1, err);
  if (!condition_word_split(&typed.word, word, err))
    return error_blame(err, word);
  bool done = enter_scope(&typed.word, scope, err);
  if (done && group_at(query, typed.word.path, &members))
    done =
        group_condition(out, query, scope, &typed.word, err) || error_blame(err, typed.word.value);
  else
    done = done && (read_typed(&typed, query, err) || blame_path(&typed, word, err)) &&
           (where_typed(out, query, &typed, err) || error_blame(err, typed.word.value));
  memory_free(typed.word.path);
  return done;
}

static const struct word_scope outermost = {0};

bool query_where_word(struct query *query, const char *word, struct error *err) {
  struct condition *condition = NULL;
  return word_condition(&condition, query, &outermost, word, err) &&
         query_where(query, condition, err);
}

static bool join_words(struct condition **out, const struct query *query,
                       const struct word_scope *scope, const struct words *words,
                       struct error *err) {
  size_t count = 0, all = words->items.count;
  struct condition **parts = memory_new_array(all, sizeof *parts);
  if (!parts)
    return error_memory(err);
  while (count < all && word_condition(&parts[count], query, scope, words_at(words, count), err))
    count++;
  bool done = count == all;
  if (done) {
    done = condition_join(out, JUNCTION_AND, parts, count, err);
  } else {
    error_prefix(err, "word %zu: ", count + 1);
    for (size_t i = 0; i < count; i++)
      condition_free(parts[i]);
  }
  memory_free(parts);
  return done;
}

bool word_conditions(struct condition **out, const struct query *query,
                     const struct word_scope *scope, const char *line, struct error *err) {
  struct words words;
  bool done;
  if (!words_split(&words, line, err))
    return false;
  if (words.file || words.pipe)
    done = error_set(err, ERROR_USAGE,
                     "a condition has no blanks around its sign: employees>100, not employees > "
                     "100");
  else if (words.items.count == 0)
    done = error_set(err, ERROR_USAGE, "there is no condition in an empty text");
  else
    done = join_words(out, query, scope, &words, err);
  words_release(&words);
  return done;
}

bool condition_words(struct condition **out, const struct query *query, const char *line,
                     struct error *err) {
  return word_conditions(out, query, &outermost, line, err);
}
