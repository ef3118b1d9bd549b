#include "bind/watchdog.h"

#include <lauxlib.h>
#include <string.h>

#include "base/translate.h"
#include "bind/state.h"

enum { HOOK_INTERVAL = 1000, NANOSECONDS = 1000000000 };

static int64_t now_coarse(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * NANOSECONDS + now.tv_nsec;
}

static const char *death_word(int death) {
  switch (death) {
  case DEATH_INTERRUPT:
    return N_("interrupted");
  case DEATH_MEMORY:
    return N_("the script needs more memory than it may have");
  case DEATH_NO_MEMORY:
    return "out of memory";
  default:
    return N_("the script takes longer than it may");
  }
}

static void on_hook(lua_State *L, lua_Debug *activation) {
  (void)activation;
  watchdog_check(&state_of(L)->watchdog, L, HOOK_INTERVAL);
}

static void arm(struct watchdog *dog, int64_t nanoseconds) {
  struct itimerspec at = {
      {0,                         0                        },
      {nanoseconds / NANOSECONDS, nanoseconds % NANOSECONDS}
  };
  dog->armed = 1;
  timer_settime(dog->timer, 0, &at, NULL);
}

/* The timer may have been armed by an evaluation that ended long ago: what counts is the start of
 * the one that runs now. So most evaluations cost no system call at all. */
static void on_deadline(int number, siginfo_t *info, void *context) {
  (void)number;
  (void)context;
  struct watchdog *dog = info->si_value.sival_ptr;
  dog->armed = 0;
  if (!dog->running || dog->death != DEATH_NONE)
    return;
  int64_t left = dog->start + dog->limit - now_coarse();
  if (left > 0)
    arm(dog, left);
  else
    watchdog_kill(dog, DEATH_TIME);
}

static bool make_timer(struct watchdog *dog, struct error *err) {
  struct sigaction action = {0};
  action.sa_sigaction = on_deadline;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigemptyset(&action.sa_mask);
  struct sigevent event = {0};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGRTMIN + 3;
  event.sigev_value.sival_ptr = dog;
  if (sigaction(event.sigev_signo, &action, NULL) != 0 ||
      timer_create(CLOCK_MONOTONIC, &event, &dog->timer) != 0)
    return error_set(err, ERROR_CONFIG, "no timer for the scripts' time limit could be made");
  dog->has_timer = true;
  return true;
}

bool watchdog_open(struct watchdog *dog, lua_State *L, struct book *book,
                   const struct state_limits *limits, struct error *err) {
  memset(dog, 0, sizeof *dog);
  dog->L = L;
  dog->book = book;
  dog->limit = (int64_t)limits->milliseconds * (NANOSECONDS / 1000);
  dog->deterministic = limits->deterministic;
  dog->instructions = limits->instructions;
  return dog->deterministic || dog->limit == 0 || make_timer(dog, err);
}

void watchdog_close(struct watchdog *dog) {
  dog->running = 0;
  if (dog->has_timer)
    timer_delete(dog->timer);
  dog->has_timer = false;
}

void watchdog_enter(struct watchdog *dog) {
  if (dog->depth++ > 0)
    return;
  dog->death = DEATH_NONE;
  dog->counted = 0;
  if (dog->deterministic)
    lua_sethook(dog->L, on_hook, LUA_MASKCOUNT, HOOK_INTERVAL);
  if (dog->has_timer)
    dog->start = now_coarse();
  dog->running = 1;
  if (dog->has_timer && !dog->armed)
    arm(dog, dog->limit);
}

void watchdog_leave(struct watchdog *dog) {
  if (--dog->depth > 0)
    return;
  dog->running = 0;
  if (dog->death != DEATH_NONE || dog->deterministic)
    lua_sethook(dog->L, NULL, 0, 0);
}

void watchdog_kill(struct watchdog *dog, enum death death) {
  if (!dog->running)
    return;
  dog->death = (sig_atomic_t)death;
  lua_sethook(dog->L, on_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
  if (dog->book)
    book_interrupt(dog->book);
}

void watchdog_check(struct watchdog *dog, lua_State *L, int64_t steps) {
  if (dog->death == DEATH_NONE) {
    if (!dog->deterministic || dog->instructions == 0)
      return;
    dog->counted += steps;
    if (dog->counted <= dog->instructions)
      return;
    dog->death = DEATH_TIME;
    lua_sethook(L, on_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
  }
  luaL_error(L, "%s", translate(death_word(dog->death)));
}

bool watchdog_explain(const struct watchdog *dog, struct error *err) {
  static const enum error_code codes[] = {ERROR_NONE, ERROR_TIMEOUT, ERROR_INTERRUPTED,
                                          ERROR_TIMEOUT, ERROR_MEMORY};
  if (dog->death == DEATH_NONE)
    return false;
  error_set(err, codes[dog->death], "%s", translate(death_word(dog->death)));
  return true;
}
