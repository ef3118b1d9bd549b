/* Where the points of a line stand: in proportion to the time between them, so that a month without
 * figures is not skipped. */
#include <ctype.h>
#include <string.h>

#include "base/memory.h"
#include "engine/plot_choice.h"

/* Months and quarters are counted, not their days: all are equally wide. */
enum time_form { FORM_NONE, FORM_DAY, FORM_INSTANT, FORM_YEAR, FORM_QUARTER, FORM_MONTH };

static enum time_form form_of_text(const char *text, size_t length) {
  if (strspn(text, "0123456789") != 4)
    return FORM_NONE;
  if (length == 4)
    return FORM_YEAR;
  if (length != 7 || text[4] != '-')
    return FORM_DAY;
  if (strchr("Qq", text[5]) && isdigit((unsigned char)text[6]))
    return FORM_QUARTER;
  return strspn(text + 5, "0123456789") == 2 ? FORM_MONTH : FORM_DAY;
}

static enum time_form read_text(const char *text, size_t length, double *time) {
  enum time_form form = form_of_text(text, length);
  struct date_range range;
  struct error ignored;
  int64_t year = 0;
  for (int i = 0; form != FORM_NONE && i < 4; i++)
    year = 10 * year + (text[i] - '0');
  if (form == FORM_YEAR)
    *time = (double)year;
  else if (form == FORM_QUARTER)
    *time = (double)(4 * year + text[6] - '0');
  else if (form == FORM_MONTH)
    *time = (double)(12 * year + INT64_C(10) * (text[5] - '0') + text[6] - '0');
  else if (form == FORM_DAY && date_range_parse(&range, text, 0, &ignored) && range.has_from)
    *time = (double)range.from;
  else
    return FORM_NONE;
  return form;
}

static enum time_form read_time(const struct value *value, double *time) {
  switch (value->type) {
  case VALUE_DATE:
    *time = (double)value->as.day;
    return FORM_DAY;
  case VALUE_INSTANT:
    *time = (double)value->as.at;
    return FORM_INSTANT;
  case VALUE_TEXT:
    return read_text(value->as.text.data, value->as.text.length, time);
  default:
    return FORM_NONE;
  }
}

/* Each later than the one before, or each earlier, and all told in the same way. */
static bool read_times(const struct plot *plot, double *times) {
  enum time_form first = FORM_NONE;
  for (size_t p = 0; p < plot->point_count; p++) {
    enum time_form form = read_time(plot->points[p], &times[p]);
    first = p == 0 ? form : first;
    if (form == FORM_NONE || form != first)
      return false;
    if (p > 0 && (times[p] == times[p - 1] || (times[p] > times[p - 1]) != (times[1] > times[0])))
      return false;
  }
  return plot->point_count > 1;
}

bool plot_place_points(struct plot *plot, struct error *err) {
  double *times = memory_new_array(plot->point_count, sizeof *times);
  if (!times)
    return error_memory(err);
  if (!read_times(plot, times)) {
    memory_free(times);
    return true;
  }
  double first = times[0], span = times[plot->point_count - 1] - first;
  for (size_t p = 0; p < plot->point_count; p++)
    times[p] = (times[p] - first) / span;
  plot->places = times;
  return true;
}

double plot_place(const struct plot *plot, size_t point) {
  if (plot->places)
    return plot->places[point];
  return plot->point_count > 1 ? (double)point / (double)(plot->point_count - 1) : 0;
}
