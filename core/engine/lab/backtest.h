/* Rules tried on the past: every move that was made or refused is judged again, with the state as
 * it stood before it, and compared with what was decided then. */
#ifndef ENGINE_LAB_BACKTEST_H
#define ENGINE_LAB_BACKTEST_H

#include "engine/lab/finding.h"
#include "engine/lab/grades.h"

struct backtest {
  struct engine *now; /* as things stand: what became of the records */
  struct engine
      *rules;          /* to be tried; its book is a private copy (book_copy()), which is rewound */
  const char *process; /* only its moves; NULL: all */
  instant since, until; /* only moves from then to then; 0: no limit */
  lab_finding_fn each;  /* NULL: only the grades are wanted */
  void *payload;
  struct lab_grades
      *grades;          /* filled with what scorecards gave before deals were decided; or NULL */
  progress_fn progress; /* false interrupts; may be NULL */
  void *shown;
};
/* Tells of each move, the newest first, with what became of the record and, where the verdict is
 * another, the criteria that are the reason. Streams; memory flat. Fails with ERROR_NOT_FOUND for
 * an unknown process, ERROR_INTERRUPTED, and as the rules fail. */
bool backtest_run(const struct backtest *backtest, struct error *err);

#endif
