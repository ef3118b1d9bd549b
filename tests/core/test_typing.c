/* Completion and hints at every place of every line that help shows. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "repl/complete.h"
#include "repl/hint.h"
#include "support/unit.h"

static struct session session;

static int open_session(void **state) {
  const struct settings settings = {.database = "/nowhere/none.db"};
  struct text faults = {0};
  struct error err = {0};
  (void)state;
  setenv("DEALWRIGHT_CONFIG", "/dev/null", 1);
  if (!session_init(&session, &settings, &err) ||
      !session_open(&session, COMMAND_NEEDS_RULES, &faults, &err))
    fail_msg("%s %s", err.message, text_string(&faults));
  text_release(&faults);
  return 0;
}

static int close_session(void **state) {
  (void)state;
  session_release(&session);
  return 0;
}

static void check_hint(const char *line, const char *shown) {
  struct text hint = {0};
  hint_append(&hint, &session, line);
  if (strcmp(text_string(&hint), shown) != 0)
    fail_msg("'%s' is hinted '%s', not '%s'", line, text_string(&hint), shown);
  text_release(&hint);
}

static void check_place(const char *line) {
  struct line_candidates found = {0};
  struct text hint = {0}, preview = {0};
  size_t bad = 0;
  const char *word = line + strlen(line);
  while (word > line && !strchr(" =<>(,", word[-1]))
    word--;
  if (text_is_utf8(line, strlen(line), &bad)) { /* readline never stands inside a letter */
    hint_append(&hint, &session, line);
    hint_ponder(&preview, &session, line);
    assert_true(complete_line(line, word, &found, &session));
  }
  assert_true(text_is_utf8(text_string(&hint), hint.length, &bad));
  assert_null(strchr(text_string(&hint), '\n'));
  assert_int_equal(preview.length, 0); /* there is no book */
  for (size_t i = 0; found.names && found.names[i]; i++)
    assert_non_null(found.descriptions[i]);
  line_candidates_release(&found);
  text_release(&hint);
  text_release(&preview);
}

static void check_line(const char *line) {
  struct text part = {0};
  check_place("");
  for (size_t length = 1; line[length - 1]; length++) {
    text_clear(&part);
    text_append_bytes(&part, line, length);
    check_place(text_string(&part));
  }
  text_release(&part);
}

static void every_place_of_every_example_can_be_completed_and_hinted(void **state) {
  const struct command *command = NULL;
  size_t lines = 0;
  (void)state;
  for (size_t i = 0; (command = command_at(&session, i)); i++)
    for (const char *const *example = command->examples; *example; example++, lines++)
      check_line(*example);
  assert_true(lines > 100);
}

static void whatever_is_typed_can_be_hinted(void **state) {
  static const char *const lines[] = {"\"",
                                      "'",
                                      "=",
                                      ":",
                                      "?",
                                      "??",
                                      "!",
                                      "~",
                                      "%",
                                      "%1",
                                      "#",
                                      "-",
                                      "--",
                                      "---",
                                      "|",
                                      ">",
                                      "> ",
                                      "list deal >",
                                      "list deal > ",
                                      "list deal | ",
                                      "list deal |",
                                      "show \"",
                                      "show 'a b",
                                      "set =",
                                      "set #1 =",
                                      "set #1 ==",
                                      "set #1 +=",
                                      "list deal --",
                                      "list deal --=",
                                      "list deal --limit",
                                      "list deal --limit --limit",
                                      "list deal -f",
                                      "report",
                                      "report ?",
                                      "list deal stage=,,won,",
                                      "list \xd0\x96",
                                      "= 1 +",
                                      "for i = 1, 2 do",
                                      "\xf0\x9f\x9a\x80 \xf0\x9f\x9a\x80",
                                      "a\\\"b \"c\\",
                                      "as-of",
                                      "as-of ",
                                      "as-of 2017",
                                      "exec \"list deal",
                                      "new deal \"x\" client=\"A B\" amount="};
  (void)state;
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
    check_line(lines[i]);
}

static void arguments_are_taken_off_as_they_are_given(void **state) {
  (void)state;
  check_hint("set ", "RECORD... FIELD=VALUE...");
  check_hint("set #1", " FIELD=VALUE...");
  check_hint("set #1 #2 amount=3 ", "FIELD=VALUE...");
  check_hint("new ", "KIND [NAME] [FIELD=VALUE]...");
  check_hint("new deal ", "[NAME] [FIELD=VALUE]...");
  check_hint("new deal amount=3 ", "[FIELD=VALUE]...");
  check_hint("delete #1 ", "[RECORD]...");
  check_hint("assign ", "RECORD... USER");
  check_hint("assign #1 ", "USER");
  check_hint("assign #1 2 ", "");
  check_hint("why #1 ", "[STAGE]");
  check_hint("list deal --limit 3 ", "[CONDITION]...");
  check_hint("list deal --limit ", "N");
  check_hint("quit ", "");
  check_hint("as-of ", "DATE|now [COMMAND]");
  check_hint("as-of 2017-06-30 ", "[COMMAND]");
  check_hint("as-of 2017-06-30 list ", "KIND [CONDITION]...");
  check_hint("watch list deal stage=qu", "alifying");
  check_hint("watch --every 5 repo", "rt [NAME [PARAMETER=VALUE]...]");
  check_hint("meet ", "[AT] [SPENT] ABOUT [WITH] [WHAT]... [next=NEXT] [by=BY] [outcome=OUTCOME] "
                      "[prepared=PREPARED] [important=IMPORTANT] [urgent=URGENT]");
  check_hint("meet next=x friday ", "[SPENT] ABOUT [WITH] [WHAT]... [by=BY] [outcome=OUTCOME] "
                                    "[prepared=PREPARED] [important=IMPORTANT] [urgent=URGENT]");
}

static void what_is_read_of_a_word_is_shown(void **state) {
  (void)state;
  setlocale(LC_ALL, "C.UTF-8");
  check_hint("as-of 2017-06-30", "  → Fri 2017-06-30");
  check_hint("as-of tomo", "rrow");
  check_hint("list deal --as-of 30.06.2017", "  → Fri 2017-06-30");
  check_hint("list deal expected_close=2017-q2", "  → Sat 2017-04-01..Fri 2017-06-30");
  check_hint("list deal expected_close<30.6.2017", "  → Fri 2017-06-30");
  check_hint("new deal x expected_close=2017-q2", "");
  check_hint("new deal x expected_close=30.30.30", "");
  check_hint("new deal x amount=1.2M", "  → 1,200,000.00 USD");
  check_hint("new deal x amount=12 EUR", " [FIELD=VALUE]...");
  check_hint("new deal x amount=xyz", "");
  check_hint("list deal stage=",
             "prospecting|qualifying|needs_analysis|presentation|proof|closing|won|lost");
}

static void only_a_finished_word_that_is_none_is_corrected(void **state) {
  (void)state;
  check_hint("list dael", " [CONDITION]...");
  check_hint("list dael ", "  did you mean 'deal'?");
  check_hint("list deal ", "[CONDITION]...");
  check_hint("list deals ", "[CONDITION]...");
  check_hint("find goals ", "WORD|CONDITION...");
  check_hint("report wni_rate ", "  did you mean 'win_rate'?");
  check_hint("chart pipeline ", "[owner=ref] [COLUMN,...] [by COLUMN[,COLUMN]]");
  check_hint("chart pipeline amount ", "[owner=ref] [by COLUMN[,COLUMN]]");
  check_hint("list deal stage=wno ", "  did you mean 'won'?");
  check_hint("list deal stage=won ", "[CONDITION]...");
  check_hint("list deal --limt ", "  did you mean '--limit'?");
  check_hint("shw 42", "  did you mean 'show'?");
  check_hint("qqqqqq 42", "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_place_of_every_example_can_be_completed_and_hinted),
      cmocka_unit_test(whatever_is_typed_can_be_hinted),
      cmocka_unit_test(arguments_are_taken_off_as_they_are_given),
      cmocka_unit_test(what_is_read_of_a_word_is_shown),
      cmocka_unit_test(only_a_finished_word_that_is_none_is_corrected),
  };
  return cmocka_run_group_tests(tests, open_session, close_session);
}
