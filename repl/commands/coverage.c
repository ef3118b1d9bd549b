#include "repl/commands/coverage.h"

#include <string.h>

#include "base/money.h"
#include "base/translate.h"
#include "repl/commands/declaration.h"
#include "repl/failure.h"
#include "repl/session.h"

/* What --only chooses by, and what declarations call themselves. */
static const struct {
  const char *family, *what;
} families[] = {
    {"criteria", "must"   },
    {"criteria", "should" },
    {"rules",    "rule"   },
    {"stages",   "stage"  },
    {"actions",  "on"     },
    {"reports",  "report" },
    {"commands", "command"},
};
enum { FAMILY_COUNT = sizeof families / sizeof *families };

const struct option_entry coverage_options[] = {
    {"each",       0, NULL,        N_("a row per criterion, rule, stage, action, report and command"),    0},
    {"only",       0, N_("PARTS"), N_("criteria, rules, stages, actions, reports, commands: these only"),
     0                                                                                                     },
    {"fail-under", 0, N_("N"),     N_("exit with 3 when less than N percent were seen"),                  0},
    {NULL,         0, NULL,        NULL,                                                                  0},
};

const struct option_entry coverage_test_options[] = {
    {"coverage",   0, NULL,        N_("say also what the tests did not see"),                             0},
    {"only",       0, N_("PARTS"), N_("criteria, rules, stages, actions, reports, commands: these only"),
     0                                                                                                     },
    {"fail-under", 0, N_("N"),     N_("exit with 3 when less than N percent were seen"),                  0},
    {NULL,         0, NULL,        NULL,                                                                  0},
};

/* How a declaration was seen: the value of its cell, and what is said of one that lacks something.
 */
enum sight { SIGHT_WHOLE, SIGHT_TRUE, SIGHT_FALSE, SIGHT_NEVER, SIGHT_IDLE, SIGHT_UNENTERED };
static const struct {
  const char *word, *said; /* said NULL: nothing is missing */
} sights[] = {
    {N_("seen"),       NULL                  },
    {N_("only true"),  N_("never seen false")},
    {N_("only false"), N_("never seen true") },
    {N_("never"),      N_("never asked")     },
    {N_("idle"),       N_("never run")       },
    {N_("unentered"),  N_("never entered")   },
};

/* What was seen of the declarations in one file, counted in the ways they can be seen. */
struct file {
  const char *name; /* borrowed from the rules */
  int64_t declared, missing, ways, seen;
};

struct coverage {
  struct call *call;
  const char *word;  /* part of a file or an id; NULL: all */
  const char *only;  /* families, separated by commas; NULL: all */
  struct list files; /* of struct file */
  struct file total;
  struct text gaps; /* what was not seen, a line each */
  enum { ROWS_FILES, ROWS_EACH, ROWS_NONE } rows;
};

static enum sight sight_of(const struct declaration *declaration) {
  const struct seen *seen = declaration->seen;
  if (!declaration->judges)
    return seen->yes                                 ? SIGHT_WHOLE
           : strcmp(declaration->what, "stage") == 0 ? SIGHT_UNENTERED
                                                     : SIGHT_IDLE;
  if (seen->yes && seen->no)
    return SIGHT_WHOLE;
  return seen->yes ? SIGHT_TRUE : seen->no ? SIGHT_FALSE : SIGHT_NEVER;
}

static bool lists_word(const char *list, const char *word) {
  size_t length = strlen(word);
  while (*list) {
    size_t next = strcspn(list, ",");
    if (next == length && strncmp(list, word, length) == 0)
      return true;
    list += next + (list[next] == ',');
  }
  return false;
}

static bool is_chosen(const struct coverage *coverage, const struct declaration *declaration) {
  if (!declaration->seen || !declaration->place->file)
    return false;
  if (coverage->word && !text_contains(declaration->place->file, coverage->word) &&
      !text_contains(declaration->id, coverage->word))
    return false;
  for (size_t i = 0; i < FAMILY_COUNT; i++)
    if (strcmp(families[i].what, declaration->what) == 0)
      return !coverage->only || lists_word(coverage->only, families[i].family);
  return false;
}

static struct file *file_of(struct coverage *coverage, const char *name, struct error *err) {
  for (size_t i = 0; i < coverage->files.count; i++) {
    struct file *file = list_at(&coverage->files, i);
    if (strcmp(file->name, name) == 0)
      return file;
  }
  struct file *file = list_add(&coverage->files, err);
  if (file)
    file->name = name;
  return file;
}

static void count(struct file *file, const struct declaration *declaration, enum sight sight) {
  file->declared++;
  file->missing += sight != SIGHT_WHOLE;
  file->ways += declaration->judges ? 2 : 1;
  file->seen += (declaration->seen->yes > 0) + (declaration->judges && declaration->seen->no > 0);
}

static bool add_declaration(struct coverage *coverage, const struct declaration *declaration,
                            enum sight sight, struct error *err) {
  struct text place = {0};
  text_format(&place, "%s:%d", declaration->place->file, declaration->place->line);
  struct value cells[] = {value_text(declaration->what),
                          value_text(declaration->id),
                          value_text(sights[sight].word),
                          value_integer(declaration->seen->yes),
                          declaration->judges ? value_integer(declaration->seen->no) : value_null(),
                          value_text(text_string(&place))};
  struct result_row *row = result_add_row(&coverage->call->result, 0, err);
  bool done = row != NULL;
  for (int i = 0; done && i < (int)(sizeof cells / sizeof *cells); i++)
    done = result_set(row, i, &cells[i], err);
  text_release(&place);
  return done;
}

static bool look_at(void *payload, const struct declaration *declaration, struct error *err) {
  struct coverage *coverage = payload;
  if (!is_chosen(coverage, declaration))
    return true;
  struct file *file = file_of(coverage, declaration->place->file, err);
  if (!file)
    return false;
  enum sight sight = sight_of(declaration);
  count(file, declaration, sight);
  count(&coverage->total, declaration, sight);
  if (sights[sight].said)
    text_format(&coverage->gaps, "%s:%d: %s %s: %s\n", declaration->place->file,
                declaration->place->line, declaration->what, declaration->id,
                translate(sights[sight].said));
  return coverage->rows != ROWS_EACH || add_declaration(coverage, declaration, sight, err);
}

/* Nothing to see is seen whole. */
static double share_of(const struct file *file) {
  return file->ways ? (double)file->seen / (double)file->ways : 1;
}

static bool add_file(struct result *result, const struct file *file, bool total,
                     struct error *err) {
  struct value cells[] = {value_text(total ? translate("total") : file->name),
                          value_integer(file->declared), value_integer(file->missing),
                          value_number(share_of(file))};
  struct result_row *row = result_add_row(result, 0, err);
  if (!row)
    return false;
  row->summary = total;
  for (int i = 0; i < (int)(sizeof cells / sizeof *cells); i++)
    if (!result_set(row, i, &cells[i], err))
      return false;
  return true;
}

static bool add_files(struct coverage *coverage, struct error *err) {
  struct result *result = &coverage->call->result;
  for (size_t i = 0; i < coverage->files.count; i++)
    if (!add_file(result, list_at(&coverage->files, i), false, err))
      return false;
  return add_file(result, &coverage->total, true, err);
}

static bool note_gaps(struct coverage *coverage, struct error *err) {
  struct text line = {0};
  bool done = text_check(&coverage->gaps, err);
  const char *at = text_string(&coverage->gaps);
  while (done && *at) {
    size_t length = strcspn(at, "\n");
    text_clear(&line);
    text_append_bytes(&line, at, length);
    done = result_note(&coverage->call->result, text_string(&line), err);
    at += length + 1;
  }
  text_release(&line);
  return done;
}

static bool note_total(struct coverage *coverage, struct error *err) {
  struct text line = {0};
  text_format(&line, translate("coverage: %.1f %%, of %lld declared %lld not wholly seen"),
              100 * share_of(&coverage->total), (long long)coverage->total.declared,
              (long long)coverage->total.missing);
  bool done = result_note(&coverage->call->result, text_string(&line), err);
  text_release(&line);
  return done;
}

/* --fail-under N: the share of all that was asked for. Rounding never lifts it over N. */
static bool check_share(struct coverage *coverage, struct error *err) {
  const char *word = call_option(coverage->call, "fail-under");
  double least;
  if (!word)
    return true;
  struct error ignored;
  if (!number_parse(&least, word, '.', &ignored) || least < 0 || least > 100)
    return error_set(err, ERROR_USAGE,
                     "--fail-under is a number of percent from 0 to 100, not '%s'", word);
  if (100 * share_of(&coverage->total) >= least)
    return true;
  text_format(&coverage->call->complaint,
              translate("the tests saw %.1f %% of the rules, less than %s %%\n"),
              100 * share_of(&coverage->total), word);
  coverage->call->exit_code = EXIT_EMPTY;
  return true;
}

/* Only what there is can be chosen. */
static bool check_only(const char *only, struct error *err) {
  struct text word = {0};
  const char *names[FAMILY_COUNT];
  bool done = true;
  for (size_t i = 0; i < FAMILY_COUNT; i++)
    names[i] = families[i].family;
  for (const char *at = only; done && at && *at;) {
    size_t length = strcspn(at, ",");
    text_clear(&word);
    text_append_bytes(&word, at, length);
    done = false;
    for (size_t i = 0; i < FAMILY_COUNT; i++)
      done = done || strcmp(names[i], text_string(&word)) == 0;
    const char *near = done ? NULL : text_suggest(text_string(&word), names, FAMILY_COUNT);
    if (near)
      error_set(err, ERROR_USAGE, "--only: no '%s'; did you mean '%s'?", text_string(&word), near);
    else if (!done)
      error_set(err, ERROR_USAGE,
                "--only: no '%s'; there are criteria, rules, stages, actions, reports and commands",
                text_string(&word));
    at += length + (at[length] == ',');
  }
  text_release(&word);
  return done;
}

static bool look(void *payload, const struct rules *rules, struct error *err) {
  struct coverage *coverage = payload;
  if (!declaration_visit(rules, look_at, coverage, err))
    return false;
  if (coverage->word && !coverage->total.declared)
    return error_set(err, ERROR_NOT_FOUND, "no file and no id has '%s' in it; see 'rules list'",
                     coverage->word);
  /* the names of the files are the rules', which are gone soon */
  return coverage->rows != ROWS_FILES || add_files(coverage, err);
}

static bool begin_files(struct call *call, struct error *err) {
  struct result *result = &call->result;
  if (!call_begin_result(call, "coverage", "", err) ||
      !result_add_column(result, "file", translate("file"), FIELD_TEXT, err) ||
      !result_add_column(result, "declared", translate("declared"), FIELD_INTEGER, err) ||
      !result_add_column(result, "missing", translate("not wholly seen"), FIELD_INTEGER, err) ||
      !result_add_column(result, "share", translate("share seen"), FIELD_PERCENT, err))
    return false;
  ((struct result_column *)list_at(&result->columns, 3))->decimals = 1;
  return true;
}

static bool begin_each(struct call *call, struct error *err) {
  struct result *result = &call->result;
  if (!call_begin_result(call, "coverage", "", err) ||
      !result_add_column(result, "what", translate("what"), FIELD_TEXT, err) ||
      !result_add_column(result, "id", translate("id"), FIELD_TEXT, err) ||
      !result_add_column(result, "seen", translate("seen"), FIELD_TEXT, err) ||
      !result_add_column(result, "true", translate("true"), FIELD_INTEGER, err) ||
      !result_add_column(result, "false", translate("false"), FIELD_INTEGER, err) ||
      !result_add_column(result, "place", translate("place"), FIELD_TEXT, err))
    return false;
  for (size_t i = 0; i < sizeof sights / sizeof *sights; i++)
    if (!result_add_word(list_at(&result->columns, 2), sights[i].word, translate(sights[i].word),
                         err))
      return false;
  return true;
}

void coverage_tell_failed(struct call *call, const struct state_tests *tests) {
  if (!tests->failed)
    return;
  call->exit_code = EXIT_FAILED;
  text_format(&call->complaint, translate("%d of %zu tests failed\n"), tests->failed,
              tests->result->rows.count);
}

/* A failing test is told whatever the share is. */
static bool run_tests(struct coverage *coverage, struct state_tests *tests, struct error *err) {
  tests->look = look;
  tests->payload = coverage;
  if (!check_only(coverage->only, err) ||
      !state_run_tests(coverage->call->session->state, tests, err) || !check_share(coverage, err))
    return false;
  coverage_tell_failed(coverage->call, tests);
  return true;
}

static void open_coverage(struct coverage *coverage, struct call *call) {
  *coverage = (struct coverage){
      .call = call, .only = call_option(call, "only"), .files = {.size = sizeof(struct file)}};
}

static void close_coverage(struct coverage *coverage) {
  list_release(&coverage->files);
  text_release(&coverage->gaps);
}

bool coverage_run(struct call *call, struct error *err) {
  struct coverage coverage;
  struct result rows; /* of the tests: only that one failed is told */
  struct state_tests tests = {.result = &rows};
  if (!result_init(&rows, "tests", "", err))
    return false;
  open_coverage(&coverage, call);
  coverage.word = call_word(call, 0);
  coverage.rows = call_has(call, "each") ? ROWS_EACH : ROWS_FILES;
  bool done = (coverage.rows == ROWS_EACH ? begin_each(call, err) : begin_files(call, err)) &&
              run_tests(&coverage, &tests, err) &&
              (coverage.rows == ROWS_EACH || note_gaps(&coverage, err));
  close_coverage(&coverage);
  result_release(&rows);
  return done;
}

bool coverage_run_tests(struct call *call, struct state_tests *tests, struct error *err) {
  struct coverage coverage;
  open_coverage(&coverage, call);
  coverage.rows = ROWS_NONE;
  bool done =
      run_tests(&coverage, tests, err) && note_gaps(&coverage, err) && note_total(&coverage, err);
  close_coverage(&coverage);
  return done;
}
