/* Records as commands name them and say them. */
#ifndef COMMANDS_SUBJECT_H
#define COMMANDS_SUBJECT_H

#include "model/record.h"
#include "repl/session.h"

/* Loads what the word names. The record is released by the caller, only on success. */
bool subject_load(struct call *call, const char *word, struct record *record, struct error *err);
/* Appends "deal #42 Acme". */
void subject_append(struct text *out, const struct record *record);
/* The words that name records, up to the first assignment or condition, as ids. A first word naming
 * a kind only says what the names after it are. *ids: owned list of int64_t, released by the
 * caller; *next: the first word behind. */
bool subject_list(struct call *call, struct list *ids, size_t *next, struct error *err);

#endif
