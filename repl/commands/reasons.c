#include "repl/commands/reasons.h"

#include <string.h>

#include "base/translate.h"
#include "engine/accept.h"
#include "engine/promote.h"
#include "repl/format/cell.h"
#include "repl/terminal.h"

struct mark {
  const char *mark, *plain;
  enum paint paint;
};

static struct mark mark_of(const struct verdict_item *item) {
  bool should = item->criterion->level == LEVEL_SHOULD;
  switch (item->outcome) {
  case OUTCOME_PASS:
    return (struct mark){"✓", "+", PAINT_GREEN};
  case OUTCOME_EXEMPT:
    return (struct mark){"–", "o", PAINT_DIM};
  case OUTCOME_BROKEN:
    return (struct mark){"‼", "!", PAINT_RED};
  case OUTCOME_FAIL:
    break;
  }
  return should ? (struct mark){"△", "?", PAINT_YELLOW} : (struct mark){"✗", "x", PAINT_RED};
}

const char *reasons_sentence(const struct criterion *criterion) {
  const char *text = translate_twin(criterion->text, criterion->text_ru);
  return text ? text : criterion->id;
}

/* "Acme Clinic (#12)"; of a record that is gone the number alone. */
static void append_reference(struct text *out, struct book *book, int64_t id) {
  struct record target;
  struct error ignored;
  if (!record_load(&target, book, NULL, id, &ignored)) {
    text_format(out, "#%lld", (long long)id);
    return;
  }
  record_append_name(out, &target);
  text_format(out, " (#%lld)", (long long)id);
  record_release(&target);
}

static void append_read(struct text *out, const struct verdict_read *read, struct book *book) {
  text_format(out, "%s = ", read->path);
  if (value_is_null(&read->value))
    text_append(out, translate("unset"));
  else if (read->reference)
    append_reference(out, book, read->value.as.integer);
  else if (read->value.type == VALUE_BOOLEAN)
    text_append(out, translate(read->value.as.boolean ? N_("true") : N_("false")));
  else
    value_append(out, &read->value);
}

static void append_reads(struct text *out, const struct verdict_item *item,
                         const struct call *call) {
  for (size_t i = 0; i < item->reads.count; i++) {
    text_append(out, i ? ", " : "");
    append_read(out, list_at(&item->reads, i), session_book(call->session));
  }
}

void reasons_append_item(struct text *out, const struct verdict_item *item,
                         const struct call *call) {
  const struct criterion *criterion = item->criterion;
  bool ascii = session_style(call->session, &call->settings).ascii;
  struct mark mark = mark_of(item);
  text_format(out, "  %s %s", ascii ? mark.plain : mark.mark, reasons_sentence(criterion));
  if (criterion->level == LEVEL_SHOULD)
    text_append(out, translate(" (advice)"));
  if (criterion->place.file)
    text_format(out, "   %s:%d", criterion->place.file, criterion->place.line);
  text_append_char(out, '\n');
  if (item->detail && *item->detail)
    text_format(out, "      %s\n", item->detail);
  if (item->reads.count) {
    text_append(out, translate("      read: "));
    append_reads(out, item, call);
    text_append_char(out, '\n');
  }
}

static void append_item(struct text *out, const struct verdict_item *item,
                        const struct call *call) {
  reasons_append_item(out, item, call);
  bool missing = item->outcome == OUTCOME_FAIL || item->outcome == OUTCOME_BROKEN;
  if (missing && item->fix && *item->fix)
    text_format(out, translate("      do: %s\n"), item->fix);
}

void reasons_append(struct text *out, const struct verdict *verdict, const struct call *call,
                    bool every) {
  bool ascii = session_style(call->session, &call->settings).ascii;
  if (verdict->structural)
    text_format(out, "  %s %s\n", ascii ? "x" : "✗", verdict->structural);
  for (size_t i = 0; i < verdict->items.count; i++) {
    const struct verdict_item *item = list_at(&verdict->items, i);
    if (every || item->outcome == OUTCOME_FAIL || item->outcome == OUTCOME_BROKEN)
      append_item(out, item, call);
  }
}

enum { RECORDS_SHOWN = 20 };

void reasons_append_judged(struct call *call, bool done, const struct error *err) {
  struct engine *engine = call->session->engine;
  if (!engine || unit_is_inner(engine->book))
    return;
  bool tell = done || err->code == ERROR_REFUSED;
  for (size_t i = 0; tell && i < engine->judged.count && i < RECORDS_SHOWN; i++) {
    const struct accepted *judged = list_at(&engine->judged, i);
    text_format(&call->complaint, "%s:\n", judged->name);
    reasons_append(&call->complaint, &judged->verdict, call, false);
  }
  if (tell && engine->judged.count > RECORDS_SHOWN)
    text_format(&call->complaint, translate("and %zu more\n"),
                engine->judged.count - RECORDS_SHOWN);
  accept_forget(engine);
}

static void append_promotion(struct text *out, const struct promotion *promotion) {
  const char *arrow = terminal_arrow();
  text_format(out, "%s: %s %s %s ", promotion->name, promotion->from, arrow, promotion->to);
  if (promotion->trouble)
    text_format(out, translate("(automatic) was not possible: %s\n"), promotion->trouble);
  else
    text_append(out, translate("(automatic)\n"));
}

/* What was promoted belongs to the answer where that is words; troubles are complaints. */
void reasons_append_promoted(struct call *call, bool done) {
  struct engine *engine = call->session->engine;
  if (!engine || unit_is_inner(engine->book))
    return;
  bool in_words = done && (call->text.length || !call->has_result);
  struct text *answer = in_words ? &call->text : &call->complaint;
  size_t count = engine->promotions_standing;
  for (size_t i = 0; i < count && i < RECORDS_SHOWN; i++) {
    const struct promotion *promotion = list_at(&engine->promotions, i);
    append_promotion(promotion->trouble ? &call->complaint : answer, promotion);
  }
  if (count > RECORDS_SHOWN)
    text_format(answer, translate("and %zu more (automatic)\n"), count - RECORDS_SHOWN);
  promote_forget(engine);
}

static const char *const columns[] = {N_("outcome"), N_("level"), N_("criterion"), N_("text"),
                                      N_("read"),    N_("place"), N_("fix"),       N_("detail")};

static bool set_text(struct result_row *row, int column, const char *text, struct error *err) {
  struct value value = value_text(text && *text ? text : NULL);
  return result_set(row, column, &value, err);
}

static bool add_row(struct call *call, const struct verdict_item *item, struct error *err) {
  const struct criterion *criterion = item->criterion;
  struct text reads = {0}, place = {0};
  append_reads(&reads, item, call);
  if (criterion->place.file)
    text_format(&place, "%s:%d", criterion->place.file, criterion->place.line);
  struct result_row *row = result_add_row(&call->result, 0, err);
  bool done =
      row && set_text(row, 0, outcome_name(item->outcome), err) &&
      set_text(row, 1, criterion->level == LEVEL_MUST ? "must" : "should", err) &&
      set_text(row, 2, criterion->id, err) && set_text(row, 3, reasons_sentence(criterion), err) &&
      set_text(row, 4, text_string(&reads), err) && set_text(row, 5, text_string(&place), err) &&
      set_text(row, 6, item->fix, err) && set_text(row, 7, item->detail, err);
  text_release(&reads);
  text_release(&place);
  return done;
}

static bool add_structural(struct call *call, const char *reason, struct error *err) {
  struct result_row *row = result_add_row(&call->result, 0, err);
  return row && set_text(row, 0, "fail", err) && set_text(row, 1, "must", err) &&
         set_text(row, 2, "process", err) && set_text(row, 3, reason, err);
}

static bool begin_result(struct call *call, struct error *err) {
  if (!call_begin_result(call, "why", "", err))
    return false;
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    if (!result_add_column(&call->result, columns[i], translate(columns[i]), FIELD_TEXT, err))
      return false;
  return true;
}

bool reasons_result(struct call *call, const struct verdict *verdict, struct error *err) {
  if (!call->has_result && !begin_result(call, err))
    return false;
  if (verdict->structural && !add_structural(call, verdict->structural, err))
    return false;
  for (size_t i = 0; i < verdict->items.count; i++)
    if (!add_row(call, list_at(&verdict->items, i), err))
      return false;
  return true;
}
