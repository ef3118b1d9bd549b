/* advance, back, win, lose, move, why, score, assign: records on their way through a process. */
#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"
#include "engine/accept.h"
#include "engine/process.h"
#include "engine/promote.h"
#include "engine/scorecard.h"
#include "engine/title.h"
#include "repl/commands/assignment.h"
#include "repl/commands/confirm.h"
#include "repl/commands/glance_move.h"
#include "repl/commands/listing.h"
#include "repl/commands/reasons.h"
#include "repl/commands/subject.h"
#include "repl/commands/target.h"
#include "repl/commands/why_not.h"
#include "repl/terminal.h"

static struct engine *engine_of(const struct call *call) {
  return call->session->engine;
}

static bool process_for(struct call *call, const struct record *record,
                        const struct process **process, struct error *err) {
  *process = engine_process_of(engine_of(call), record);
  return *process || process_refuse_none(engine_of(call), record, err);
}

static const char *const columns[] = {N_("kind"), N_("name"), N_("from"), N_("to"), N_("outcome")};

static bool begin_moves(struct call *call, struct error *err) {
  if (!call_begin_result(call, "moves", "", err))
    return false;
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    if (!result_add_column(&call->result, columns[i], translate(columns[i]), FIELD_TEXT, err))
      return false;
  return true;
}

static bool add_move(struct call *call, const struct record *record, const struct verdict *verdict,
                     const char *outcome, struct error *err) {
  struct text name = {0};
  record_append_name(&name, record);
  struct value cells[] = {value_text(record->kind->name), value_text(text_string(&name)),
                          value_text(verdict->from), value_text(verdict->to), value_text(outcome)};
  struct result_row *row = result_add_row(&call->result, record->id, err);
  bool done = row != NULL;
  for (int i = 0; done && i < (int)(sizeof cells / sizeof *cells); i++)
    done = result_set(row, i, &cells[i], err);
  text_release(&name);
  return done;
}

static const char *shown_stage(const struct call *call, const struct record *record,
                               const char *stage) {
  const struct process *process = engine_process_of(engine_of(call), record);
  return !stage ? "" : process ? title_of_value(engine_of(call), process->field, stage) : stage;
}

static void say_move(struct call *call, const struct record *record,
                     const struct verdict *verdict) {
  subject_append(&call->text, record);
  text_format(&call->text, ": %s %s %s", shown_stage(call, record, verdict->from), terminal_arrow(),
              shown_stage(call, record, verdict->to));
  text_append(&call->text, verdict->forced ? translate(" (forced)\n") : "\n");
  if (verdict_warnings(verdict))
    reasons_append(&call->text, verdict, call, false);
}

/* Why the process itself refuses is the message already. */
static void say_refusal(struct call *call, const struct record *record,
                        const struct verdict *verdict) {
  if (!verdict->structural)
    reasons_append(&call->complaint, verdict, call, false);
  else if (verdict->skips)
    text_format(&call->complaint, translate("  do: why-not #%lld %s\n"), (long long)record->id,
                verdict->to);
}

/* Fields given with the move are set first, in the same unit. */
static bool apply_fields(struct call *call, struct record *record, size_t first,
                         struct error *err) {
  bool any = false;
  for (size_t i = first; i < call_count(call); i++) {
    if (!assignment_apply(call, call_word(call, i), record, err))
      return false;
    any = true;
  }
  return !any || engine_save(engine_of(call), record, call->line, err);
}

/* One move of one record: the process that makes it and what the criteria say. */
struct attempt {
  const struct process *process;
  struct verdict verdict;
};

static struct move_options options_of(const struct call *call) {
  return (struct move_options){
      .reason = call->settings.reason,
      .force = call_has(call, "force"),
      .command = call->line,
  };
}

static bool move_record(struct call *call, struct record *record, const char *to,
                        struct attempt *attempt, struct error *err) {
  const struct move_options options = options_of(call);
  bool done = process_move(engine_of(call), record, to, &options, &attempt->verdict, err);
  if (done) {
    say_move(call, record, &attempt->verdict);
    done = add_move(call, record, &attempt->verdict, call->settings.dry_run ? "allowed" : "moved",
                    err);
  } else if (err->code == ERROR_REFUSED) {
    say_refusal(call, record, &attempt->verdict);
    if (!process_stage_called(attempt->process, to))
      error_blame(err, to);
  }
  return done;
}

/* The records of a line on their way: where to, and the one that was refused. */
struct moves {
  struct list ids; /* of int64_t */
  size_t fields;   /* the word where those begin that are set first */
  target_fn target;
  const char *named; /* the stage, when there is no target */
  int64_t refused;   /* the record whose move was, 0: none */
  struct attempt attempt;
};

static void begin_attempt(struct moves *moves) {
  verdict_release(&moves->attempt.verdict);
  moves->attempt = (struct attempt){0};
  verdict_init(&moves->attempt.verdict);
}

static bool move_loaded(struct call *call, struct moves *moves, struct record *record,
                        struct error *err) {
  struct attempt *attempt = &moves->attempt;
  const char *to = moves->named;
  begin_attempt(moves);
  return apply_fields(call, record, moves->fields, err) &&
         process_for(call, record, &attempt->process, err) &&
         (!moves->target ||
          moves->target(attempt->process, target_stage_of(record, attempt->process), &to, err)) &&
         move_record(call, record, to, attempt, err);
}

static bool move_one(struct call *call, struct moves *moves, int64_t id, struct error *err) {
  struct record record;
  if (!record_load(&record, session_book(call->session), NULL, id, err))
    return false;
  bool done = move_loaded(call, moves, &record, err);
  const struct verdict *verdict = &moves->attempt.verdict;
  if (!done && err->code == ERROR_REFUSED && verdict->to && !verdict->allowed)
    moves->refused = id;
  record_release(&record);
  return done;
}

static bool move_all(struct call *call, void *payload, struct error *err) {
  struct moves *moves = payload;
  bool done = begin_moves(call, err);
  for (size_t i = 0; done && i < moves->ids.count; i++)
    done = move_one(call, moves, *(int64_t *)list_at(&moves->ids, i), err);
  return done;
}

/* Nothing of the line is kept but that it was refused. The refusal is the failure to tell, whatever
 * becomes of the note. */
static void keep_refusal(struct call *call, const struct moves *moves) {
  struct record record;
  struct transition refusal;
  struct error ignored;
  if (!moves->refused || call->settings.dry_run ||
      !record_load(&record, session_book(call->session), NULL, moves->refused, &ignored))
    return;
  if (process_refusal(&refusal, &record, moves->attempt.process, &moves->attempt.verdict,
                      call->settings.reason, &ignored)) {
    process_keep_refusal(engine_of(call), &refusal, call->line, &ignored);
    confirm_note_refusal(call->session, &refusal);
  }
  record_release(&record);
}

static bool run_moves(struct call *call, struct moves *moves, struct error *err) {
  const struct confirm confirm = {.sort = CONFIRM_MOVE, .work = move_all, .payload = moves};
  verdict_init(&moves->attempt.verdict);
  bool done = confirm_run(call, &confirm, err);
  if (!done)
    keep_refusal(call, moves);
  verdict_release(&moves->attempt.verdict);
  list_release(&moves->ids);
  return done;
}

static bool move_listed(struct call *call, target_fn target, struct error *err) {
  struct moves moves = {.target = target};
  return subject_list(call, &moves.ids, &moves.fields, err) && run_moves(call, &moves, err);
}

static bool run_advance(struct call *call, struct error *err) {
  return move_listed(call, target_next, err);
}

static bool run_back(struct call *call, struct error *err) {
  return move_listed(call, target_before, err);
}

static bool run_win(struct call *call, struct error *err) {
  return move_listed(call, target_won, err);
}

static bool run_lose(struct call *call, struct error *err) {
  return move_listed(call, target_lost, err);
}

/* move RECORD STAGE [FIELD=VALUE]... */
static bool run_move(struct call *call, struct error *err) {
  struct moves moves = {.ids = {.size = sizeof(int64_t)}, .fields = 2, .named = call_word(call, 1)};
  int64_t id = 0, *slot = NULL;
  if (!call_expect(call, 2, -1, err) ||
      !session_record_id(call->session, call_word(call, 0), NULL, &id, err) ||
      !(slot = list_add(&moves.ids, err)))
    return false;
  *slot = id;
  return run_moves(call, &moves, err);
}

static void say_verdict(struct call *call, const struct record *record,
                        const struct verdict *verdict) {
  subject_append(&call->text, record);
  text_format(&call->text, ": %s %s %s ", shown_stage(call, record, verdict->from),
              terminal_arrow(), shown_stage(call, record, verdict->to));
  text_append(&call->text,
              verdict->allowed ? translate("is allowed\n") : translate("is refused\n"));
  reasons_append(&call->text, verdict, call, true);
}

/* Why the engine leaves to a person what it would do by itself. */
static bool say_held(struct call *call, const struct record *record, const struct process *process,
                     const struct stage *stage, struct error *err) {
  struct transition taken_back;
  char at[INSTANT_TEXT_SIZE];
  bool held;
  if (!stage->automatic)
    return true;
  if (!promote_held(engine_of(call), record->id, process, &held, &taken_back, err) || !held)
    return !held;
  instant_write(taken_back.at, at);
  text_format(&call->text,
              translate("  it was taken back to '%s' on %.10s (%s): only 'advance' moves it on\n"),
              taken_back.to_stage, at, taken_back.reason ? taken_back.reason : "");
  transition_release(&taken_back);
  return true;
}

static bool judge_move(struct call *call, struct record *record, struct error *err) {
  const struct process *process = NULL;
  const char *to = call_word(call, 1);
  struct verdict verdict;
  if (!process_for(call, record, &process, err) ||
      (!to && !target_next(process, target_stage_of(record, process), &to, err)))
    return false;
  struct stage *stage = NULL;
  if (!process_find_stage(process, to, &stage, err))
    return false;
  verdict_init(&verdict);
  bool done = process_judge(engine_of(call), record, stage->name, &verdict, err);
  if (done) {
    say_verdict(call, record, &verdict);
    done = say_held(call, record, process, stage, err) && reasons_result(call, &verdict, err);
  }
  verdict_release(&verdict);
  return done;
}

static bool judge_acceptance(struct call *call, struct record *record, struct error *err) {
  struct verdict verdict;
  verdict_init(&verdict);
  bool done = accept_judge(engine_of(call), record, &verdict, err);
  if (done) {
    subject_append(&call->text, record);
    text_append(&call->text,
                verdict.allowed ? translate(" is accepted\n") : translate(" is not accepted\n"));
    reasons_append(&call->text, &verdict, call, true);
    done = reasons_result(call, &verdict, err);
  }
  verdict_release(&verdict);
  return done;
}

/* A kind without a process may still have criteria of its own; at its end a record goes nowhere. */
static bool has_next(struct call *call, const struct record *record) {
  const struct process *process = engine_process_of(engine_of(call), record);
  return process && process_next(process, target_stage_of(record, process));
}

static bool judge(struct call *call, struct record *record, struct error *err) {
  bool accepting = accept_find(engine_of(call), record->kind) != NULL;
  bool moving = !accepting || call_word(call, 1) || has_next(call, record);
  return (!accepting || judge_acceptance(call, record, err)) &&
         (!moving || judge_move(call, record, err));
}

static bool run_why(struct call *call, struct error *err) {
  struct record record;
  if (!call_expect(call, 1, 2, err) || !subject_load(call, call_word(call, 0), &record, err))
    return false;
  bool done = judge(call, &record, err);
  record_release(&record);
  return done;
}

static bool add_part(struct call *call, const char *id, const char *text, double points,
                     bool summary, struct error *err) {
  struct value cells[] = {value_text(id), value_text(text), value_number(points)};
  struct result_row *row = result_add_row(&call->result, 0, err);
  if (row)
    row->summary = summary;
  return row && result_set(row, 0, &cells[0], err) && result_set(row, 1, &cells[1], err) &&
         result_set(row, 2, &cells[2], err);
}

static bool show_parts(struct call *call, const struct scorecard *card,
                       const struct score_answer *answer, struct error *err) {
  for (size_t i = 0; i < card->rules.count; i++) {
    const struct score_rule *rule = *(struct score_rule **)list_at(&card->rules, i);
    if (!add_part(call, rule->id, translate_twin(rule->text, rule->text_ru), answer->points[i],
                  false, err))
      return false;
    if (answer->broken[i])
      call->exit_code = 1;
  }
  double total = scorecard_total(card, answer);
  if (answer->message && !result_note(&call->result, answer->message, err))
    return false;
  return add_part(call, scorecard_grade(card, total), translate("total"), total, true, err);
}

static bool score_one(struct call *call, struct scorecard *card, struct error *err) {
  struct record record;
  struct score_answer answer;
  struct text title = {0};
  if (!subject_load(call, call_word(call, 1), &record, err))
    return false;
  bool right = record.kind == card->kind ||
               error_set(err, ERROR_USAGE, "scorecard '%s' is for a %s, not for a %s", card->name,
                         card->kind->name, record.kind->name);
  if (!right || !score_answer_init(&answer, card, err)) {
    record_release(&record);
    return false;
  }
  subject_append(&title, &record);
  bool done = scorecard_score(engine_of(call), card, &record, &answer, err) &&
              call_begin_result(call, card->name, text_string(&title), err) &&
              result_add_column(&call->result, "rule", translate("rule"), FIELD_TEXT, err) &&
              result_add_column(&call->result, "text", translate("text"), FIELD_TEXT, err) &&
              result_add_column(&call->result, "points", translate("points"), FIELD_NUMBER, err) &&
              show_parts(call, card, &answer, err);
  text_release(&title);
  score_answer_release(&answer);
  record_release(&record);
  return done;
}

static bool score_all(struct call *call, struct scorecard *card, struct error *err) {
  struct query *query = NULL;
  struct score_summary summary = {0};
  struct progress progress;
  progress_begin(&progress, translate("scoring"));
  if (!listing_query(call, card->kind, 1, &query, err))
    return false;
  const struct score_options options = {
      .query = query, .progress = call->by_script ? NULL : progress_show, .payload = &progress};
  bool done = scorecard_score_all(engine_of(call), card, &options, &summary, err);
  progress_end();
  query_free(query);
  if (!done)
    return false;
  text_format(&call->text, translate("%lld %s scored, %lld scores changed\n"),
              (long long)summary.scored, card->kind->plural, (long long)summary.written);
  if (summary.broken) {
    call->exit_code = 1;
    text_format(&call->complaint, translate("%lld with a broken rule: %s\n"),
                (long long)summary.broken, summary.message ? summary.message : "");
  }
  memory_free(summary.message);
  return true;
}

static bool run_score(struct call *call, struct error *err) {
  struct scorecard *card = NULL;
  const char *second = call_word(call, 1);
  if (!call_expect(call, 1, -1, err) ||
      !engine_find_scorecard(engine_of(call), call_word(call, 0), &card, err))
    return false;
  bool condition = second && strpbrk(second, "=<>~") != NULL;
  return second && !condition ? score_one(call, card, err) : score_all(call, card, err);
}

static bool assign_one(struct call *call, int64_t id, const struct value *owner,
                       struct error *err) {
  struct record record;
  const struct field *field = NULL;
  if (!record_load(&record, session_book(call->session), NULL, id, err))
    return false;
  bool done = kind_find_field(record.kind, "owner", &field, err) &&
              record_set(&record, session_book(call->session), field, owner, err) &&
              engine_save(engine_of(call), &record, call->line, err);
  if (done) {
    subject_append(&call->text, &record);
    text_append(&call->text, translate(" assigned\n"));
  }
  record_release(&record);
  return done;
}

/* Who gets which records: ids of the words before the last. */
struct assigning {
  struct value owner;
  struct list ids; /* of int64_t */
};

static bool assign_all(struct call *call, void *payload, struct error *err) {
  const struct assigning *assigning = payload;
  bool done = true;
  for (size_t i = 0; done && i < assigning->ids.count; i++)
    done = assign_one(call, *(int64_t *)list_at(&assigning->ids, i), &assigning->owner, err);
  return done;
}

static bool find_assigned(struct call *call, struct list *ids, struct error *err) {
  for (size_t i = 0; i + 1 < call_count(call); i++) {
    int64_t id = 0, *slot = NULL;
    if (!session_record_id(call->session, call_word(call, i), NULL, &id, err) ||
        !(slot = list_add(ids, err)))
      return false;
    *slot = id;
  }
  return true;
}

/* assign RECORD... USER */
static bool run_assign(struct call *call, struct error *err) {
  const struct kind *user = listing_kind(call, "user");
  struct assigning assigning = {.ids = {.size = sizeof(int64_t)}};
  const struct confirm confirm = {
      .sort = CONFIRM_CHANGE, .work = assign_all, .payload = &assigning};
  int64_t owner = 0;
  if (!call_expect(call, 2, -1, err) ||
      !session_record_id(call->session, call_word(call, call_count(call) - 1), user, &owner, err))
    return false;
  assigning.owner = value_integer(owner);
  bool done = find_assigned(call, &assigning.ids, err) && confirm_run(call, &confirm, err);
  list_release(&assigning.ids);
  return done;
}

static const struct option_entry force_options[] = {
    {"force", 0, NULL, N_("past failing criteria; needs --reason"), 0},
    {NULL,    0, NULL, NULL,                                        0},
};

static const char *const advance_examples[] = {
    "advance #42", "advance #42 --force --reason \"agreed with the director\"", NULL};
static const char *const back_examples[] = {"back #42 --reason \"the budget was cut\"", NULL};
static const char *const win_examples[] = {"win #42", NULL};
static const char *const lose_examples[] = {
    "lose #42 lost_reason=price lost_note=\"a cheaper offer\" --reason price", NULL};
static const char *const move_examples[] = {"move #42 presentation", NULL};
static const char *const why_examples[] = {"why #42", "why #42 won", NULL};
static const char *const why_not_examples[] = {"why-not #42", "why-not #42 presentation", NULL};
static const char *const score_examples[] = {"score fit", "score fit #12",
                                             "score fit industry=medical", NULL};
static const char *const assign_examples[] = {"assign #42 \"Darcel Schlecht\"", NULL};

enum { MOVES = COMMAND_NEEDS_BOOK | COMMAND_WRITES };

const struct command pipeline_commands[] = {
    {.verb = "advance",
     .arguments = N_("RECORD... [FIELD=VALUE]..."),
     .summary = N_("move to the next stage if its criteria agree"),
     .examples = advance_examples,
     .options = force_options,
     .flags = MOVES,
     .completes = COMPLETES_RECORDS | COMPLETES_ASSIGNMENTS,
     .preview = glance_advance,
     .run = run_advance},
    {.verb = "back",
     .arguments = N_("RECORD... [FIELD=VALUE]..."),
     .summary = N_("move back to the stage before"),
     .examples = back_examples,
     .options = force_options,
     .flags = MOVES,
     .completes = COMPLETES_RECORDS | COMPLETES_ASSIGNMENTS,
     .preview = glance_back,
     .run = run_back},
    {.verb = "win",
     .arguments = N_("RECORD... [FIELD=VALUE]..."),
     .summary = N_("move to the won end"),
     .examples = win_examples,
     .options = force_options,
     .flags = MOVES,
     .completes = COMPLETES_RECORDS | COMPLETES_ASSIGNMENTS,
     .preview = glance_win,
     .run = run_win},
    {.verb = "lose",
     .arguments = N_("RECORD... [FIELD=VALUE]..."),
     .summary = N_("move to the lost end"),
     .examples = lose_examples,
     .options = force_options,
     .flags = MOVES,
     .completes = COMPLETES_RECORDS | COMPLETES_ASSIGNMENTS,
     .preview = glance_lose,
     .run = run_lose},
    {.verb = "move",
     .arguments = N_("RECORD STAGE [FIELD=VALUE]..."),
     .summary = N_("move to a named stage if its criteria agree"),
     .examples = move_examples,
     .options = force_options,
     .flags = MOVES,
     .completes = COMPLETES_RECORDS | COMPLETES_STAGES | COMPLETES_ASSIGNMENTS,
     .preview = glance_move,
     .run = run_move},
    {.verb = "why",
     .arguments = N_("RECORD [STAGE]"),
     .summary = N_("say what a move would be told, without trying it"),
     .examples = why_examples,
     .flags = COMMAND_NEEDS_BOOK,
     .completes = COMPLETES_RECORDS | COMPLETES_STAGES,
     .preview = glance_move,
     .run = run_why},
    {.verb = "why-not",
     .arguments = N_("RECORD [STAGE]"),
     .summary = N_("say all that is missing on the way to a stage, and the moves that lead there"),
     .examples = why_not_examples,
     .flags = COMMAND_NEEDS_BOOK,
     .completes = COMPLETES_RECORDS | COMPLETES_STAGES,
     .run = why_not_run},
    {.verb = "score",
     .arguments = N_("SCORECARD [RECORD|CONDITION...]"),
     .summary = N_("score one record or all of them"),
     .examples = score_examples,
     .options = listing_options,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_WRITES,
     .completes = COMPLETES_SCORECARDS | COMPLETES_RECORDS | COMPLETES_FIELDS,
     .run = run_score},
    {.verb = "assign",
     .arguments = N_("RECORD... USER"),
     .summary = N_("make somebody the owner of records"),
     .examples = assign_examples,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_WRITES,
     .completes = COMPLETES_RECORDS,
     .preview = glance_assign,
     .run = run_assign},
    {0                                              },
};
