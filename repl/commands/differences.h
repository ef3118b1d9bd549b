/* What a unit of work changes, for people and as rows: who is asked whether it shall be kept reads
 * it, and so does who only looks (--dry-run). */
#ifndef COMMANDS_DIFFERENCES_H
#define COMMANDS_DIFFERENCES_H

#include "engine/effect.h"
#include "repl/session.h"

/* Appends every record that units after `tx` changed, each changed field below it with what it was
 * and is. */
bool differences_append(struct text *out, struct engine *engine, int64_t tx, struct error *err);
/* The same of what is done: "changed deal #3 Scanners" and its fields, or that nothing changed. */
bool differences_tell(struct text *out, struct engine *engine, int64_t tx, struct error *err);
/* The same as rows of call->result. */
bool differences_result(struct call *call, int64_t tx, struct error *err);
/* Appends "37 deals worth 1.2M USD and 900.00 EUR". */
void differences_append_part(struct text *out, const struct effect_part *part);
/* Appends "This changes 37 deals worth 1.2M USD and adds 2 activities." */
void differences_append_effect(struct text *out, const struct effect *effect);
/* Appends the field's value as people read it: a reference with its name, a choice by its title. */
void differences_append_value(struct text *out, const struct engine *engine,
                              const struct field *field, const struct value *value);

#endif
