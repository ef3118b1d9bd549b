#include "repl/format/count.h"

#include "base/translate.h"
#include "repl/format/cell.h"

static int64_t count_rows(const struct result *result) {
  int64_t count = 0;
  for (size_t i = 0; i < result->rows.count; i++)
    count += !((const struct result_row *)list_at(&result->rows, i))->summary;
  return count;
}

void count_append(struct text *out, const struct result *result) {
  int64_t count = count_rows(result), all = result->cut_from;
  struct text shown = {0}, total = {0};
  cell_append_count(&shown, count);
  cell_append_count(&total, all);
  if (all > 0)
    text_format(out, translate_plural("first %s of %s row", "first %s of %s rows", all),
                text_string(&shown), text_string(&total));
  else
    text_format(out, translate_plural("%s row", "%s rows", count), text_string(&shown));
  if (all == RESULT_CUT_UNKNOWN)
    text_append(out, translate(", and there are more"));
  out->failed = out->failed || shown.failed || total.failed;
  text_release(&shown);
  text_release(&total);
}

static bool is_of_records(const struct result *result) {
  for (size_t i = 0; i < result->rows.count; i++)
    if (((const struct result_row *)list_at(&result->rows, i))->id)
      return true;
  return false;
}

void count_append_line(struct text *out, const struct result *result, const struct style *style) {
  bool figures = result->stamp.command && !is_of_records(result);
  if (!style->counts || result->single || !result->rows.count || (figures && !result->cut_from))
    return;
  text_append_char(out, '(');
  count_append(out, result);
  text_append(out, ")\n");
}
