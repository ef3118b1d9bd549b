/* What the files of the built-in kinds share: a field and the checks of several of them. */
#ifndef MODEL_KINDS_KINDS_H
#define MODEL_KINDS_KINDS_H

#include "base/translate.h"
#include "model/record.h"
#include "model/rollup.h"

/* A field of every kind that a process moves. */
#define KIND_MOVED_AT                                                                              \
  {                                                                                                \
    .name = "moved_at", .type = FIELD_INSTANT, .title_ru = "Последний переход",                    \
    .flags = FIELD_ROLLUP, .rollup = &rollup_last_move, .help = N_("when a process last moved it") \
  }

/* Fails with ERROR_INVALID when both dates are set and the second lies before the first. */
bool kind_check_order(const struct record *record, const char *first, const char *second,
                      struct error *err);
/* Fails with ERROR_INVALID when the reference leads to the record itself. */
bool kind_check_not_itself(const struct record *record, const char *reference, struct error *err);

#endif
