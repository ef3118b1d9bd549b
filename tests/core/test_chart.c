/* Charts: what is chosen, what is refused, and how each looks. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "engine/chart.h"
#include "repl/format/format.h"
#include "support/unit.h"

enum { WIDTH = 40 };
static const struct style plain = {.width = WIDTH};
static const struct style ascii = {.width = WIDTH, .ascii = true};

static struct value money(const char *word) {
  struct value value = {.type = VALUE_MONEY};
  struct error err = {0};
  if (!money_parse(&value.as.money, word, "USD", '.', &err))
    fail_msg("%s", err.message);
  return value;
}

/* Columns by their first letter: text, integer, percent, money, number. */
static void start(struct result *result, const char *const *names, const char *types) {
  static const struct {
    char letter;
    enum field_type type;
  } known[] = {
      {'t', FIELD_TEXT   },
      {'i', FIELD_INTEGER},
      {'p', FIELD_PERCENT},
      {'m', FIELD_MONEY  },
      {'n', FIELD_NUMBER },
  };
  struct error err = {0};
  assert_true(result_init(result, "sample", "", &err));
  for (size_t i = 0; types[i]; i++)
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
      if (known[k].letter == types[i])
        assert_true(result_add_column(result, names[i], names[i], known[k].type, &err));
}

static void add(struct result *result, bool summary, const struct value *values) {
  struct error err = {0};
  struct result_row *row = result_add_row(result, 0, &err);
  assert_non_null(row);
  row->summary = summary;
  for (size_t i = 0; i < result->columns.count; i++)
    assert_true(result_set(row, (int)i, &values[i], &err));
}

static struct chart *chart_of(struct result *result) {
  struct chart *chart = memory_new(sizeof *chart);
  assert_non_null(chart);
  result->chart = chart;
  return chart;
}

static void typed(struct result *result, enum chart_type type) {
  struct chart *chart = result->chart ? result->chart : chart_of(result);
  chart->type = type;
  chart->has_type = true;
}

static void wants(const struct result *result, const struct style *style, const char *expected) {
  struct text out = {0};
  struct error err = {0};
  if (!chart_write(result, style, &out, &err))
    fail_msg("%s", err.message);
  assert_string_equal(text_string(&out), expected);
  text_release(&out);
}

static void refuses(const struct result *result, enum error_code code, const char *part) {
  struct text out = {0};
  struct error err = {0};
  assert_false(chart_write(result, &plain, &out, &err));
  assert_int_equal(err.code, code);
  if (!strstr(err.message, part))
    fail_msg("no '%s' in: %s", part, err.message);
  text_release(&out);
}

static void stages(struct result *result) {
  start(result, (const char *[]){"stage", "deals"}, "ti");
  add(result, false, (struct value[]){value_text("new"), value_integer(8)});
  add(result, false, (struct value[]){value_text("Показ"), value_integer(4)});
  add(result, false, (struct value[]){value_text("東京"), value_integer(1)});
  add(result, false, (struct value[]){value_text("none"), value_null()});
}

static void bars_are_drawn_in_eighths_and_in_ascii(void **state) {
  struct result result;
  (void)state;
  stages(&result);
  wants(&result, &plain,
        "Deals by Stage\n\n"
        "new    ██████████████████████████████  8\n"
        "Показ  ███████████████                 4\n"
        "東京   ███▊                            1\n"
        "none                                   ∅\n");
  wants(&result, &ascii,
        "Deals by Stage\n\n"
        "new    #########################       8\n"
        "Показ  #############                   4\n"
        "東京   ###                             1\n"
        "none                              (none)\n");
  result_release(&result);
}

static void what_is_below_zero_goes_to_the_left(void **state) {
  struct result result;
  (void)state;
  start(&result, (const char *[]){"who", "change"}, "ti");
  add(&result, false, (struct value[]){value_text("up"), value_integer(10)});
  add(&result, false, (struct value[]){value_text("down"), value_integer(-10)});
  wants(&result, &plain,
        "Change by Who\n\n"
        "up                   ██████████████   10\n"
        "down  ██████████████▌                -10\n");
  result_release(&result);
}

static void rows_of_one_name_are_added_up_exactly(void **state) {
  struct result result;
  struct plot plot;
  struct error err = {0};
  (void)state;
  start(&result, (const char *[]){"stage", "amount"}, "tm");
  add(&result, false, (struct value[]){value_text("b"), money("90071992547409.93")});
  add(&result, false, (struct value[]){value_text("a"), money("0.10")});
  add(&result, false, (struct value[]){value_text("a"), money("0.20")});
  add(&result, false, (struct value[]){value_text("b"), money("0.01")});
  add(&result, true, (struct value[]){value_text("all"), money("90071992547410.24")});
  assert_true(plot_init(&plot, &result, chart_of(&result), &err));
  assert_int_equal(plot.type, CHART_BAR);
  assert_int_equal(plot.point_count, 2);
  assert_int_equal(plot_cell(&plot, 0, 0)->as.money.minor, 30);
  assert_int_equal(plot_cell(&plot, 1, 0)->as.money.minor, 9007199254740994);
  plot_release(&plot);
  result_release(&result);
}

static void parts_of_a_stack_come_from_a_second_column_of_names(void **state) {
  struct result result;
  (void)state;
  start(&result, (const char *[]){"month", "source", "clients"}, "tti");
  add(&result, false, (struct value[]){value_text("may"), value_text("web"), value_integer(3)});
  add(&result, false, (struct value[]){value_text("may"), value_text("fair"), value_integer(1)});
  add(&result, false, (struct value[]){value_text("june"), value_text("web"), value_integer(2)});
  wants(&result, &plain,
        "Clients by Month, Source\n\n"
        "█ fair  ▒ web\n"
        "may   ████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒  4\n"
        "june  ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒                 2\n");
  result_release(&result);
}

static void a_funnel_says_what_is_left(void **state) {
  struct result result;
  (void)state;
  stages(&result);
  typed(&result, CHART_FUNNEL);
  wants(&result, &ascii,
        "Deals by Stage\n\n"
        "new    ###########       8  100 %\n"
        "Показ    ######          4   50 %   50 %\n"
        "東京        #            1   12 %   25 %\n"
        "none                (none)\n");
  result_release(&result);
}

static void a_waterfall_floats_between_totals(void **state) {
  struct result result;
  (void)state;
  start(&result, (const char *[]){"what", "amount"}, "ti");
  add(&result, false, (struct value[]){value_text("start"), value_integer(10)});
  add(&result, false, (struct value[]){value_text("new"), value_integer(5)});
  add(&result, false, (struct value[]){value_text("lost"), value_integer(-9)});
  add(&result, true, (struct value[]){value_text("end"), value_integer(6)});
  typed(&result, CHART_WATERFALL);
  wants(&result, &ascii,
        "Amount by What\n\n"
        "start  ###################            10\n"
        "new                       ##########   5\n"
        "lost               -----------------  -9\n"
        "end    ############                    6\n");
  result_release(&result);
}

static void a_grid_shades_and_leaves_out_what_is_not_known(void **state) {
  struct result result;
  (void)state;
  start(&result, (const char *[]){"cohort", "one", "two"}, "tpp");
  add(&result, false, (struct value[]){value_text("2026-01"), value_number(0.5), value_number(1)});
  add(&result, false, (struct value[]){value_text("2026-02"), value_number(0.1), value_null()});
  struct chart *chart = chart_of(&result);
  struct error err = {0};
  assert_true(chart_add_y(chart, "one", &err) && chart_add_y(chart, "two", &err));
  typed(&result, CHART_HEAT);
  wants(&result, &plain,
        "One, Two by Cohort\n\n"
        "                 One          Two\n"
        "2026-01  ▒▒  50.00 %  ██ 100.00 %\n"
        "2026-02  ░░  10.00 %\n");
  result_release(&result);
}

static void a_line_has_round_numbers_and_gaps(void **state) {
  static const char *const months[] = {"2026-01", "2026-02", "2026-03", "2026-04"};
  struct result result;
  (void)state;
  start(&result, (const char *[]){"month", "won"}, "ti");
  for (int i = 0; i < 4; i++)
    add(&result, false,
        (struct value[]){value_text(months[i]), i == 2 ? value_null() : value_integer(i + 1)});
  wants(&result, &ascii,
        "Won by Month\n\n"
        "4 +                                    #\n"
        "  |\n"
        "  |\n"
        "3 +\n"
        "  |\n"
        "  |\n"
        "2 +          /-#\n"
        "  |      /---/\n"
        "  |  /---/\n"
        "1 +#-/\n"
        "  |\n"
        "  |\n"
        "0 +\n"
        "   2026-01  2026-02     2026-03  2026-04\n");
  result_release(&result);
}

static void amounts_of_a_scale_are_written_alike(void **state) {
  static const char *const months[] = {"2026-01", "2026-02", "2026-03"};
  struct result result;
  struct text out = {0};
  struct error err = {0};
  (void)state;
  start(&result, (const char *[]){"month", "won"}, "tm");
  for (int k = 0; k < 3; k++)
    add(&result, false, (struct value[]){value_text(months[k]), money(k ? "5000" : "15000")});
  assert_true(chart_write(&result, &ascii, &out, &err));
  assert_non_null(strstr(text_string(&out), "\n15,000 USD +"));
  assert_non_null(strstr(text_string(&out), "\n 5,000 USD +"));
  text_release(&out);
  result_release(&result);
}

static void the_name_of_zero_has_room_above_what_is_below(void **state) {
  static const char *const months[] = {"2026-01", "2026-02", "2026-03"};
  struct result result;
  struct text out = {0};
  struct error err = {0};
  (void)state;
  start(&result, (const char *[]){"month", "change"}, "tp");
  for (int k = 0; k < 3; k++)
    add(&result, false, (struct value[]){value_text(months[k]), value_number(-0.0007 * (k + 1))});
  assert_true(chart_write(&result, &ascii, &out, &err));
  assert_non_null(strstr(text_string(&out), "0 % +"));
  assert_true(out.length < 4000);
  text_release(&out);
  result_release(&result);
}

static void times_stand_in_proportion(void **state) {
  static const char *const names[][3] = {
      {"2026-01",    "2026-02",    "2026-05"   },
      {"2025-Q4",    "2026-Q1",    "2026-Q4"   },
      {"2020",       "2021",       "2024"      },
      {"2026-W01",   "2026-W02",   "2026-W05"  },
      {"2026-05-01", "2026-05-02", "2026-05-05"},
      {"2026-05",    "2026-04",    "2026-01"   }
  };
  struct error err = {0};
  (void)state;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct result result;
    struct plot plot;
    start(&result, (const char *[]){"when", "won"}, "ti");
    for (int k = 0; k < 3; k++)
      add(&result, false, (struct value[]){value_text(names[i][k]), value_integer(k)});
    assert_true(plot_init(&plot, &result, chart_of(&result), &err));
    assert_int_equal(plot.type, CHART_LINE);
    assert_float_equal(plot_place(&plot, 0), 0, 1e-9);
    assert_float_equal(plot_place(&plot, 1), 0.25, 1e-9);
    assert_float_equal(plot_place(&plot, 2), 1, 1e-9);
    plot_release(&plot);
    result_release(&result);
  }
}

static void times_of_several_forms_stand_evenly(void **state) {
  static const char *const names[] = {"2026-01", "2026-02-03", "2027"};
  struct result result;
  struct plot plot;
  struct error err = {0};
  (void)state;
  start(&result, (const char *[]){"when", "won"}, "ti");
  for (int k = 0; k < 3; k++)
    add(&result, false, (struct value[]){value_text(names[k]), value_integer(k)});
  assert_true(plot_init(&plot, &result, chart_of(&result), &err));
  assert_float_equal(plot_place(&plot, 1), 0.5, 1e-9);
  plot_release(&plot);
  result_release(&result);
}

static void what_cannot_be_drawn_is_told(void **state) {
  struct result result;
  struct error err = {0};
  (void)state;
  start(&result, (const char *[]){"a", "b"}, "tt");
  refuses(&result, ERROR_USAGE,
          "'sample' has no numbers to draw; to count its rows say by what: by a");
  result_release(&result);

  start(&result, (const char *[]){"a", "b", "c"}, "tim");
  add(&result, false, (struct value[]){value_text("x"), value_integer(1), money("1 USD")});
  add(&result, false, (struct value[]){value_text("y"), value_integer(1), money("1 EUR")});
  refuses(&result, ERROR_INVALID, "--where \"c>=0 USD\"");
  struct chart *chart = chart_of(&result);
  assert_true(chart_add_y(chart, "b", &err) && chart_add_y(chart, "c", &err));
  refuses(&result, ERROR_USAGE, "'b' and 'c' have no common scale");
  result_release(&result);

  start(&result, (const char *[]){"a", "b"}, "tp");
  add(&result, false, (struct value[]){value_text("x"), value_number(0.5)});
  add(&result, false, (struct value[]){value_text("x"), value_number(0.7)});
  refuses(&result, ERROR_INVALID, "by a,COLUMN");
  typed(&result, CHART_FUNNEL);
  assert_true(chart_add_y(result.chart, "bb", &err));
  refuses(&result, ERROR_USAGE, "did you mean 'b'?");
  result_release(&result);

  start(&result, (const char *[]){"a", "b"}, "ti");
  add(&result, false, (struct value[]){value_text("x"), value_integer(-1)});
  typed(&result, CHART_STACKED);
  refuses(&result, ERROR_INVALID, "below zero");
  result_release(&result);

  start(&result, (const char *[]){"a", "b"}, "ti");
  for (int i = 0; i < 1001; i++) {
    char name[16];
    snprintf(name, sizeof name, "p%d", i);
    add(&result, false, (struct value[]){value_text(name), value_integer(i)});
  }
  typed(&result, CHART_WATERFALL);
  refuses(&result, ERROR_INVALID, "more than 1000 points are no waterfall chart");
  result_release(&result);

  start(&result, (const char *[]){"a", "b"}, "ti");
  typed(&result, CHART_BAR);
  assert_true(chart_add_y(result.chart, "count", &err) && chart_add_y(result.chart, "b", &err));
  refuses(&result, ERROR_USAGE, "the number of rows is drawn alone, without 'b'");
  result_release(&result);
}

/* x is called p0 p1 … */
static void many(struct result *result, int count) {
  start(result, (const char *[]){"a", "b"}, "ti");
  for (int i = 0; i < count; i++) {
    char name[16];
    snprintf(name, sizeof name, "p%d", i);
    add(result, false, (struct value[]){value_text(name), value_integer(i + 1)});
  }
}

static void of_very_many_points_the_first_are_drawn_and_counted(void **state) {
  struct result result;
  struct text out = {0};
  struct plot plot;
  struct error err = {0};
  (void)state;
  many(&result, 5000);
  chart_of(&result);
  assert_true(plot_init(&plot, &result, result.chart, &err));
  assert_int_equal(plot.point_count, 50);
  assert_int_equal(plot.left_out, 4950);
  plot_release(&plot);
  assert_true(chart_write(&result, &plain, &out, &err));
  assert_non_null(strstr(text_string(&out), "\nthe first 50 of 5,000; more with --limit\n"));
  assert_null(strstr(text_string(&out), "p50 "));
  result.chart->most = 500;
  assert_true(plot_init(&plot, &result, result.chart, &err));
  assert_int_equal(plot.point_count, 500);
  plot_release(&plot);
  text_release(&out);
  result_release(&result);
}

static void a_column_without_figures_gives_way_to_one_that_has_some(void **state) {
  struct result result;
  struct error err = {0};
  (void)state;
  start(&result, (const char *[]){"stage", "amount", "deals"}, "tmi");
  add(&result, false, (struct value[]){value_text("a"), value_null(), value_integer(2)});
  add(&result, false, (struct value[]){value_text("b"), value_null(), value_integer(0)});
  add(&result, true, (struct value[]){value_text("all"), money("0"), value_integer(2)});
  assert_true(chart_add_y(chart_of(&result), "amount", &err));
  wants(&result, &plain,
        "Deals by Stage\n\n"
        "a  ██████████████████████████████████  2\n"
        "b                                      0\n"
        "no figures in \"Amount\": \"Deals\" is drawn\n");
  result_release(&result);
}

static void rows_are_counted(void **state) {
  struct result result;
  struct error err = {0};
  (void)state;
  start(&result, (const char *[]){"who", "reason"}, "tt");
  add(&result, false, (struct value[]){value_text("Anna"), value_text("x")});
  add(&result, false, (struct value[]){value_text("Bob"), value_text("y")});
  add(&result, false, (struct value[]){value_text("Anna"), value_text("z")});
  assert_true(chart_set_x(chart_of(&result), "who", &err));
  wants(&result, &plain,
        "Number by Who\n\n"
        "Anna  ███████████████████████████████  2\n"
        "Bob   ███████████████▌                 1\n");
  result_release(&result);
}

static void measures_of_records_of_one_name_are_not_added_up(void **state) {
  struct result result;
  struct error err = {0};
  (void)state;
  start(&result, (const char *[]){"deal", "days"}, "ti");
  struct result_column *days = list_at(&result.columns, 1);
  days->unit = memory_copy_text("days");
  for (int i = 1; i < 3; i++) {
    struct result_row *row = result_add_row(&result, i, &err);
    const struct value name = value_text("Pilot"), age = value_integer(100 * i);
    assert_true(result_set(row, 0, &name, &err) && result_set(row, 1, &age, &err));
  }
  wants(&result, &plain,
        "Days, days by Deal\n\n"
        "Pilot  ██████████████                100\n"
        "Pilot  ████████████████████████████  200\n");
  result_release(&result);
}

static void too_many_parts_for_a_stack_are_a_grid(void **state) {
  struct result result;
  struct plot plot;
  struct error err = {0};
  (void)state;
  start(&result, (const char *[]){"who", "what", "deals"}, "tti");
  for (int i = 0; i < 18; i++) {
    char name[16];
    snprintf(name, sizeof name, "p%d", i / 2);
    add(&result, false,
        (struct value[]){value_text(i % 2 ? "a" : "b"), value_text(name), value_integer(i)});
  }
  assert_true(plot_init(&plot, &result, chart_of(&result), &err));
  assert_int_equal(plot.type, CHART_HEAT);
  assert_int_equal(plot.series_count, 9);
  plot_release(&plot);
  typed(&result, CHART_STACKED);
  refuses(&result, ERROR_INVALID, "more than 8 series can't be told apart");
  result_release(&result);
}

static void zeros_one_row_and_no_colour_are_drawn_too(void **state) {
  struct result result;
  (void)state;
  start(&result, (const char *[]){"a", "b"}, "ti");
  add(&result, false, (struct value[]){value_text("x"), value_integer(0)});
  wants(&result, &plain, "B by A\n\nx                                      0\n");
  for (enum chart_type type = CHART_BAR; type <= CHART_HEAT; type++) {
    struct text out = {0};
    struct error err = {0};
    typed(&result, type);
    assert_true(chart_write(&result, &ascii, &out, &err));
    assert_null(strchr(text_string(&out), '\x1b'));
    for (const char *at = text_string(&out); *at; at++)
      assert_true((unsigned char)*at < 128);
    text_release(&out);
  }
  result_release(&result);
}

static void every_line_fits_its_terminal(void **state) {
  struct style style = {0};
  struct result result;
  (void)state;
  start(&result, (const char *[]){"client", "one", "two"}, "tii");
  for (int i = 1; i < 6; i++)
    add(&result, false,
        (struct value[]){
            value_text(
                "Общество с ограниченной ответственностью 東京の病院 \xF0\x9F\x91\xA8\xE2\x80\x8D"
                "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"),
            value_integer(i * 1000), value_integer(i)});
  for (style.width = 40; style.width <= 200; style.width += 40)
    for (enum chart_type type = CHART_BAR; type <= CHART_HEAT; type++) {
      struct text out = {0};
      struct error err = {0};
      typed(&result, type);
      assert_true(chart_write(&result, &style, &out, &err));
      for (const char *at = text_string(&out); *at; at += strcspn(at, "\n") + 1)
        if (text_width(at, strcspn(at, "\n")) > style.width)
          fail_msg("%s at %zu: %.*s", chart_type_name(type), style.width, (int)strcspn(at, "\n"),
                   at);
      text_release(&out);
    }
  result_release(&result);
}

static void a_page_draws_what_the_table_says(void **state) {
  struct result result;
  struct text out = {0};
  struct error err = {0};
  (void)state;
  stages(&result);
  add(&result, false, (struct value[]){value_text("<b>&\"'"), value_integer(2)});
  typed(&result, CHART_BAR);
  assert_true(html_write(&result, &plain, &out, &err));
  const char *svg =
      strstr(text_string(&out), "<svg role=\"img\" class=\"chart\" aria-labelledby=\"t0 d0\"");
  assert_non_null(svg);
  assert_non_null(strstr(svg, "<title id=\"t0\">"));
  assert_non_null(strstr(svg, "&lt;b&gt;&amp;&quot;&#39;"));
  assert_non_null(strstr(svg, "</svg>"));
  assert_null(strstr(text_string(&out), "<b>"));
  assert_null(strstr(svg, " style="));
  assert_non_null(strstr(svg, "<table>"));
  text_release(&out);
  result_release(&result);
}

/* Names end beside their bars: what is wider than thought would begin outside. */
static void capitals_have_room(void **state) {
  static const struct {
    const char *name, *ends;
  } names[] = {
      {"wwwwwwww",         " x=\"64.0\""},
      {"WWWWWWWW",         " x=\"88.0\""},
      {"ШШШШШШШШ", " x=\"88.0\""}
  };
  (void)state;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct result result;
    struct text out = {0};
    struct error err = {0};
    start(&result, (const char *[]){"a", "b"}, "ti");
    add(&result, false, (struct value[]){value_text(names[i].name), value_integer(1)});
    chart_of(&result);
    assert_true(svg_write(&result, &plain, &out, &err));
    if (!strstr(text_string(&out), names[i].ends))
      fail_msg("%s: %s", names[i].name, text_string(&out));
    assert_non_null(strstr(text_string(&out), " viewBox=\"-16 -16 "));
    text_release(&out);
    result_release(&result);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bars_are_drawn_in_eighths_and_in_ascii),
      cmocka_unit_test(what_is_below_zero_goes_to_the_left),
      cmocka_unit_test(rows_of_one_name_are_added_up_exactly),
      cmocka_unit_test(parts_of_a_stack_come_from_a_second_column_of_names),
      cmocka_unit_test(a_funnel_says_what_is_left),
      cmocka_unit_test(a_waterfall_floats_between_totals),
      cmocka_unit_test(a_grid_shades_and_leaves_out_what_is_not_known),
      cmocka_unit_test(a_line_has_round_numbers_and_gaps),
      cmocka_unit_test(amounts_of_a_scale_are_written_alike),
      cmocka_unit_test(the_name_of_zero_has_room_above_what_is_below),
      cmocka_unit_test(times_stand_in_proportion),
      cmocka_unit_test(times_of_several_forms_stand_evenly),
      cmocka_unit_test(what_cannot_be_drawn_is_told),
      cmocka_unit_test(of_very_many_points_the_first_are_drawn_and_counted),
      cmocka_unit_test(a_column_without_figures_gives_way_to_one_that_has_some),
      cmocka_unit_test(rows_are_counted),
      cmocka_unit_test(measures_of_records_of_one_name_are_not_added_up),
      cmocka_unit_test(too_many_parts_for_a_stack_are_a_grid),
      cmocka_unit_test(zeros_one_row_and_no_colour_are_drawn_too),
      cmocka_unit_test(every_line_fits_its_terminal),
      cmocka_unit_test(capitals_have_room),
      cmocka_unit_test(a_page_draws_what_the_table_says),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
