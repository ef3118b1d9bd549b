#include "engine/undo.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "engine/process.h"
#include "model/activation.h"
#include "model/spine.h"

enum { COMMAND_SIZE = 32 };

void undo_summary_release(struct undo_summary *summary) {
  memory_free(summary->command);
  *summary = (struct undo_summary){0};
}

/* Which units took which back, oldest first, and whether that still holds. */
struct ledger {
  struct spine_undo *undos; /* owned */
  bool *in_force;           /* owned, beside undos */
  size_t count;
};

static void ledger_release(struct ledger *ledger) {
  memory_free(ledger->undos);
  memory_free(ledger->in_force);
}

static const struct spine_undo *ledger_undo(const struct ledger *ledger, int64_t tx) {
  for (size_t low = 0, high = ledger->count; low < high;) {
    size_t middle = low + (high - low) / 2;
    if (ledger->undos[middle].tx == tx)
      return &ledger->undos[middle];
    if (ledger->undos[middle].tx < tx)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

/* The undo in force that takes the unit back; 0: the unit is in force. Undos come after what they
 * undo and are looked at newest first, so an undo's own standing is known before it counts. */
static int64_t ledger_undone_by(const struct ledger *ledger, int64_t tx) {
  for (size_t i = ledger->count; i > 0 && ledger->undos[i - 1].tx > tx; i--)
    if (ledger->undos[i - 1].undoes == tx && ledger->in_force[i - 1])
      return ledger->undos[i - 1].tx;
  return 0;
}

static bool ledger_load(struct ledger *ledger, struct book *book, struct error *err) {
  *ledger = (struct ledger){0};
  if (!spine_undos(book, &ledger->undos, &ledger->count, err))
    return false;
  ledger->in_force = memory_new_array(ledger->count, sizeof *ledger->in_force);
  if (!ledger->in_force) {
    ledger_release(ledger);
    return error_memory(err);
  }
  for (size_t i = ledger->count; i > 0; i--)
    ledger->in_force[i - 1] = ledger_undone_by(ledger, ledger->undos[i - 1].tx) == 0;
  return true;
}

/* An undo is 1, its redo 2, the undo of that 3 … ; a unit that is no undo is 0. */
static int ledger_level(const struct ledger *ledger, int64_t tx) {
  int level = 0;
  for (const struct spine_undo *undo; (undo = ledger_undo(ledger, tx)); tx = undo->undoes)
    level++;
  return level;
}

static bool newest_unit(const struct ledger *ledger, struct book *book, int64_t *tx,
                        struct error *err) {
  *tx = INT64_MAX;
  do {
    if (!spine_unit_before(book, *tx, tx, err))
      return false;
  } while (*tx != 0 && ledger_undone_by(ledger, *tx) != 0);
  return *tx != 0 || error_set(err, ERROR_NOT_FOUND, "there is nothing to undo");
}

/* A later unit counts unless it was taken back, or is itself the taking back of a later one. */
static bool stands_in_the_way(const struct ledger *ledger, int64_t later, int64_t tx) {
  const struct spine_undo *undo = ledger_undo(ledger, later);
  return ledger_undone_by(ledger, later) == 0 && !(undo && undo->undoes > tx);
}

static bool refuse_dependent(struct book *book, int64_t tx, int64_t later, struct error *err) {
  struct unit unit;
  if (!unit_load(&unit, book, later, err))
    return false;
  error_set(err, ERROR_REFUSED, "unit %lld ('%s') built on unit %lld; undo %lld first",
            (long long)later, unit.command ? unit.command : "", (long long)tx, (long long)later);
  unit_release(&unit);
  return false;
}

static bool check_dependents(const struct ledger *ledger, struct book *book, int64_t tx,
                             struct error *err) {
  int64_t *units;
  size_t count;
  if (!spine_dependents(book, tx, &units, &count, err))
    return false;
  bool free_to_go = true;
  for (size_t i = 0; i < count && free_to_go; i++)
    if (stands_in_the_way(ledger, units[i], tx))
      free_to_go = refuse_dependent(book, tx, units[i], err);
  memory_free(units);
  return free_to_go;
}

/* What a unit did, and that it did something. The undo of a unit that came to nothing, a record
 * made and deleted, comes to nothing too and can be taken back all the same. */
static bool measure(struct book *book, struct unit *unit, struct undo_summary *summary,
                    struct error *err) {
  *summary = (struct undo_summary){.tx = unit->tx};
  if (!spine_measure(book, unit->tx, &summary->records, &summary->changes, err))
    return false;
  if (summary->changes == 0 && unit->undoes == 0)
    return error_set(err, ERROR_NOT_FOUND,
                     "unit %lld ('%s') changed no record; there is nothing to "
                     "undo",
                     (long long)unit->tx, unit->command);
  summary->command = unit->command;
  unit->command = NULL;
  return true;
}

/* Chooses the unit (tx 0: the newest) and makes sure that it can be taken back. */
static bool choose(struct engine *engine, int64_t *tx, struct undo_summary *summary,
                   struct error *err) {
  struct ledger ledger;
  struct unit unit = {0};
  if (!ledger_load(&ledger, engine->book, err))
    return false;
  bool chosen = (*tx > 0 || newest_unit(&ledger, engine->book, tx, err)) &&
                unit_load(&unit, engine->book, *tx, err);
  int64_t undone_by = chosen ? ledger_undone_by(&ledger, *tx) : 0;
  if (undone_by)
    chosen = error_set(err, ERROR_REFUSED, "unit %lld was taken back by unit %lld already",
                       (long long)*tx, (long long)undone_by);
  chosen = chosen && check_dependents(&ledger, engine->book, *tx, err);
  ledger_release(&ledger);
  chosen = chosen && measure(engine->book, &unit, summary, err);
  unit_release(&unit);
  return chosen;
}

/* Whether any process keeps its stage in a column of that name. */
static bool is_moved(const struct engine *engine, const char *field) {
  const struct list *all = &engine->rules->processes;
  for (size_t i = 0; i < all->count; i++)
    if (strcmp((*(struct process **)list_at(all, i))->field->name, field) == 0)
      return true;
  return false;
}

/* The process that made the change, or NULL. */
static bool find_process(struct engine *engine, const struct change *change,
                         const struct process **out, struct error *err) {
  const struct kind *kind = NULL;
  *out = NULL;
  return !is_moved(engine, change->field) ||
         (record_kind_of(engine->book, change->record, &kind, err) &&
          process_of_change(engine, change, kind, out, err));
}

static bool revert_stage(struct engine *engine, const struct process *process,
                         const struct change *change, struct error *err) {
  struct record record;
  if (!record_load(&record, engine->book, process->kind, change->record, err))
    return false;
  bool stands = value_equal(&record.values[process->field->position], &change->old);
  const char *stage = change->old.type == VALUE_TEXT ? change->old.as.text.data : NULL;
  bool done = stands || process_revert(engine, &record, process, stage, err);
  record_release(&record);
  return done;
}

static bool take_back(const struct change *change, void *payload, struct error *err) {
  struct engine *engine = payload;
  const struct process *process;
  if (!find_process(engine, change, &process, err))
    return false;
  if (process)
    return revert_stage(engine, process, change, err);
  return change_apply(engine->book, change->record, change->field, &change->old, err);
}

static bool restore_ended(struct engine *engine, int64_t tx, struct error *err) {
  int64_t *ids;
  size_t count;
  if (!spine_ended(engine->book, tx, &ids, &count, err))
    return false;
  bool done = record_restore_all(engine->book, ids, count, err);
  memory_free(ids);
  return done;
}

static bool remove_made(struct engine *engine, int64_t tx, struct error *err) {
  int64_t *ids;
  size_t count;
  if (!spine_made(engine->book, tx, &ids, &count, err))
    return false;
  bool done = spine_remove(engine->book, ids, count, err);
  memory_free(ids);
  return done;
}

static bool take_unit_back(struct engine *engine, int64_t tx, struct undo_summary *summary,
                           struct error *err) {
  if (!choose(engine, &tx, summary, err))
    return false;
  return unit_set_undoes(engine->book, tx, err) && restore_ended(engine, tx, err) &&
         spine_each_change(engine->book, tx, take_back, engine, err) &&
         remove_made(engine, tx, err) && activation_take_back(engine->book, tx, err);
}

static bool run(struct engine *engine, int64_t tx, const char *command,
                struct undo_summary *summary, struct error *err) {
  *summary = (struct undo_summary){0};
  if (engine->book->unit_depth > 0)
    return error_set(err, ERROR_USAGE, "undo is a unit of its own; it cannot run inside another");
  if (!unit_begin(engine->book, command, NULL, err))
    return false;
  engine->takes_back = true;
  bool done = take_unit_back(engine, tx, summary, err) && unit_commit(engine->book, err);
  engine->takes_back = false;
  if (done)
    return true;
  if (engine->book->unit_depth > 0)
    unit_cancel(engine->book);
  undo_summary_release(summary);
  return false;
}

bool undo_unit(struct engine *engine, int64_t tx, struct undo_summary *summary, struct error *err) {
  char command[COMMAND_SIZE] = "undo";
  if (tx > 0)
    snprintf(command, sizeof command, "undo %lld", (long long)tx);
  return run(engine, tx, command, summary, err);
}

/* The newest undo in force that is itself no redo. */
static int64_t newest_undo(const struct ledger *ledger) {
  for (size_t i = ledger->count; i > 0; i--)
    if (ledger->in_force[i - 1] && ledger_level(ledger, ledger->undos[i - 1].tx) % 2 == 1)
      return ledger->undos[i - 1].tx;
  return 0;
}

static bool choose_redo(struct engine *engine, int64_t *tx, struct error *err) {
  struct ledger ledger;
  struct error none;
  int64_t newest = 0;
  if (!ledger_load(&ledger, engine->book, err))
    return false;
  *tx = newest_undo(&ledger);
  bool found = *tx != 0 || error_set(err, ERROR_NOT_FOUND, "there is nothing to redo");
  if (found && !newest_unit(&ledger, engine->book, &newest, &none) &&
      none.code != ERROR_NOT_FOUND) {
    *err = none;
    found = false;
  }
  if (found && newest > *tx)
    found = error_set(err, ERROR_REFUSED, "unit %lld came after the undo; undo %lld first",
                      (long long)newest, (long long)newest);
  ledger_release(&ledger);
  return found;
}

bool redo_unit(struct engine *engine, struct undo_summary *summary, struct error *err) {
  int64_t tx;
  *summary = (struct undo_summary){0};
  return choose_redo(engine, &tx, err) && run(engine, tx, "redo", summary, err);
}
