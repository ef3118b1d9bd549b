/* config: the user's file of settings, and where each value comes from. */
#include "repl/commands/config.h"

#include <string.h>

#include "base/translate.h"
#include "repl/commands/edit.h"
#include "repl/editor.h"

static void append_origin(struct text *out, const struct session *session,
                          const struct setting *setting, enum origin origin) {
  const struct config_entry *entry = config_find(&session->config, setting);
  switch (origin) {
  case ORIGIN_FILE:
    text_format(out, "%s:%d", session->config.path, entry ? entry->line : 0);
    break;
  case ORIGIN_ENVIRONMENT:
    setting_append_variable(out, setting);
    break;
  case ORIGIN_START:
  case ORIGIN_LINE:
    text_format(out, "--%s", setting->option);
    break;
  case ORIGIN_SESSION:
    text_append(out, translate("this session"));
    break;
  case ORIGIN_DEFAULT:
    text_append(out, translate("default"));
    break;
  }
}

/* What holds although nobody said it. */
static const char *word_in_force(const struct session *session, const struct setting *setting) {
  if (strcmp(setting->option, "db") == 0)
    return session->database;
  if (strcmp(setting->option, "workspace") == 0)
    return session->workspace ? session->workspace : translate("as shipped");
  if (strcmp(setting->option, "lang") == 0)
    return translate_language();
  return setting->fallback;
}

const char *config_word(const struct session *session, const struct settings *settings,
                        const struct setting *setting) {
  const char *word = setting_word(settings, setting);
  return word ? word : word_in_force(session, setting);
}

static bool add_setting(struct call *call, const struct setting *setting, struct error *err) {
  const struct session *session = call->session;
  struct text from = {0};
  append_origin(&from, session, setting, setting_origin(&call->settings, setting));
  const struct value cells[] = {
      value_text(setting->option),
      value_text(config_word(session, &call->settings, setting)),
      value_text(text_string(&from)),
      value_text(translate(setting_summary(setting))),
  };
  struct result_row *row = result_add_row(&call->result, 0, err);
  bool done = row && text_check(&from, err);
  for (int i = 0; done && i < (int)(sizeof cells / sizeof *cells); i++)
    done = result_set(row, i, &cells[i], err);
  text_release(&from);
  return done;
}

bool config_answer(struct call *call, bool only_lasting, struct error *err) {
  bool done = call_begin_result(call, "settings", "", err) &&
              result_add_column(&call->result, "setting", translate("setting"), FIELD_TEXT, err) &&
              result_add_column(&call->result, "value", translate("value"), FIELD_TEXT, err) &&
              result_add_column(&call->result, "from", translate("from"), FIELD_TEXT, err) &&
              result_add_column(&call->result, "meaning", translate("meaning"), FIELD_TEXT, err);
  for (const struct setting *setting = setting_table; done && setting->option; setting++)
    if (!only_lasting || setting->lasting)
      done = add_setting(call, setting, err);
  return done;
}

static bool show_path(struct call *call, struct error *err) {
  const char *path = call->session->config.path;
  if (!path)
    return error_set(err, ERROR_CONFIG,
                     "there is no place for a file of settings: set HOME or DEALWRIGHT_CONFIG");
  text_format(&call->text, "%s\n", path);
  return true;
}

/* Until the file is right or the user gives up. */
static bool edit_file(struct call *call, struct error *err) {
  struct config read;
  bool done = config_make(&call->session->config, err), again = done;
  while (again) {
    if (!editor_open(call->session->config.path, 1, err))
      return false;
    done = config_load(&read, err);
    config_release(&read);
    again = !done && edit_wants_again(call, err);
  }
  if (done)
    text_append(&call->text, translate("the settings hold from the next start on\n"));
  return done;
}

/* "format=csv": the setting and what it shall be, NULL: nothing any more. */
static bool read_change(const char *word, const struct setting **setting, const char **value,
                        struct error *err) {
  const char *equals = strchr(word, '=');
  struct text name = {0};
  if (!equals)
    return error_set(err, ERROR_USAGE, "'%s' is neither path nor edit nor name=value", word);
  text_append_bytes(&name, word, (size_t)(equals - word));
  *value = equals[1] ? equals + 1 : NULL;
  bool done = text_check(&name, err) && setting_find(text_string(&name), setting, err);
  text_release(&name);
  return done;
}

static bool check_change(struct call *call, const char *word, struct error *err) {
  const struct setting *setting = NULL;
  const char *value = NULL;
  return read_change(word, &setting, &value, err) &&
         config_may_hold(&call->session->config, setting, value, err);
}

static bool make_change(struct call *call, const char *word, struct error *err) {
  const struct setting *setting = NULL;
  const char *value = NULL;
  if (!read_change(word, &setting, &value, err) ||
      !config_write(&call->session->config, setting, value, err))
    return false;
  text_format(&call->text,
              value ? translate("%s: it holds from the next start on\n")
                    : translate("%s: back to its default from the next start on\n"),
              setting->option);
  return true;
}

/* None is made when one of them is wrong. */
static bool change_all(struct call *call, struct error *err) {
  bool done = true;
  for (size_t i = 0; done && i < call_count(call); i++)
    done = check_change(call, call_word(call, i), err);
  for (size_t i = 0; done && i < call_count(call); i++)
    done = make_change(call, call_word(call, i), err);
  return done;
}

static const struct {
  const char *word;
  bool (*run)(struct call *call, struct error *err);
} topics[] = {
    {"path", show_path},
    {"edit", edit_file},
};

static bool run_config(struct call *call, struct error *err) {
  const char *first = call_word(call, 0);
  for (size_t i = 0; first && i < sizeof topics / sizeof *topics; i++)
    if (strcmp(first, topics[i].word) == 0)
      return call_expect(call, 1, 1, err) && topics[i].run(call, err);
  return first ? change_all(call, err) : config_answer(call, true, err);
}

static const char *const words[] = {"path", "edit", NULL};
static const char *const examples[] = {"config",         "config path",
                                       "config edit",    "config format=csv color=never",
                                       "config format=", NULL};

const struct command config_commands[] = {
    {.verb = "config",
     .arguments = N_("[path|edit|NAME=VALUE...]"),
     .summary = N_("list the settings and where each comes from, or change the file of settings"),
     .examples = examples,
     .words = words,
     .flags = COMMAND_PROMPT | COMMAND_ANY_SETTINGS,
     .completes = COMPLETES_TOPICS | COMPLETES_SETTINGS,
     .run = run_config},
    {0},
};
