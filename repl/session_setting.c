/* Settings that change while a session runs: what set-option and as-of do. */
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "repl/language.h"
#include "repl/session.h"
#include "repl/view.h"

static bool check_limit(const struct session *session, const char *word, struct error *err) {
  int64_t ignored = 0;
  (void)session;
  return view_limit(word, &ignored, err);
}

static bool refuse_place(const struct session *session, const char *word, struct error *err) {
  (void)session;
  return error_set(err, ERROR_USAGE, "'use %s' changes the database or the workspace in use", word);
}

/* The scripts and the book were opened by it. The next command opens them. */
static bool open_anew(struct session *session, struct error *err) {
  return !session->engine || session_use(session, session->database, NULL, err);
}

static bool speak(struct session *session, struct error *err) {
  return language_use(session->settings.language, err) && open_anew(session, err);
}

/* What the table of settings can't know: it has no session. */
static const struct {
  const char *option;
  bool (*check)(const struct session *session, const char *word, struct error *err);
  bool (*heed)(struct session *session, struct error *err);
} effects[] = {
    {"db",        refuse_place,        NULL     },
    {"workspace", refuse_place,        NULL     },
    {"limit",     check_limit,         NULL     },
    {"as-of",     session_check_as_of, NULL     },
    {"now",       session_check_now,   NULL     },
    {"lang",      NULL,                speak    },
    {"read-only", NULL,                open_anew},
    {"timeout",   NULL,                open_anew},
};

static size_t effect_of(const struct setting *setting) {
  size_t count = sizeof effects / sizeof *effects, i = 0;
  while (i < count && strcmp(effects[i].option, setting->option) != 0)
    i++;
  return i;
}

static bool check(const struct session *session, const struct setting *setting, const char *word,
                  struct error *err) {
  size_t effect = effect_of(setting);
  if (effect < sizeof effects / sizeof *effects && effects[effect].check)
    return effects[effect].check(session, word, err);
  return setting_check(setting, word, err);
}

/* The settings before may be looked at until the line ends: a word is never freed before. */
static const char *keep(struct session *session, const char *word, struct error *err) {
  char **slot = list_add(&session->words, err);
  if (slot && !(*slot = memory_copy_text(word)))
    error_memory(err);
  return slot ? *slot : NULL;
}

/* What takes effect only in part is taken back. */
static bool change(struct session *session, const struct setting *setting,
                   const struct settings *wanted, struct error *err) {
  const struct settings before = session->settings;
  size_t effect = effect_of(setting);
  struct error ignored;
  setting_copy(&session->settings, wanted, setting);
  if (effect == sizeof effects / sizeof *effects || !effects[effect].heed ||
      effects[effect].heed(session, err))
    return true;
  setting_copy(&session->settings, &before, setting);
  effects[effect].heed(session, &ignored);
  return false;
}

bool session_set(struct session *session, const struct setting *setting, const char *word,
                 struct error *err) {
  struct settings wanted = session->settings;
  setting_forget(&wanted, setting);
  if (word) {
    const char *kept = check(session, setting, word, err) ? keep(session, word, err) : NULL;
    if (!kept || !setting_put(&wanted, setting, kept, ORIGIN_SESSION, err))
      return false;
  }
  return change(session, setting, &wanted, err);
}

bool session_reset(struct session *session, const struct setting *setting, struct error *err) {
  return change(session, setting, &session->start, err);
}
