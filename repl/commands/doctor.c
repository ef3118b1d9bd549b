/* doctor: what the program stands on, and what is wrong with it. */
#include "repl/commands/doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/schedule.h"
#include "engine/scorecard.h"
#include "model/score.h"
#include "model/search.h"
#include "repl/failure.h"
#include "repl/format/xlsx.h"
#include "repl/history.h"
#include "repl/rules.h"

enum { COLUMN_COUNT = 4, DAY = 86400, BACKUP_DAYS = 7, BACKUP_UNITS = 100 };

static const struct {
  const char *name, *title;
} columns[COLUMN_COUNT] = {
    {"state",   N_("state")  },
    {"check",   N_("check")  },
    {"finding", N_("finding")},
    {"advice",  N_("advice") },
};

static const char *const states[] = {N_("ok"), N_("warning"), N_("error")};

static void append_padded(struct text *out, const char *word, size_t columns_wanted) {
  size_t width = text_width(word, strlen(word));
  text_append(out, word);
  text_append_repeat(out, " ", width < columns_wanted ? columns_wanted - width : 1);
}

static void append_line(struct text *out, enum health health, const char *check,
                        const char *finding, const char *advice) {
  append_padded(out, translate(states[health]), 10);
  append_padded(out, translate(check), 14);
  text_format(out, "%s\n", finding);
  if (advice)
    text_format(out, translate("                        do: %s\n"), advice);
}

bool doctor_tell(struct call *call, enum health health, const char *check, const char *advice,
                 const char *finding, struct error *err) {
  const struct value cells[COLUMN_COUNT] = {value_text(states[health]), value_text(check),
                                            value_text(finding), value_text(advice)};
  struct result_row *row = result_add_row(&call->result, 0, err);
  bool done = row != NULL;
  for (int i = 0; done && i < COLUMN_COUNT; i++)
    done = result_set(row, i, &cells[i], err);
  append_line(&call->text, health, check, finding, advice);
  if (health != HEALTH_OK)
    call->exit_code = EXIT_EMPTY;
  return done && text_check(&call->text, err);
}

bool doctor_say(struct call *call, enum health health, const char *check, const char *advice,
                struct error *err, const char *format, ...) {
  struct text finding = {0};
  va_list args;
  va_start(args, format);
  text_format_list(&finding, translate(format), args);
  va_end(args);
  bool done = text_check(&finding, err) &&
              doctor_tell(call, health, check, advice, text_string(&finding), err);
  text_release(&finding);
  return done;
}

static bool begin(struct call *call, struct error *err) {
  bool done = call_begin_result(call, "doctor", "", err);
  for (int i = 0; done && i < COLUMN_COUNT; i++)
    done = result_add_column(&call->result, columns[i].name, translate(columns[i].title),
                             FIELD_TEXT, err);
  return done;
}

static bool look_at_program(struct call *call, struct error *err) {
  const char *xlsx = xlsx_library_version();
  return doctor_say(call, HEALTH_OK, N_("program"), NULL, err,
                    xlsx ? N_("dealwright %s, Lua %s, readline %s, utf8proc %s, libxlsxwriter %s")
                         : N_("dealwright %s, Lua %s, readline %s, utf8proc %s, without workbooks"),
                    DEALWRIGHT_VERSION, state_lua_version(), history_library_version(),
                    text_library_version(), xlsx);
}

/* The store describes itself in lines "key: value". */
static bool tell_lines(struct call *call, const char *lines, struct error *err) {
  bool done = true;
  while (done && *lines) {
    size_t length = strcspn(lines, "\n");
    const char *colon = memchr(lines, ':', length);
    struct text key = {0}, value = {0};
    text_append_bytes(&key, lines, colon ? (size_t)(colon - lines) : length);
    if (colon)
      text_append_bytes(&value, colon + 2, length - (size_t)(colon + 2 - lines));
    done = text_check(&key, err) && text_check(&value, err) &&
           doctor_tell(call, HEALTH_OK, text_string(&key), NULL, text_string(&value), err);
    text_release(&key);
    text_release(&value);
    lines += length + (lines[length] == '\n');
  }
  return done;
}

static bool tell_faults(struct call *call, const char *faults, struct error *err) {
  bool done = true;
  while (done && *faults) {
    size_t length = strcspn(faults, "\n");
    struct text fault = {0};
    text_append_bytes(&fault, faults, length);
    done = text_check(&fault, err) &&
           doctor_tell(call, HEALTH_ERROR, N_("content"),
                       translate("restore a backup: restore FILE"), text_string(&fault), err);
    text_release(&fault);
    faults += length + (faults[length] == '\n');
  }
  return done;
}

static bool look_at_content(struct call *call, struct book *book, struct error *err) {
  struct text lines = {0}, faults = {0};
  bool full = call_has(call, "full");
  bool done = book_describe(book, &lines, err) && tell_lines(call, text_string(&lines), err) &&
              book_check(book, full, &faults, err);
  if (done && faults.length)
    done = tell_faults(call, text_string(&faults), err);
  else if (done)
    done = doctor_tell(call, HEALTH_OK, N_("content"), NULL,
                       full ? translate("no faults found")
                            : translate("no faults found; --full looks at every reference"),
                       err);
  text_release(&lines);
  text_release(&faults);
  return done;
}

static bool look_at_search(struct call *call, struct book *book, struct error *err) {
  bool behind = false;
  return search_is_behind(book, &behind, err) &&
         doctor_tell(call, HEALTH_OK, N_("search"), NULL,
                     behind ? translate("the index of words is behind; the next search mends it")
                            : translate("the index of words is up to date"),
                     err);
}

static const struct schedule *schedule_at(const struct session *session, size_t index) {
  const struct list *all = &session->engine->rules->schedules;
  return index < all->count ? *(struct schedule **)list_at(all, index) : NULL;
}

/* What is due for a day was seen by no cron. */
static bool look_at_schedules(struct call *call, struct error *err) {
  struct engine *engine = call->session->engine;
  const struct schedule *schedule, *late = NULL;
  size_t count = 0;
  for (; (schedule = schedule_at(call->session, count)); count++) {
    struct schedule_standing standing;
    if (!schedule_look(&standing, engine, schedule, err))
      return false;
    if (standing.run.state == RUN_DUE && standing.due < book_now(engine->book) - DAY)
      late = schedule;
  }
  if (!count)
    return true;
  if (late)
    return doctor_say(call, HEALTH_WARNING, N_("schedules"),
                      translate("let cron run 'dealwright tick' every few minutes"), err,
                      N_("'%s' has been due for more than a day"), late->name);
  return doctor_say(call, HEALTH_OK, N_("schedules"), NULL, err,
                    translate_plural("%zu schedule, nothing overdue",
                                     "%zu schedules, nothing overdue", (int64_t)count),
                    count);
}

static bool look_at_backups(struct call *call, struct book *book, struct error *err) {
  int64_t units = 0, then = 0;
  instant at = 0;
  if (!book_position(book, &units, err) || !book_last_backup(book, &at, &then, err))
    return false;
  int64_t days = (book_now(book) - at) / DAY;
  if (!at && units < BACKUP_UNITS)
    return doctor_tell(call, HEALTH_OK, N_("backup"), NULL,
                       translate("none yet; 'backup FILE' makes one"), err);
  if (!at)
    return doctor_tell(call, HEALTH_WARNING, N_("backup"), translate("make one: backup FILE"),
                       translate("there was never one"), err);
  bool old = days > BACKUP_DAYS && units > then;
  return doctor_say(call, old ? HEALTH_WARNING : HEALTH_OK, N_("backup"),
                    old ? translate("make one: backup FILE") : NULL, err,
                    N_("the last one %lld days ago, %lld units of work since then"),
                    (long long)days, (long long)(units - then));
}

static bool look_at_workspace(struct call *call, struct error *err) {
  const struct session *session = call->session;
  return doctor_say(call, HEALTH_OK, N_("workspace"), NULL, err,
                    N_("%s loads: %zu processes, %zu scorecards, %zu reports, %zu commands"),
                    session->workspace ? session->workspace : translate("as shipped"),
                    session->engine->rules->processes.count,
                    session->engine->rules->scorecards.count, session->engine->rules->reports.count,
                    session->engine->rules->verbs.count);
}

/* Whether the files that somebody edits are what counts. */
static bool look_in_force(struct call *call, struct error *err) {
  struct rules_difference difference;
  struct error fault;
  if (!rules_compare(&difference, call->session, &fault))
    return doctor_tell(call, HEALTH_ERROR, N_("rules"), NULL, fault.message, err);
  const char *hash = difference.in_force.ruleset;
  if (difference.differ)
    return doctor_say(call, HEALTH_WARNING, N_("rules"),
                      translate("see how: rules diff; then: rules activate"), err,
                      N_("%.8s are in force, the files of the workspace are others"), hash);
  if (hash[0])
    return doctor_say(call, HEALTH_OK, N_("rules"), NULL, err, N_("%.8s are in force"), hash);
  return doctor_tell(call, HEALTH_OK, N_("rules"), NULL,
                     translate("the files of the workspace are in force as they are"), err);
}

static bool look_at_tests(struct call *call, struct error *err) {
  struct result result;
  struct state_tests tests = {.result = &result};
  if (!result_init(&result, "tests", "", err))
    return false;
  bool done = state_run_tests(call->session->state, &tests, err);
  size_t count = result.rows.count;
  result_release(&result);
  if (!done)
    return false;
  if (tests.failed)
    return doctor_say(call, HEALTH_ERROR, N_("tests"), translate("see which: rules test"), err,
                      N_("%d of %zu tests of the workspace fail"), tests.failed, count);
  return doctor_say(call, HEALTH_OK, N_("tests"), NULL, err, N_("%zu tests of the workspace pass"),
                    count);
}

/* How many scores would be others now is found out by scoring and taking it back. */
static bool look_at_scores(struct call *call, const struct scorecard *card, struct error *err) {
  struct engine *engine = call->session->engine;
  struct score_summary summary = {0};
  struct score_options options = {0};
  bool scored = false;
  if (!score_any(engine->book, card->name, &scored, err))
    return false;
  if (!scored)
    return true;
  if (!unit_begin(engine->book, "doctor", NULL, err))
    return false;
  bool done = scorecard_score_all(engine, (struct scorecard *)card, &options, &summary, err);
  unit_cancel(engine->book);
  memory_free(summary.message);
  if (!done || !summary.written)
    return done;
  struct text advice = {0};
  text_format(&advice, "score %s", card->name);
  done = doctor_say(call, HEALTH_WARNING, N_("scores"), text_string(&advice), err,
                    N_("%lld scores of '%s' are not what the rules say now"),
                    (long long)summary.written, card->name);
  text_release(&advice);
  return done;
}

static bool look_at_rules(struct call *call, struct error *err) {
  const struct list *cards = &call->session->engine->rules->scorecards;
  bool done =
      look_at_workspace(call, err) && look_in_force(call, err) && look_at_schedules(call, err);
  if (!done || !call_has(call, "full"))
    return done;
  done = look_at_tests(call, err);
  bool may_write = !call->session->placeholder && !book_is_read_only(session_book(call->session));
  for (size_t i = 0; done && may_write && i < cards->count; i++)
    done = look_at_scores(call, *(struct scorecard **)list_at(cards, i), err);
  return done;
}

static bool look_at_book(struct call *call, struct book *book, struct error *err) {
  return look_at_content(call, book, err) && look_at_search(call, book, err) &&
         look_at_backups(call, book, err);
}

/* The data may be sound although the scripts, or the file, can't be opened as usual. */
static bool look_without_rules(struct call *call, const struct error *fault, struct error *err) {
  struct book *book = NULL;
  struct error broken;
  const char *database = call->session->database;
  bool scripts = fault->code == ERROR_SCRIPT || fault->code == ERROR_CONFIG;
  if (!doctor_tell(call, HEALTH_ERROR, scripts ? N_("workspace") : N_("database"),
                   scripts ? translate("see every mistake: rules check") : NULL, fault->message,
                   err))
    return false;
  if (!scripts || access(database, F_OK) != 0)
    return true;
  if (!book_open(&book, database, BOOK_READ_ONLY, &broken))
    return doctor_tell(call, HEALTH_ERROR, N_("database"), NULL, broken.message, err);
  bool done = look_at_book(call, book, err);
  book_close(book);
  return done;
}

static bool look_inside(struct call *call, struct error *err) {
  struct session *session = call->session;
  struct error fault;
  bool exists = access(session->database, F_OK) == 0;
  if (!exists && !doctor_say(call, HEALTH_OK, N_("database"), NULL, err,
                             N_("there is no '%s'; 'init' or 'new' makes one"), session->database))
    return false;
  if (!session_open(session, COMMAND_NEEDS_RULES, &call->complaint, &fault)) {
    text_clear(&call->complaint);
    return look_without_rules(call, &fault, err);
  }
  bool done =
      (!exists || look_at_book(call, session_book(session), err)) && look_at_rules(call, err);
  if (done || err->code != ERROR_STORE)
    return done;
  fault = *err; /* damage may show wherever one looks */
  return tell_faults(call, fault.message, err);
}

static bool run_doctor(struct call *call, struct error *err) {
  return call_expect(call, 0, 0, err) && begin(call, err) && look_at_program(call, err) &&
         look_inside(call, err) && doctor_look_around(call, err);
}

static const struct option_entry options[] = {
    {"full", 0, NULL,
     N_("read every page and reference, run the tests, score anew without keeping it"), 0},
    {NULL,   0, NULL, NULL,                                                             0},
};

static const char *const examples[] = {"doctor", "doctor --full", "doctor -f json", NULL};

const struct command doctor_commands[] = {
    {.verb = "doctor",
     .arguments = "",
     .summary = N_("describe and check database, workspace and surroundings"),
     .examples = examples,
     .options = options,
     .flags = COMMAND_PROMPT | COMMAND_ANY_SETTINGS,
     .run = run_doctor},
    {0},
};
