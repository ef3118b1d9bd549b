/* Which language the program speaks and in which encoding: what the environment asks for, whether
 * its locale is installed or not. Not for: the texts themselves (base/translate.h). */
#ifndef REPL_LANGUAGE_H
#define REPL_LANGUAGE_H

#include "base/error.h"

/* Sets the locale of the process for letters and widths; numbers, comparisons and messages stay
 * those of C, because they are written, compared and translated by the program itself. */
void language_set_locale(void);

/* By LC_ALL, LC_MESSAGES, LANG and LANGUAGE as GNU programs read them; "en" where nothing is asked
 * for, where nothing of it is spoken, and where the encoding has no letters for it. */
const char *language_of_environment(void);
/* Whether the environment asks for a language that is spoken, or can show nothing but English. */
bool language_is_told(void);

/* Speaks it from here on; NULL: that of the environment, which can't fail. Fails with ERROR_USAGE
 * when there is no such language. */
bool language_use(const char *code, struct error *err);

#endif
