/* help: what the command table says. */
#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"
#include "engine/process.h"
#include "engine/report.h"
#include "engine/verb.h"
#include "model/kind.h"
#include "repl/commands/declaration.h"
#include "repl/commands/help_kind.h"
#include "repl/session.h"

static void append_padded(struct text *out, const char *word, size_t columns) {
  size_t width = text_width(word, strlen(word));
  text_append(out, word);
  text_append_repeat(out, " ", width < columns ? columns - width : 0);
}

static void append_options(struct text *out, const struct option_entry *entry) {
  struct text left = {0};
  for (; entry && entry->name; entry++) {
    text_clear(&left);
    if (entry->letter)
      text_format(&left, "-%c, ", entry->letter);
    text_format(&left, "--%s%s%s", entry->name, entry->argument ? " " : "",
                entry->argument ? translate(entry->argument) : "");
    text_append(out, "  ");
    append_padded(out, text_string(&left), 24);
    text_format(out, "  %s\n", translate(entry->summary));
  }
  text_release(&left);
}

static size_t widest_verb(const struct session *session) {
  const struct command *command = NULL;
  size_t widest = 0;
  for (size_t i = 0; (command = command_at(session, i)); i++) {
    size_t width = text_width(command->verb, strlen(command->verb));
    widest = width > widest ? width : widest;
  }
  return widest;
}

static void append_overview(struct text *out, const struct session *session) {
  const struct command *command = NULL;
  size_t widest = widest_verb(session);
  bool declared = false;
  text_append(out,
              translate("usage: dealwright [OPTION]... [COMMAND [ARGUMENT]...]\n"
                        "Without a command: the prompt, where every line is a command or Lua.\n\n"
                        "commands\n"));
  for (size_t i = 0; (command = command_at(session, i)); i++) {
    if (command->declared && !declared)
      text_append(out, translate("\ncommands of this workspace\n"));
    declared = declared || command->declared;
    text_append(out, "  ");
    append_padded(out, command->verb, widest + 2);
    text_format(out, "%s\n", translate(command->summary));
  }
  text_append(out, translate("\noptions\n"));
  append_options(out, global_options);
  text_append(
      out,
      translate(
          "\n'help COMMAND' tells more, 'help KIND' lists the fields of a kind, 'help KIND.FIELD'\n"
          "explains one.\n"
          "A record is #42 or 42, %3 (row 3 of the last table), _ (the last one) or "
          "its name.\n"));
}

/* What may be given: its help, the choices, what holds when it is not. */
static void append_param(struct text *out, const struct field *param) {
  const char *between = "";
  text_append(out, "  ");
  append_padded(out, param->name, 14);
  append_padded(out, param->target ? param->target : field_type_name(param->type), 10);
  if (param->target && strlen(param->target) >= 10)
    text_append(out, "  ");
  if (param->help) {
    text_append(out, translate_twin(param->help, param->help_ru));
    between = "; ";
  }
  for (const char *const *choice = param->choices; choice && *choice; choice++) {
    text_format(out, "%s%s", choice == param->choices ? between : " ", *choice);
    between = "; ";
  }
  if (!value_is_null(&param->fallback)) {
    text_format(out, translate("%sdefault: "), between);
    value_append(out, &param->fallback);
  }
  text_append_char(out, '\n');
}

static void append_params(struct text *out, const struct list *params) {
  text_append(out, translate("\nparameters\n"));
  for (size_t i = 0; i < params->count; i++)
    append_param(out, list_at(params, i));
}

static void append_report(struct text *out, const struct report *report) {
  text_format(out, "report %s%s\n    %s\n", report->name,
              report->params.count ? translate(" [PARAMETER=VALUE]...") : "",
              translate_twin(report->title, report->title_ru));
  if (report->help)
    text_format(out, "    %s\n", translate_twin(report->help, report->help_ru));
  if (report->params.count)
    append_params(out, &report->params);
  text_format(out, translate("\nIts source: %s??\n"), report->name);
}

/* "diff [HASH|DIR]" */
static void write_topic(struct text *out, const struct command *topic) {
  text_clear(out);
  text_format(out, "%s %s", command_topic_word(topic), translate(topic->arguments));
}

static void append_topics(struct text *out, const struct command *family) {
  struct text left = {0};
  size_t widest = 0;
  for (const struct command *topic = family->topics; topic->verb; topic++) {
    write_topic(&left, topic);
    size_t width = text_width(text_string(&left), left.length);
    widest = width > widest ? width : widest;
  }
  text_append_char(out, '\n');
  for (const struct command *topic = family->topics; topic->verb; topic++) {
    write_topic(&left, topic);
    text_append(out, "  ");
    append_padded(out, text_string(&left), widest + 2);
    text_format(out, "%s\n", translate(topic->summary));
  }
  text_format(out, translate("\n'help %s %s' tells more of one.\n"), family->verb,
              command_topic_word(family->topics));
  text_release(&left);
}

static void append_command(struct text *out, const struct command *command) {
  text_format(out, "%s %s\n    %s\n", command->verb, translate(command->arguments),
              translate(command->summary));
  if (command->aliases)
    text_format(out, translate("    also: %s\n"), command->aliases);
  if (command->options) {
    text_append(out, translate("\noptions\n"));
    append_options(out, command->options);
  }
  if (command->declared && command->declared->params.count)
    append_params(out, &command->declared->params);
  if (command->topics)
    append_topics(out, command);
  text_append(out, translate("\nexamples\n"));
  for (const char *const *example = command->examples; *example; example++)
    text_format(out, "  %s\n", *example);
}

/* Kinds and the workspace's commands are known once the scripts are read; without them help still
 * explains the rest. */
static bool read_scripts(struct call *call) {
  struct error ignored = {0};
  bool done = session_open(call->session, COMMAND_NEEDS_RULES, &call->complaint, &ignored);
  if (!done)
    text_clear(&call->complaint);
  return done;
}

static const struct kind *kind_named(struct call *call, const char *word) {
  if (!read_scripts(call))
    return NULL;
  return catalog_kind(session_book(call->session)->catalog, word);
}

/* Whatever help can be asked for, each name terminated. */
struct topics {
  struct text names;
  size_t count;
};

static void add_topic(struct topics *topics, const char *name) {
  text_append_bytes(&topics->names, name, strlen(name) + 1);
  topics->count++;
}

static bool add_declaration(void *payload, const struct declaration *declaration,
                            struct error *err) {
  (void)err;
  add_topic(payload, declaration->id);
  return true;
}

static bool collect_topics(struct topics *topics, const struct session *session,
                           struct error *err) {
  const struct command *command = NULL;
  for (size_t i = 0; (command = command_at(session, i)); i++)
    add_topic(topics, command->verb);
  if (!session->engine)
    return text_check(&topics->names, err);
  const struct catalog *catalog = session_book(session)->catalog;
  for (int i = 0; i < catalog_count(catalog); i++)
    add_topic(topics, catalog_at(catalog, i)->name);
  return declaration_visit(session->engine->rules, add_declaration, topics, err) &&
         text_check(&topics->names, err);
}

static bool refuse_topic(const struct topics *topics, const char *topic, struct error *err) {
  const char **names = memory_new_array(topics->count, sizeof *names);
  const char *at = text_string(&topics->names);
  if (!names)
    return error_memory(err);
  for (size_t i = 0; i < topics->count; i++, at += strlen(at) + 1)
    names[i] = at;
  const char *near = text_suggest(topic, names, topics->count);
  if (near)
    error_set(err, ERROR_USAGE, "nothing is called '%s'; did you mean '%s'?", topic, near);
  else
    error_set(err, ERROR_USAGE, "nothing is called '%s'; 'help' lists what there is", topic);
  memory_free(names);
  return error_blame(err, topic);
}

/* What was meant: a field of a kind that there is, else anything. */
static bool unknown_topic(struct call *call, const char *topic, struct error *err) {
  struct topics topics = {0};
  const char *dot = strchr(topic, '.');
  struct text name = {0};
  text_append_bytes(&name, topic, dot ? (size_t)(dot - topic) : 0);
  const struct kind *kind = dot ? kind_named(call, text_string(&name)) : NULL;
  text_release(&name);
  if (kind)
    return kind_find_field(kind, dot + 1, &(const struct field *){NULL}, err);
  if (collect_topics(&topics, call->session, err))
    refuse_topic(&topics, topic, err);
  text_release(&topics.names);
  return false;
}

/* A report, a stage, a criterion, a scorecard, a rule; a field. */
static bool help_on_declared(struct call *call, const char *topic, struct error *err) {
  struct report *report = NULL;
  struct error ignored;
  if (!call->session->engine)
    return unknown_topic(call, topic, err);
  if (engine_find_report(call->session->engine, topic, &report, &ignored)) {
    append_report(&call->text, report);
    return true;
  }
  bool declared = declaration_exists(call->session, topic);
  if (declared && !declaration_show(call, topic, err))
    return false;
  return help_field_append(call, topic) || declared || unknown_topic(call, topic, err);
}

/* "help rules check" */
static bool help_on_topic(struct call *call, const struct command *family, struct error *err) {
  const char *word = call_word(call, 1);
  const struct command *topic = NULL;
  size_t at = 0;
  if (!family->topics)
    return error_set(err, ERROR_USAGE, "'%s' has no part '%s'; 'help %s' tells all of it",
                     family->verb, word, family->verb);
  if (!command_find_topic(family, &word, 1, &topic, &at, err))
    return false;
  append_command(&call->text, topic);
  return true;
}

static bool run_help(struct call *call, struct error *err) {
  const char *topic = call_word(call, 0);
  if (!call_expect(call, 0, 2, err))
    return false;
  if (!topic) {
    read_scripts(call);
    append_overview(&call->text, call->session);
    return true;
  }
  const struct command *command = NULL;
  if (command_is_verb(topic, strlen(topic), call->session)) {
    command = command_find(call->session, topic, strlen(topic));
    if (call_count(call) > 1)
      return help_on_topic(call, command, err);
    append_command(&call->text, command);
    return true;
  }
  if (!call_expect(call, 0, 1, err))
    return false;
  const struct kind *kind = kind_named(call, topic);
  return kind ? help_kind_show(call, kind, err) : help_on_declared(call, topic, err);
}

static const char *const examples[] = {"help",
                                       "help advance",
                                       "help rules check",
                                       "help deal",
                                       "help deal.stage",
                                       "help win_rate",
                                       "win_rate?",
                                       NULL};

const struct command help_commands[] = {
    {.verb = "help",
     .arguments = N_("[COMMAND [PART]|KIND|FIELD|REPORT|RULE]"),
     .summary = N_("explain commands, kinds, fields, reports and rules"),
     .examples = examples,
     .flags = COMMAND_PROMPT | COMMAND_ANY_SETTINGS,
     .completes = COMPLETES_VERBS | COMPLETES_KINDS | COMPLETES_REPORTS | COMPLETES_SCORECARDS,
     .run = run_help},
    {0},
};
