/* What the lab found, as tables: added up, or record by record. */
#ifndef REPL_COMMANDS_FINDINGS_H
#define REPL_COMMANDS_FINDINGS_H

#include "engine/lab/finding.h"
#include "repl/commands/trial.h"
#include "repl/progress.h"

struct findings {
  struct call *call;
  struct engine *engine; /* borrowed: what records are called and worth */
  bool each;             /* a row per record; else added up */
  bool past;             /* of moves that were made: when, and what became of the records */
  struct lab_tally tally;
  struct progress progress;
};

/* Makes the call's result; each by its option --list. The caller ends it, after a failure too. */
bool findings_begin(struct findings *findings, struct call *call, struct engine *engine, bool past,
                    struct error *err);
/* A lab_finding_fn; the payload is the findings. */
bool findings_add(void *payload, const struct lab_finding *finding, struct error *err);
/* Fills the result with what was added up. */
bool findings_fill(struct findings *findings, struct error *err);
void findings_end(struct findings *findings);
/* A progress_fn; the payload is the findings. False once Ctrl-C was pressed. */
bool findings_progress(int64_t done, int64_t total, void *payload);

#endif
