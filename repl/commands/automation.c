/* promote, tick, schedules: what the engine does by itself, asked for by a person or by cron. */
#include <stdio.h>

#include "base/translate.h"
#include "engine/promote.h"
#include "engine/schedule.h"
#include "repl/commands/confirm.h"
#include "repl/format/format.h"

static bool promote_all(struct call *call, void *payload, struct error *err) {
  int64_t looked_at = 0;
  if (!promote_waiting(call->session->engine, payload, &looked_at, err))
    return false;
  text_format(&call->text, translate("%lld looked at\n"), (long long)looked_at);
  return true;
}

static bool run_promote(struct call *call, struct error *err) {
  const struct kind *kind = NULL;
  if (!call_expect(call, 0, 1, err) ||
      (call_count(call) &&
       !catalog_find(session_book(call->session)->catalog, call_word(call, 0), &kind, err)))
    return false;
  const struct confirm confirm = {
      .sort = CONFIRM_PROMOTE, .work = promote_all, .payload = (void *)kind};
  return confirm_run(call, &confirm, err);
}

static const char *title_of(const struct schedule *schedule) {
  return translate_twin(schedule->name, schedule->title_ru);
}

static const struct schedule *schedule_at(const struct call *call, size_t index) {
  const struct list *all = &call->session->engine->rules->schedules;
  return index < all->count ? *(struct schedule **)list_at(all, index) : NULL;
}

enum { MOMENT_SIZE = 17 };

/* "2026-01-02 09:00" */
static void write_moment(instant at, char out[MOMENT_SIZE]) {
  char iso[INSTANT_TEXT_SIZE];
  instant_write(at, iso);
  snprintf(out, MOMENT_SIZE, "%.10s %.5s", iso, iso + 11);
}

/* What the run answered, as a command at the prompt would show it. */
static bool say_answer(struct call *call, const struct verb_answer *answer, struct error *err) {
  const struct style style = session_style(call->session, &call->settings);
  const struct text *said = &answer->text;
  if (answer->has_result)
    return table_write(&answer->result, &style, &call->text, err);
  text_append_bytes(&call->text, text_string(said), said->length);
  if (said->length && said->data[said->length - 1] != '\n')
    text_append_char(&call->text, '\n');
  text_append(&call->complaint, text_string(&answer->told));
  return text_check(&call->text, err);
}

static bool say_outcome(struct call *call, const struct schedule *schedule,
                        const struct schedule_outcome *outcome, struct error *err) {
  char due[MOMENT_SIZE];
  write_moment(outcome->due, due);
  if (!outcome->failure) {
    text_format(&call->text, translate("%s (%s): done\n"), title_of(schedule), due);
    return say_answer(call, &outcome->answer, err);
  }
  text_format(&call->complaint, translate("%s (%s): failed: %s\n"), title_of(schedule), due,
              outcome->failure);
  if (!outcome->retried)
    text_append(&call->complaint,
                translate("it failed too often and is not tried again until its next time\n"));
  return true;
}

/* While a script runs the rules must not be swapped. */
static bool do_one(struct call *call, const struct schedule *schedule, struct error *err) {
  struct session *session = call->session;
  struct schedule_outcome outcome;
  session->lua_depth++;
  session->verb_depth++;
  bool done = schedule_do(&outcome, session->engine, schedule, err);
  session->verb_depth--;
  session->lua_depth--;
  if (done && outcome.ran)
    done = say_outcome(call, schedule, &outcome, err);
  if (done && outcome.failure)
    call->exit_code = 1;
  schedule_outcome_release(&outcome);
  return done;
}

static bool tell_due(struct call *call, const struct schedule *schedule, struct error *err) {
  struct schedule_standing standing;
  char due[MOMENT_SIZE];
  if (!schedule_look(&standing, call->session->engine, schedule, err))
    return false;
  if (standing.run.state != RUN_DUE)
    return true;
  write_moment(standing.due, due);
  text_format(&call->text, translate("%s (%s): is due\n"), title_of(schedule), due);
  return true;
}

static bool run_tick(struct call *call, struct error *err) {
  const struct schedule *schedule;
  bool done = call_expect(call, 0, 0, err);
  for (size_t i = 0; done && (schedule = schedule_at(call, i)); i++)
    done = call->settings.dry_run ? tell_due(call, schedule, err) : do_one(call, schedule, err);
  if (done && !call->text.length && !call->complaint.length)
    text_append(&call->text, translate("nothing is due\n"));
  return done;
}

static const struct {
  const char *name, *title;
  enum field_type type;
} schedule_columns[] = {
    {"schedule", N_("schedule"), FIELD_TEXT   },
    {"when",     N_("when"),     FIELD_TEXT   },
    {"last",     N_("last run"), FIELD_INSTANT},
    {"outcome",  N_("outcome"),  FIELD_TEXT   },
    {"next",     N_("next run"), FIELD_INSTANT},
    {"message",  N_("message"),  FIELD_TEXT   },
};

enum { SCHEDULE_COLUMNS = sizeof schedule_columns / sizeof schedule_columns[0] };

/* What waits for the next tick is due at once; what failed, when it is tried again. */
static instant next_run(const struct schedule_standing *standing) {
  if (standing->run.state == RUN_DUE)
    return standing->due;
  return standing->run.state == RUN_WAITING ? standing->run.again : standing->next;
}

static bool add_schedule(struct call *call, const struct schedule *schedule, struct error *err) {
  struct schedule_standing standing;
  struct schedule_run latest;
  struct engine *engine = call->session->engine;
  if (!schedule_look(&standing, engine, schedule, err) ||
      !schedule_run_latest(&latest, engine->book, schedule->name, err))
    return false;
  const struct value cells[SCHEDULE_COLUMNS] = {
      value_text(title_of(schedule)),
      value_text(schedule->when),
      latest.attempt ? value_instant(latest.started) : value_null(),
      value_text(latest.outcome),
      value_instant(next_run(&standing)),
      value_text(latest.message),
  };
  struct result_row *row = result_add_row(&call->result, 0, err);
  bool done = row != NULL;
  for (int i = 0; done && i < SCHEDULE_COLUMNS; i++)
    done = result_set(row, i, &cells[i], err);
  schedule_run_release(&latest);
  return done;
}

static bool run_schedules(struct call *call, struct error *err) {
  const struct schedule *schedule;
  bool done = call_expect(call, 0, 0, err) && call_begin_result(call, "schedules", "", err);
  for (int i = 0; done && i < SCHEDULE_COLUMNS; i++)
    done = result_add_column(&call->result, schedule_columns[i].name,
                             translate(schedule_columns[i].title), schedule_columns[i].type, err);
  for (size_t i = 0; done && (schedule = schedule_at(call, i)); i++)
    done = add_schedule(call, schedule, err);
  return done;
}

static const char *const tick_examples[] = {"tick", "tick --dry-run", NULL};
static const char *const schedules_examples[] = {"schedules", "schedules -f json", NULL};
static const char *const promote_examples[] = {"promote", "promote client", "promote --dry-run",
                                               NULL};

const struct command automation_commands[] = {
    {.verb = "promote",
     .arguments = N_("[KIND]"),
     .summary = N_("move all that are ready to their next automatic stage"),
     .examples = promote_examples,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_WRITES,
     .completes = COMPLETES_KINDS,
     .run = run_promote},
    {.verb = "tick",
     .arguments = "",
     .summary = N_("do what is due by schedule: for cron, every few minutes"),
     .examples = tick_examples,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_WRITES,
     .run = run_tick},
    {.verb = "schedules",
     .arguments = "",
     .summary = N_("list what runs by itself, with its last and its next run"),
     .examples = schedules_examples,
     .flags = COMMAND_NEEDS_BOOK,
     .run = run_schedules},
    {0                                                    },
};
