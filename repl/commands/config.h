/* Settings as an answer. */
#ifndef COMMANDS_CONFIG_H
#define COMMANDS_CONFIG_H

#include "repl/session.h"

/* Fills call->result: each setting (only_lasting: that can stand in the file), its value and who
 * said it. */
bool config_answer(struct call *call, bool only_lasting, struct error *err);
/* What the setting is, also where nobody said it; NULL: it is not set. Borrowed. */
const char *config_word(const struct session *session, const struct settings *settings,
                        const struct setting *setting);

#endif
