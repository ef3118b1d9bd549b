/* edit #42: a record in the user's editor; and the command that opens rules, too. */
#include "repl/commands/edit.h"

#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "base/words.h"
#include "engine/names.h"
#include "repl/commands/subject.h"
#include "repl/editor.h"
#include "repl/failure.h"

/* A record: its fields as they are typed behind `set` */

static bool can_be_set(const struct field *field) {
  return field_is_stored(field) && !(field->flags & FIELD_ENGINE);
}

static void append_value(struct text *out, const struct field *field, const struct value *value) {
  struct text plain = {0};
  if (field->type == FIELD_REF && value->type == VALUE_INTEGER)
    text_format(&plain, "#%lld", (long long)value->as.integer);
  else if (value->type != VALUE_NULL)
    value_append(&plain, value);
  if (plain.length)
    words_quote(out, text_string(&plain));
  text_release(&plain);
}

static void append_fields(struct text *out, const struct record *record) {
  for (int i = 0; i < record->kind->field_count; i++) {
    const struct field *field = record->kind->fields[i];
    if (!can_be_set(field))
      continue;
    text_format(out, "%s=", field->name);
    append_value(out, field, &record->values[field->position]);
    text_append_char(out, '\n');
  }
}

/* "# client=#2 Acme Clinic": whom the numbers mean. */
static bool append_references(struct text *out, struct names *names, const struct record *record,
                              struct error *err) {
  for (int i = 0; i < record->kind->field_count; i++) {
    const struct field *field = record->kind->fields[i];
    const struct value *value = &record->values[field->position];
    const char *name = NULL;
    if (!can_be_set(field) || field->type != FIELD_REF || value->type != VALUE_INTEGER)
      continue;
    if (!names_find(names, value->as.integer, &name, err))
      return false;
    text_format(out, "# %s=#%lld %.*s\n", field->name, (long long)value->as.integer,
                (int)strcspn(name, "\n"), name);
  }
  return true;
}

static void append_heading(struct text *out, const struct record *record, const char *references,
                           const char *wrong) {
  if (wrong)
    text_format(out, "# %s\n", wrong);
  text_append(out, "# ");
  subject_append(out, record);
  text_format(out, "\n# %s\n",
              translate("one field a line as behind 'set'; nothing behind = unsets it; quotes hold "
                        "blanks and line ends"));
  text_append(out, references);
}

/* Behind the remarks at the top. */
static const char *body_of(const char *text) {
  while (*text == '#') {
    text += strcspn(text, "\n");
    text += *text == '\n';
  }
  return text;
}

static bool read_words(struct words *words, const char *text, struct error *err) {
  if (!words_split(words, body_of(text), err))
    return false;
  if (!words->file && !words->pipe)
    return true;
  words_release(words);
  return error_set(err, ERROR_USAGE, "a value with > or | needs quotes");
}

static bool is_among(const char *word, const struct words *words) {
  for (size_t i = 0; i < words->items.count; i++)
    if (strcmp(words_at(words, i), word) == 0)
      return true;
  return false;
}

/* set #42 and what is new among the words. */
static bool set_changed(struct call *call, int64_t id, const struct words *before,
                        const struct words *after, struct error *err) {
  const char *words[64] = {0};
  char subject[32];
  size_t count = 0;
  snprintf(subject, sizeof subject, "#%lld", (long long)id);
  words[count++] = subject;
  for (size_t i = 0; i < after->items.count; i++) {
    if (is_among(words_at(after, i), before))
      continue;
    if (count == sizeof words / sizeof *words)
      return error_set(err, ERROR_USAGE, "more than %zu fields changed at once",
                       sizeof words / sizeof *words - 1);
    words[count++] = words_at(after, i);
  }
  if (count > 1)
    return call_delegate(call, command_find(call->session, "set", 3), words, count, err);
  text_append(&call->text, translate("nothing changed\n"));
  return true;
}

static bool take_changes(struct call *call, int64_t id, const struct text *before,
                         const struct text *after, struct error *err) {
  struct words old, new;
  if (!read_words(&old, text_string(before), err))
    return false;
  bool done = read_words(&new, text_string(after), err);
  if (done) {
    done = set_changed(call, id, &old, &new, err);
    words_release(&new);
  }
  words_release(&old);
  return done;
}

bool edit_wants_again(struct call *call, struct error *err) {
  struct settings asked = call->settings;
  if (!call_may_ask(call))
    return false;
  failure_print(err, text_string(&call->complaint), false);
  text_clear(&call->complaint);
  call->settings.yes = false;
  bool again = call_confirm(call, translate("Edit again?"), err);
  call->settings = asked;
  return again;
}

bool edit_can_be_corrected(const struct error *err) {
  return err->code == ERROR_USAGE || err->code == ERROR_INVALID || err->code == ERROR_NOT_FOUND ||
         err->code == ERROR_REFUSED || err->code == ERROR_SCRIPT;
}

static bool edit_loaded(struct call *call, const struct record *record, const char *references,
                        struct error *err) {
  struct text before = {0}, after = {0};
  append_fields(&before, record);
  append_heading(&after, record, references, NULL);
  text_append(&after, text_string(&before));
  bool done = false, again = true;
  while (!done && again) {
    if (!editor_change(&after, err))
      break;
    done = take_changes(call, record->id, &before, &after, err);
    struct error wrong = *err;
    again = !done && edit_can_be_corrected(err) && edit_wants_again(call, err);
    if (again) {
      struct text next = {0};
      append_heading(&next, record, references, wrong.message);
      text_append(&next, body_of(text_string(&after)));
      text_release(&after);
      after = next;
    }
  }
  text_release(&before);
  text_release(&after);
  return done;
}

static bool edit_record(struct call *call, const char *word, struct error *err) {
  struct record record;
  struct names *names;
  struct text references = {0};
  if (!subject_load(call, word, &record, err))
    return false;
  bool done = names_new(&names, session_book(call->session), err);
  if (done) {
    done = append_references(&references, names, &record, err) &&
           edit_loaded(call, &record, text_string(&references), err);
    names_free(names);
  }
  text_release(&references);
  record_release(&record);
  return done;
}

static bool run_edit(struct call *call, struct error *err) {
  if (!call_expect(call, 1, 2, err))
    return false;
  if (strcmp(call_word(call, 0), "rule") == 0)
    return edit_rule(call, call_word(call, 1), err);
  return call_expect(call, 1, 1, err) &&
         session_open(call->session, COMMAND_NEEDS_BOOK, &call->complaint, err) &&
         edit_record(call, call_word(call, 0), err);
}

static const char *const what[] = {"rule", NULL};
static const char *const examples[] = {"edit #42", "edit rule sale.qualifying.fit", "edit rule",
                                       NULL};

const struct command edit_commands[] = {
    {.verb = "edit",
     .arguments = N_("RECORD|rule [NAME]"),
     .summary = N_("change a record or a rule in your editor"),
     .examples = examples,
     .words = what,
     .flags = COMMAND_PROMPT | COMMAND_WRITES,
     .completes = COMPLETES_RECORDS | COMPLETES_TOPICS,
     .run = run_edit},
    {0},
};
