/* Signals. Ctrl-C: while something runs it is asked to stop, at the prompt it clears the line;
 * whoever presses it a third time leaves with 130. SIGTERM and SIGHUP end a session in order,
 * Ctrl-Z stops it with the terminal as the shell knows it. Also the guard of
 * what runs while somebody types. */
#ifndef REPL_INTERRUPT_H
#define REPL_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

struct book;
struct state;

/* Installs the handler and ignores SIGPIPE: writing says EPIPE then. */
void interrupt_install(void);
/* A session at the prompt: Ctrl-C no longer ends the program, and what would end it waits until
 * nothing is half done. */
void interrupt_stay(void);
/* What a Ctrl-C stops from now on; both NULL: nothing runs. Starts the count anew. */
void interrupt_aim(struct book *book, struct state *state);
/* While waiting for a line Ctrl-C ends nothing, and another size of the window is noticed. */
void interrupt_wait(bool waiting);
/* Whether the window has another size since the last call. */
bool interrupt_resized(void);
/* Whether Ctrl-C was pressed since the last call. */
bool interrupt_taken(void);
/* The same without taking it. */
bool interrupt_pending(void);
/* The exit code when the session was told to end; 0: it was not. */
int interrupt_end(void);
/* Whether Ctrl-Z was pressed while waiting, since the last call. */
bool interrupt_stop_wanted(void);
/* Stops the program until somebody continues it. */
void interrupt_suspend(void);
/* Whether it was stopped and continued since the last call: the terminal may be another now. */
bool interrupt_continued(void);
/* Keeps these signals back so that only pselect with *before lets it in. */
void interrupt_hold(sigset_t *before);
void interrupt_let(const sigset_t *before);
/* Lets in what was kept back; whether Ctrl-C was pressed since it was last asked. */
bool interrupt_came(const sigset_t *before);

/* What runs until interrupt_unguard() is stopped after a moment, or when a key is pressed. */
void interrupt_guard(struct book *book, struct state *state);
/* Whether it was stopped. */
bool interrupt_unguard(void);

#endif
