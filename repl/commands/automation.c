/* promote: what the engine does by itself, asked for by a person or by cron. */

#include "base/translate.h"
#include "engine/promote.h"
#include "repl/commands/listing.h"
#include "repl/commands/subject.h"

static bool promote_all(struct call *call, const struct kind *kind, struct error *err) {
  int64_t looked_at = 0;
  if (!subject_begin(call, err))
    return false;
  bool done = subject_end(call, promote_waiting(call->session->engine, kind, &looked_at, err), err);
  if (done)
    text_format(&call->text, translate("%lld looked at\n"), (long long)looked_at);
  return done;
}

static bool run_promote(struct call *call, struct error *err) {
  const struct kind *kind = NULL;
  return call_expect(call, 0, 1, err) &&
         (call_count(call) == 0 ||
          catalog_find(session_book(call->session)->catalog, call_word(call, 0), &kind, err)) &&
         promote_all(call, kind, err);
}

static const char *const promote_examples[] = {"promote", "promote client", "promote --dry-run",
                                               NULL};

const struct command automation_commands[] = {
    {.verb = "promote",
     .arguments = N_("[KIND]"),
     .summary = N_("move all that are ready to their next automatic stage"),
     .examples = promote_examples,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_WRITES,
     .completes = COMPLETES_KINDS,
     .run = run_promote},
    {0},
};
