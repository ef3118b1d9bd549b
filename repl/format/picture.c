/* An answer as one picture in a file of its own, for a slide or a letter. */
#include "base/translate.h"
#include "engine/document.h"
#include "repl/format/diagram.h"
#include "repl/format/format.h"
#include "repl/format/svg.h"

static bool append_chart(struct text *out, const struct result *result, struct error *err) {
  const struct chart chosen = {0};
  struct plot plot;
  if (!plot_init(&plot, result, result->chart ? result->chart : &chosen, err))
    return false;
  svg_append_alone(out, &plot, result);
  plot_release(&plot);
  return true;
}

static bool is_picture(const struct block *block) {
  return block->type == BLOCK_DIAGRAM || (block->type == BLOCK_TABLE && block->table->chart);
}

/* *out: the only one. */
static bool find_picture(const struct document *document, const struct block **out,
                         struct error *err) {
  long long count = 0;
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = list_at(&document->blocks, i);
    if (!is_picture(block))
      continue;
    *out = block;
    count++;
  }
  if (count == 0)
    return error_set(err, ERROR_USAGE, "the answer holds no picture; as a page it is: -f html");
  if (count > 1)
    return error_set(err, ERROR_USAGE,
                     "a file holds one picture, and these are %lld: ask for one of them, or for a "
                     "page of all: -o FILE.html",
                     count);
  return true;
}

bool svg_write(const struct result *result, const struct style *style, struct text *out,
               struct error *err) {
  const struct block *block = NULL;
  (void)style;
  if (!result->document)
    return append_chart(out, result, err) && text_check(out, err);
  if (!find_picture(result->document, &block, err))
    return false;
  if (block->type == BLOCK_TABLE)
    return append_chart(out, block->table, err) && text_check(out, err);
  diagram_append_svg(out, block->diagram, true);
  return text_check(out, err);
}
