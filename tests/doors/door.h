/* The doors inside one process: sessions over copies of one book, each in a folder of its own, and
 * what came of a line at each of them. Not for: the program as a process (process.h). */
#ifndef DOORS_DOOR_H
#define DOORS_DOOR_H

#include "doors/line.h"

enum door_sort { DOOR_PROMPT, DOOR_EXEC, DOOR_BATCH, DOOR_LUA, DOOR_COUNT };
extern const char *const door_names[DOOR_COUNT];

/* The moment at which the clock stands at every door. */
#define DOORS_NOW "2026-05-04T10:00:00Z"

struct door {
  enum door_sort sort;
  struct text folder, database;
  struct session session;
  bool open;
};

/* What came of one line. */
struct door_answer {
  struct text out, err; /* what was said there */
  int code;
  bool ran; /* it has this door */
};
void answer_clear(struct door_answer *answer);
void answer_release(struct door_answer *answer);

/* Copies the folder and opens the door there. */
void door_open(struct door *door, enum door_sort sort, const char *root, const char *from);
void door_close(struct door *door);
/* Runs the line as the door has it. */
void door_run(struct door *door, const struct line *line, struct door_answer *answer);
/* The same line of Lua that `explain` gives; false: scripts can't say it. */
bool door_equivalent(struct door *door, const struct line *line, struct text *lua);

/* All that the book says, and which files lie in the folder. commands: with the lines as they stand
 * in the history. */
void door_dump(const struct door *door, bool commands, struct text *out);
/* Gives the lines of its history the words that the other's have, and the next record the id. */
void door_take_history(const struct door *door, const struct door *from);

/* Reads the whole file behind what the text holds. */
void read_file(const char *path, struct text *out);
/* Replaces each `part` (not empty) by the other. */
void text_replace(struct text *text, const char *part, const char *by);

#endif
