#include "bind/complaint.h"

#include "base/error_place.h"

void complaints_add(struct complaints *complaints, const struct error *complaint) {
  if (complaints->count == 0)
    complaints->first = *complaint;
  if (complaints->count++ >= COMPLAINTS_TOLD)
    return;
  text_format(&complaints->lines, "%s\n", complaint->message);
  error_append_excerpt(&complaints->lines, complaint);
}

bool complaints_end(struct complaints *complaints, struct text *report, struct error *err) {
  bool none = complaints->count == 0;
  bool whole = text_check(&complaints->lines, err);
  if (!none && whole) {
    *err = complaints->first;
    if (report)
      text_append(report, text_string(&complaints->lines));
    if (report && complaints->count > COMPLAINTS_TOLD)
      text_format(report, "and %zu more\n", complaints->count - COMPLAINTS_TOLD);
  }
  text_release(&complaints->lines);
  *complaints = (struct complaints){0};
  return none && whole;
}
