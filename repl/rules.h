/* Which rules a session runs: those that were put into force in its book, else the files of the
 * workspace; with --rules others. Not for: the commands about rules (commands/rules.c). */
#ifndef REPL_RULES_H
#define REPL_RULES_H

#include "model/activation.h"
#include "repl/session.h"

/* What state_load() reads. */
struct chosen_rules {
  const char *folder; /* borrowed: whose files they are; NULL: those shipped */
  struct text source; /* owned: the text of a kept rule set, instead of the folder's files */
  int64_t activation; /* the unit that put them into force; 0: none did */
};
/* By session->settings.rules: 'files' of the workspace, 'shipped', a folder, a hash, 'active' or
 * NULL for those in force in the open book. Fails with ERROR_NOT_FOUND for what is none of these.
 */
bool rules_choose(struct chosen_rules *chosen, const struct session *session, struct error *err);
void chosen_rules_release(struct chosen_rules *chosen);

/* Whether the files of the workspace are others than those that were put into force. */
struct rules_difference {
  struct activation in_force;
  char files[DIGEST_HEX_SIZE];
  bool differ; /* false, too, where no rules were put into force or no workspace is open */
};
bool rules_compare(struct rules_difference *out, const struct session *session, struct error *err);
/* Appends whether what was just read is what counts. */
bool rules_append_standing(struct text *out, const struct session *session, struct error *err);
/* Says so on standard error where a person reads it: whenever a prompt begins, else once for the
 * same two. */
void rules_tell(const struct session *session);

#endif
