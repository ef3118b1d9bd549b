/* The prompt: reads lines until the user leaves. */
#ifndef REPL_PROMPT_H
#define REPL_PROMPT_H

#include <stdio.h>

#include "repl/session.h"

/* On a terminal, with history and completion. Returns the program's exit code. */
int prompt_run(struct session *session);
/* Lines from a file or a pipe, each as at the prompt; stops at the first that fails. */
int prompt_run_lines(struct session *session, FILE *stream);
/* Runs a block of lines: as one Lua chunk if it is one, else line by line up to the first that
 * fails. */
int prompt_run_block(struct session *session, const char *block);

#endif
