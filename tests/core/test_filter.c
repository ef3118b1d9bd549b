/* Conditions on the rows of an answer. */
#include "engine/filter.h"
#include "support/sales.h"

static const struct field_reading reading = {.order = DATE_ORDER_UNKNOWN, .currency = "USD"};

static struct field_reading on_new_year(void) {
  struct field_reading now = reading;
  now.now = SALES_NOW;
  now.today = instant_date(SALES_NOW);
  return now;
}

static struct value money(const char *word) {
  struct value value = {.type = VALUE_MONEY};
  struct error err = {0};
  must(money_parse(&value.as.money, word, "USD", '.', &err));
  return value;
}

static struct value day(const char *iso) {
  struct error err = {0};
  date out = 0;
  must(date_parse(&out, iso, DATE_ORDER_UNKNOWN, 0, &err));
  return value_date(out);
}

enum { OWNER, STAGE, AMOUNT, SHARE, CLOSES, AT, TAGS, COLUMNS };

static void fill(struct result *result) {
  static const char *const stages[] = {"new", "demo", "closing", NULL};
  static const struct {
    const char *name;
    enum field_type type;
  } columns[] = {
      {"owner",  FIELD_TEXT   },
      {"stage",  FIELD_CHOICE },
      {"amount", FIELD_MONEY  },
      {"share",  FIELD_PERCENT},
      {"closes", FIELD_DATE   },
      {"at",     FIELD_INSTANT},
      {"tags",   FIELD_CHOICES},
  };
  struct error err = {0};
  must(result_init(result, "deals", NULL, &err));
  for (size_t i = 0; i < COLUMNS; i++) {
    must(result_add_column(result, columns[i].name, NULL, columns[i].type, &err));
    must(result_order_column(result, i == STAGE ? stages : NULL, &err));
  }
  struct result_column *stage = list_at(&result->columns, STAGE);
  must(result_add_word(stage, "demo", "Показ", &err));
  struct {
    int64_t id;
    bool summary;
    struct value cells[COLUMNS];
  } rows[] = {
      {1,
       false, {value_text("Ivan"), value_text("new"), money("5000"), value_number(0.15), day("2026-02-03"),
        value_instant(SALES_NOW), value_text("hot,big")}                         },
      {2,
       false, {value_text("Пётр Ёлкин"), value_text("demo"), money("9007199254740993.01"), value_null(),
        day("2026-05-01"), value_instant(SALES_NOW + 3600), value_text("hotter")}},
      {3,
       false, {value_text("a, b"), value_text("closing"), money("77 EUR"), value_number(1), value_null(),
        value_null(), value_null()}                                              },
      {0,
       true,  {value_text("all"), value_null(), value_null(), value_null(), value_null(), value_null(),
        value_null()}                                                             },
  };
  for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
    struct result_row *row = result_add_row(result, rows[r].id, &err);
    assert_non_null(row);
    row->summary = rows[r].summary;
    for (int c = 0; c < COLUMNS; c++)
      must(result_set(row, c, &rows[r].cells[c], &err));
  }
}

/* "13": the rows that are left, by their records. */
static void left_by(const char *condition, char *out) {
  struct result result;
  struct error err = {0};
  const struct field_reading now = on_new_year();
  fill(&result);
  if (!filter_rows(&result, condition, &now, &err))
    fail_msg("%s: %s", condition, err.message);
  for (size_t i = 0; i < result.rows.count; i++)
    *out++ = (char)('0' + ((struct result_row *)list_at(&result.rows, i))->id);
  *out = 0;
  result_release(&result);
}

static void a_condition_keeps_the_rows_of_which_it_holds(void **state) {
  static const struct {
    const char *condition, *left;
  } cases[] = {
      {"owner=ivan",                    "1" },
      {"owner=ПЕТР ЕЛКИН",     "2" },
      {"owner!=Ivan",                   "23"},
      {"owner=a\\, b",                  "3" },
      {"owner=Ivan,a\\, b",             "13"},
      {"owner~елк",                  "2" },
      {"stage=demo",                    "2" },
      {"stage=показ",              "2" },
      {"stage~показ",              "2" },
      {"stage>new",                     "23"},
      {"stage<=demo",                   "12"},
      {"stage!=new,closing",            "2" },
      {"amount>4999.99",                "12"},
      {"amount>=5k",                    "12"},
      {"amount<5000",                   ""  },
      {"amount=9007199254740993.01",    "2" },
      {"amount=9007199254740993",       ""  },
      {"amount!=5000",                  "23"},
      {"amount>1 EUR",                  "3" },
      {"share>=15%",                    "13"},
      {"share=",                        "2" },
      {"share!=",                       "13"},
      {"closes=2026-02",                "1" },
      {"closes>2026-q1",                "2" },
      {"closes<2026-q2",                "1" },
      {"closes!=2026-q1",               "2" },
      {"closes=2026-02-01..2026-02-28", "1" },
      {"at=today",                      "12"},
      {"at>2026-01-01 00:30",           "2" },
      {"tags=hot",                      "1" },
      {"tags=hot,hotter",               "12"},
      {"id=2",                          "2" },
      {"#>=#2",                         "23"},
      {"~ёлкин показ",        "2" },
      {"~нет",                       ""  },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char left[8];
    left_by(cases[i].condition, left);
    if (strcmp(left, cases[i].left) != 0)
      fail_msg("%s leaves '%s', not '%s'", cases[i].condition, left, cases[i].left);
  }
}

static void what_is_mistyped_is_told_and_changes_nothing(void **state) {
  static const struct {
    const char *condition;
    enum error_code code;
    const char *part;
  } cases[] = {
      {"amuont>1",         ERROR_USAGE,   "did you mean 'amount'?"},
      {"stage=demmo",      ERROR_INVALID, "did you mean 'demo'?"  },
      {"amount>lots",      ERROR_INVALID, "lots"                  },
      {"owner",            ERROR_USAGE,   "is not a condition"    },
      {"amount>",          ERROR_USAGE,   "a value is missing"    },
      {"closes>2026-05..", ERROR_INVALID, "open at the end"       },
      {"~",                ERROR_INVALID, "nothing to search for" },
  };
  (void)state;
  const struct field_reading now = on_new_year();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct result result;
    struct error err = {0};
    fill(&result);
    must_fail(filter_rows(&result, cases[i].condition, &now, &err), cases[i].code, cases[i].part);
    assert_int_equal(result.rows.count, 4);
    result_release(&result);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_condition_keeps_the_rows_of_which_it_holds),
      cmocka_unit_test(what_is_mistyped_is_told_and_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
