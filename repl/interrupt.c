#include "repl/interrupt.h"

#include <stddef.h>
#include <unistd.h>

#include "bind/bind.h"
#include "repl/failure.h"

enum { PATIENCE = 3 };

static volatile sig_atomic_t pressed; /* since aimed */
static volatile sig_atomic_t pending; /* not yet taken */
static volatile sig_atomic_t waits;   /* for a line */
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

void interrupt_wait(bool waiting) {
  waits = waiting;
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
