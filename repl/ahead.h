/* What was typed before a line was asked for: at the start, or while something ran. Not for: keys
 * of the line itself. */
#ifndef REPL_AHEAD_H
#define REPL_AHEAD_H

/* Just when the line gets the terminal: what waits there now was typed ahead. */
void ahead_note(int descriptor);

/* key: the next one read from there. Returns the key that was pressed. */
unsigned char ahead_key(unsigned char key);

#endif
