#include "repl/commands/subject.h"

#include <string.h>

#include "base/translate.h"
#include "repl/commands/assignment.h"
#include "repl/commands/listing.h"

bool subject_load(struct call *call, const char *word, struct record *record, struct error *err) {
  int64_t id = 0;
  if (!session_record_id(call->session, word, NULL, &id, err) ||
      !record_load(record, session_book(call->session), NULL, id, err))
    return false;
  call->subject = call->session->recent = id;
  return true;
}

void subject_append(struct text *out, const struct record *record) {
  text_format(out, "%s #%lld", record->kind->name, (long long)record->id);
  if (!record_is_named(record))
    return;
  text_append_char(out, ' ');
  record_append_name(out, record);
}

bool subject_list(struct call *call, struct list *ids, size_t *next, struct error *err) {
  const struct kind *kind = listing_kind(call, call_word(call, 0));
  const char *word = NULL;
  *ids = (struct list){.size = sizeof(int64_t)};
  for (*next = kind != NULL; (word = call_word(call, *next)) && !assignment_is(word); ++*next) {
    int64_t id = 0;
    int64_t *slot = NULL;
    if (!session_record_id(call->session, word, kind, &id, err) || !(slot = list_add(ids, err))) {
      list_release(ids);
      return false;
    }
    *slot = id;
  }
  if (ids->count) {
    call->subject = call->session->recent = ids->count == 1 ? *(int64_t *)list_at(ids, 0) : 0;
    return true;
  }
  return error_set(err, ERROR_USAGE, "which record? usage: %s %s", call->command->verb,
                   translate(call->command->arguments));
}
