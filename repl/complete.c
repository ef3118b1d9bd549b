#include "repl/complete.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/chart.h"
#include "engine/param.h"
#include "engine/report.h"
#include "engine/verb.h"
#include "repl/classify.h"
#include "repl/offer.h"
#include "repl/spot.h"

static void offer_list(struct offers *offers, const struct list *columns) {
  for (size_t i = 0; i < columns->count; i++)
    offer_field(offers, list_at(columns, i), "");
}

static void offer_params(struct offers *offers, const struct list *params) {
  size_t before = offers->names.count;
  for (size_t i = 0; i < params->count; i++)
    offer_field(offers, list_at(params, i), "=");
  if (offers->names.count > before)
    offers->open_ended = true;
}

static void offer_param_value(struct offers *offers, const struct field *param) {
  if (param->type == FIELD_REF)
    offer_id(offers);
  offer_values(offers, NULL, param);
  if (param->type == FIELD_REF && strchr(param->target, ','))
    offer_records_of_several(offers, param);
}

/* The parameter that a word at the cursor would go to, as far as positions tell; their number when
 * there is none. */
static size_t positional(const struct spot *spot) {
  const struct list *params = &spot->command->declared->params;
  size_t position = 0, param = 0;
  for (size_t i = 0; i < spot->arguments; i++)
    position += !strchr(spot_argument(spot, i), '=');
  while (param < params->count && (verb_is_named(spot->command->declared, param) || position-- > 0))
    param++;
  return param;
}

static void offer_positional(struct offers *offers, const struct spot *spot) {
  const struct verb *verb = spot->command->declared;
  size_t param = positional(spot);
  if (param == verb->params.count)
    return;
  offer_param_value(offers, list_at(&verb->params, param));
  offers->files = verb_is_file(verb, param);
}

static void offer_files(struct offers *offers, const struct spot *spot) {
  (void)spot;
  offers->files = true;
}

/* Behind the dot of "client.ind" stand the fields of the client. */
static void offer_at_path(struct offers *offers, const struct spot *spot, const char *ending) {
  const char *whole = offers->word, *before = offers->mark, *last = NULL;
  const struct kind *kind = spot_path(spot, offers->session, whole, &last);
  struct text path = {0};
  text_append_bytes(&path, whole, kind ? (size_t)(last - whole) : 0);
  if (path.length) {
    offers->word = last;
    offers->mark = text_string(&path);
  }
  offer_fields(offers, kind, ending);
  if (*ending)
    offer_groups(offers, kind);
  offers->word = whole;
  offers->mark = before;
  text_release(&path);
}

static void offer_columns(struct offers *offers, const struct spot *spot) {
  if (spot->command->completes & COMPLETES_RESULT)
    offer_result_columns(offers);
  else
    offer_at_path(offers, spot, "");
}

static void offer_condition(struct offers *offers, const struct spot *spot) {
  offer_at_path(offers, spot, "=");
}

static void offer_format(struct offers *offers, const struct spot *spot) {
  (void)spot;
  offer_formats(offers);
}

static void offer_day(struct offers *offers, const struct spot *spot) {
  (void)spot;
  offer_days(offers);
}

static void offer_rule_set(struct offers *offers, const struct spot *spot) {
  (void)spot;
  offer_rule_sets(offers);
  offers->files = true;
}

static void offer_rule_parts(struct offers *offers, const struct spot *spot) {
  static const char *const parts[] = {"criteria", "rules",    "stages", "actions",
                                      "reports",  "commands", NULL};
  (void)spot;
  offer_words(offers, parts);
}

/* What the placeholder of an option's value stands for. */
static const struct {
  const char *argument;
  void (*offer)(struct offers *offers, const struct spot *spot);
} option_values[] = {
    {"FILE",      offer_files     },
    {"DIR",       offer_files     },
    {"HASH|DIR",  offer_rule_set  },
    {"FORMAT",    offer_format    },
    {"A,B",       offer_columns   },
    {"A,-B",      offer_columns   },
    {"CONDITION", offer_condition },
    {"DATE",      offer_day       },
    {"TIME",      offer_day       },
    {"PARTS",     offer_rule_parts},
};

/* The word behind --format and the like. */
static void complete_option_value(struct offers *offers, const struct spot *spot,
                                  const struct option_entry *entry) {
  for (size_t i = 0; entry->argument && i < sizeof option_values / sizeof *option_values; i++)
    if (strcmp(option_values[i].argument, entry->argument) == 0)
      option_values[i].offer(offers, spot);
  if (option_words(entry))
    offer_words(offers, option_words(entry));
}

/* format=csv of set-option: what the option of that name takes. */
static void complete_setting(struct offers *offers, const struct spot *spot) {
  struct text name = {0};
  text_format(&name, "--%.*s", (int)strcspn(spot->current, "="), spot->current);
  const struct option_entry *entry = option_called(global_options, text_string(&name));
  if (entry)
    complete_option_value(offers, spot, entry);
  text_release(&name);
}

/* The value behind field= or field>. */
static bool complete_value(struct offers *offers, const struct spot *spot) {
  const char *value = NULL;
  const struct field *field = spot_field(spot, offers->session, &value);
  const struct kind *group;
  if (value && spot->command->completes & COMPLETES_SETTINGS)
    complete_setting(offers, spot);
  else if (field && spot_params(spot, offers->session))
    offer_param_value(offers, field);
  else if (field)
    offer_values(offers, spot->kind, field);
  else if ((group = spot_group(spot, offers->session)))
    offer_records(offers, group);
  return value != NULL;
}

/* --format=csv */
static void complete_option(struct offers *offers, const struct spot *spot) {
  size_t length = strcspn(spot->current, "=");
  struct text name = {0};
  text_append_bytes(&name, spot->current, length);
  if (spot->current[length]) {
    const struct option_entry *entry = spot_option(spot, text_string(&name));
    if (entry)
      complete_option_value(offers, spot, entry);
  } else {
    offer_options(offers, spot->command->options);
    offer_options(offers, global_options);
  }
  text_release(&name);
}

static void complete_first_argument(struct offers *offers, const struct command *command) {
  if (command->topics)
    offer_topics(offers, command);
  if (command->words)
    offer_words(offers, command->words);
  if (command->completes & COMPLETES_VERBS)
    offer_verbs(offers);
  if (command->completes & COMPLETES_DAYS)
    offer_days(offers);
  if (command->completes & COMPLETES_KINDS)
    offer_kinds(offers);
  if (command->completes & COMPLETES_REPORTS)
    offer_reports(offers);
  if (command->completes & COMPLETES_SCORECARDS)
    offer_scorecards(offers);
  if (command->completes & COMPLETES_PROCESSES)
    offer_processes(offers);
}

/* What may stand behind what a chart is made of. */
static void offer_drawn(struct offers *offers, const struct spot *spot) {
  static const char *const by[] = {"by", NULL};
  const struct report *report = spot_report(spot, offers->session);
  const char *before = spot_argument(spot, spot->arguments - 1);
  bool points = strcmp(before, "by") == 0;
  if (strcmp(before, "report") == 0 && spot->arguments == 1) {
    offer_reports(offers);
    return;
  }
  if (report)
    offer_list(offers, &report->columns);
  else if (strcmp(spot_argument(spot, 0), "last") == 0)
    offer_result_columns(offers);
  if (!points) {
    offer_name(offers, CHART_COUNT, translate("the number of rows"));
    offer_words(offers, by);
  }
}

static void complete_argument(struct offers *offers, const struct spot *spot) {
  unsigned completes = spot->command->completes;
  const struct list *params = spot_params(spot, offers->session);
  if (spot->arguments == 0)
    complete_first_argument(offers, spot->command);
  if (spot->command->declared)
    offer_positional(offers, spot);
  if (params)
    offer_params(offers, params);
  if (completes & COMPLETES_DRAWN && spot->arguments > 0)
    offer_drawn(offers, spot);
  if (completes & COMPLETES_STAGES && spot->arguments == 1)
    offer_stages_for(offers, spot_argument(spot, 0), spot->kind);
  if (completes & COMPLETES_FIELDS && (spot->arguments > 0 || spot->command->kind))
    offer_condition(offers, spot);
  if (completes & COMPLETES_ASSIGNMENTS && spot->arguments > 0)
    offer_assignments(offers, spot->kind);
  if (completes & COMPLETES_RECORDS && *offers->word) {
    offer_id(offers);
    offer_records(offers, spot->kind);
  }
  if (completes & COMPLETES_SETTINGS)
    offer_settings(offers);
  if (completes & COMPLETES_RULE_SETS)
    offer_rule_sets(offers);
  if (completes & COMPLETES_DECLARATIONS)
    offer_declarations(offers);
  if (completes & (COMPLETES_FILES | COMPLETES_RULE_SETS))
    offers->files = true;
  offers->files = offers->files && offers->names.count == 0;
}

static void complete_command(struct offers *offers, const struct spot *spot) {
  if (spot->redirected)
    offers->files = spot->words.file != NULL;
  else if (spot->option)
    complete_option_value(offers, spot, spot->option);
  else if (*spot->current == '-' && !spot->quote)
    complete_option(offers, spot);
  else if (!complete_value(offers, spot))
    complete_argument(offers, spot);
}

/* The tail that is a Lua expression: letters, digits, dots and colons. */
static void complete_lua(struct offers *offers, const char *before) {
  struct state_names found;
  struct error ignored;
  size_t at = strlen(before);
  const char *marks = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:";
  while (at > 0 && strchr(marks, before[at - 1]))
    at--;
  if (offers->vocabulary || !offers->session->state ||
      !state_complete(offers->session->state, before + at, &found, &ignored))
    return;
  for (size_t i = 0; found.names[i]; i++)
    if (!command_find(offers->session, found.names[i], strlen(found.names[i]))) /* it is a verb */
      offer_name(offers, found.names[i], found.sentences[i]);
  state_names_release(&found);
  offers->open_ended = true;
}

static void complete_words(struct offers *offers, const char *before) {
  struct spot spot;
  if (!spot_read(&spot, offers->session, spot_inner(before, offers->session)))
    return;
  offers->quote = spot.quote;
  if (spot.index == 0)
    offer_verbs(offers);
  else if (spot.command && offers->session->engine)
    complete_command(offers, &spot);
  spot_release(&spot);
}

/* ?win_rate and ??fit complete as the commands do that answer them. */
static void complete_question(struct offers *offers, const char *command, const char *topic) {
  struct text line = {0};
  text_format(&line, "%s %s", command, topic);
  complete_words(offers, text_string(&line));
  text_release(&line);
}

static void complete_reading(struct offers *offers, const char *line) {
  const struct classification found = classify(line, command_is_verb, offers->session);
  bool spaced = strpbrk(line, " .(:") != NULL;
  if (found.reading == READING_HELP && *line == '?')
    complete_question(offers, "help", found.rest);
  else if (found.reading == READING_SOURCE && *line == '?')
    complete_question(offers, "rules show", found.rest);
  else if (found.reading == READING_VALUE || (found.reading == READING_LUA && spaced))
    complete_lua(offers, line);
  else
    complete_words(offers, line + (*line == ':'));
  if (!spaced && *line != ':' && *line != '?' && *offers->word)
    complete_lua(offers, line);
}

/* A word at the start of the line holds the mark before the verb or the topic. */
static const char *mark_of(const char *line, const char *word) {
  static const char *const marks[] = {"??", "?", ":"};
  for (size_t i = 0; strcmp(line, word) == 0 && i < sizeof marks / sizeof *marks; i++)
    if (strncmp(word, marks[i], strlen(marks[i])) == 0)
      return marks[i];
  return NULL;
}

static bool complete(struct offers *offers, const char *before, struct line_candidates *out) {
  const char *line = before + strspn(before, " \t");
  offers->names = offers->descriptions = (struct list){.size = sizeof(char *)};
  offers->mark = mark_of(line, offers->word);
  offers->word += offers->mark ? strlen(offers->mark) : 0;
  complete_reading(offers, line);
  return offer_hand_over(offers, out);
}

bool complete_line(const char *before, const char *word, struct line_candidates *out,
                   void *payload) {
  return complete(&(struct offers){.session = payload, .word = word}, before, out);
}

bool complete_vocabulary(struct session *session, const char *before, const char *word,
                         struct line_candidates *out) {
  return complete(&(struct offers){.session = session, .word = word, .vocabulary = true}, before,
                  out);
}
