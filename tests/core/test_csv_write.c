#include <string.h>

#include "engine/csv_write.h"
#include "support/unit.h"

static void writes(const struct csv_cell *cells, size_t count, struct csv_style style,
                   const char *expected) {
  struct text text = {0};
  csv_write_row(&text, cells, count, &style);
  assert_string_equal(text_string(&text), expected);
  text_release(&text);
}

static struct csv_cell cell(const char *data) {
  return (struct csv_cell){.data = data, .length = strlen(data), .is_text = true};
}

static void a_cell_is_quoted_only_where_needed(void **state) {
  static const struct {
    const char *cell, *expected;
  } cases[] = {
      {"plain",         "plain,"        },
      {"a;b",           "a;b,"          },
      {"a,b",           "\"a,b\","      },
      {"a\"b",          "\"a\"\"b\","   },
      {"a\nb",          "\"a\nb\","     },
      {"a\rb",          "\"a\rb\","     },
      {" a",            "\" a\","       },
      {"a ",            "\"a \","       },
      {"ООО «Ж»", "ООО «Ж»,"},
      {"",              ","             },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct csv_cell cells[] = {cell(cases[i].cell), cell("")};
    writes(cells, 2, (struct csv_style){.line_end = ""}, cases[i].expected);
  }
}

static void an_empty_text_can_differ_from_nothing(void **state) {
  const struct csv_cell empty = {.always_quoted = true}, nothing = {0};
  (void)state;
  writes((const struct csv_cell[]){empty, nothing}, 2, (struct csv_style){0}, "\"\",\n");
  writes(&nothing, 1, (struct csv_style){.line_end = "\r\n"}, "\"\"\r\n");
}

static void formulas_are_guarded_in_texts_only(void **state) {
  static const char *const formulas[] = {"=1+1", "+7 921", "-2", "@SUM", "＝1"};
  const struct csv_style guard = {.guard = true, .line_end = ""};
  (void)state;
  for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
    char expected[32] = "'";
    strcat(expected, formulas[i]);
    struct csv_cell text = cell(formulas[i]);
    writes(&text, 1, guard, expected);
    text.is_text = false;
    writes(&text, 1, guard, formulas[i]);
  }
  struct csv_cell tab = cell("\t=1"), back = cell("\r=1"), plain = cell("a=1");
  writes(&tab, 1, guard, "'\t=1");
  writes(&back, 1, guard, "\"'\r=1\"");
  writes(&plain, 1, guard, "a=1");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cell_is_quoted_only_where_needed),
      cmocka_unit_test(an_empty_text_can_differ_from_nothing),
      cmocka_unit_test(formulas_are_guarded_in_texts_only),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
