/* Fields that scripts compute: what engine->formula is set to, with the state as its payload. */
#ifndef BIND_FORMULA_H
#define BIND_FORMULA_H

#include "bind/state.h"

bool bind_formula(struct engine *engine, struct record *record, const struct field *field,
                  struct value *out, void *payload, struct error *err);

#endif
