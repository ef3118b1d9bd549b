#include "repl/interrupt.h"

#include <poll.h>
#include <stddef.h>
#include <sys/time.h>
#include <unistd.h>

#include "bind/bind.h"
#include "repl/failure.h"

enum { PATIENCE = 3 };

static volatile sig_atomic_t pressed;   /* since aimed */
static volatile sig_atomic_t pending;   /* not yet taken */
static volatile sig_atomic_t waits;     /* for a line */
static volatile sig_atomic_t stays;     /* Ctrl-C ends what runs, not the program */
static volatile sig_atomic_t ends;      /* the signal that ends the session; 0: none */
static volatile sig_atomic_t stops;     /* Ctrl-Z was pressed */
static volatile sig_atomic_t continued; /* after a stop */
static volatile sig_atomic_t resized;   /* the window, not yet heeded */
static struct book *volatile target_book;
static struct state *volatile target_state;

static void stop_target(void) {
  if (target_state)
    state_interrupt(target_state);
  if (target_book)
    book_interrupt(target_book);
}

/* The last one does not wait for anything: whatever hangs may hang in clean-up too. The database is
 * safe, it rolls back what was not committed. */
static void on_interrupt(int number) {
  (void)number;
  pressed++;
  pending = 1;
  stop_target();
  if (waits)
    return;
  if (pressed >= PATIENCE || (!stays && !target_book))
    _exit(EXIT_INTERRUPTED);
}

/* Who says it twice means at once. */
static void on_end(int number) {
  if (ends)
    _exit(EXIT_SIGNAL + number);
  ends = number;
  pending = 1;
  stop_target();
}

static void on_stop(int number) {
  (void)number;
  stops = 1;
}

static void on_continue(int number) {
  (void)number;
  continued = 1;
}

static void catch_signal(int number, void (*handler)(int), int flags) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

static bool is_ignored(int number) {
  struct sigaction now;
  return sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}

void interrupt_install(void) {
  if (!is_ignored(SIGINT)) /* as of a job that a shell runs in the background */
    catch_signal(SIGINT, on_interrupt, 0);
  catch_signal(SIGPIPE, SIG_IGN, 0);
}

void interrupt_stay(void) {
  stays = 1;
  catch_signal(SIGINT, on_interrupt, 0);
  catch_signal(SIGTERM, on_end, 0);
  if (!is_ignored(SIGHUP)) /* nohup */
    catch_signal(SIGHUP, on_end, 0);
  catch_signal(SIGCONT, on_continue, SA_RESTART);
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

/* Stopped elsewhere than at the prompt the terminal is as the shell knows it. */
void interrupt_wait(bool waiting) {
  catch_signal(SIGWINCH, waiting ? on_resize : SIG_DFL, SA_RESTART);
  waits = waiting;
  pressed = 0;
  stops = continued = 0;
  catch_signal(SIGTSTP, waiting ? on_stop : SIG_DFL, SA_RESTART);
}

int interrupt_end(void) {
  return ends ? EXIT_SIGNAL + ends : 0;
}

bool interrupt_stop_wanted(void) {
  bool wanted = stops;
  stops = 0;
  return wanted;
}

void interrupt_suspend(void) {
  sigset_t stop, before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  catch_signal(SIGTSTP, SIG_DFL, 0);
  sigprocmask(SIG_UNBLOCK, &stop, &before);
  raise(SIGTSTP);
  sigprocmask(SIG_SETMASK, &before, NULL);
  catch_signal(SIGTSTP, on_stop, SA_RESTART);
}

bool interrupt_continued(void) {
  bool was = continued;
  continued = 0;
  return was;
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

bool interrupt_pending(void) {
  return pending;
}

void interrupt_hold(sigset_t *before) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT};
  sigset_t held;
  sigemptyset(&held);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    sigaddset(&held, numbers[i]);
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

/* The guard looks every 10 ms whether a key waits, for 150 ms at most. */
enum { GUARD_STEP = 10 * 1000 /* microseconds */, GUARD_STEPS = 15 };

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
