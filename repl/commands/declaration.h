/* What the scripts in force declare, each thing with its id, its words and its place. */
#ifndef REPL_COMMANDS_DECLARATION_H
#define REPL_COMMANDS_DECLARATION_H

#include "repl/command.h"

/* One declared thing, whatever it is; all borrowed from the rules. */
struct declaration {
  const char *what; /* "process", "must", "rule" … */
  const char *id;   /* family.group.id: sale.qualifying.fit, accept.goal.specific, win_rate */
  const char *text; /* or NULL */
  const struct place *place;
  const struct seen *seen; /* NULL: nobody counts it */
  bool judges;             /* can be seen both ways; else it is run, or entered */
};

/* Returning false from it ends the visit with that failure. */
typedef bool (*declaration_fn)(void *payload, const struct declaration *declaration,
                               struct error *err);
bool declaration_visit(const struct rules *rules, declaration_fn visit, void *payload,
                       struct error *err);
/* The fields that scripts declare. */
bool declaration_visit_fields(const struct rules *rules, declaration_fn visit, void *payload,
                              struct error *err);

/* Whether something has that id, or one that ends in .id; false while no scripts are loaded. */
bool declaration_exists(const struct session *session, const char *id);
/* The place of the first that has it. Fails with ERROR_NOT_FOUND and a suggestion. */
bool declaration_place(const struct session *session, const char *id, struct text *file, int *line,
                       struct error *err);
/* Says of those what they are, where they stand and how they are written. Fails with
 * ERROR_NOT_FOUND and a suggestion. */
bool declaration_show(struct call *call, const char *id, struct error *err);

#endif
