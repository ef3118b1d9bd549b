#include "repl/commands/glance_move.h"

#include "base/translate.h"
#include "engine/title.h"
#include "repl/commands/assignment.h"
#include "repl/commands/glance.h"
#include "repl/commands/listing.h"
#include "repl/commands/target.h"
#include "repl/terminal.h"

static struct engine *engine_of(const struct call *call) {
  return call->session->engine;
}

static bool sets_fields(const struct call *call) {
  for (size_t i = 0; i < call_count(call); i++)
    if (assignment_is(call_word(call, i)))
      return true;
  return false;
}

static void append_stages(struct text *out, const struct engine *engine,
                          const struct process *process, const char *from, const char *to) {
  if (from)
    text_format(out, "%s ", title_of_value(engine, process->field, from));
  text_format(out, "%s %s", terminal_arrow(), title_of_value(engine, process->field, to));
}

static void append_outcome(struct text *out, const struct verdict *verdict) {
  size_t missing = verdict_blocking(verdict);
  if (verdict->allowed)
    text_append(out, translate(": allowed"));
  else if (missing)
    text_format(
        out,
        translate_plural(": %zu criterion missing", ": %zu criteria missing", (int64_t)missing),
        missing);
  else
    text_append(out, translate(": refused"));
}

/* Fields that come with the move are set before anybody is asked: what would be said then is not
 * known. */
static bool judge(struct call *call, struct record *record, const char *to, struct text *out,
                  struct error *err) {
  struct verdict verdict;
  if (sets_fields(call))
    return true;
  verdict_init(&verdict);
  bool done = process_judge(engine_of(call), record, to, &verdict, err);
  if (done)
    append_outcome(out, &verdict);
  verdict_release(&verdict);
  return done;
}

/* named: the stage; NULL: where the target leads to. */
static bool glance_record(struct call *call, struct record *record, target_fn target,
                          const char *named, struct text *out, struct error *err) {
  const struct process *process = engine_process_of(engine_of(call), record);
  struct stage *stage = NULL;
  const char *to = NULL;
  if (!process)
    return false;
  const char *from = target_stage_of(record, process);
  if (named ? !process_find_stage(process, named, &stage, err) : !target(process, from, &to, err))
    return false;
  to = stage ? stage->name : to;
  append_stages(out, engine_of(call), process, from, to);
  return judge(call, record, to, out, err);
}

static bool glance_id(struct call *call, int64_t id, target_fn target, const char *named,
                      struct text *out, struct error *err) {
  struct record record;
  if (!record_load(&record, session_book(call->session), NULL, id, err))
    return false;
  bool done = glance_record(call, &record, target, named, out, err);
  record_release(&record);
  return done;
}

static bool glance_target(struct call *call, target_fn target, struct text *out,
                          struct error *err) {
  struct list ids;
  if (!glance_ids(call, &ids, err))
    return false;
  bool done = ids.count == 1 ? glance_id(call, *(int64_t *)list_at(&ids, 0), target, NULL, out, err)
                             : glance_append_ids(call, &ids, out, err);
  list_release(&ids);
  return done;
}

bool glance_advance(struct call *call, struct text *out, struct error *err) {
  return glance_target(call, target_next, out, err);
}

bool glance_back(struct call *call, struct text *out, struct error *err) {
  return glance_target(call, target_before, out, err);
}

bool glance_win(struct call *call, struct text *out, struct error *err) {
  return glance_target(call, target_won, out, err);
}

bool glance_lose(struct call *call, struct text *out, struct error *err) {
  return glance_target(call, target_lost, out, err);
}

bool glance_move(struct call *call, struct text *out, struct error *err) {
  const char *stage = call_word(call, 1);
  int64_t id = 0;
  return call_word(call, 0) &&
         session_record_id(call->session, call_word(call, 0), NULL, &id, err) &&
         glance_id(call, id, target_next, stage && !assignment_is(stage) ? stage : NULL, out, err);
}

/* Before the last word is a name it is still a record that is given away. */
bool glance_assign(struct call *call, struct text *out, struct error *err) {
  const struct kind *user = listing_kind(call, "user");
  size_t count = call_count(call);
  int64_t owner = 0;
  struct list ids;
  if (count < 2 || !session_record_id(call->session, call_word(call, count - 1), user, &owner, err))
    return glance_subject(call, out, err);
  list_remove(&call->words, count - 1);
  if (!glance_ids(call, &ids, err))
    return false;
  bool done = glance_append_ids(call, &ids, out, err);
  text_format(out, " %s ", terminal_arrow());
  done = done && glance_append_name(call, owner, out, err);
  list_release(&ids);
  return done;
}
