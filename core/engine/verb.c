#include "engine/verb.h"

#include "base/memory.h"
#include "engine/param.h"

struct verb *verb_new(const char *name, struct error *err) {
  struct verb *verb = memory_new(sizeof *verb);
  if (verb)
    verb->name = memory_copy_text(name);
  if (!verb || !verb->name) {
    memory_free(verb);
    error_memory(err);
    return NULL;
  }
  verb->params.size = sizeof(struct field);
  verb->examples.size = sizeof(char *);
  verb->rest = -1;
  return verb;
}

void verb_free(struct verb *verb) {
  if (!verb)
    return;
  param_release_all(&verb->params);
  for (size_t i = 0; i < verb->examples.count; i++)
    memory_free(*(char **)list_at(&verb->examples, i));
  list_release(&verb->examples);
  for (size_t i = 0; i < VERB_PARAMS_MAX; i++)
    memory_free(verb->asks[i]);
  memory_free(verb->name);
  memory_free(verb->summary);
  memory_free(verb->summary_ru);
  place_release(&verb->place);
  memory_free(verb);
}

bool verb_add_example(struct verb *verb, const char *line, struct error *err) {
  if (verb->examples.count == 0 && !list_add(&verb->examples, err))
    return false;
  if (!list_add(&verb->examples, err)) /* the new end */
    return false;
  char **slot = list_at(&verb->examples, verb->examples.count - 2);
  *slot = memory_copy_text(line);
  return *slot || error_memory(err);
}

const char *const *verb_examples(const struct verb *verb) {
  return verb->examples.items;
}

bool verb_is_loose(const struct verb *verb, size_t param) {
  return param < VERB_PARAMS_MAX && (verb->loose >> param & 1);
}

bool verb_is_named(const struct verb *verb, size_t param) {
  return param < VERB_PARAMS_MAX && (verb->named >> param & 1);
}

bool verb_is_file(const struct verb *verb, size_t param) {
  return param < VERB_PARAMS_MAX && (verb->files >> param & 1);
}

void verb_answer_release(struct verb_answer *answer) {
  text_release(&answer->text);
  text_release(&answer->told);
  if (answer->has_result)
    result_release(&answer->result);
  answer->has_result = false;
}
