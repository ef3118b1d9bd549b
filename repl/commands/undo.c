/* undo, redo: taking commands back and doing them again. */
#include "engine/undo.h"

#include "base/error_place.h"
#include "base/translate.h"
#include "model/activation.h"
#include "model/history.h"
#include "repl/commands/confirm.h"
#include "repl/commands/differences.h"
#include "repl/format/cell.h"

enum { UNDO_MAX = 1000, SHOWN_MAX = 20 };

/* What one line takes back or does again. */
struct taking {
  int64_t unit;   /* the one that is named, 0: the newest ones */
  int64_t number; /* of units */
  bool redo;
  struct text units; /* a line for each of them */
  struct text rules; /* and for each that put other rules into force */
  int64_t records;   /* that they touched, counted for each unit */
  int64_t before;    /* the last unit before */
};

/* "#812  2026-05-01 14:30  anna  set #3 amount=5  (1 record, 1 change)" */
static bool append_unit(struct text *out, struct book *book, const struct undo_summary *summary,
                        struct error *err) {
  struct unit unit;
  if (!unit_load(&unit, book, summary->tx, err))
    return false;
  text_format(out, "#%lld  ", (long long)unit.tx);
  cell_append_instant(out, unit.at);
  text_format(out, "  %s  %s  (", unit.actor ? unit.actor : "", unit.command ? unit.command : "");
  text_format(out, translate_plural("%lld record", "%lld records", summary->records),
              (long long)summary->records);
  text_append(out, ", ");
  text_format(out, translate_plural("%lld change", "%lld changes", summary->changes),
              (long long)summary->changes);
  text_append(out, ")\n");
  unit_release(&unit);
  return text_check(out, err);
}

/* Which rules are in force again. */
static bool append_rules(struct text *out, struct book *book, int64_t tx, struct error *err) {
  struct activation before;
  bool found = false;
  if (!activation_of_unit(book, tx, &found, &before, err))
    return false;
  if (found && before.ruleset[0])
    text_format(out, translate("the rules %.8s are in force again\n"), before.ruleset);
  else if (found)
    text_append(out, translate("the files of the workspace are in force again\n"));
  return text_check(out, err);
}

/* A redo names the undo that it takes back; what is done again is what that took back. */
static bool find_original(struct book *book, struct undo_summary *summary, struct error *err) {
  struct unit unit;
  if (!unit_load(&unit, book, summary->tx, err))
    return false;
  if (unit.undoes)
    summary->tx = unit.undoes;
  unit_release(&unit);
  return true;
}

static bool take_one(struct call *call, struct taking *taking, struct error *err) {
  struct engine *engine = call->session->engine;
  struct undo_summary summary = {0};
  bool done = taking->redo
                  ? redo_unit(engine, &summary, err) && find_original(engine->book, &summary, err)
                  : undo_unit(engine, taking->unit, &summary, err);
  done = done && append_unit(&taking->units, engine->book, &summary, err) &&
         (taking->redo || append_rules(&taking->rules, engine->book, summary.tx, err));
  taking->records += summary.records;
  undo_summary_release(&summary);
  return done;
}

static const char *said(const struct call *call, const struct taking *taking) {
  if (call->settings.dry_run)
    return taking->redo ? translate("would be done again") : translate("would be undone");
  return taking->redo ? translate("done again") : translate("undone");
}

static void append_lines(struct text *out, const char *before, const char *lines) {
  while (*lines) {
    const char *end = lines;
    while (*end && *end != '\n')
      end++;
    text_format(out, "%s %.*s\n", before, (int)(end - lines), lines);
    lines = end + (*end == '\n');
  }
}

static bool take_all(struct call *call, void *payload, struct error *err) {
  struct taking *taking = payload;
  text_clear(&taking->units);
  text_clear(&taking->rules);
  taking->records = 0;
  if (!book_position(session_book(call->session), &taking->before, err))
    return false;
  for (int64_t i = 0; i < taking->number; i++)
    if (!take_one(call, taking, err))
      return i > 0 ? error_prefix(err,
                                  taking->redo ? N_("after %lld units done again: ")
                                               : N_("after %lld units taken back: "),
                                  (long long)i)
                   : false;
  append_lines(&call->text, said(call, taking), text_string(&taking->units));
  text_append(&call->text, text_string(&taking->rules));
  bool few = taking->records <= SHOWN_MAX && !call->settings.dry_run; /* which tells them itself */
  return !few || differences_append(&call->text, call->session->engine, taking->before, err);
}

static bool take(struct call *call, struct taking *taking, struct error *err) {
  const struct confirm confirm = {
      .sort = CONFIRM_UNDO, .work = take_all, .intro = &taking->units, .payload = taking};
  bool done = confirm_run(call, &confirm, err);
  text_release(&taking->units);
  text_release(&taking->rules);
  return done;
}

/* A command under way can't take back what it is a part of. */
static bool stands_alone(const struct call *call, struct error *err) {
  return session_book(call->session)->unit_depth == 0 ||
         error_set(err, ERROR_USAGE, "'%s' can't be a part of another command",
                   call->command->verb);
}

static bool read_number(const char *word, int64_t most, int64_t *out) {
  struct error ignored;
  return integer_parse(out, word, &ignored) && *out > 0 && *out <= most;
}

static bool refuse_unit(const char *word, struct error *err) {
  error_set(err, ERROR_USAGE, "'%s' is neither a number of commands nor a unit like #812", word);
  return error_blame(err, word);
}

/* undo, undo 3, undo #812 */
static bool run_undo(struct call *call, struct error *err) {
  const char *word = call_word(call, 0);
  struct taking taking = {.number = 1};
  bool named = word && *word == '#';
  if (!call_expect(call, 0, 1, err) || !stands_alone(call, err))
    return false;
  if (word && !(named ? read_number(word + 1, INT64_MAX, &taking.unit)
                      : read_number(word, UNDO_MAX, &taking.number)))
    return refuse_unit(word, err);
  return take(call, &taking, err);
}

static bool refuse_number(const char *word, struct error *err) {
  error_set(err, ERROR_USAGE, "'%s' is no number of commands from 1 to %d", word, (int)UNDO_MAX);
  return error_blame(err, word);
}

/* redo, redo 3 */
static bool run_redo(struct call *call, struct error *err) {
  const char *word = call_word(call, 0);
  struct taking taking = {.number = 1, .redo = true};
  if (!call_expect(call, 0, 1, err) || !stands_alone(call, err))
    return false;
  if (word && !read_number(word, UNDO_MAX, &taking.number))
    return refuse_number(word, err);
  return take(call, &taking, err);
}

static const char *const undo_examples[] = {"undo", "undo 3", "undo #812", "undo 3 --dry-run",
                                            NULL};
static const char *const redo_examples[] = {"redo", "redo 3", NULL};

const struct command undo_commands[] = {
    {.verb = "undo",
     .arguments = N_("[N|#UNIT]"),
     .summary = N_("take back the last command, the last N, or a unit of the history"),
     .examples = undo_examples,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_WRITES,
     .run = run_undo},
    {.verb = "redo",
     .arguments = N_("[N]"),
     .summary = N_("do again what undo took back"),
     .examples = redo_examples,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_WRITES,
     .run = run_redo},
    {0                                     },
};
