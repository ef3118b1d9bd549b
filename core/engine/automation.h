/* Actions that scripts hang on events. They run inside the transaction that caused them. */
#ifndef ENGINE_AUTOMATION_H
#define ENGINE_AUTOMATION_H

#include "engine/engine.h"
#include "model/record.h"

enum { AUTOMATION_DEPTH_MAX = 8 }; /* actions that cause actions that cause … */

struct event {
  const char *name; /* "deal.won" "client.created" "client.changed" "client.changed.industry" */
  struct record *record;     /* as it is now */
  const struct field *field; /* of changed.<field>, else NULL */
  struct value old, new;     /* of changed.<field>; borrowed */
  const struct event *cause; /* whose action raised it; set by automation_raise() */
};

struct action {
  char *event; /* owned: the name it waits for */
  struct place place;
  struct seen seen; /* ran */
  bool (*run)(struct engine *engine, const struct event *event, void *payload, struct error *err);
  void *payload;
};

/* Runs every action waiting for the event, in the order declared. Fails as the action did, with the
 * place before the message; deeper than AUTOMATION_DEPTH_MAX fails with ERROR_SCRIPT naming the
 * chain of events. */
bool automation_raise(struct engine *engine, const struct event *event, struct error *err);

#endif
