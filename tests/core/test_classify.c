/* Command or Lua: the table of docs/decisions/013-command-or-lua.md. */
#include <string.h>

#include "repl/classify.h"
#include "support/unit.h"

static bool is_verb(const char *word, size_t length, void *payload) {
  static const char *const verbs[] = {"show", "find", "list", "set",  "as-of",
                                      "why",  "open", "note", "error"};
  (void)payload;
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (strlen(verbs[i]) == length && memcmp(verbs[i], word, length) == 0)
      return true;
  return false;
}

struct line {
  const char *typed;
  enum reading reading;
};

static void check(const struct line *lines, size_t count) {
  for (size_t i = 0; i < count; i++) {
    struct classification found = classify(lines[i].typed, is_verb, NULL);
    if (found.reading != lines[i].reading)
      fail_msg("'%s' was read as %d, not %d (%s)", lines[i].typed, (int)found.reading,
               (int)lines[i].reading, found.because);
    assert_non_null(found.because);
  }
}

static void a_mark_in_front_decides(void **state) {
  static const struct line lines[] = {
      {"",                READING_NOTHING},
      {"  \t ",           READING_NOTHING},
      {"=1 + 1",          READING_VALUE  },
      {"= deal(42).name", READING_VALUE  },
      {":x = 1",          READING_COMMAND},
      {":show > x.csv",   READING_COMMAND},
      {"::label::",       READING_LUA    },
      {"?show",           READING_HELP   },
      {"?",               READING_HELP   },
      {"??fit",           READING_SOURCE },
      {"?? fit",          READING_SOURCE },
      {"!ls",             READING_SHELL  },
  };
  (void)state;
  check(lines, sizeof lines / sizeof *lines);
}

static void a_word_with_question_marks_behind_it_asks(void **state) {
  static const struct line lines[] = {
      {"advance?",             READING_HELP   },
      {" win_rate? ",          READING_HELP   },
      {"as-of?",               READING_HELP   },
      {"sale.qualifying.fit?", READING_HELP   },
      {"win_rate??",           READING_SOURCE },
      {"win_rate???",          READING_LUA    },
      {"note 42 shall we?",    READING_COMMAND},
      {"show ?",               READING_COMMAND},
  };
  (void)state;
  check(lines, sizeof lines / sizeof *lines);
  assert_int_equal(classify("advance?", is_verb, NULL).word_length, 7);
  assert_int_equal(classify("?? fit ", is_verb, NULL).word_length, 3);
}

static void keywords_and_other_words_are_lua(void **state) {
  static const struct line lines[] = {
      {"local x = 1",        READING_LUA},
      {"for i = 1, 3 do",    READING_LUA},
      {"return 5",           READING_LUA},
      {"not x",              READING_LUA},
      {"x = 5",              READING_LUA},
      {"x",                  READING_LUA},
      {"x.y = 2",            READING_LUA},
      {"print 'a'",          READING_LUA},
      {"print \"a\"",        READING_LUA},
      {"f { a = 1 }",        READING_LUA},
      {"f (1)",              READING_LUA},
      {"x and y",            READING_LUA},
      {"x or y",             READING_LUA},
      {"x ~= 3",             READING_LUA},
      {"x - 3",              READING_LUA},
      {"-- a remark",        READING_LUA},
      {"(function() end)()", READING_LUA},
      {"42",                 READING_LUA},
      {"\"text\"",           READING_LUA},
      {"shower(1)",          READING_LUA},
      {"end",                READING_LUA},
  };
  (void)state;
  check(lines, sizeof lines / sizeof *lines);
}

static void a_verb_alone_or_with_words_is_a_command(void **state) {
  static const struct line lines[] = {
      {"show",                       READING_COMMAND},
      {"  show  ",                   READING_COMMAND},
      {"show 42",                    READING_COMMAND},
      {"error",                      READING_COMMAND},
      {"error -v",                   READING_COMMAND},
      {"error \"x\"",                READING_LUA    },
      {"error {}",                   READING_LUA    },
      {"error(1)",                   READING_LUA    },
      {"show #42",                   READING_COMMAND},
      {"show \"Acme\"",              READING_COMMAND},
      {"show 'Acme'",                READING_COMMAND},
      {"show _",                     READING_COMMAND},
      {"set #42 amount=5",           READING_COMMAND},
      {"find stage=won amount>5000", READING_COMMAND},
      {"list deal > deals.csv",      READING_COMMAND},
      {"as-of 2026-01-01",           READING_COMMAND},
      {"show\t42",                   READING_COMMAND},
      {"find ООО",                READING_COMMAND},
      {"show android",               READING_COMMAND},
      {"show orders",                READING_COMMAND},
      {"note 42 a (short) remark",   READING_COMMAND},
  };
  (void)state;
  check(lines, sizeof lines / sizeof *lines);
}

static void a_verb_with_a_sign_directly_behind_is_lua(void **state) {
  static const struct line lines[] = {
      {"show(42)",  READING_LUA},
      {"show.x",    READING_LUA},
      {"show=5",    READING_LUA},
      {"show\"a\"", READING_LUA},
      {"show:x()",  READING_LUA},
      {"show,x=1",  READING_LUA},
      {"show-1",    READING_LUA},
      {"show#",     READING_LUA},
  };
  (void)state;
  check(lines, sizeof lines / sizeof *lines);
}

static void behind_a_verb_and_a_blank_the_next_sign_decides(void **state) {
  static const struct line lines[] = {
      {"list -n",            READING_COMMAND},
      {"list --limit 5",     READING_COMMAND},
      {"list - 5",           READING_LUA    },
      {"list -5",            READING_LUA    },
      {"list -- remark",     READING_LUA    },
      {"show %3",            READING_COMMAND},
      {"show % 3",           READING_LUA    },
      {"show %x",            READING_LUA    },
      {"find ~acme",         READING_COMMAND},
      {"find ~Иванов", READING_COMMAND},
      {"find ~= 3",          READING_LUA    },
      {"find ~ 3",           READING_LUA    },
      {"show = 5",           READING_LUA    },
      {"show == 5",          READING_LUA    },
      {"show (42)",          READING_LUA    },
      {"show [1]",           READING_LUA    },
      {"show + 1",           READING_LUA    },
      {"show * 2",           READING_LUA    },
      {"show / 2",           READING_LUA    },
      {"show ^ 2",           READING_LUA    },
      {"show .. 'a'",        READING_LUA    },
      {"show .name",         READING_LUA    },
      {"show < 3",           READING_LUA    },
      {"show > x.csv",       READING_COMMAND},
      {"show > файл",    READING_COMMAND},
      {"show >",             READING_COMMAND},
      {"show | less",        READING_COMMAND},
      {"error > x",          READING_COMMAND},
      {"show >x.csv",        READING_LUA    },
      {"show >= 3",          READING_LUA    },
      {"show >> 3",          READING_LUA    },
      {"show |3",            READING_LUA    },
      {"show , x = 1, 2",    READING_LUA    },
      {"show and 3",         READING_LUA    },
      {"show or 3",          READING_LUA    },
      {"open ./sales.db",    READING_COMMAND},
      {"open ../sales.db",   READING_COMMAND},
      {"open /srv/sales.db", READING_COMMAND},
      {"open ~/sales.db",    READING_COMMAND},
      {"open // 2",          READING_LUA    },
  };
  (void)state;
  check(lines, sizeof lines / sizeof *lines);
}

static void what_no_lua_starts_with_is_a_mistyped_command(void **state) {
  static const struct line lines[] = {
      {"shw 42",             READING_UNKNOWN},
      {"shw #42",            READING_UNKNOWN},
      {"lst deal",           READING_UNKNOWN},
      {"fnd ~acme",          READING_UNKNOWN},
      {"lst клиенты", READING_UNKNOWN},
      {"покажи 42",    READING_UNKNOWN},
      {"as-off 2026",        READING_LUA    },
  };
  (void)state;
  check(lines, sizeof lines / sizeof *lines);
}

static void the_rest_starts_behind_the_mark(void **state) {
  (void)state;
  assert_string_equal(classify("  = x + 1", is_verb, NULL).rest, "x + 1");
  assert_string_equal(classify(":  show 1", is_verb, NULL).rest, "show 1");
  assert_int_equal(classify(":show 1", is_verb, NULL).word_length, 4);
  assert_int_equal(classify("as-of 2026", is_verb, NULL).word_length, 5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_mark_in_front_decides),
      cmocka_unit_test(a_word_with_question_marks_behind_it_asks),
      cmocka_unit_test(keywords_and_other_words_are_lua),
      cmocka_unit_test(a_verb_alone_or_with_words_is_a_command),
      cmocka_unit_test(a_verb_with_a_sign_directly_behind_is_lua),
      cmocka_unit_test(behind_a_verb_and_a_blank_the_next_sign_decides),
      cmocka_unit_test(what_no_lua_starts_with_is_a_mistyped_command),
      cmocka_unit_test(the_rest_starts_behind_the_mark),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
