/* rules diff: two rule sets side by side. */
#include "repl/commands/lab.h"

#include "base/translate.h"
#include "repl/commands/trial.h"
#include "repl/failure.h"

static bool add_change(void *payload, enum lab_change change, const struct lab_item *item,
                       struct error *err) {
  struct call *call = payload;
  struct text place = {0};
  if (item->place.file)
    text_format(&place, "%s:%d", item->place.file, item->place.line);
  struct value cells[] = {value_text(lab_change_name(change)), value_text(item->what),
                          value_text(item->id), value_text(item->text),
                          value_text(text_string(&place))};
  struct result_row *row = result_add_row(&call->result, 0, err);
  bool done = row != NULL;
  for (int i = 0; done && i < (int)(sizeof cells / sizeof *cells); i++)
    done = result_set(row, i, &cells[i], err);
  text_release(&place);
  return done;
}

static bool begin_diff(struct call *call, const struct trial_pair *pair, struct error *err) {
  static const enum lab_change changes[] = {LAB_ADDED, LAB_REMOVED, LAB_CHANGED};
  struct result *result = &call->result;
  if (!trial_title_pair(pair, call, "rules_diff", err) ||
      !result_add_column(result, "change", translate("change"), FIELD_TEXT, err))
    return false;
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
    if (!result_add_word(list_at(&result->columns, 0), lab_change_name(changes[i]),
                         translate(lab_change_name(changes[i])), err))
      return false;
  return result_add_column(result, "what", translate("what"), FIELD_TEXT, err) &&
         result_add_column(result, "id", translate("id"), FIELD_TEXT, err) &&
         result_add_column(result, "text", translate("text"), FIELD_TEXT, err) &&
         result_add_column(result, "place", translate("place"), FIELD_TEXT, err);
}

/* People get the table and the lines; programs that ask for a format the table. */
static bool append_lines(struct call *call, const struct lab_rules *before,
                         const struct lab_rules *after, struct error *err) {
  struct style style = session_style(call->session, &call->settings);
  if (!call_has(call, "full"))
    return true;
  if (!table_write(&call->result, &style, &call->text, err))
    return false;
  text_append_char(&call->text, '\n');
  return lab_compare_lines(before, after, &call->text, err);
}

static bool compare(struct call *call, struct lab_rules *before, struct lab_rules *after,
                    struct error *err) {
  if (!lab_compare(before, after, add_change, call, err))
    return false;
  if (call->result.rows.count == 0) {
    text_append(&call->text, translate("they are the same\n"));
    return true;
  }
  call->exit_code = EXIT_EMPTY; /* as diff tells: there is something */
  return append_lines(call, before, after, err);
}

static bool diff_pair(struct call *call, struct trial_pair *pair, struct error *err) {
  struct lab_rules before = {0}, after = {0};
  if (!begin_diff(call, pair, err) || !trial_read_pair(pair, &before, &after, err))
    return false;
  bool done = compare(call, &before, &after, err);
  lab_rules_release(&before);
  lab_rules_release(&after);
  return done;
}

bool lab_diff(struct call *call, struct error *err) {
  struct trial_pair pair;
  const char *first = call_word(call, 0), *second = call_word(call, 1);
  if (!call_expect(call, 0, 2, err) || !trial_open_pair(&pair, call, first, second, err))
    return false;
  bool done = diff_pair(call, &pair, err);
  trial_close_pair(&pair);
  return done;
}
