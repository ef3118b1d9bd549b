#include "repl/commands/graph.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/diagram.h"
#include "engine/document.h"
#include "engine/funnel.h"
#include "repl/session.h"

static const struct stage *stage_at(const struct process *process, size_t index) {
  return *(struct stage **)list_at(&process->stages, index);
}

static size_t count_criteria(const struct stage *stage, enum level level) {
  const struct list *const lists[] = {&stage->enter, &stage->leave};
  size_t count = 0;
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    for (size_t j = 0; j < lists[i]->count; j++)
      count += (*(struct criterion **)list_at(lists[i], j))->level == level;
  return count;
}

static const char *between(const struct text *out) {
  return out->length ? ", " : "";
}

/* "12 records, 2 must, 1 should, entered by itself"; nothing of records where there are none. */
static void append_detail(struct text *out, const struct stage *stage,
                          const struct funnel_stage *count, bool any) {
  size_t must = count_criteria(stage, LEVEL_MUST), should = count_criteria(stage, LEVEL_SHOULD);
  if (any)
    text_format(out, translate_plural("%lld record", "%lld records", count->here),
                (long long)count->here);
  if (must)
    text_format(out, "%s%zu must", between(out), must);
  if (should)
    text_format(out, "%s%zu should", between(out), should);
  if (stage->automatic)
    text_format(out, "%s%s", between(out), translate("entered by itself"));
}

static void append_label(struct text *out, const struct funnel_stage *count) {
  if (count->been > 0)
    text_format(out, translate("%lld of %lld went on (%.0f %%)"), (long long)count->went_on,
                (long long)count->been, 100 * (double)count->went_on / (double)count->been);
}

static enum box_place place_of(const struct stage *stage) {
  return stage->end == STAGE_OPEN ? BOX_GROUP : stage->end == STAGE_WON ? BOX_END : BOX_OUT;
}

static bool add_stage(struct diagram *diagram, const struct stage *stage,
                      const struct funnel_stage *count, bool any, struct error *err) {
  struct text detail = {0}, label = {0};
  append_detail(&detail, stage, count, any);
  if (stage->end == STAGE_OPEN)
    append_label(&label, count);
  const struct box box = {.place = place_of(stage),
                          .name = stage->name,
                          .title = (char *)stage_title(stage),
                          .detail = detail.length ? detail.data : NULL,
                          .label = label.length ? label.data : NULL};
  bool done =
      text_check(&detail, err) && text_check(&label, err) && diagram_add(diagram, &box, err);
  text_release(&detail);
  text_release(&label);
  return done;
}

static bool add_stages(struct diagram *diagram, const struct process *process,
                       const struct funnel_stage *counts, struct error *err) {
  bool any = false;
  for (size_t i = 0; i < process->stages.count; i++)
    any = any || counts[i].here > 0 || counts[i].been > 0;
  for (size_t i = 0; i < process->stages.count; i++)
    if (!add_stage(diagram, stage_at(process, i), &counts[i], any, err))
      return false;
  return diagram_set_out_label(diagram, translate("from any stage"), err);
}

static bool add_diagram(struct document *document, struct engine *engine,
                        const struct process *process, struct error *err) {
  struct funnel_stage *counts = NULL;
  struct block *block = document_add(document, BLOCK_DIAGRAM, NULL, err);
  if (!block || !(block->diagram = diagram_new(process->name, err)) ||
      !funnel_count(engine, process, &counts, err))
    return false;
  bool done = add_stages(block->diagram, process, counts, err);
  memory_free(counts);
  return done;
}

/* What no arrow shows: whom it is for, and which other moves are allowed. */
static bool add_rules(struct document *document, const struct process *process, struct error *err) {
  static const char *const backs[] = {N_("nothing goes back"),
                                      N_("back to any stage before, with a reason"),
                                      N_("back to any stage before")};
  struct text where = {0};
  struct block *block = document_add(document, BLOCK_BULLETS, NULL, err);
  if (process->where.count) {
    text_append(&where, translate("for records with "));
    process_append_where(&where, process);
  }
  bool done = block && (!where.length || block_add_item(block, text_string(&where), err)) &&
              block_add_item(block,
                             process->skip ? translate("stages may be skipped")
                                           : translate("no stage is skipped"),
                             err) &&
              block_add_item(block, translate(backs[process->back]), err);
  text_release(&where);
  return done;
}

/* "Sale: deal.stage" */
static bool add_heading(struct document *document, const struct process *process,
                        struct error *err) {
  struct text heading = {0};
  const char *title = translate_twin(process->title, process->title_ru);
  text_format(&heading, "%s: %s.%s", title ? title : process->name, process->kind->name,
              process->field->name);
  bool done = text_check(&heading, err) &&
              document_add(document, BLOCK_HEADING, text_string(&heading), err);
  text_release(&heading);
  return done;
}

static bool add_process(struct document *document, struct engine *engine,
                        const struct process *process, struct error *err) {
  return add_heading(document, process, err) && add_diagram(document, engine, process, err) &&
         add_rules(document, process, err);
}

static bool add_all(struct document *document, struct engine *engine, struct error *err) {
  const struct list *all = &engine->rules->processes;
  for (size_t i = 0; i < all->count; i++)
    if (!add_process(document, engine, *(struct process **)list_at(all, i), err))
      return false;
  return true;
}

bool graph_run(struct call *call, struct error *err) {
  struct engine *engine = call->session->engine;
  struct process *process = NULL;
  const char *name = call_word(call, 0);
  if (!call_expect(call, 0, 1, err) ||
      (name && !engine_find_process(engine, name, &process, err)) ||
      !call_begin_result(call, "graph", "", err))
    return false;
  call->result.document = document_new(err);
  if (!call->result.document)
    return false;
  return process ? add_process(call->result.document, engine, process, err)
                 : add_all(call->result.document, engine, err);
}
