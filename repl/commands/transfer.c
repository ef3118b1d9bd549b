/* import, export: what comes in and goes out. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/import.h"
#include "repl/commands/listing.h"
#include "repl/failure.h"
#include "repl/progress.h"

enum { REPLACEMENTS_MAX = 16 };

static void append_lines(struct text *out, const struct list *lines) {
  for (size_t i = 0; i < lines->count; i++)
    text_format(out, "%s\n", *(char **)list_at(lines, i));
}

static void say_summary(struct call *call, const struct import_summary *summary) {
  append_lines(&call->text, &summary->files);
  text_format(&call->text,
              translate("%lld rows: %lld created, %lld updated, %lld unchanged, %lld rejected%s\n"),
              (long long)summary->rows, (long long)summary->created, (long long)summary->updated,
              (long long)summary->unchanged, (long long)summary->rejected,
              call->settings.dry_run ? translate(" (dry run: nothing was imported)") : "");
  if (summary->warned)
    text_format(&call->text, translate("%lld rows are not all they should be: 'why' tells\n"),
                (long long)summary->warned);
  for (size_t i = 0; i < summary->messages.count; i++)
    text_append(&call->complaint, *(char **)list_at(&summary->messages, i));
}

static bool read_replacements(const struct call *call, const char **out, struct error *err) {
  size_t count = 0;
  for (size_t i = 0; i < call->options.count; i++) {
    const struct option_value *value = list_at(&call->options, i);
    if (strcmp(value->entry->name, "replace") != 0)
      continue;
    if (count == REPLACEMENTS_MAX)
      return error_set(err, ERROR_USAGE, "--replace may be given %d times at most",
                       REPLACEMENTS_MAX);
    out[count++] = value->word;
  }
  out[count] = NULL;
  return true;
}

static bool read_options(const struct call *call, const char **replacements,
                         struct progress *progress, struct import_options *options,
                         struct error *err) {
  const char *order = call_option(call, "date-order");
  progress_begin(progress, translate("importing"));
  *options = (struct import_options){
      .path = call_word(call, 1),
      .only = call_option(call, "only"),
      .rejects = call_option(call, "rejects"),
      .replacements = replacements,
      .dry_run = call->settings.dry_run,
      .skip_rejected = call_has(call, "skip-rejected"),
      .stop_at_ambiguous = call_may_ask(call),
      .command = call->line,
      .progress = call->by_script ? NULL : progress_show,
      .payload = progress,
  };
  if (!read_replacements(call, replacements, err))
    return false;
  if (order)
    date_order_from_name(&options->order, order);
  return true;
}

enum { ORDER_NONE = -1 };

static const struct answer orders[] = {
    {ORDER_NONE,     {""}                              },
    {DATE_ORDER_DMY, {"d", "day", "д", "день"}    },
    {DATE_ORDER_MDY, {"m", "month", "м", "месяц"}},
    {0,              {NULL}                            },
};

/* Again after what is none of them; an empty answer gives up. */
static bool ask_until_known(const char *question, enum date_order *out, struct error *err) {
  struct text answer = {0};
  int order = ORDER_NONE;
  bool done = call_ask(question, &answer, err);
  while (done && !answer_read(orders, text_string(&answer), &order)) {
    failure_print_details(translate("d: the day is first, m: the month, Enter imports nothing\n"));
    text_clear(&answer);
    done = call_ask(question, &answer, err);
  }
  text_release(&answer);
  if (done && order == ORDER_NONE)
    return error_set(err, ERROR_CONFIRM, "nothing was changed");
  if (done)
    *out = (enum date_order)order;
  return done;
}

/* A date that can be read two ways is never guessed: who sits at the terminal is asked once for
 * each file, and what was begun starts over. */
static bool ask_order(struct call *call, struct import_plan *plan,
                      const struct import_summary *summary, struct error *err) {
  struct import_file *file = list_at(&plan->files, summary->ambiguous_file);
  struct text question = {0};
  text_format(&question, translate("%s\nIn %s, is the day first or the month? [d/m]"),
              summary->ambiguous, file->name);
  bool done =
      text_check(&question, err) && ask_until_known(text_string(&question), &file->order, err);
  text_release(&question);
  if (!done)
    return false;
  text_format(
      &call->complaint,
      translate("to be asked no more, write in the mapping: file \"%s\" { order = \"%s\" }\n"),
      file->name, file->order == DATE_ORDER_DMY ? "dmy" : "mdy");
  return true;
}

/* Once, or again after each question. The rows' verdicts go where the caller wants them. */
static bool import_asking(struct call *call, struct import_plan *plan,
                          const struct import_options *options, struct import_summary *summary,
                          struct result *verdicts, struct error *err) {
  for (;;) {
    bool done = import_run(call->session->engine, plan, options, summary, verdicts, err);
    progress_end();
    if (done || !summary->ambiguous)
      return done;
    if (!ask_order(call, plan, summary, err))
      return false;
    import_summary_release(summary);
    if (verdicts) {
      result_release(verdicts);
      if (!result_init(verdicts, "import", "", err))
        return false;
    }
  }
}

/* The rows' verdicts are the answer of a dry run; people get the summary alone. */
static bool import_plan_file(struct call *call, struct import_plan *plan, struct error *err) {
  const char *replacements[REPLACEMENTS_MAX + 1];
  struct import_options options;
  struct import_summary summary = {0};
  struct progress progress;
  if (!read_options(call, replacements, &progress, &options, err) ||
      !call_begin_result(call, "import", "", err))
    return false;
  bool verdicts = call->settings.dry_run && listing_is_machine(call);
  bool done = import_asking(call, plan, &options, &summary, verdicts ? &call->result : NULL, err);
  if (!summary.ambiguous)
    say_summary(call, &summary);
  if (!verdicts) {
    result_release(&call->result);
    call->has_result = false;
  }
  import_summary_release(&summary);
  return done;
}

/* Cards are no rows: a command of the workspace says what becomes of them. */
static bool is_card_file(const char *word) {
  const char *end = word ? strrchr(word, '.') : NULL;
  return end && strcasecmp(end, ".vcf") == 0;
}

static bool run_import(struct call *call, struct error *err) {
  struct import_plan *plan = NULL;
  if (is_card_file(call_word(call, 0)))
    return error_set(err, ERROR_USAGE, "business cards are taken in by: cards %s",
                     call_word(call, 0));
  if (!call_expect(call, 2, 2, err) ||
      !state_import_plan(call->session->state, call_word(call, 0), &plan, &call->complaint, err))
    return false;
  bool done = import_plan_file(call, plan, err);
  import_plan_free(plan);
  return done;
}

/* A listing with every field; CSV unless the file's name or --format says otherwise. */
static bool run_export(struct call *call, struct error *err) {
  const struct kind *kind = NULL;
  struct query *query = NULL;
  const char *path = call->settings.output;
  if (!call_expect(call, 1, -1, err) ||
      !catalog_find(session_book(call->session)->catalog, call_word(call, 0), &kind, err) ||
      !listing_query(call, kind, 1, &query, err))
    return false;
  if (!call->settings.format && !(path && format_of_file(path)))
    call->settings.format = "csv";
  bool done = listing_run(call, query, true, err);
  query_free(query);
  return done;
}

static const struct option_entry import_options[] = {
    {"rejects",       0, N_("FILE"),      N_("write rejected rows there, with their reasons"),   0},
    {"skip-rejected", 0, NULL,            N_("import the good rows although others are not"),    0},
    {"only",          0, N_("FILE"),      N_("only this file of the mapping"),                   0},
    {"replace",       0, N_("FILE=PATH"), N_("another file in the place of one of the mapping"), 0},
    {"date-order",    0, N_("ORDER"),     N_("how 01/02/2017 is read: ymd, dmy or mdy"),         0},
    {NULL,            0, NULL,            NULL,                                                  0},
};

static const char *const import_examples[] = {
    "import demo/import.lua demo/data --dry-run",
    "import demo/import.lua demo/data --skip-rejected --rejects rejected.csv", NULL};
static const char *const export_examples[] = {
    "export deal -o deals.csv", "export deal -o deals.xlsx",
    "export client industry=medical -o clients.json", NULL};

const struct command transfer_commands[] = {
    {.verb = "import",
     .arguments = N_("MAPPING.lua PATH"),
     .summary = N_("read files of rows by a mapping script"),
     .examples = import_examples,
     .options = import_options,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_CREATES | COMMAND_WRITES,
     .completes = COMPLETES_FILES,
     .run = run_import},
    {.verb = "export",
     .arguments = N_("KIND [CONDITION]..."),
     .summary = N_("write every field of the records of a kind, as CSV if not told otherwise"),
     .examples = export_examples,
     .options = listing_options,
     .flags = COMMAND_NEEDS_BOOK,
     .completes = COMPLETES_KINDS | COMPLETES_FIELDS,
     .run = run_export},
    {0                              },
};
