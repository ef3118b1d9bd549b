/* set-option, timing: the settings of the session. */
#include <string.h>

#include "base/translate.h"
#include "repl/commands/config.h"

/* "format=csv", "format": the setting and what stands behind =, NULL without one. */
static bool read_word(const char *word, const struct setting **setting, const char **value,
                      struct error *err) {
  size_t length = strcspn(word, "=");
  struct text name = {0};
  text_append_bytes(&name, word, length);
  *value = word[length] ? word + length + 1 : NULL;
  bool done = text_check(&name, err) && setting_find(text_string(&name), setting, err);
  text_release(&name);
  return done;
}

static void say(struct call *call, const struct setting *setting) {
  const struct settings *settings = &call->session->settings;
  const char *word = config_word(call->session, settings, setting);
  if (word)
    text_format(&call->text, translate("%s is %s\n"), setting->option, word);
  else
    text_format(&call->text, translate("%s is not set\n"), setting->option);
}

/* In the file first: what it refuses shall not hold for the session either. */
static bool save(struct call *call, const struct setting *setting, const char *value,
                 struct error *err) {
  return !call_has(call, "save") || config_write(&call->session->config, setting, value, err);
}

/* What the file said at the start is said no more when it was taken out of it. */
static bool reset(struct call *call, const struct setting *setting, struct error *err) {
  struct session *session = call->session;
  bool gone = call_has(call, "save") && setting_origin(&session->start, setting) == ORIGIN_FILE;
  if (gone)
    setting_forget(&session->start, setting);
  return session_reset(session, setting, err);
}

static bool change(struct call *call, const char *word, struct error *err) {
  const struct setting *setting = NULL;
  const char *value = NULL;
  if (!read_word(word, &setting, &value, err))
    return false;
  const char *set = value && *value ? value : NULL;
  bool back = call_has(call, "reset") || (value && !*value);
  bool done = (!back && !set) || save(call, setting, set, err);
  if (done && back)
    done = reset(call, setting, err);
  else if (done && set)
    done = session_set(call->session, setting, set, err);
  if (done)
    say(call, setting);
  return done;
}

static bool reset_all(struct call *call, struct error *err) {
  for (const struct setting *setting = setting_table; setting->option; setting++)
    if (setting_origin(&call->session->settings, setting) == ORIGIN_SESSION) {
      if (!session_reset(call->session, setting, err))
        return false;
      say(call, setting);
    }
  return true;
}

static bool run_set_option(struct call *call, struct error *err) {
  size_t count = call_count(call);
  if (count == 0)
    return call_has(call, "reset") ? reset_all(call, err) : config_answer(call, false, err);
  for (size_t i = 0; i < count; i++)
    if (!change(call, call_word(call, i), err))
      return false;
  return true;
}

static bool run_timing(struct call *call, struct error *err) {
  const struct setting *timing = setting_named("timing");
  const char *word = call_word(call, 0);
  bool is_on = setting_is_on(call->session->settings.timing, false);
  if (!call_expect(call, 0, 1, err) || !session_set(call->session, timing,
                                                    word    ? word
                                                    : is_on ? "off"
                                                            : "on",
                                                    err))
    return false;
  say(call, timing);
  return true;
}

static const struct option_entry set_option_options[] = {
    {"reset", 'r', NULL, N_("back to what it was at the start; without a name all of them"), 0},
    {"save",  0,   NULL, N_("also in the file of settings, for the sessions to come"),       0},
    {NULL,    0,   NULL, NULL,                                                               0},
};

static const char *const on_off[] = {"on", "off", NULL};
static const char *const set_option_examples[] = {"set-option", "set-option format=csv limit=20",
                                                  "set-option hints=off --save",
                                                  "set-option --reset format", NULL};
static const char *const timing_examples[] = {"timing on", NULL};

const struct command option_commands[] = {
    {.verb = "set-option",
     .arguments = N_("[NAME=VALUE]..."),
     .summary = N_("list the settings and who said them, or change them for this session"),
     .examples = set_option_examples,
     .options = set_option_options,
     .flags = COMMAND_PROMPT | COMMAND_ANY_SETTINGS,
     .completes = COMPLETES_SETTINGS,
     .run = run_set_option},
    {.verb = "timing",
     .arguments = N_("[on|off]"),
     .summary = N_("say how long each command took"),
     .examples = timing_examples,
     .words = on_off,
     .flags = COMMAND_PROMPT,
     .completes = COMPLETES_TOPICS,
     .run = run_timing},
    {0                                                        },
};
