#include "engine/automation.h"

#include <string.h>

#include "base/text.h"

static bool refuse_loop(const struct event *event, struct error *err) {
  struct text chain = {0};
  for (const struct event *at = event; at; at = at->cause) {
    if (at != event)
      text_append(&chain, " < ");
    text_append(&chain, at->name);
  }
  error_set(err, ERROR_SCRIPT, "actions cause each other more than %d deep: %s",
            (int)AUTOMATION_DEPTH_MAX, text_string(&chain));
  text_release(&chain);
  return false;
}

static bool run_actions(struct engine *engine, const struct event *event, struct error *err) {
  const struct list *actions = &engine->rules->actions;
  for (size_t i = 0; i < actions->count; i++) {
    struct action *action = list_at(actions, i);
    if (strcmp(action->event, event->name) != 0)
      continue;
    if (engine->action_depth >= AUTOMATION_DEPTH_MAX)
      return refuse_loop(event, err);
    engine->action_depth++;
    bool done = action->run(engine, event, action->payload, err);
    engine->action_depth--;
    action->seen.yes++;
    if (!done)
      return place_prefix(&action->place, err);
  }
  return true;
}

bool automation_raise(struct engine *engine, const struct event *event, struct error *err) {
  struct event raised = *event;
  raised.cause = engine->event;
  engine->event = &raised;
  bool done = run_actions(engine, &raised, err);
  engine->event = raised.cause;
  return done;
}
