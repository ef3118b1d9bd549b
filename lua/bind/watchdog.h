/* Ends an evaluation that takes too long or that the user broke off, so that no pcall of a script
 * can swallow it. A timer's signal installs the hook only at the deadline, because a hook that is
 * always there halves the speed of loops; deterministic runs count instructions instead. */
#ifndef BIND_WATCHDOG_H
#define BIND_WATCHDOG_H

#include <lua.h>
#include <signal.h>
#include <time.h>

#include "base/error.h"

struct book;
struct state_limits;

enum death { DEATH_NONE, DEATH_TIME, DEATH_INTERRUPT, DEATH_MEMORY, DEATH_NO_MEMORY };

struct watchdog {
  lua_State *L;
  struct book *book; /* a statement under way is interrupted too; borrowed */
  timer_t timer;
  bool has_timer;
  int64_t limit; /* nanoseconds; 0: none */
  int64_t instructions, counted;
  bool deterministic;
  int depth; /* of evaluations inside one another */
  volatile int64_t start;
  volatile sig_atomic_t armed;
  volatile sig_atomic_t running;
  volatile sig_atomic_t death; /* enum death; stays until the outermost evaluation ends */
};

/* The watchdog may not move in memory until it is closed. */
bool watchdog_open(struct watchdog *dog, lua_State *L, struct book *book,
                   const struct state_limits *limits, struct error *err);
void watchdog_close(struct watchdog *dog);
void watchdog_enter(struct watchdog *dog);
void watchdog_leave(struct watchdog *dog);
/* Async-signal-safe. Ends what is running; nothing when nothing runs. */
void watchdog_kill(struct watchdog *dog, enum death death);
/* Raises in L when the evaluation is dead: for C loops that no hook stops. steps are counted
 * against the budget of a deterministic run. */
void watchdog_check(struct watchdog *dog, lua_State *L, int64_t steps);
/* Why an evaluation died, as an error. False when it did not. */
bool watchdog_explain(const struct watchdog *dog, struct error *err);

#endif
