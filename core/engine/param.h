/* Parameters of reports and of a workspace's commands: described as fields, read from words. Not
 * for: which word goes to which parameter (repl). */
#ifndef ENGINE_PARAM_H
#define ENGINE_PARAM_H

#include "base/list.h"
#include "engine/engine.h"

/* The `target` of a reference is a kind, several as in "client, contact", or any kind: this. */
extern const char param_any_kind[];
bool param_leads_to(const struct field *param, const char *kind);

/* Reads the word by the parameter's type and checks it; a NULL word is the fallback, which may be
 * a word too ("30 days ago"). A reference is an id or a name, and must lead to a record of its
 * kind. *out is owned by the caller. Fails with ERROR_USAGE for a required one that is missing, and
 * as field_parse() does. */
bool param_read(struct engine *engine, const struct field *param, const char *word,
                struct value *out, struct error *err);
/* Appends " name=word", which param_read() reads back. */
void param_append(struct text *out, const struct field *param, const struct value *value);
/* The one of that name in a list of struct field, -1 when there is none. */
int param_find(const struct list *params, const char *name);
/* Fails with ERROR_USAGE: "report 'x' has no parameter 'snice'; did you mean 'since'?" */
bool param_refuse(const struct list *params, const char *what, const char *owner, const char *name,
                  struct error *err);
/* The name meant by a mistyped one; NULL when none is near. */
const char *param_suggest(const struct list *params, const char *name);
/* The texts of parameters belong to whoever declared them; their fallbacks may own one. */
void param_release_all(struct list *params);

#endif
