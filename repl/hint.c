#include "repl/hint.h"

#include <string.h>

#include "base/translate.h"
#include "repl/classify.h"
#include "repl/complete.h"
#include "repl/format/short.h"
#include "repl/missing.h"
#include "repl/preview.h"
#include "repl/spot.h"
#include "repl/terminal.h"

/* What a hint is about; a line that is not finished or not right has no preview. */
enum hint { HINT_NONE, HINT_REST, HINT_CORRECTION, HINT_VALUE, HINT_MISSING };

enum { MISSING_COLUMNS = 24 /* beside a preview */ };

static const char word_breaks[] = " \t\n=<>(,";

/* Nothing is loaded for a hint. */
static bool is_known(const char *word, size_t length, void *session) {
  return command_find(session, word, length) != NULL;
}

static const char *word_at_end(const char *line) {
  const char *word = line + strlen(line);
  while (word > line && !strchr(word_breaks, word[-1]))
    word--;
  return word;
}

/* The rest of the only word that fits, exactly as typed so far. */
static bool append_rest(struct text *out, struct session *session, const char *line) {
  struct line_candidates found = {0};
  const char *word = word_at_end(line);
  size_t length = strlen(word);
  bool only = *word && complete_vocabulary(session, line, word, &found) && found.names[0] &&
              !found.names[1] && strncmp(found.names[0], word, length) == 0 &&
              found.names[0][length];
  if (only)
    text_append(out, found.names[0] + length);
  line_candidates_release(&found);
  return only;
}

/* The names that fit a place, without the = of fields. */
static bool read_vocabulary(struct line_candidates *out, struct session *session,
                            const char *before) {
  if (!complete_vocabulary(session, before, "", out))
    return false;
  for (char **name = out->names; *name; name++)
    (*name)[strcspn(*name, "=")] = 0;
  return true;
}

/* Plurals and aliases are not offered, but they are right. */
static bool is_other_name(struct session *session, const char *word) {
  return is_known(word, strlen(word), session) ||
         catalog_kind(session_book(session)->catalog, word);
}

/* What was meant by a word that could be only one of a few; until: its end in the line. */
static bool append_meant(struct text *out, struct session *session, const char *line,
                         size_t until) {
  struct line_candidates all = {0};
  struct text before = {0};
  size_t count = 0;
  text_append_bytes(&before, line, until);
  const char *word = word_at_end(text_string(&before)), *near = NULL;
  bool right = !*word || is_other_name(session, word) ||
               !read_vocabulary(&all, session, text_string(&before));
  for (; !right && all.names[count]; count++)
    right = strcmp(all.names[count], word) == 0;
  if (!right)
    near = text_suggest(word, (const char *const *)all.names, count);
  if (near)
    text_format(out, translate("  did you mean '%s'?"), near);
  line_candidates_release(&all);
  text_release(&before);
  return near != NULL;
}

/* The word that a blank has ended, and what stands before its = sign. Where names of records may
 * stand any word is one. */
static bool append_correction(struct text *out, struct session *session, const struct spot *spot,
                              const char *line) {
  size_t end = strlen(line);
  while (end > 0 && strchr(" \t", line[end - 1]))
    end--;
  size_t start = end;
  while (start > 0 && !strchr(" \t", line[start - 1]))
    start--;
  if (end == strlen(line) || spot->index < 2 || line[end - 1] == '"')
    return false;
  size_t name = start + strcspn(line + start, "=<>!+ ");
  if (name < end)
    return append_meant(out, session, line, name) || append_meant(out, session, line, end);
  return !(spot->command->completes & COMPLETES_RECORDS) && !spot->command->declared &&
         append_meant(out, session, line, end);
}

static void append_range(struct text *out, const struct date_range *range) {
  if (range->has_from)
    short_day(out, range->from);
  text_append(out, "..");
  if (range->has_to)
    short_day(out, range->to);
}

/* ranges: a condition takes them too. */
static void append_day(struct text *out, const char *word, date today, bool ranges) {
  struct date_range range;
  struct error ignored;
  date day = 0;
  if (date_parse(&day, word, DATE_ORDER_UNKNOWN, today, &ignored))
    short_day(out, day);
  else if (ranges && date_range_parse(&range, word, today, &ignored))
    append_range(out, &range);
}

/* What a value may be where none was typed yet. */
static void append_kind_of_value(struct text *out, const struct field *field) {
  const char *const *words = field_words(field);
  if (!words)
    text_append(out, field->target ? field->target : field_type_name(field->type));
  for (size_t i = 0; words && words[i]; i++)
    text_format(out, "%s%s", i ? "|" : "", words[i]);
}

/* What a value is read as: it may be typed in many ways. */
static void append_reading(struct text *out, const struct field *field, const char *value,
                           const struct book *book, bool ranges) {
  struct text read = {0};
  struct money amount;
  struct error ignored;
  if (field->type == FIELD_DATE)
    append_day(&read, value, book_today(book), ranges);
  else if (field->type == FIELD_MONEY && money_parse(&amount, value, book->currency, 0, &ignored))
    money_append(&read, amount);
  if (read.length)
    text_format(out, "  %s %s", terminal_arrow(), text_string(&read));
  text_release(&read);
}

/* As if the word under the cursor were finished. */
static void append_missing(struct text *out, struct session *session, const char *line) {
  struct spot spot;
  struct text finished = {0};
  size_t length = strlen(line);
  bool ended = length > 0 && line[length - 1] == ' ';
  text_format(&finished, ended ? "%s" : "%s ", line);
  struct text missing = {0};
  if (spot_read(&spot, session, text_string(&finished)) && spot.command && !spot.redirected)
    missing_append(&missing, &spot, session);
  text_append(out, text_string(&missing) + (missing.length && ended));
  spot_release(&spot);
  text_release(&missing);
  text_release(&finished);
}

static enum hint append_next(struct text *out, struct session *session, const char *line) {
  struct text finished = {0};
  size_t before = out->length;
  if (!*line)
    return HINT_NONE;
  bool rest = append_rest(out, session, line);
  text_format(&finished, "%s%s", line, text_string(out) + before);
  if (!strchr("=(,", text_string(&finished)[finished.length - 1]))
    append_missing(out, session, text_string(&finished));
  text_release(&finished);
  return rest ? HINT_REST : HINT_MISSING;
}

static enum hint append_of_field(struct text *out, struct session *session, const struct spot *spot,
                                 const char *line) {
  const char *value = NULL;
  const struct field *field = spot_field(spot, session, &value);
  bool ranges = !(spot->command->completes & COMPLETES_ASSIGNMENTS);
  if (!*value)
    append_kind_of_value(out, field);
  else if (append_rest(out, session, line))
    return HINT_REST;
  else
    append_reading(out, field, value, session_book(session), ranges);
  return *value ? HINT_VALUE : HINT_REST;
}

/* Where a date stands by itself: behind --as-of and as-of. */
static bool is_day(const struct spot *spot) {
  if (spot->option)
    return strcmp(spot->option->argument, "DATE") == 0;
  return spot->arguments == 0 && spot->command->completes & COMPLETES_DAYS;
}

static enum hint append_of_day(struct text *out, struct session *session, const struct spot *spot,
                               const char *line) {
  struct text day = {0};
  if (append_rest(out, session, line))
    return HINT_REST;
  append_day(&day, spot->current, book_today(session_book(session)), false);
  if (day.length)
    text_format(out, "  %s %s", terminal_arrow(), text_string(&day));
  text_release(&day);
  return HINT_VALUE;
}

static enum hint append_at(struct text *out, struct session *session, const struct spot *spot,
                           const char *line) {
  const char *value = NULL;
  if (spot->quote || spot->redirected || (spot->index > 0 && !spot->command))
    return HINT_NONE;
  if (spot->index == 0)
    return append_next(out, session, line);
  if (*spot->current && is_day(spot))
    return append_of_day(out, session, spot, line);
  if (spot_field(spot, session, &value))
    return append_of_field(out, session, spot, line);
  if (append_correction(out, session, spot, line))
    return HINT_CORRECTION;
  return value ? HINT_NONE : append_next(out, session, line);
}

static enum hint hint_command(struct text *out, struct session *session, const char *line) {
  struct spot spot;
  enum hint hint = HINT_NONE;
  const char *inner = spot_inner(line, session);
  line = *inner ? inner : line;
  if (spot_read(&spot, session, line))
    hint = append_at(out, session, &spot, line);
  spot_release(&spot);
  return hint;
}

/* A line that begins with a verb and is no command; a word that may become a verb. */
static void hint_lua(struct text *out, struct session *session,
                     const struct classification *found) {
  const char *behind = found->rest + found->word_length;
  bool verb = found->word_length && is_known(found->rest, found->word_length, session);
  if (verb && *behind == ' ')
    text_append(out, translate("  read as Lua; ':' in front makes it a command"));
  else if (!verb && found->word_length && !*behind)
    append_next(out, session, found->rest);
}

static enum hint append_hint(struct text *out, struct session *session,
                             const struct classification *found) {
  if (found->reading == READING_COMMAND)
    return hint_command(out, session, found->rest);
  if (found->reading == READING_LUA)
    hint_lua(out, session, found);
  else if (found->reading == READING_UNKNOWN)
    append_meant(out, session, found->rest, found->word_length);
  return HINT_NONE;
}

void hint_append(struct text *out, struct session *session, const char *line) {
  const struct classification found = classify(line, is_known, session);
  if (session->engine)
    append_hint(out, session, &found);
}

static bool is_optional(const char *missing) {
  missing += strspn(missing, " ");
  return *missing == '[' || !*missing;
}

/* Both would seldom fit: what may be left out gives way, and so does the end of a long list. */
static void append_with_preview(struct text *out, const struct text *hint, enum hint about,
                                const char *preview) {
  const char *text = text_string(hint);
  size_t fits = text_fit(text, hint->length, MISSING_COLUMNS);
  if (about != HINT_MISSING || !is_optional(text)) {
    text_append_bytes(out, text, about == HINT_MISSING ? fits : hint->length);
    if (about == HINT_MISSING && fits < hint->length)
      text_append(out, terminal_is_utf8() ? "…" : "...");
  }
  text_format(out, "  %s %s", terminal_arrow(), preview);
}

void hint_ponder(struct text *out, struct session *session, const char *line) {
  const struct classification found = classify(line, is_known, session);
  struct text hint = {0}, preview = {0};
  if (!session->engine || found.reading != READING_COMMAND)
    return;
  enum hint about = append_hint(&hint, session, &found);
  const struct command *command = command_find(session, found.rest, found.word_length);
  if (command && about != HINT_REST && about != HINT_CORRECTION)
    preview_append(&preview, session, command, found.rest);
  if (preview.length)
    append_with_preview(out, &hint, about, text_string(&preview));
  text_release(&hint);
  text_release(&preview);
}
