/* rules activate: the rules that count from now on. */
#include <string.h>

#include "base/translate.h"
#include "repl/commands/lab.h"
#include "repl/commands/trial.h"
#include "repl/failure.h"

/* What is chosen: rules to be kept in the book, or that its workspace's files count as they are. */
struct choice {
  const char *rules; /* a word for trial_open() */
  bool files;
  char hash[DIGEST_HEX_SIZE];
};

static bool read_choice(struct call *call, struct choice *choice, struct error *err) {
  bool named = call_count(call) > 0;
  if (!call_expect(call, 0, 1, err))
    return false;
  *choice = (struct choice){.rules = named ? call_word(call, 0) : "files",
                            .files = call_has(call, "files")};
  if (choice->files && named)
    return error_set(err, ERROR_USAGE, "--files takes no other rules: rules activate --files");
  if (call->session->lua_depth)
    return error_set(err, ERROR_USAGE, "a script can't put rules into force");
  bool reasoned = call->settings.reason && call->settings.reason[0];
  return !call_has(call, "force") || reasoned ||
         error_set(err, ERROR_USAGE, "--force needs a reason; add --reason \"…\"");
}

enum { TEST_OUTCOME, TEST_NAME, TEST_MESSAGE, TEST_PLACE };

static const char *cell(const struct result_row *row, int column) {
  const struct value *value = &row->values[column];
  return value->type == VALUE_TEXT ? value->as.text.data : "";
}

static void append_failed(struct text *out, const struct result *tests) {
  for (size_t i = 0; i < tests->rows.count; i++) {
    const struct result_row *row = list_at(&tests->rows, i);
    if (strcmp(cell(row, TEST_OUTCOME), "failed") == 0)
      text_format(out, "%s: %s: %s\n", cell(row, TEST_PLACE), cell(row, TEST_NAME),
                  cell(row, TEST_MESSAGE));
  }
}

/* Rules whose own tests say that they are wrong are not put into force by mistake. */
static bool pass_tests(struct call *call, struct trial *trial, struct error *err) {
  struct result rows;
  struct state_tests tests = {.result = &rows};
  if (!result_init(&rows, "tests", "", err))
    return false;
  bool done = state_run_tests(trial->session.state, &tests, err);
  if (done && tests.failed && !call_has(call, "force")) {
    append_failed(&call->complaint, &rows);
    done = error_set(err, ERROR_REFUSED,
                     "%d of %zu tests fail; mend the rules, or add --force --reason \"…\"",
                     tests.failed, rows.rows.count);
  }
  result_release(&rows);
  return done;
}

/* On the book itself, for reading: also whether its columns can hold the fields. */
static bool try_rules(struct call *call, struct choice *choice, struct error *err) {
  struct trial trial;
  if (!trial_open(&trial, call, choice->rules, err))
    return false;
  strcpy(choice->hash, session_book(&trial.session)->ruleset);
  bool done = trial_check_examples(&trial, &call->complaint, err) && pass_tests(call, &trial, err);
  trial_close(&trial);
  return done;
}

static bool write_choice(struct call *call, const struct choice *choice, struct book *book,
                         struct error *err) {
  if (!unit_begin(book, call->line, call->settings.reason, err))
    return false;
  if (activation_set(book, choice->files ? "" : choice->hash, err))
    return unit_commit(book, err);
  unit_cancel(book);
  return false;
}

/* Opening for writing gives the book the columns of new fields and keeps the text. */
static bool put_into_force(struct call *call, const struct choice *choice, struct error *err) {
  struct trial trial;
  if (!trial_open_for_writing(&trial, call, choice->rules, err))
    return false;
  struct book *book = session_book(&trial.session);
  bool done = strcmp(book->ruleset, choice->hash) == 0 ||
              error_set(err, ERROR_CONFIG, "the files changed meanwhile; try again");
  done = done && write_choice(call, choice, book, err);
  trial_close(&trial);
  return done;
}

static void say(struct call *call, const struct choice *choice) {
  bool dry = call->settings.dry_run;
  if (choice->files)
    text_append(&call->text, dry ? translate("the files of the workspace would be in force as they "
                                             "are\n")
                                 : translate("the files of the workspace are in force as they "
                                             "are\n"));
  else
    text_format(&call->text,
                dry ? translate("the rules %.8s would be in force\n")
                    : translate("the rules %.8s are in force\n"),
                choice->hash);
}

static bool is_so_already(const struct choice *choice, const struct activation *now) {
  return choice->files ? !now->ruleset[0] : strcmp(now->ruleset, choice->hash) == 0;
}

/* The scorecards that give other points now: what is stored was computed by the former rules. */
static bool note_card(void *payload, enum lab_change change, const struct lab_item *item,
                      struct error *err) {
  struct text *cards = payload, name = {0};
  bool is_card = strcmp(item->what, "scorecard") == 0;
  if ((!is_card && strcmp(item->what, "rule") != 0) || (is_card && change == LAB_REMOVED))
    return true;
  text_append_bytes(&name, item->id, strcspn(item->id, "."));
  if (!strstr(text_string(cards), text_string(&name)))
    text_format(cards, "%s%s", cards->length ? ", " : "", text_string(&name));
  bool done = text_check(&name, err) && text_check(cards, err);
  text_release(&name);
  return done;
}

static bool compare_cards(struct trial_pair *pair, struct text *cards, struct error *err) {
  struct lab_rules before = {0}, after = {0};
  if (!trial_read_pair(pair, &before, &after, err))
    return false;
  bool done = lab_compare(&before, &after, note_card, cards, err);
  lab_rules_release(&before);
  lab_rules_release(&after);
  return done;
}

/* The former rules may be what no longer loads, or there were none: then nothing is advised. */
static bool find_stale_cards(struct call *call, const struct choice *choice, struct text *cards,
                             struct error *err) {
  struct trial_pair pair;
  struct error ignored;
  if (!trial_open_pair(&pair, call, NULL, choice->rules, &ignored)) {
    text_clear(&call->complaint);
    return true;
  }
  bool done = compare_cards(&pair, cards, err);
  trial_close_pair(&pair);
  return done;
}

static bool activate(struct call *call, const struct choice *choice, struct error *err) {
  struct text cards = {0};
  bool done = find_stale_cards(call, choice, &cards, err) &&
              (call->settings.dry_run || put_into_force(call, choice, err));
  if (done) {
    say(call, choice);
    if (cards.length)
      text_format(&call->text,
                  translate("what is stored was scored by the former rules: 'score' brings %s up "
                            "to date\n"),
                  text_string(&cards));
    done = text_check(&call->text, err);
  }
  text_release(&cards);
  return done;
}

bool lab_activate(struct call *call, struct error *err) {
  struct choice choice;
  struct activation now;
  if (!read_choice(call, &choice, err) || !session_require_database(call->session, err) ||
      !try_rules(call, &choice, err) || !trial_in_force(&now, call, err))
    return false;
  if (!is_so_already(&choice, &now))
    return activate(call, &choice, err);
  text_append(&call->text, translate("these rules are in force already\n"));
  return true;
}
