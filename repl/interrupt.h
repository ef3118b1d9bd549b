/* Ctrl-C: while something runs it is asked to stop, at the prompt it clears the line; whoever
 * presses it a third time leaves with 130. The only signal handler of the program. */
#ifndef REPL_INTERRUPT_H
#define REPL_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

struct book;
struct state;

/* Installs the handler and ignores SIGPIPE: writing says EPIPE then. */
void interrupt_install(void);
/* What a Ctrl-C stops from now on; both NULL: nothing runs. Starts the count anew. */
void interrupt_aim(struct book *book, struct state *state);
/* While waiting for a line Ctrl-C ends nothing. */
void interrupt_wait(bool waiting);
/* Whether Ctrl-C was pressed since the last call. */
bool interrupt_taken(void);
/* Keeps SIGINT back so that only pselect with *before lets it in. */
void interrupt_hold(sigset_t *before);
void interrupt_let(const sigset_t *before);
/* Lets a SIGINT in that was kept back; whether Ctrl-C was pressed since it was last asked. */
bool interrupt_came(const sigset_t *before);

#endif
