/* What a move would be told, in a few words, for the hint while it is typed. Reads only. */
#ifndef COMMANDS_GLANCE_MOVE_H
#define COMMANDS_GLANCE_MOVE_H

#include "repl/session.h"

/* "qualifying → needs_analysis: 2 criteria missing"; of several records how many. */
bool glance_advance(struct call *call, struct text *out, struct error *err);
bool glance_back(struct call *call, struct text *out, struct error *err);
bool glance_win(struct call *call, struct text *out, struct error *err);
bool glance_lose(struct call *call, struct text *out, struct error *err);
/* move RECORD STAGE, why RECORD [STAGE]; without a stage the next one. */
bool glance_move(struct call *call, struct text *out, struct error *err);
/* assign RECORD... USER: "deal #42 Scanners → Anna". */
bool glance_assign(struct call *call, struct text *out, struct error *err);

#endif
