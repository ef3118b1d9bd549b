#include "base/translate.h"
#include "engine/report.h"
#include "support/sales.h"

/* Shows the parameters it was given: one column each. */
static bool echo(struct report *report, struct engine *engine, const struct value *values,
                 struct result *result, struct error *err) {
  (void)engine;
  for (size_t i = 0; i < report->params.count; i++) {
    const struct field *param = list_at(&report->params, i);
    if (!result_add_column(result, param->name, NULL, param->type, err))
      return false;
  }
  struct result_row *row = result_add_row(result, 0, err);
  for (size_t i = 0; row && i < report->params.count; i++)
    if (!result_set(row, (int)i, &values[i], err))
      return false;
  return row != NULL;
}

static struct report *add_report(struct sales *sales) {
  struct error err = {0};
  const struct field params[] = {
      {.name = "since",  .type = FIELD_DATE,    .fallback = value_text("30 days ago")},
      {.name = "client", .type = FIELD_REF,     .target = "client"                   },
      {.name = "note",   .type = FIELD_TEXT,    .flags = FIELD_REQUIRED              },
      {.name = "top",    .type = FIELD_INTEGER, .fallback = value_integer(10)        },
  };
  struct report *report = report_new("echo", &err);
  struct report **slot = list_add(&sales->engine->rules->reports, &err);
  assert_non_null(report);
  assert_non_null(slot);
  *slot = report;
  report->title_ru = memory_copy_text("Эхо");
  report->run = echo;
  for (size_t i = 0; i < sizeof params / sizeof params[0]; i++) {
    struct field *param = list_add(&report->params, &err);
    assert_non_null(param);
    *param = params[i];
  }
  return report;
}

static void parameters_are_read_and_written_into_the_stamp(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct result result;
  char expected[128];
  struct report *report = add_report(sales);
  int64_t client = sales_client(sales, "Ёлка");
  const struct report_argument arguments[] = {
      {"client", "ёлка"},
      {"note",   "a \"b\"" }
  };
  assert_true(translate_use("ru"));
  must(report_run(sales->engine, report, arguments, 2, &result, &err));
  assert_string_equal(result.title, "Эхо");
  assert_true(translate_use("en"));
  snprintf(expected, sizeof expected,
           "report echo since=2025-12-02 client=#%lld note=\"a \\\"b\\\"\" top=10",
           (long long)client);
  assert_string_equal(result.stamp.command, expected);
  result_release(&result);
}

static const struct {
  struct report_argument argument;
  enum error_code code;
  const char *message;
} refused[] = {
    {{"snce", "today"},     ERROR_USAGE,     "did you mean 'since'?"},
    {{"note", ""},          ERROR_USAGE,     "'note' is missing"    },
    {{"since", "whenever"}, ERROR_INVALID,   "since: "              },
    {{"client", "nobody"},  ERROR_NOT_FOUND, "nobody"               },
    {{"top", "many"},       ERROR_INVALID,   "top: "                },
};

static void wrong_parameters_are_refused(void **state) {
  struct sales *sales = *state;
  struct report *report = add_report(sales);
  for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
    struct error err = {0};
    struct result result;
    const struct report_argument arguments[] = {
        {"note", "x"},
        refused[i].argument
    };
    must_fail(report_run(sales->engine, report, arguments, 2, &result, &err), refused[i].code,
              refused[i].message);
  }
}

static const struct {
  const char *word, *day;
} dates[] = {
    {"30 days ago", "2025-12-02"},
    {"1 day ago",   "2025-12-31"},
    {"2 weeks ago", "2025-12-18"},
    {"1 month ago", "2025-12-01"},
    {"1 year ago",  "2025-01-01"},
    {"2017-03-01",  "2017-03-01"}
};

static const char *const no_dates[] = {
    "-3 days ago", "123456 days ago", "99999999999999999999 days ago", "3 days", "3 days ago now",
    "days ago",    "3 moons ago",
};

static void what_is_not_so_long_ago_is_refused(void **state) {
  struct sales *sales = *state;
  struct report *report = add_report(sales);
  for (size_t i = 0; i < sizeof no_dates / sizeof *no_dates; i++) {
    struct error err = {0};
    struct result result;
    const struct report_argument arguments[] = {
        {"note",  "x"        },
        {"since", no_dates[i]}
    };
    must_fail(report_run(sales->engine, report, arguments, 2, &result, &err), ERROR_INVALID,
              "is not");
  }
}

static void dates_may_be_so_long_ago(void **state) {
  struct sales *sales = *state;
  struct report *report = add_report(sales);
  for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
    struct error err = {0};
    struct result result;
    char day[DATE_TEXT_SIZE];
    const struct report_argument arguments[] = {
        {"note",  "x"          },
        {"since", dates[i].word}
    };
    must(report_run(sales->engine, report, arguments, 2, &result, &err));
    date_write(((struct result_row *)list_at(&result.rows, 0))->values[0].as.day, day);
    assert_string_equal(day, dates[i].day);
    result_release(&result);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sales_test(parameters_are_read_and_written_into_the_stamp),
      sales_test(wrong_parameters_are_refused),
      sales_test(dates_may_be_so_long_ago),
      sales_test(what_is_not_so_long_ago_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
