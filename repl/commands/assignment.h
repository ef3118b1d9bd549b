/* Words like field=value and field+=value, applied to records. */
#ifndef COMMANDS_ASSIGNMENT_H
#define COMMANDS_ASSIGNMENT_H

#include "model/record.h"
#include "repl/session.h"

struct assignment {
  struct text field;
  char change;      /* 0: takes the value; '+' or '-': by so much */
  const char *word; /* borrowed */
};

/* Whether the word starts like one: name, then =, += or -=. */
bool assignment_is(const char *word);
bool assignment_read(struct assignment *out, const char *word, struct error *err);
void assignment_release(struct assignment *assignment);
/* Reads one word of the call and sets it in the record, which is not saved. */
bool assignment_apply(const struct call *call, const char *word, struct record *record,
                      struct error *err);

#endif
