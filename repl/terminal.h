/* What the terminal and the locale can show. */
#ifndef REPL_TERMINAL_H
#define REPL_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

bool terminal_is_input(void);
bool terminal_is_output(void);
bool terminal_is_error(void);      /* standard error */
size_t terminal_width(void);       /* of standard output; COLUMNS, or 80 when it can't be told */
size_t terminal_error_width(void); /* of standard error */
size_t terminal_height(void);
bool terminal_is_dumb(void);      /* TERM says that it knows no control sequences, or nothing */
bool terminal_has_colour(void);   /* a terminal, not TERM=dumb, no NO_COLOR */
bool terminal_is_utf8(void);      /* the locale's encoding */
const char *terminal_arrow(void); /* "→", or "->" where it can't be shown */

#endif
