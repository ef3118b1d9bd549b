#include "repl/commands/confirm.h"

#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "base/translate.h"
#include "engine/accept.h"
#include "engine/process.h"
#include "engine/promote.h"
#include "repl/commands/differences.h"
#include "repl/failure.h"
#include "repl/format/safe.h"
#include "repl/terminal.h"
#include "repl/view.h"

enum { RECORDS_AT_FIRST = 2 };

static const struct {
  int64_t least;    /* never asks below, whatever the setting says; 0: always asks */
  bool all_records; /* counts what followed by itself too */
  bool group;       /* several units, kept together */
  bool only_lists;  /* says only which records it touched: the differences say more */
} sorts[] = {
    [CONFIRM_CHANGE] = {1,         false, false, true },
    [CONFIRM_MOVE] = {1,         false, false, false},
    [CONFIRM_MERGE] = {0,         false, false, false},
    [CONFIRM_PROMOTE] = {1,         true,  false, false},
    [CONFIRM_SCRIPT] = {10,        false, false, false},
    [CONFIRM_NEVER] = {INT64_MAX, false, false, false},
    [CONFIRM_LINE] = {10,        false, false, false},
    [CONFIRM_UNDO] = {1,         true,  true,  false},
};

/* One run of one command's work, and what was told of it before. */
struct run {
  struct call *call;
  const struct confirm *confirm;
  int64_t before;         /* the last unit before it */
  size_t text, complaint; /* what was said before it */
  bool asked;
  uint64_t mark; /* of what was agreed to */
};

static struct book *book_of(const struct run *run) {
  return session_book(run->call->session);
}

static void cancel(struct run *run) {
  if (sorts[run->confirm->sort].group)
    unit_group_cancel(book_of(run));
  else
    unit_cancel(book_of(run));
}

/* From here on nobody else writes: what is the last unit now stays so. */
static bool begin(struct run *run, struct error *err) {
  const struct call *call = run->call;
  bool begun = sorts[run->confirm->sort].group
                   ? unit_group_begin(book_of(run), err)
                   : unit_begin(book_of(run), call->line, call->settings.reason, err);
  if (!begun || book_position(book_of(run), &run->before, err))
    return begun;
  cancel(run);
  return false;
}

static bool keep(struct run *run, struct error *err) {
  return sorts[run->confirm->sort].group ? unit_group_commit(book_of(run), err)
                                         : unit_commit(book_of(run), err);
}

/* What scripts print stands from the first time; the second would only say it again. An answer that
 * can't be shown as it was asked for is none: nothing is kept then. */
static bool work(struct run *run, struct error *err) {
  const struct call *call = run->call;
  struct session *session = call->session;
  bool before = session->foretelling;
  session->foretelling = before || run->asked;
  bool done = run->confirm->work(run->call, run->confirm->payload, err);
  session->foretelling = before;
  return done && (!call->has_result || view_check(&call->result, &call->settings, err));
}

static void cut(struct text *text, size_t length) {
  if (text->length > length)
    text->data[text->length = length] = 0;
}

/* As if it had not run. */
static void forget(struct run *run) {
  struct call *call = run->call;
  accept_forget(call->session->engine);
  cut(&call->text, run->text);
  cut(&call->complaint, run->complaint);
  if (call->has_result)
    result_release(&call->result);
  call->has_result = false;
  call->exit_code = 0;
}

static int64_t threshold(const struct run *run) {
  struct error ignored;
  int64_t set = RECORDS_AT_FIRST, least = sorts[run->confirm->sort].least;
  const char *word = run->call->settings.confirm;
  if (word && !integer_parse(&set, word, &ignored))
    set = RECORDS_AT_FIRST;
  return least > set || least == 0 ? least : set;
}

static bool is_much(const struct run *run, const struct effect *effect) {
  int64_t count = sorts[run->confirm->sort].all_records ? effect->records : effect->direct;
  return count >= threshold(run);
}

static bool settle(struct run *run, struct error *err) {
  return engine_settle(run->call->session->engine, err);
}

/* Longer than the screen it goes through the pager; what goes to a file is not mixed with it. */
static bool show(const struct call *call, const struct text *differences, bool page,
                 struct error *err) {
  const struct output *standard = &call->session->output;
  struct output output = {.page = page && standard->page, .pager = standard->pager};
  if (!terminal_is_output() || standard->path || standard->pipe) {
    fputs(text_string(differences), stderr);
    return true;
  }
  safe_append(&output.text, text_string(differences), differences->length, SAFE_KEEP_LINES,
              !terminal_is_utf8());
  bool done = output_flush(&output, NULL, err);
  output_release(&output);
  return done;
}

static bool ask(const struct call *call, const struct text *question,
                const struct text *differences, int seconds, struct error *err) {
  const struct choosing choosing = {.has_diff = true, .seconds = seconds};
  enum assent assent = ASSENT_DIFF;
  while (assent == ASSENT_DIFF)
    if (!call_choose(text_string(question), &choosing, &assent, err) ||
        (assent == ASSENT_DIFF && !show(call, differences, seconds == 0, err)))
      return false;
  return assent == ASSENT_YES || error_set(err, ERROR_CONFIRM, "nothing was changed");
}

bool confirm_ask(struct call *call, const struct text *question, const struct text *differences,
                 struct error *err) {
  if (call->settings.yes)
    return true;
  if (!call_may_ask(call))
    return call_refuse_unasked(text_string(question), err);
  return ask(call, question, differences, 0, err);
}

/* A question of several lines is told apart from the message. */
static bool refuse_unasked(struct run *run, const struct text *question, struct error *err) {
  struct text first = {0};
  const char *lines = text_string(question);
  size_t length = strcspn(lines, "\n");
  text_append_bytes(&first, lines, length);
  if (lines[length])
    text_append(&run->call->complaint, lines + length + 1);
  call_refuse_unasked(text_string(&first), err);
  text_release(&first);
  return false;
}

/* The first line is what is asked, the others what it is about; at a terminal that comes first. */
static void append_effect(const struct run *run, const struct effect *effect, struct text *out) {
  const struct text *intro = run->confirm->intro;
  bool asks = call_may_ask(run->call);
  if (intro && asks)
    text_append(out, text_string(intro));
  differences_append_effect(out, effect);
  if (intro && !asks)
    text_format(out, "\n%s", text_string(intro));
}

static void append_question(const struct run *run, const struct effect *effect, struct text *out) {
  if (run->confirm->question)
    run->confirm->question(run->call, run->confirm->payload, out);
  if (!out->length)
    append_effect(run, effect, out);
}

/* What was done is taken back while it is asked for. */
static bool agree(struct run *run, const struct effect *effect, struct error *err) {
  struct text question = {0}, differences = {0};
  append_question(run, effect, &question);
  bool asks = call_may_ask(run->call);
  bool done =
      !asks || differences_append(&differences, run->call->session->engine, run->before, err);
  cancel(run);
  forget(run);
  if (run->asked && asks)
    failure_print_details(translate("it changed while you read: this is what would be done now\n"));
  done = done && text_check(&question, err) &&
         (asks ? ask(run->call, &question, &differences, 0, err)
               : refuse_unasked(run, &question, err));
  run->asked = true;
  run->mark = effect->mark;
  text_release(&question);
  text_release(&differences);
  return done;
}

static bool has_question(const struct run *run) {
  struct text question = {0};
  if (run->confirm->question)
    run->confirm->question(run->call, run->confirm->payload, &question);
  bool has = question.length > 0;
  text_release(&question);
  return has;
}

/* *again: it was taken back, and agreed to. */
static bool decide(struct run *run, bool *again, struct error *err) {
  struct effect effect;
  struct engine *engine = run->call->session->engine;
  *again = false;
  if (run->call->settings.yes)
    return keep(run, err);
  bool done = effect_read(&effect, engine, run->before, err);
  bool much = done && (run->asked || is_much(run, &effect) || has_question(run));
  if (much) { /* with what follows at its end */
    effect_release(&effect);
    done = settle(run, err) && effect_read(&effect, engine, run->before, err);
  }
  if (!done) {
    cancel(run);
    return false;
  }
  *again = much && !(run->asked && run->mark == effect.mark);
  done = *again ? agree(run, &effect, err) : keep(run, err);
  effect_release(&effect);
  return done;
}

static bool run_once(struct run *run, bool *again, struct error *err) {
  if (!begin(run, err))
    return false;
  if (work(run, err))
    return decide(run, again, err);
  cancel(run);
  return false;
}

static bool run_for_real(struct run *run, struct error *err) {
  bool again = true, done = true;
  while (done && again)
    done = run_once(run, &again, err);
  return done;
}

/* The differences in the place of what only lists the records. */
static bool tell_differences(struct run *run, struct error *err) {
  struct call *call = run->call;
  struct engine *engine = call->session->engine;
  if (!settle(run, err))
    return false;
  if (sorts[run->confirm->sort].only_lists) {
    forget(run);
    if (!differences_result(call, run->before, err))
      return false;
  }
  if (call->text.length > run->text && call->text.data[call->text.length - 1] != '\n')
    text_append_char(&call->text, '\n');
  return differences_append(&call->text, engine, run->before, err);
}

static bool run_dry(struct run *run, struct error *err) {
  struct call *call = run->call;
  if (!begin(run, err))
    return false;
  bool done = work(run, err) && tell_differences(run, err);
  if (done && !sorts[run->confirm->sort].group)
    promote_settle(call->session->engine, true); /* told although nothing is kept */
  cancel(run);
  if (done)
    text_append(&call->text, translate("(dry run: nothing was changed)\n"));
  return done;
}

/* What a command of a line changes itself, unless it was agreed to, counts for the line. */
static void count_for_line(struct run *run, size_t before) {
  struct session *session = run->call->session;
  int64_t count = effect_count_direct(session->engine, before);
  if (run->call->settings.yes)
    return;
  session->line.records += count;
  session->line.much = session->line.much || count >= threshold(run);
}

/* In a line of Lua, which can catch a refusal, a command is judged at its own end. */
static bool settle_part(struct run *run, size_t before, struct error *err) {
  if (!book_of(run)->gathering)
    return true;
  count_for_line(run, before);
  if (!settle(run, err))
    return false;
  promote_settle(run->call->session->engine, true);
  return true;
}

/* A part of another unit, of which it is kept or taken back. What has a question of its own needs a
 * yes there too. */
static bool run_within(struct run *run, struct error *err) {
  const struct settings *settings = &run->call->settings;
  struct text question = {0};
  bool dry = settings->dry_run && !run->call->session->settings.dry_run; /* not the whole */
  bool alone = book_of(run)->gathering && book_of(run)->tx == 0; /* nothing was changed before it */
  size_t direct = run->call->session->engine->direct.count;
  if (!begin(run, err))
    return false;
  bool done = work(run, err) && settle_part(run, direct, err);
  if (done && !settings->dry_run && !settings->yes && has_question(run)) {
    append_question(run, NULL, &question);
    done = refuse_unasked(run, &question, err);
    text_release(&question);
  }
  if (done && !dry)
    return keep(run, err);
  done = done && (!alone || tell_differences(run, err));
  cancel(run);
  if (done)
    text_append(&run->call->text, translate("(dry run: nothing was changed)\n"));
  return done;
}

/* A line of Lua can't be run twice: it is asked for while its unit is open, and not for long. */
static bool decide_line(struct run *run, struct error *err) {
  enum { SECONDS = 60 };
  struct call *call = run->call;
  struct engine *engine = call->session->engine;
  const struct line_standing *standing = &call->session->line;
  struct effect effect;
  struct text question = {0}, differences = {0};
  if (call->settings.yes || (!standing->much && standing->records < threshold(run)))
    return true;
  if (!settle(run, err) || !effect_read(&effect, engine, run->before, err))
    return false;
  differences_append_effect(&question, &effect);
  effect_release(&effect);
  bool done = differences_append(&differences, engine, run->before, err) &&
              (call_may_ask(call) ? ask(call, &question, &differences, SECONDS, err)
                                  : call_refuse_unasked(text_string(&question), err));
  text_release(&question);
  text_release(&differences);
  return done;
}

/* What it said was said already. */
static bool end_line_dry(struct run *run, struct error *err) {
  struct call *call = run->call;
  bool done =
      settle(run, err) && differences_append(&call->text, call->session->engine, run->before, err);
  cancel(run);
  if (done)
    text_append(&call->text, translate("(dry run: nothing was changed)\n"));
  return done;
}

static void drop_refusals(struct list *refusals) {
  for (size_t i = 0; i < refusals->count; i++)
    transition_release(list_at(refusals, i));
  list_release(refusals);
}

void confirm_begin_line(struct session *session, const char *line) {
  session->line = (struct line_standing){.refusals = {.size = sizeof(struct transition)}};
  unit_gather(session_book(session), line);
}

/* Who caught it has it in the unit of the line. */
void confirm_note_refusal(struct session *session, struct transition *refusal) {
  struct error ignored; /* the refusal itself is the failure to tell */
  struct transition *slot =
      session_book(session)->gathering ? list_add(&session->line.refusals, &ignored) : NULL;
  if (slot)
    *slot = *refusal;
  else
    transition_release(refusal);
}

/* As of a refused command. The failure of the line is the one to tell, whatever becomes of this. */
static void keep_refusals(struct call *call, const char *line) {
  struct error ignored;
  const struct list *refusals = &call->session->line.refusals;
  for (size_t i = 0; !call->settings.dry_run && i < refusals->count; i++)
    process_keep_refusal(call->session->engine, list_at(refusals, i), line, &ignored);
}

/* The unit of the line, which changed something. */
static bool end_line(struct run *run, bool done, struct error *err) {
  struct call *call = run->call;
  bool wrote = book_of(run)->tx > 0;
  if (done && wrote && call->settings.dry_run)
    return end_line_dry(run, err);
  done = done && (!wrote || decide_line(run, err));
  if (done)
    return keep(run, err);
  cancel(run);
  accept_forget(call->session->engine);
  return false;
}

bool confirm_line(struct call *call, bool done, struct error *err) {
  static const struct confirm sort = {.sort = CONFIRM_LINE};
  struct book *book = session_book(call->session);
  const char *line = book->gathering;
  struct run run = {.call = call, .confirm = &sort, .before = book->tx - 1};
  if (unit_gathered(book)) {
    done = end_line(&run, done, err);
    if (!done)
      keep_refusals(call, line);
  }
  drop_refusals(&call->session->line.refusals);
  return done;
}

/* Undo is no part of a line: it has units of its own. */
static bool run_apart(struct run *run, struct error *err) {
  struct book *book = book_of(run);
  const char *gathering = book->gathering;
  book->gathering = NULL;
  bool done = run->call->settings.dry_run ? run_dry(run, err) : run_for_real(run, err);
  book->gathering = gathering;
  return done;
}

bool confirm_run(struct call *call, const struct confirm *confirm, struct error *err) {
  struct run run = {.call = call,
                    .confirm = confirm,
                    .text = call->text.length,
                    .complaint = call->complaint.length};
  struct book *book = session_book(call->session);
  bool apart = sorts[confirm->sort].group;
  if (book->unit_depth > 0 || (book->gathering && !apart))
    return run_within(&run, err);
  return run_apart(&run, err);
}
