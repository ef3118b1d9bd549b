/* What is wrong with scripts that are read: everything at once instead of the first thing only. */
#ifndef BIND_COMPLAINT_H
#define BIND_COMPLAINT_H

#include "base/text.h"

enum { COMPLAINTS_TOLD = 20 };

/* {0} is none. */
struct complaints {
  struct text lines; /* the first COMPLAINTS_TOLD, each with its excerpt below it */
  size_t count;
  struct error first;
};

void complaints_add(struct complaints *complaints, const struct error *complaint);
/* True when there are none. Else fails with the first, and appends all that are told to *report
 * (may be NULL), with how many more there are. Empties them. */
bool complaints_end(struct complaints *complaints, struct text *report, struct error *err);

#endif
