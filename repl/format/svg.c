/* A chart as SVG without scripts: what it looks like is in the style sheet of the page, or in its
 * own where there is none; what it says stands in its texts. */
#include "repl/format/svg.h"

#include <math.h>
#include <string.h>

#include "base/translate.h"
#include "repl/format/chart.h"
#include "repl/format/html.h"
#include "repl/format/style_sheet.h"

enum {
  WIDTH = 720,
  ROW = 26,
  BAR = 18,
  HEAD = 30,   /* the title of a picture in a file of its own */
  SAID = 24,   /* the line that says what is drawn */
  LETTER = 8,  /* about as wide as one is */
  CAPITAL = 3, /* wider by that */
  LABEL_MOST = 24,
  EDGE = 8,
  LINE_HEIGHT = 240,
  SERIES = 8,
};

static const struct style plain = {0};

/* Where a picture stands: in a page, which has its title already, or alone. */
struct frame {
  const struct result *result;
  size_t number;
  bool alone;
};

struct picture {
  struct text *out;
  const struct plot *plot;
  struct scale scale;
  double left, room, top; /* where bars begin, how wide they or cells get, below the legend */
};

/* About as wide as the words become; fonts differ. */
static double words_width(const struct text *words) {
  const unsigned char *at = (const unsigned char *)text_string(words);
  size_t capitals = 0;
  for (size_t i = 0; i < words->length; i++)
    capitals += (at[i] >= 'A' && at[i] <= 'Z') ||
                (at[i] == 0xD0 && at[i + 1] >= 0x81 && at[i + 1] <= 0xAF); /* Cyrillic */
  return LETTER * (double)text_width(text_string(words), words->length) +
         CAPITAL * (double)capitals;
}

/* As it stands in the drawing: cut. */
static void append_cut(struct text *out, const struct text *words) {
  size_t length = text_fit(text_string(words), words->length, LABEL_MOST);
  text_append_bytes(out, text_string(words), length);
  text_append(out, length < words->length ? "…" : "");
  out->failed = out->failed || words->failed;
}

static double widest(const struct plot *plot, chart_words_fn append) {
  struct text words = {0}, cut = {0};
  double width = 0;
  for (size_t p = 0; p < plot->point_count; p++)
    for (size_t s = 0; s < plot->series_count; s++) {
      text_clear(&words);
      text_clear(&cut);
      append(&words, plot, p, s, &plain);
      append_cut(&cut, &words);
      width = fmax(width, words_width(&cut));
    }
  text_release(&words);
  text_release(&cut);
  return width;
}

static void append_line_of(struct text *out, const char *class, double y, const char *words) {
  text_format(out, "<text class=\"%s\" x=\"0\" y=\"%.1f\">", class, y);
  html_append_text(out, words);
  text_append(out, "</text>\n");
}

/* anchor: start, middle or end. Cut where it would run into the drawing. */
static void append_words(struct text *out, double x, double y, const char *anchor,
                         const struct text *words) {
  struct text cut = {0};
  append_cut(&cut, words);
  text_format(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
  html_append_text(out, text_string(&cut));
  text_append(out, "</text>");
  out->failed = out->failed || cut.failed;
  text_release(&cut);
}

static void append_label(const struct picture *picture, chart_words_fn append, struct mark mark,
                         double x, double y, const char *anchor) {
  struct text words = {0};
  append(&words, picture->plot, mark.point, mark.series, &plain);
  append_words(picture->out, x, y, anchor, &words);
  text_release(&words);
}

/* What a mark stands for, told where the pointer rests on it. */
static void append_tip(const struct picture *picture, struct mark mark) {
  struct text tip = {0};
  chart_append_point(&tip, picture->plot, mark.point, mark.series, &plain);
  text_append(&tip, ", ");
  chart_append_series(&tip, picture->plot, mark.point, mark.series, &plain);
  text_append(&tip, ": ");
  chart_append_figure(&tip, picture->plot, mark.point, mark.series, &plain);
  text_append(picture->out, "<title>");
  html_append_text(picture->out, text_string(&tip));
  text_append(picture->out, "</title>");
  picture->out->failed = picture->out->failed || tip.failed;
  text_release(&tip);
}

static void append_rect(const struct picture *picture, const char *class, double x, double y,
                        double width, struct mark mark) {
  text_format(picture->out,
              "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\">", class, x, y,
              width, BAR);
  append_tip(picture, mark);
  text_append(picture->out, "</rect>\n");
}

static const char *series_class(size_t series) {
  static const char *const classes[SERIES] = {"s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"};
  return classes[series % SERIES];
}

static double place(const struct picture *picture, double number) {
  double span = picture->scale.high - picture->scale.low;
  return picture->left + (span > 0 ? (number - picture->scale.low) / span : 0) * picture->room;
}

/* From one figure to another; what is not nothing is seen. */
static void append_bar(const struct picture *picture, const char *class, double from, double to,
                       double y, struct mark mark) {
  double a = place(picture, from), b = place(picture, to);
  double x = a < b ? a : b, width = fabs(b - a);
  if (from != to)
    append_rect(picture, class, x, y, width < 1 ? 1 : width, mark);
}

static double label_width(const struct plot *plot) {
  return widest(plot, chart_append_point) + EDGE;
}

static void lay_out(struct picture *picture, chart_words_fn figure, double extra) {
  picture->left = label_width(picture->plot);
  picture->room = WIDTH - picture->left - EDGE - extra - widest(picture->plot, figure);
  picture->room = picture->room < WIDTH / 4.0 ? WIDTH / 4.0 : picture->room;
}

/* Bars of several series stand close together, points apart. */
static double bar_top(const struct picture *picture, size_t point, size_t series) {
  size_t lines = picture->plot->type == CHART_BAR ? picture->plot->series_count : 1;
  double group = (double)lines * (BAR + 2) + (ROW - BAR);
  return picture->top + (double)point * group + (double)series * (BAR + 2) + (ROW - BAR) / 2.0;
}

static void draw_bars(struct picture *picture) {
  const struct plot *plot = picture->plot;
  lay_out(picture, chart_append_figure, 0);
  for (size_t p = 0; p < plot->point_count; p++)
    for (size_t s = 0; s < plot->series_count; s++) {
      double y = bar_top(picture, p, s), number = plot_number(plot, p, s);
      if (s == 0)
        append_label(picture, chart_append_point, (struct mark){p, s}, picture->left - EDGE, y + 13,
                     "end");
      append_bar(picture, series_class(s), 0, number, y, (struct mark){p, s});
      append_label(picture, chart_append_figure, (struct mark){p, s},
                   place(picture, fmax(number, 0)) + EDGE / 2.0, y + 13, "start");
    }
}

static void draw_stacks(struct picture *picture) {
  const struct plot *plot = picture->plot;
  lay_out(picture, chart_append_sum, 0);
  for (size_t p = 0; p < plot->point_count; p++) {
    double y = bar_top(picture, p, 0), sum = 0;
    append_label(picture, chart_append_point, (struct mark){p, 0}, picture->left - EDGE, y + 13,
                 "end");
    for (size_t s = 0; s < plot->series_count; s++) {
      double next = sum + plot_number(plot, p, s);
      append_bar(picture, series_class(s), sum, next, y, (struct mark){p, s});
      sum = next;
    }
    append_label(picture, chart_append_sum, (struct mark){p, 0}, place(picture, sum) + EDGE / 2.0,
                 y + 13, "start");
  }
}

static void append_share(const struct picture *picture, double part, double whole, double y) {
  struct text words = {0};
  if (whole > 0)
    text_format(&words, "%.0f %%", 100 * part / whole);
  append_words(picture->out, WIDTH - EDGE, y, "end", &words);
  text_release(&words);
}

static void draw_funnel(struct picture *picture) {
  const struct plot *plot = picture->plot;
  lay_out(picture, chart_append_figure, 6 * LETTER);
  for (size_t p = 0; p < plot->point_count; p++) {
    double y = bar_top(picture, p, 0), number = plot_number(plot, p, 0);
    double width = place(picture, number) - picture->left;
    append_label(picture, chart_append_point, (struct mark){p, 0}, picture->left - EDGE, y + 13,
                 "end");
    append_rect(picture, series_class(0), picture->left + (picture->room - width) / 2, y, width,
                (struct mark){p, 0});
    append_label(picture, chart_append_figure, (struct mark){p, 0},
                 picture->left + picture->room + EDGE, y + 13, "start");
    append_share(picture, number, plot_number(plot, 0, 0), y + 13);
  }
}

static void draw_waterfall(struct picture *picture) {
  const struct plot *plot = picture->plot;
  lay_out(picture, chart_append_figure, 0);
  for (size_t p = 0; p < plot->point_count; p++) {
    double from = 0, to = 0, y = bar_top(picture, p, 0);
    chart_float(plot, p, &from, &to);
    const char *class = plot->totals[p] ? "s0" : to < from ? "down" : "up";
    append_label(picture, chart_append_point, (struct mark){p, 0}, picture->left - EDGE, y + 13,
                 "end");
    append_bar(picture, class, from, to, y, (struct mark){p, 0});
    append_label(picture, chart_append_figure, (struct mark){p, 0},
                 place(picture, fmax(from, to)) + EDGE / 2.0, y + 13, "start");
  }
}

static double line_x(const struct picture *picture, size_t point) {
  return picture->left + picture->room * plot_place(picture->plot, point);
}

static double line_y(const struct picture *picture, double number) {
  const struct scale *scale = &picture->scale;
  return picture->top + EDGE + LINE_HEIGHT * (scale->high - number) / (scale->high - scale->low);
}

static void append_axis(const struct picture *picture) {
  const struct scale *scale = &picture->scale;
  int steps = (int)lround((scale->high - scale->low) / scale->step);
  for (int i = 0; i <= steps; i++) {
    double number = scale->low + i * scale->step, y = line_y(picture, number);
    struct text tick = {0};
    chart_append_tick(&tick, picture->plot, number, &plain);
    text_format(picture->out,
                "<line class=\"axis\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                picture->left, y, picture->left + picture->room, y);
    append_words(picture->out, picture->left - EDGE, y + 4, "end", &tick);
    text_release(&tick);
  }
}

/* One that would touch the one before is left out. */
static void append_names(const struct picture *picture) {
  double used = 0;
  for (size_t p = 0; p < picture->plot->point_count; p++) {
    struct text name = {0};
    chart_append_point(&name, picture->plot, p, 0, &plain);
    double half = words_width(&name) / 2;
    double x = fmin(fmax(line_x(picture, p), half), WIDTH - half);
    if (used == 0 || x - half > used + EDGE) {
      append_words(picture->out, x, picture->top + LINE_HEIGHT + 3 * EDGE + 6, "middle", &name);
      used = x + half;
    }
    text_release(&name);
  }
}

/* A gap in the figures is a gap in the line. */
static void append_line(const struct picture *picture, size_t series) {
  const struct plot *plot = picture->plot;
  bool open = false;
  text_format(picture->out, "<path class=\"line %s\" d=\"", series_class(series));
  for (size_t p = 0; p < plot->point_count; p++) {
    bool there = !value_is_null(plot_cell(plot, p, series));
    if (there)
      text_format(picture->out, "%c%.1f %.1f", open ? 'L' : 'M', line_x(picture, p),
                  line_y(picture, plot_number(plot, p, series)));
    open = there;
  }
  text_append(picture->out, "\"/>\n");
  for (size_t p = 0; p < plot->point_count; p++) {
    if (value_is_null(plot_cell(plot, p, series)))
      continue;
    text_format(picture->out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\">",
                series_class(series), line_x(picture, p),
                line_y(picture, plot_number(plot, p, series)));
    append_tip(picture, (struct mark){p, series});
    text_append(picture->out, "</circle>\n");
  }
}

static void draw_lines(struct picture *picture) {
  struct text tick = {0};
  chart_append_tick(&tick, picture->plot, picture->scale.high, &plain);
  double name = widest(picture->plot, chart_append_point);
  picture->left = words_width(&tick) + 2 * EDGE;
  picture->room = WIDTH - picture->left - fmin(fmax(name / 2, 2 * EDGE), WIDTH / 4.0);
  text_release(&tick);
  append_axis(picture);
  append_names(picture);
  for (size_t s = 0; s < picture->plot->series_count; s++)
    append_line(picture, s);
}

/* Of a grid: as wide as the widest figure or name. */
static double cell_width(const struct plot *plot) {
  return fmax(widest(plot, chart_append_figure), widest(plot, chart_append_series)) + 2 * EDGE;
}

static void append_cell(const struct picture *picture, size_t point, size_t series, double x,
                        double y) {
  const struct scale *scale = &picture->scale;
  double part =
      (plot_number(picture->plot, point, series) - scale->low) / (scale->high - scale->low);
  if (value_is_null(plot_cell(picture->plot, point, series)))
    return;
  text_format(picture->out,
              "<rect class=\"s0\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" "
              "fill-opacity=\"%.2f\">",
              x, y, picture->room - 2, ROW - 2, 0.05 + 0.65 * part);
  append_tip(picture, (struct mark){point, series});
  text_append(picture->out, "</rect>");
  append_label(picture, chart_append_figure, (struct mark){point, series}, x + picture->room / 2,
               y + 17, "middle");
  text_append_char(picture->out, '\n');
}

static void draw_heat(struct picture *picture) {
  const struct plot *plot = picture->plot;
  picture->left = label_width(plot);
  picture->room = cell_width(plot);
  for (size_t s = 0; s < plot->series_count; s++)
    append_label(picture, chart_append_series, (struct mark){0, s},
                 picture->left + picture->room * ((double)s + 0.5), picture->top + 17, "middle");
  for (size_t p = 0; p < plot->point_count; p++) {
    double y = picture->top + ROW * (double)(p + 1);
    append_label(picture, chart_append_point, (struct mark){p, 0}, picture->left - EDGE, y + 17,
                 "end");
    for (size_t s = 0; s < plot->series_count; s++)
      append_cell(picture, p, s, picture->left + picture->room * (double)s, y);
  }
}

static bool has_legend(const struct plot *plot) {
  return plot->series_count > 1 && plot->type != CHART_HEAT;
}

/* Returns where it ends. */
static double append_legend(const struct picture *picture) {
  double x = 0, y = picture->top;
  for (size_t s = 0; s < picture->plot->series_count; s++) {
    struct text name = {0};
    chart_append_series(&name, picture->plot, 0, s, &plain);
    struct text cut = {0};
    append_cut(&cut, &name);
    double width = words_width(&cut) + 40;
    text_release(&cut);
    if (x > 0 && x + width > WIDTH) {
      x = 0;
      y += ROW;
    }
    text_format(picture->out,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"12\"/>",
                series_class(s), x, y + 6);
    append_words(picture->out, x + 18, y + 17, "start", &name);
    text_append_char(picture->out, '\n');
    x += width;
    text_release(&name);
  }
  return y + ROW + EDGE;
}

static double drawing_height(const struct plot *plot) {
  const struct picture drawing = {.plot = plot};
  if (plot->point_count == 0)
    return ROW;
  if (plot->type == CHART_LINE)
    return LINE_HEIGHT + 5 * EDGE;
  if (plot->type == CHART_HEAT)
    return ROW * (double)(plot->point_count + 1);
  return bar_top(&drawing, plot->point_count, 0);
}

static double picture_width(const struct plot *plot) {
  double grid = label_width(plot) + cell_width(plot) * (double)plot->series_count;
  return plot->type == CHART_HEAT && grid > WIDTH ? grid : WIDTH;
}

static void (*const draw[])(struct picture *) = {
    [CHART_BAR] = draw_bars,      [CHART_STACKED] = draw_stacks,      [CHART_LINE] = draw_lines,
    [CHART_FUNNEL] = draw_funnel, [CHART_WATERFALL] = draw_waterfall, [CHART_HEAT] = draw_heat,
};

static void append_names_of(struct text *out, const char *title, const char *subject,
                            size_t number) {
  text_format(out, "<title id=\"t%zu\">", number);
  html_append_text(out, title && *title ? title : subject);
  text_format(out, "</title>\n<desc id=\"d%zu\">", number);
  html_append_text(out, subject);
  text_append(out, "</desc>\n");
}

/* What stands above the drawing; moves its top below that. */
static void append_top(struct picture *picture, const char *title, const char *subject,
                       const char *remark) {
  if (title && *title) {
    append_line_of(picture->out, "head", 18, title);
    picture->top += HEAD;
  }
  append_line_of(picture->out, "said", picture->top + 13, subject);
  picture->top += SAID;
  if (*remark) {
    append_line_of(picture->out, "said", picture->top + 11, remark);
    picture->top += SAID;
  }
  if (has_legend(picture->plot))
    picture->top = append_legend(picture);
}

/* The drawing comes first: only behind it is known how high it is. */
static void append_picture(struct text *out, const struct plot *plot, const struct frame *frame) {
  const char *title = frame->result->title;
  struct text inside = {0}, subject = {0}, remark = {0};
  struct picture picture = {.out = &inside, .plot = plot, .scale = chart_scale(plot)};
  chart_append_subject(&subject, plot, &plain);
  chart_append_remark(&remark, plot, frame->result, &plain);
  append_names_of(&inside, title, text_string(&subject), frame->number);
  append_top(&picture, frame->alone ? title : NULL, text_string(&subject), text_string(&remark));
  if (plot->point_count)
    draw[plot->type](&picture);
  else
    append_line_of(&inside, "said", picture.top + 13, translate("(no rows)"));
  int margin = frame->alone ? 2 * EDGE : 0;
  double width = picture_width(plot) + 2 * margin;
  double height = picture.top + drawing_height(plot) + 2 * margin;
  text_format(out,
              "<svg%s role=\"img\" class=\"chart\" aria-labelledby=\"t%zu d%zu\" "
              "viewBox=\"%d %d %.0f %.0f\" width=\"%.0f\" height=\"%.0f\">\n",
              frame->alone ? " xmlns=\"http://www.w3.org/2000/svg\"" : "", frame->number,
              frame->number, -margin, -margin, width, height, width, height);
  if (frame->alone)
    svg_append_sheet(out);
  text_append(out, text_string(&inside));
  text_append(out, "</svg>\n");
  out->failed = out->failed || inside.failed || subject.failed || remark.failed;
  text_release(&inside);
  text_release(&remark);
  text_release(&subject);
}

void svg_append_sheet(struct text *out) {
  text_append(out, "<style>");
  style_sheet_append_picture(out);
  text_append(out, "</style>\n");
}

void svg_append_alone(struct text *out, const struct plot *plot, const struct result *result) {
  append_picture(out, plot, &(struct frame){.result = result, .alone = true});
}

void svg_append(struct text *out, const struct plot *plot, const struct result *result,
                size_t number) {
  if (plot->point_count)
    append_picture(out, plot, &(struct frame){.result = result, .number = number});
}
