/* rules impact: what other rules would change now. */
#include "engine/lab/impact.h"

#include <string.h>

#include "base/translate.h"
#include "repl/commands/findings.h"
#include "repl/commands/lab.h"

/* What takes effect without any record: fields, schedules, actions. */
static bool is_told(const struct lab_item *item) {
  static const char *const kinds[] = {"field", "every", "on"};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(item->what, kinds[i]) == 0)
      return true;
  return false;
}

static bool add_declaration(void *payload, enum lab_change change, const struct lab_item *item,
                            struct error *err) {
  struct findings *findings = payload;
  struct result_row *row = is_told(item) ? result_add_row(&findings->call->result, 0, err) : NULL;
  const struct value cells[] = {value_text(item->what), value_text(item->id),
                                value_text(lab_change_name(change))};
  if (!row)
    return !is_told(item);
  for (int i = 0; i < 3; i++)
    if (!result_set(row, i, &cells[i], err))
      return false;
  return true;
}

static bool add_declarations(struct findings *findings, struct trial_pair *pair,
                             struct error *err) {
  struct lab_rules before = {0}, after = {0};
  if (findings->each || call_option(findings->call, "process"))
    return true;
  if (!trial_read_pair(pair, &before, &after, err))
    return false;
  bool done = lab_compare(&before, &after, add_declaration, findings, err);
  lab_rules_release(&before);
  lab_rules_release(&after);
  return done;
}

static bool find(struct call *call, struct trial_pair *pair, struct error *err) {
  struct findings findings;
  struct engine *after = pair->after.session.engine;
  bool done = findings_begin(&findings, call, after, false, err);
  const struct impact impact = {.before = pair->before.session.engine,
                                .after = after,
                                .process = call_option(call, "process"),
                                .each = findings_add,
                                .payload = &findings,
                                .progress = findings_progress,
                                .shown = &findings};
  done = done && impact_find(&impact, err) && findings_fill(&findings, err) &&
         add_declarations(&findings, pair, err) &&
         result_stamp(&call->result, after, call->line, err);
  findings_end(&findings);
  if (done && call->result.rows.count == 0)
    text_append(&call->text, translate("nothing would change now\n"));
  return done;
}

bool lab_impact(struct call *call, struct error *err) {
  struct trial_pair pair;
  if (!call_expect(call, 0, 1, err) || !trial_open_pair(&pair, call, NULL, call_word(call, 0), err))
    return false;
  bool done = trial_title_pair(&pair, call, "rules_impact", err) && find(call, &pair, err);
  trial_close_pair(&pair);
  return done;
}
