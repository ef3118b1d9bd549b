#include "repl/interrupt.h"

#include <poll.h>
#include <stddef.h>
#include <sys/time.h>
#include <unistd.h>

#include "bind/bind.h"
#include "repl/failure.h"

enum { PATIENCE = 3 };

static volatile sig_atomic_t pressed; /* since aimed */
static volatile sig_atomic_t pending; /* not yet taken */
static volatile sig_atomic_t waits;   /* for a line */
static volatile sig_atomic_t resized; /* the window, not yet heeded */
static struct book *volatile target_book;
static struct state *volatile target_state;

/* The last one does not wait for anything: whatever hangs may hang in clean-up too. The database is
 * safe, it rolls back what was not committed. */
static void on_interrupt(int number) {
  (void)number;
  pressed++;
  pending = 1;
  if (target_state)
    state_interrupt(target_state);
  if (target_book)
    book_interrupt(target_book);
  if (waits)
    return;
  if (!target_book || pressed >= PATIENCE)
    _exit(EXIT_INTERRUPTED);
}

void interrupt_install(void) {
  struct sigaction catch = {.sa_handler = on_interrupt}, ignore = {.sa_handler = SIG_IGN};
  sigemptyset(&catch.sa_mask);
  sigaction(SIGINT, &catch, NULL);
  sigaction(SIGPIPE, &ignore, NULL);
}

void interrupt_aim(struct book *book, struct state *state) {
  target_book = NULL;
  target_state = state;
  pressed = 0;
  target_book = book;
}

static void on_resize(int number) {
  (void)number;
  resized = 1;
}

void interrupt_wait(bool waiting) {
  struct sigaction action = {.sa_handler = waiting ? on_resize : SIG_DFL, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGWINCH, &action, NULL);
  waits = waiting;
}

bool interrupt_resized(void) {
  bool was = resized;
  resized = 0;
  return was;
}

bool interrupt_taken(void) {
  bool taken = pending;
  pending = 0;
  return taken;
}

void interrupt_hold(sigset_t *before) {
  sigset_t held;
  sigemptyset(&held);
  sigaddset(&held, SIGINT);
  sigprocmask(SIG_BLOCK, &held, before);
}

void interrupt_let(const sigset_t *before) {
  sigprocmask(SIG_SETMASK, before, NULL);
}

bool interrupt_came(const sigset_t *before) {
  sigset_t held;
  sigprocmask(SIG_SETMASK, before, &held);
  sigprocmask(SIG_SETMASK, &held, NULL);
  return interrupt_taken();
}

/* The guard looks every 10 ms, five times at most. */
enum { GUARD_STEP = 10 * 1000 /* microseconds */, GUARD_STEPS = 5 };

static struct book *volatile guarded_book;
static struct state *volatile guarded_state;
static volatile sig_atomic_t guard_looks, guard_fired;

static bool key_waits(void) {
  struct pollfd keys = {.fd = STDIN_FILENO, .events = POLLIN};
  return poll(&keys, 1, 0) > 0;
}

/* Said again at each look: between two statements nobody hears it. */
static void on_guard(int number) {
  (void)number;
  guard_fired = guard_fired || ++guard_looks >= GUARD_STEPS || key_waits();
  if (!guard_fired)
    return;
  state_interrupt(guarded_state);
  book_interrupt(guarded_book);
}

static void set_guard(suseconds_t step) {
  const struct itimerval timer = {
      {0, step},
      {0, step}
  };
  setitimer(ITIMER_REAL, &timer, NULL);
}

void interrupt_guard(struct book *book, struct state *state) {
  struct sigaction catch = {.sa_handler = on_guard, .sa_flags = SA_RESTART};
  sigemptyset(&catch.sa_mask);
  guarded_book = book;
  guarded_state = state;
  guard_looks = guard_fired = 0;
  sigaction(SIGALRM, &catch, NULL);
  set_guard(GUARD_STEP);
}

bool interrupt_unguard(void) {
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  set_guard(0);
  sigaction(SIGALRM, &ignore, NULL);
  return guard_fired;
}
