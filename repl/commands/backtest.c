/* rules backtest: what other rules would have said of the moves of the past. */
#include "engine/lab/backtest.h"

#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "repl/commands/findings.h"
#include "repl/commands/lab.h"

enum { LAST_SECOND = 86399, NOTES_MAX = 5 };

/* The grades under both rule sets; only where the scorecards can differ. */
struct cards {
  bool wanted;
  struct lab_grades before, after;
};

static bool read_day(const struct call *call, const char *option, const struct book *book,
                     instant at_day, instant *out, struct error *err) {
  const char *word = call_option(call, option);
  date day;
  *out = 0;
  if (!word)
    return true;
  if (!date_parse(&day, word, DATE_ORDER_UNKNOWN, book_today(book), err))
    return false;
  *out = date_instant(day) + at_day;
  return true;
}

/* A rule, or code outside of declarations that a rule may call. */
static bool note_card(void *payload, enum lab_change change, const struct lab_item *item,
                      struct error *err) {
  static const char *const kinds[] = {"scorecard", "rule", "file"};
  bool *differ = payload;
  (void)change;
  (void)err;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    *differ = *differ || strcmp(item->what, kinds[i]) == 0;
  return true;
}

static bool cards_differ(const struct call *call, struct trial_pair *pair, bool *differ,
                         struct error *err) {
  struct lab_rules before = {0}, after = {0};
  *differ = false;
  if (call_has(call, "list"))
    return true;
  if (!trial_read_pair(pair, &before, &after, err))
    return false;
  bool done = lab_compare(&before, &after, note_card, differ, err);
  lab_rules_release(&before);
  lab_rules_release(&after);
  return done;
}

/* On a copy of its own: a backtest uses it up. */
static bool run_on_copy(struct call *call, const struct trial *of, struct backtest *backtest,
                        struct error *err) {
  struct trial copy;
  if (!trial_open_copy(&copy, call, of, err))
    return false;
  backtest->rules = copy.session.engine;
  bool done = backtest_run(backtest, err);
  trial_close(&copy);
  return done;
}

static bool run_both(struct call *call, struct trial_pair *pair, struct findings *findings,
                     struct cards *cards, struct error *err) {
  struct backtest backtest = {.now = pair->before.session.engine,
                              .process = call_option(call, "process"),
                              .each = findings_add,
                              .payload = findings,
                              .grades = cards->wanted ? &cards->after : NULL,
                              .progress = findings_progress,
                              .shown = findings};
  const struct book *book = backtest.now->book;
  if (!read_day(call, "since", book, 0, &backtest.since, err) ||
      !read_day(call, "until", book, LAST_SECOND, &backtest.until, err))
    return false;
  if (book->has_as_of && (!backtest.until || backtest.until > book->as_of))
    backtest.until = book->as_of;
  if (!run_on_copy(call, &pair->after, &backtest, err))
    return false;
  backtest.each = NULL;
  backtest.process = NULL; /* the former rules may not have it */
  backtest.grades = &cards->before;
  return !cards->wanted || run_on_copy(call, &pair->before, &backtest, err);
}

static bool add_grade(struct call *call, const struct lab_card *card, const struct lab_grade *grade,
                      const char *effect, struct error *err) {
  enum { CELLS = 7 };
  struct text id = {0};
  text_format(&id, "%s%s%s", card->name, *grade->name ? "." : "", grade->name);
  const struct value cells[CELLS] = {
      value_text("grade"),       value_text(text_string(&id)),
      value_text(effect),        value_integer(grade->won + grade->lost),
      value_integer(grade->won), value_null(),
      value_integer(grade->lost)};
  struct result_row *row = result_add_row(&call->result, 0, err);
  bool done = row && text_check(&id, err);
  for (int i = 0; done && i < CELLS; i++)
    done = result_set(row, i, &cells[i], err);
  text_release(&id);
  return done;
}

static bool add_grades(struct call *call, const struct lab_card *card, const char *effect,
                       struct error *err) {
  for (size_t i = 0; i < card->grades.count; i++) {
    const struct lab_grade *grade = list_at(&card->grades, i);
    if ((grade->won || grade->lost) && !add_grade(call, card, grade, effect, err))
      return false;
  }
  return true;
}

static void write_probability(struct text *out, double probability) {
  char plain[16];
  snprintf(plain, sizeof plain, "%.2f", probability);
  text_clear(out);
  translate_number(out, plain, sizeof plain);
}

static bool note_separation(struct call *call, const struct lab_card *before,
                            const struct lab_card *after, struct error *err) {
  double was, is;
  struct text note = {0}, now = {0}, then = {0};
  if (!grades_separation(before, &was) || !grades_separation(after, &is))
    return true;
  write_probability(&now, is);
  write_probability(&then, was);
  text_format(&note,
              translate("%s: a deal that was won had more points than one that was lost with a "
                        "probability of %s, before %s; half is chance"),
              after->name, text_string(&now), text_string(&then));
  bool done = text_check(&now, err) && text_check(&then, err) && text_check(&note, err) &&
              result_note(&call->result, text_string(&note), err);
  text_release(&now);
  text_release(&then);
  text_release(&note);
  return done;
}

static bool add_cards(struct call *call, const struct cards *cards, struct error *err) {
  for (size_t i = 0; i < cards->after.cards.count; i++) {
    const struct lab_card *after = list_at(&cards->after.cards, i);
    const struct lab_card *before = grades_of(&cards->before, after->name);
    if (!before || grades_equal(before, after))
      continue;
    if (!add_grades(call, before, "before", err) || !add_grades(call, after, "after", err) ||
        !note_separation(call, before, after, err))
      return false;
  }
  return true;
}

static void append_outcome(struct text *out, const struct lab_tally_row *row,
                           enum lab_outcome outcome, const char *label) {
  if (!row->of[outcome])
    return;
  text_format(out, "; %s: %lld", label, (long long)row->of[outcome]);
  if (!row->worth[outcome].minor)
    return;
  text_append(out, " (");
  money_append(out, row->worth[outcome]);
  text_append_char(out, ')');
}

/* "'fit' would have stopped 14 moves; lost later: 9; won later: 3 (120,000.00 USD)" */
static bool note_stopped(struct call *call, const struct lab_tally_row *row, struct error *err) {
  struct text note = {0};
  text_format(&note,
              translate_plural("'%s' would have stopped %lld move",
                               "'%s' would have stopped %lld moves", row->records),
              row->text ? row->text : row->id, (long long)row->records);
  append_outcome(&note, row, LAB_LOST, translate("lost later"));
  append_outcome(&note, row, LAB_WON, translate("won later"));
  append_outcome(&note, row, LAB_OPEN, translate("still open"));
  bool done = text_check(&note, err) && result_note(&call->result, text_string(&note), err);
  text_release(&note);
  return done;
}

static bool note_gates(struct call *call, const struct lab_tally *tally, struct error *err) {
  int notes = 0;
  for (size_t i = 0; i < tally->rows.count && notes < NOTES_MAX; i++) {
    const struct lab_tally_row *row = list_at(&tally->rows, i);
    bool gate = strcmp(row->what, "must") == 0 && strcmp(row->effect, "refused") == 0;
    if (gate && !note_stopped(call, row, err))
      return false;
    notes += gate;
  }
  return true;
}

static bool fill(struct call *call, struct findings *findings, const struct cards *cards,
                 struct error *err) {
  return findings_fill(findings, err) && note_gates(call, &findings->tally, err) &&
         (findings->each || add_cards(call, cards, err));
}

static bool backtest(struct call *call, struct trial_pair *pair, struct cards *cards,
                     struct error *err) {
  struct findings findings;
  struct engine *now = pair->before.session.engine;
  bool done = findings_begin(&findings, call, now, true, err) &&
              run_both(call, pair, &findings, cards, err) && fill(call, &findings, cards, err) &&
              result_stamp(&call->result, pair->after.session.engine, call->line, err);
  findings_end(&findings);
  if (done && call->result.rows.count == 0)
    text_append(&call->text, findings.each ? translate("no move would have gone otherwise\n")
                                           : translate("no move was made in that time\n"));
  return done;
}

bool lab_backtest(struct call *call, struct error *err) {
  struct trial_pair pair;
  struct cards cards;
  if (!call_expect(call, 0, 1, err) || !trial_open_pair(&pair, call, NULL, call_word(call, 0), err))
    return false;
  lab_grades_init(&cards.before);
  lab_grades_init(&cards.after);
  bool done = trial_title_pair(&pair, call, "rules_backtest", err) &&
              cards_differ(call, &pair, &cards.wanted, err) && backtest(call, &pair, &cards, err);
  lab_grades_release(&cards.before);
  lab_grades_release(&cards.after);
  trial_close_pair(&pair);
  return done;
}
