/* merge: two records of one kind become one. */
#include "engine/merge.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "repl/commands/assignment.h"
#include "repl/commands/confirm.h"
#include "repl/commands/subject.h"

enum { TAKE_MAX = 32 };

/* What the line says: two records, the fields to take over, assignments. */
struct wish {
  struct call *call;
  int64_t stays, goes;
  char *names; /* owned: of --take, cut at its commas */
  const char *take[TAKE_MAX + 1];
  struct text pair, summary; /* who goes into whom, and what becomes of the fields */
};

static bool read_take(struct wish *wish, struct error *err) {
  const char *given = call_option(wish->call, "take");
  size_t count = 0;
  if (!given)
    return true;
  wish->names = memory_copy_text(given);
  if (!wish->names)
    return error_memory(err);
  char *rest = NULL;
  for (char *name = strtok_r(wish->names, ", ", &rest); name; name = strtok_r(NULL, ", ", &rest)) {
    if (count == TAKE_MAX)
      return error_set(err, ERROR_USAGE, "--take names %d fields at most", TAKE_MAX);
    wish->take[count++] = name;
  }
  return true;
}

static bool read_records(struct wish *wish, struct error *err) {
  struct list ids;
  size_t next = 0;
  if (!subject_list(wish->call, &ids, &next, err))
    return false;
  bool two = ids.count == 2;
  if (two) {
    wish->stays = *(int64_t *)list_at(&ids, 0);
    wish->goes = *(int64_t *)list_at(&ids, 1);
  }
  list_release(&ids);
  return two || error_set(err, ERROR_USAGE,
                          "merge takes two records, the one that stays first   (for example: %s)",
                          wish->call->command->examples[0]);
}

/* The assignments of the line, whichever words they are. */
static bool adjust(struct record *record, void *payload, struct error *err) {
  struct call *call = payload;
  const char *word = NULL;
  for (size_t i = 0; (word = call_word(call, i)); i++)
    if (assignment_is(word) && !assignment_apply(call, word, record, err))
      return false;
  return true;
}

static void append_fields(struct text *out, const char *what, const struct list *fields) {
  if (!fields->count)
    return;
  text_append(out, what);
  for (size_t i = 0; i < fields->count; i++)
    text_format(out, "%s%s", i ? ", " : " ", (*(const struct field **)list_at(fields, i))->name);
  text_append_char(out, '\n');
}

static void append_moved(struct text *out, const struct merge_summary *summary) {
  if (!summary->moved.count)
    return;
  text_append(out, translate("  moved:"));
  for (size_t i = 0; i < summary->moved.count; i++) {
    const struct merge_moved *moved = list_at(&summary->moved, i);
    text_format(out, "%s%lld %s.%s", i ? ", " : " ", (long long)moved->count, moved->kind->name,
                moved->field->name);
  }
  text_append_char(out, '\n');
}

static void append_conflict(struct text *out, const struct merge_conflict *conflict) {
  const char *name = conflict->field->name;
  struct text kept = {0}, dropped = {0};
  value_append(&kept, &conflict->kept);
  value_append(&dropped, &conflict->dropped);
  text_format(out,
              translate("  %s stays '%s', the other was '%s'   (choose: --take %s, or %s=…)\n"),
              name, text_string(&kept), text_string(&dropped), name, name);
  out->failed = out->failed || kept.failed || dropped.failed;
  text_release(&kept);
  text_release(&dropped);
}

static void append_summary(struct text *out, const struct wish *wish,
                           const struct merge_summary *summary) {
  append_moved(out, summary);
  append_fields(out, translate("  filled:"), &summary->filled);
  append_fields(out, translate("  put together:"), &summary->joined);
  append_fields(out, translate("  chosen:"), &summary->chosen);
  for (size_t i = 0; i < summary->conflicts.count; i++)
    append_conflict(out, list_at(&summary->conflicts, i));
  if (summary->stage)
    text_format(out,
                translate("  it stays at '%s', the other stood at '%s': 'advance #%lld' asks the "
                          "criteria\n"),
                summary->stage, summary->stage_of_other, (long long)wish->stays);
}

/* "client #7 Romashka into client #2 Ромашка" */
static bool append_pair(struct text *out, const struct wish *wish, struct error *err) {
  struct book *book = session_book(wish->call->session);
  struct record goes, stays;
  if (!record_load(&goes, book, NULL, wish->goes, err))
    return false;
  subject_append(out, &goes);
  record_release(&goes);
  if (!record_load(&stays, book, NULL, wish->stays, err))
    return false;
  text_append(out, translate(" into "));
  subject_append(out, &stays);
  record_release(&stays);
  return text_check(out, err);
}

static bool merge(const struct wish *wish, struct text *out, struct error *err) {
  struct merge_summary summary = {0};
  struct merge_options options = {
      .command = wish->call->line, .take = wish->take, .adjust = adjust, .payload = wish->call};
  bool done =
      merge_records(wish->call->session->engine, wish->stays, wish->goes, &options, &summary, err);
  if (done)
    append_summary(out, wish, &summary);
  merge_summary_release(&summary);
  return done && text_check(out, err);
}

/* What is asked and what is said begin differently and go on alike. */
static void ask_merge(const struct call *call, void *payload, struct text *out) {
  struct wish *wish = payload;
  (void)call;
  text_format(out, translate("This merges %s\n"), text_string(&wish->pair));
  text_append_bytes(out, text_string(&wish->summary), wish->summary.length);
}

static bool merge_asked(struct call *call, void *payload, struct error *err) {
  struct wish *wish = payload;
  text_clear(&wish->pair);
  text_clear(&wish->summary);
  if (!append_pair(&wish->pair, wish, err) || !merge(wish, &wish->summary, err))
    return false;
  text_format(&call->text, translate("merged %s\n"), text_string(&wish->pair));
  text_append_bytes(&call->text, text_string(&wish->summary), wish->summary.length);
  return true;
}

static bool run_merge(struct call *call, struct error *err) {
  struct wish wish = {.call = call};
  const struct confirm confirm = {
      .sort = CONFIRM_MERGE, .work = merge_asked, .question = ask_merge, .payload = &wish};
  bool done = call_expect(call, 2, -1, err) && read_records(&wish, err) && read_take(&wish, err) &&
              confirm_run(call, &confirm, err);
  memory_free(wish.names);
  text_release(&wish.pair);
  text_release(&wish.summary);
  return done;
}

static const struct option_entry merge_options[] = {
    {"take", 0, N_("FIELD,..."), N_("these fields are taken from the record that goes"), 0},
    {NULL,   0, NULL,            NULL,                                                   0},
};

static const char *const merge_examples[] = {"merge #2 #7",
                                             "merge #2 #7 --take phone,city --dry-run",
                                             "merge #2 #7 name=\"Ромашка\" --yes", NULL};

const struct command merge_commands[] = {
    {.verb = "merge",
     .arguments = N_("RECORD OTHER [FIELD=VALUE]..."),
     .summary = N_("make one of two records of a kind: the first stays, the other goes into it"),
     .examples = merge_examples,
     .options = merge_options,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_WRITES,
     .completes = COMPLETES_RECORDS | COMPLETES_KINDS | COMPLETES_ASSIGNMENTS,
     .run = run_merge},
    {0},
};
