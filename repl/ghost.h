/* Dimmed text behind the cursor that belongs to no line: drawn and taken away while the cursor
 * stays. Not for: what it says (hint.c), when (line.c). */
#ifndef REPL_GHOST_H
#define REPL_GHOST_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the terminal can: not when it is dumb or nobody sees it. */
bool ghost_is_possible(void);
/* Columns that are left on the cursor's row behind prompt and line, which go over as many rows as
 * they need. */
size_t ghost_room(const char *prompt, const char *line);
/* As much of the text as fits into the room, with a mark where it is cut; nothing into no room. */
void ghost_draw(const char *text, size_t room);
/* Takes away what stands behind the cursor; nothing when nothing was drawn. */
void ghost_erase(void);

#endif
