#include "repl/format/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "repl/format/cell.h"
#include "repl/format/wrap.h"

enum {
  USUAL_ROOM = 40,
  USUAL_WIDTH = 80,
  LEAST_ROOM = 4,
  LEAST_LABEL = 6,
  GAP = 2,
  GAPS = 2 * GAP,
  SHARE = 5,
  HEADED_FROM = 60,
  NAME_MOST = 24 /* of a grid's column */
};

/* What is drawn, and how much room there is for it. */
struct drawing {
  const struct plot *plot;
  const struct style *style;
  struct scale scale;
  size_t label, name, figure; /* columns for names of points, of series, for figures */
  size_t room;                /* for bars */
  const struct plot *before;  /* what was shown last: figures that changed are marked; or NULL */
  size_t mark;                /* columns for marks */
};

/* Cut with a mark where it is too wide, filled with blanks where it is not. */
static void append_fitted(struct text *out, const struct text *text, size_t width, bool right,
                          const struct style *style) {
  size_t used = text_width(text_string(text), text->length);
  if (used > width && width > 0) {
    size_t length = text_fit(text_string(text), text->length, width - 1);
    text_append_bytes(out, text_string(text), length);
    text_append(out, style->ascii ? "~" : "…");
    text_append_repeat(out, " ", width - 1 - text_width(text_string(text), length));
  } else {
    text_append_repeat(out, " ", right ? width - used : 0);
    text_append(out, text_string(text));
    text_append_repeat(out, " ", right ? 0 : width - used);
  }
  out->failed = out->failed || text->failed;
}

static void append_part(struct text *out, const struct drawing *drawing, chart_words_fn append,
                        struct mark mark, size_t width, bool right) {
  struct text text = {0};
  append(&text, drawing->plot, mark.point, mark.series, drawing->style);
  append_fitted(out, &text, width, right, drawing->style);
  text_release(&text);
}

static bool is_changed(const struct drawing *drawing, chart_words_fn figure, size_t point,
                       size_t series) {
  size_t first = figure == chart_append_sum ? 0 : series;
  size_t last = figure == chart_append_sum ? drawing->plot->series_count - 1 : series;
  bool changed = false;
  for (size_t s = first; drawing->before && s <= last; s++)
    changed = changed || chart_is_changed(drawing->plot, drawing->before, point, s);
  return changed;
}

/* At the right of the width, behind it room for a mark where there are any. */
static void append_figure(struct text *out, const struct drawing *drawing, chart_words_fn figure,
                          size_t point, size_t series, size_t width) {
  struct text fitted = {0};
  bool changed = is_changed(drawing, figure, point, series);
  append_part(&fitted, drawing, figure, (struct mark){point, series}, width, true);
  size_t blanks = strspn(text_string(&fitted), " ");
  text_append_repeat(out, " ", blanks);
  paint_begin(out, changed ? PAINT_CHANGED : PAINT_NONE, drawing->style);
  text_append(out, text_string(&fitted) + blanks);
  paint_end(out, changed ? PAINT_CHANGED : PAINT_NONE, drawing->style);
  text_append_repeat(out, changed ? "*" : " ", drawing->mark);
  out->failed = out->failed || fitted.failed;
  text_release(&fitted);
}

/* extra: columns behind the figures. Names give way to bars, but for a stub. */
static void lay_out(struct drawing *drawing, chart_words_fn figure, bool names, size_t extra) {
  size_t width = drawing->style->width;
  drawing->scale = chart_scale(drawing->plot);
  drawing->label = chart_widest(drawing->plot, chart_append_point, drawing->style);
  drawing->name =
      names ? chart_widest(drawing->plot, chart_append_series, drawing->style) + GAP : 0;
  drawing->figure = chart_widest(drawing->plot, figure, drawing->style);
  drawing->room = USUAL_ROOM;
  if (!width)
    return;
  size_t taken = drawing->figure + drawing->name + drawing->mark + extra + GAPS;
  size_t left = width > taken + LEAST_LABEL + LEAST_ROOM ? width - taken : LEAST_LABEL + LEAST_ROOM;
  size_t most = left - LEAST_ROOM < left / 2 ? left - LEAST_ROOM : left / 2;
  drawing->label = drawing->label < most ? drawing->label : most;
  drawing->room = left - drawing->label;
}

/* Place on the scale in eighths of a column. */
static size_t eighths(const struct drawing *drawing, double number) {
  double span = drawing->scale.high - drawing->scale.low;
  double part = span > 0 ? (number - drawing->scale.low) / span : 0;
  return (size_t)lround(part * 8 * (double)drawing->room);
}

/* Blocks from one place to the other, blanks around them up to the room. What is not nothing is
 * seen. */
static void append_bar(struct text *out, const struct drawing *drawing, double from, double to,
                       const char *block) {
  static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  bool fine = !drawing->style->ascii && strcmp(block, "█") == 0;
  size_t low = eighths(drawing, from < to ? from : to),
         high = eighths(drawing, from < to ? to : from);
  size_t start = (low + 4) / 8, end = fine ? high / 8 : (high + 4) / 8;
  size_t part = fine && start <= end ? high % 8 : 0;
  bool nothing = from == to;
  if (!nothing && end <= start && part == 0) {
    start = start == drawing->room ? start - 1 : start;
    end = start + !fine;
    part = fine ? 1 : 0;
  }
  text_append_repeat(out, " ", start);
  text_append_repeat(out, block, end > start ? end - start : 0);
  text_append(out, parts[part]);
  size_t used = (end > start ? end : start) + (part > 0);
  text_append_repeat(out, " ", used < drawing->room ? drawing->room - used : 0);
}

static const char *block_of(const struct style *style) {
  return style->ascii ? "#" : "█";
}

static void end_line(struct text *out) {
  while (out->length && out->data[out->length - 1] == ' ')
    out->data[--out->length] = '\0';
  text_append_char(out, '\n');
}

/* A line for each series; the name of the point stands at the first. */
static void draw_bars(struct text *out, struct drawing *drawing) {
  const struct plot *plot = drawing->plot;
  bool names = plot->series_count > 1;
  lay_out(drawing, chart_append_figure, names, 0);
  for (size_t p = 0; p < plot->point_count; p++)
    for (size_t s = 0; s < plot->series_count; s++) {
      if (s == 0)
        append_part(out, drawing, chart_append_point, (struct mark){p, s}, drawing->label, false);
      else
        text_append_repeat(out, " ", drawing->label);
      text_append_repeat(out, " ", GAP);
      if (names)
        append_part(out, drawing, chart_append_series, (struct mark){p, s}, drawing->name, false);
      paint_begin(out, chart_paint(s), drawing->style);
      append_bar(out, drawing, 0, plot_number(plot, p, s), block_of(drawing->style));
      paint_end(out, chart_paint(s), drawing->style);
      text_append_repeat(out, " ", GAP);
      append_figure(out, drawing, chart_append_figure, p, s, drawing->figure);
      end_line(out);
    }
}

static double sum_of(const struct plot *plot, size_t point, size_t series_count) {
  double sum = 0;
  for (size_t s = 0; s < series_count; s++)
    sum += plot_number(plot, point, s);
  return sum;
}

static void append_stack(struct text *out, const struct drawing *drawing, size_t point) {
  size_t at = 0;
  for (size_t s = 0; s < drawing->plot->series_count; s++) {
    size_t end = (eighths(drawing, sum_of(drawing->plot, point, s + 1)) + 4) / 8;
    paint_begin(out, chart_paint(s), drawing->style);
    text_append_repeat(out, chart_mark(s, drawing->style), end > at ? end - at : 0);
    paint_end(out, chart_paint(s), drawing->style);
    at = end > at ? end : at;
  }
  text_append_repeat(out, " ", drawing->room - at);
}

/* Broken where the line is full. */
static void append_legend(struct text *out, const struct drawing *drawing) {
  struct text entry = {0};
  size_t width = drawing->style->width ? drawing->style->width : USUAL_WIDTH, used = 0;
  for (size_t s = 0; s < drawing->plot->series_count; s++) {
    text_clear(&entry);
    chart_append_series(&entry, drawing->plot, 0, s, drawing->style);
    size_t columns = text_width(text_string(&entry), entry.length) + 2;
    if (used > 0 && used + GAP + columns > width) {
      text_append_char(out, '\n');
      used = 0;
    }
    text_append_repeat(out, " ", used ? GAP : 0);
    paint_begin(out, chart_paint(s), drawing->style);
    text_append(out, chart_mark(s, drawing->style));
    paint_end(out, chart_paint(s), drawing->style);
    text_format(out, " %s", text_string(&entry));
    used += columns + (used ? GAP : 0);
  }
  text_append_char(out, '\n');
  text_release(&entry);
}

static void draw_stacks(struct text *out, struct drawing *drawing) {
  const struct plot *plot = drawing->plot;
  if (plot->series_count > 1)
    append_legend(out, drawing);
  lay_out(drawing, chart_append_sum, false, 0);
  for (size_t p = 0; p < plot->point_count; p++) {
    append_part(out, drawing, chart_append_point, (struct mark){p, 0}, drawing->label, false);
    text_append_repeat(out, " ", GAP);
    append_stack(out, drawing, p);
    text_append_repeat(out, " ", GAP);
    append_figure(out, drawing, chart_append_sum, p, 0, drawing->figure);
    end_line(out);
  }
}

static void append_share(struct text *out, double part, double whole, size_t width) {
  struct text share = {0};
  if (whole > 0)
    text_format(&share, "%.0f %%", 100 * part / whole);
  text_append_repeat(out, " ", width - text_width(text_string(&share), share.length));
  text_append(out, text_string(&share));
  text_release(&share);
}

/* In the middle, so that what is lost shows at both sides. */
static void append_centred(struct text *out, const struct drawing *drawing, double number) {
  size_t blocks = (eighths(drawing, number) + 4) / 8, before = (drawing->room - blocks) / 2;
  text_append_repeat(out, " ", before);
  text_append_repeat(out, block_of(drawing->style), blocks);
  text_append_repeat(out, " ", drawing->room - blocks - before);
}

/* Narrow places have no room for what stands above the shares. */
static size_t share_width(const char *title, const struct style *style) {
  size_t width = style->width && style->width < HEADED_FROM ? 0 : text_width(title, strlen(title));
  return (width < SHARE ? SHARE : width) + GAP;
}

static void append_share_titles(struct text *out, const struct drawing *drawing,
                                const char *const *titles, const size_t *widths) {
  if (drawing->style->width && drawing->style->width < HEADED_FROM)
    return;
  text_append_repeat(out, " ", drawing->label + drawing->room + drawing->figure + GAPS);
  for (int i = 0; i < 2; i++) {
    text_append_repeat(out, " ", widths[i] - text_width(titles[i], strlen(titles[i])));
    text_append(out, titles[i]);
  }
  text_append_char(out, '\n');
}

static void append_shares(struct text *out, const struct plot *plot, size_t point,
                          const size_t *widths) {
  double number = plot_number(plot, point, 0);
  if (value_is_null(plot_cell(plot, point, 0)))
    return;
  append_share(out, number, plot_number(plot, 0, 0), widths[0]);
  append_share(out, number, point ? plot_number(plot, point - 1, 0) : 0, widths[1]);
}

static void draw_funnel(struct text *out, struct drawing *drawing) {
  const struct plot *plot = drawing->plot;
  const char *titles[] = {translate("of first"), translate("of previous")};
  const size_t widths[] = {share_width(titles[0], drawing->style),
                           share_width(titles[1], drawing->style)};
  lay_out(drawing, chart_append_figure, false, widths[0] + widths[1]);
  append_share_titles(out, drawing, titles, widths);
  for (size_t p = 0; p < plot->point_count; p++) {
    append_part(out, drawing, chart_append_point, (struct mark){p, 0}, drawing->label, false);
    text_append_repeat(out, " ", GAP);
    paint_begin(out, chart_paint(0), drawing->style);
    append_centred(out, drawing, plot_number(plot, p, 0));
    paint_end(out, chart_paint(0), drawing->style);
    text_append_repeat(out, " ", GAP);
    append_figure(out, drawing, chart_append_figure, p, 0, drawing->figure);
    append_shares(out, plot, p, widths);
    end_line(out);
  }
}

static void draw_waterfall(struct text *out, struct drawing *drawing) {
  const struct plot *plot = drawing->plot;
  lay_out(drawing, chart_append_figure, false, 0);
  for (size_t p = 0; p < plot->point_count; p++) {
    double from = 0, to = 0;
    chart_float(plot, p, &from, &to);
    bool down = to < from && !plot->totals[p];
    enum paint paint = plot->totals[p] ? chart_paint(0) : down ? PAINT_RED : PAINT_GREEN;
    const char *falling = drawing->style->ascii ? "-" : "▒";
    append_part(out, drawing, chart_append_point, (struct mark){p, 0}, drawing->label, false);
    text_append_repeat(out, " ", GAP);
    paint_begin(out, paint, drawing->style);
    append_bar(out, drawing, from, to, down ? falling : block_of(drawing->style));
    paint_end(out, paint, drawing->style);
    text_append_repeat(out, " ", GAP);
    append_figure(out, drawing, chart_append_figure, p, 0, drawing->figure);
    end_line(out);
  }
}

static const char *shade(const struct drawing *drawing, size_t point, size_t series) {
  static const char *const blocks[] = {"  ", "░░", "▒▒", "▓▓", "██"};
  static const char *const letters[] = {"  ", "..", "::", "++", "##"};
  const struct scale *scale = &drawing->scale;
  double span = scale->high - scale->low;
  double part = span > 0 ? (plot_number(drawing->plot, point, series) - scale->low) / span : 0;
  int level = value_is_null(plot_cell(drawing->plot, point, series)) ? 0 : (int)ceil(part * 4);
  return drawing->style->ascii ? letters[level] : blocks[level];
}

/* The columns from `first` up to `last`. */
static void draw_grid(struct text *out, const struct drawing *drawing, size_t first, size_t last,
                      size_t width) {
  const struct plot *plot = drawing->plot;
  text_append_repeat(out, " ", drawing->label);
  for (size_t s = first; s < last; s++) {
    text_append_repeat(out, " ", GAP);
    append_part(out, drawing, chart_append_series, (struct mark){0, s}, width, true);
  }
  end_line(out);
  for (size_t p = 0; p < plot->point_count; p++) {
    append_part(out, drawing, chart_append_point, (struct mark){p, 0}, drawing->label, false);
    for (size_t s = first; s < last; s++) {
      text_append_repeat(out, " ", GAP);
      paint_begin(out, chart_paint(0), drawing->style);
      text_append(out, shade(drawing, p, s));
      paint_end(out, chart_paint(0), drawing->style);
      if (value_is_null(plot_cell(plot, p, s)))
        text_append_repeat(out, " ", width - 2);
      else
        append_figure(out, drawing, chart_append_figure, p, s, width - 2 - drawing->mark);
    }
    end_line(out);
  }
}

/* A grid that is too wide goes on below. */
static void draw_heat(struct text *out, struct drawing *drawing) {
  lay_out(drawing, chart_append_figure, false, 0);
  size_t name = chart_widest(drawing->plot, chart_append_series, drawing->style),
         figure = drawing->figure + 3 + drawing->mark;
  name = name < NAME_MOST ? name : NAME_MOST;
  size_t width = name > figure ? name : figure, all = drawing->plot->series_count, fit = all;
  if (drawing->style->width) {
    size_t least = figure > 8 ? figure : 8;
    width = width < drawing->style->width / 3 ? width : least;
    fit = (drawing->style->width - drawing->label) / (width + GAP);
    fit = fit ? fit : 1;
  }
  for (size_t first = 0; first < all; first += fit) {
    text_append(out, first ? "\n" : "");
    draw_grid(out, drawing, first, first + fit < all ? first + fit : all, width);
  }
}

static void draw_lines(struct text *out, struct drawing *drawing) {
  struct error memory;
  size_t width = drawing->style->width ? drawing->style->width : USUAL_WIDTH;
  if (drawing->plot->series_count > 1)
    append_legend(out, drawing);
  if (!chart_draw_lines(out, drawing->plot, width, drawing->style, &memory))
    out->failed = true;
}

static void (*const draw[])(struct text *, struct drawing *) = {
    [CHART_BAR] = draw_bars,      [CHART_STACKED] = draw_stacks,      [CHART_LINE] = draw_lines,
    [CHART_FUNNEL] = draw_funnel, [CHART_WATERFALL] = draw_waterfall, [CHART_HEAT] = draw_heat,
};

static void append_remark(struct text *out, const struct plot *plot, const struct result *result,
                          const struct style *style) {
  struct text remark = {0};
  chart_append_remark(&remark, plot, result, style);
  if (remark.length) {
    wrap_append(out, text_string(&remark), remark.length, style->width);
    text_append_char(out, '\n');
  }
  out->failed = out->failed || remark.failed;
  text_release(&remark);
}

static bool read_plot(struct plot *plot, const struct result *result, struct error *err) {
  const struct chart chosen = {0};
  return plot_init(plot, result, result->chart ? result->chart : &chosen, err);
}

bool chart_append(struct text *out, const struct result *result, const struct style *style,
                  struct error *err) {
  struct plot plot, before;
  struct error ignored; /* what could not be drawn then is not compared with */
  if (!read_plot(&plot, result, err))
    return false;
  bool compared = style->before && read_plot(&before, style->before, &ignored);
  struct drawing drawing = {.plot = &plot,
                            .style = style,
                            .before = compared ? &before : NULL,
                            .mark = compared && !style->colour};
  chart_append_subject(out, &plot, style);
  text_append(out, "\n\n");
  if (plot.point_count)
    draw[plot.type](out, &drawing);
  else
    text_format(out, "%s\n", translate("(no rows)"));
  append_remark(out, &plot, result, style);
  if (compared)
    plot_release(&before);
  plot_release(&plot);
  return text_check(out, err);
}

bool chart_write(const struct result *result, const struct style *style, struct text *out,
                 struct error *err) {
  cell_append_title_line(out, result, style);
  if (!chart_append(out, result, style, err))
    return false;
  text_append(out, result->notes.count || result->stamp.command ? "\n" : "");
  cell_append_notes(out, result, style);
  return text_check(out, err);
}
