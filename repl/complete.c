#include "repl/complete.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "base/words.h"
#include "engine/param.h"
#include "engine/process.h"
#include "engine/report.h"
#include "engine/scorecard.h"
#include "engine/verb.h"
#include "model/search.h"
#include "repl/classify.h"
#include "repl/commands/assignment.h"

enum { RECORDS_SHOWN = 30 };

/* Collects what starts with the word. */
struct collector {
  struct session *session;
  const char *word;                /* what the candidates replace */
  struct list names, descriptions; /* of char *, owned */
  bool open_ended, files, failed;
};

static void push(struct collector *collector, const char *name, const char *description) {
  struct error ignored;
  char **slot = list_add(&collector->names, &ignored);
  char **beside = list_add(&collector->descriptions, &ignored);
  if (slot)
    *slot = memory_copy_text(name);
  if (beside)
    *beside = memory_copy_text(description ? description : "");
  if (!slot || !beside || !*slot || !*beside)
    collector->failed = true;
}

static void offer(struct collector *collector, const char *name, const char *description) {
  if (text_starts(name, collector->word))
    push(collector, name, description);
}

static const struct catalog *catalog_in(const struct collector *collector) {
  struct book *book = session_book(collector->session);
  return book ? book->catalog : NULL;
}

static void offer_verbs(struct collector *collector) {
  const struct command *command = NULL;
  for (size_t i = 0; (command = command_at(collector->session, i)); i++)
    offer(collector, command->verb, translate(command->summary));
}

static void offer_kinds(struct collector *collector) {
  const struct catalog *catalog = catalog_in(collector);
  for (int i = 0; catalog && i < catalog_count(catalog); i++) {
    const struct kind *kind = catalog_at(catalog, i);
    offer(collector, kind->name, kind_title(kind));
  }
}

/* ending: "=" for assignments and conditions, "" for columns. */
static void offer_field(struct collector *collector, const struct field *field,
                        const char *ending) {
  struct text name = {0};
  text_format(&name, "%s%s", field->name, ending);
  offer(collector, text_string(&name), field->help ? field_help(field) : field_title(field));
  text_release(&name);
}

static void offer_fields(struct collector *collector, const struct kind *kind, const char *ending) {
  size_t before = collector->names.count;
  for (int i = 0; kind && i < kind->field_count; i++)
    offer_field(collector, kind->fields[i], ending);
  if (*ending && collector->names.count > before)
    collector->open_ended = true;
}

/* What `set` and `new` can give: not what is computed, nor what a process moves. */
static void offer_assignments(struct collector *collector, const struct kind *kind) {
  for (int i = 0; kind && i < kind->field_count; i++)
    if (field_is_stored(kind->fields[i]) && !(kind->fields[i]->flags & FIELD_ENGINE))
      offer_field(collector, kind->fields[i], "=");
  collector->open_ended = true;
}

static bool is_offered(const struct collector *collector, const char *name) {
  for (size_t i = 0; i < collector->names.count; i++) {
    const char *offered = *(char **)list_at(&collector->names, i);
    if (offered && strcmp(offered, name) == 0)
      return true;
  }
  return false;
}

static void offer_stages_of(struct collector *collector, const struct process *process) {
  for (size_t i = 0; i < process->stages.count; i++) {
    const struct stage *stage = *(struct stage **)list_at(&process->stages, i);
    if (!is_offered(collector, stage->name))
      offer(collector, stage->name, stage_title(stage));
  }
}

/* Those of all processes of the kind, or of those that keep their stage in the field. */
static void offer_stages(struct collector *collector, const struct kind *kind,
                         const struct field *field) {
  const struct list *all = &collector->session->engine->rules->processes;
  for (size_t i = 0; kind && i < all->count; i++) {
    const struct process *process = *(struct process **)list_at(all, i);
    if (process->kind == kind && (!field || process->field == field))
      offer_stages_of(collector, process);
  }
}

/* "move #42 …": only where that record can go. */
static void offer_stages_for(struct collector *collector, const char *word,
                             const struct kind *kind) {
  struct book *book = session_book(collector->session);
  struct record record;
  struct error ignored;
  int64_t id = 0;
  if (!word || !session_record_id(collector->session, word, NULL, &id, &ignored) ||
      !record_load(&record, book, NULL, id, &ignored)) {
    offer_stages(collector, kind, NULL);
    return;
  }
  const struct process *process = engine_process_of(collector->session->engine, &record);
  if (process)
    offer_stages_of(collector, process);
  record_release(&record);
}

/* A name with blanks is offered in quotes. */
static void push_record(struct collector *collector, const struct search_hit *hit) {
  struct text quoted = {0};
  char description[64];
  snprintf(description, sizeof description, "%s #%lld", hit->kind, (long long)hit->id);
  words_quote(&quoted, hit->name);
  push(collector, text_string(&quoted), description);
  text_release(&quoted);
}

static void offer_records(struct collector *collector, const struct kind *kind) {
  struct search_hit *hits = NULL;
  size_t count = 0;
  struct error ignored;
  if (!session_book(collector->session) ||
      !search_names(session_book(collector->session),
                    &(struct search){collector->word, kind, RECORDS_SHOWN}, &hits, &count,
                    &ignored))
    return;
  for (size_t i = 0; i < count; i++)
    push_record(collector, &hits[i]);
  search_release(hits, count);
}

/* #4 → #42 with its name: only a whole number that is a record. */
static void offer_id(struct collector *collector) {
  int64_t id = 0;
  struct record record;
  struct text name = {0};
  struct error ignored;
  if (*collector->word != '#' || !integer_parse(&id, collector->word + 1, &ignored) ||
      !record_load(&record, session_book(collector->session), NULL, id, &ignored))
    return;
  text_format(&name, "%s ", record.kind->name);
  record_append_name(&name, &record);
  push(collector, collector->word, text_string(&name));
  text_release(&name);
  record_release(&record);
}

static void offer_values(struct collector *collector, const struct kind *kind,
                         const struct field *field) {
  for (int i = 0; field->choices && field->choices[i]; i++) {
    const char *title = field_choice_title(field, i);
    offer(collector, field->choices[i], strcmp(title, field->choices[i]) == 0 ? NULL : title);
  }
  if (field->type == FIELD_BOOLEAN) {
    offer(collector, "true", NULL);
    offer(collector, "false", NULL);
  }
  offer_stages(collector, kind, field);
  if (field->type == FIELD_REF)
    offer_records(collector, catalog_kind(catalog_in(collector), field->target));
}

static void offer_options(struct collector *collector, const struct option_entry *entry) {
  char name[64];
  for (; entry && entry->name; entry++) {
    snprintf(name, sizeof name, "--%s", entry->name);
    offer(collector, name, translate(entry->summary));
  }
}

static void offer_reports(struct collector *collector) {
  const struct list *reports = &collector->session->engine->rules->reports;
  for (size_t i = 0; i < reports->count; i++) {
    const struct report *report = *(struct report **)list_at(reports, i);
    offer(collector, report->name, translate_twin(report->title, report->title_ru));
  }
}

static void offer_scorecards(struct collector *collector) {
  const struct list *cards = &collector->session->engine->rules->scorecards;
  for (size_t i = 0; i < cards->count; i++) {
    const struct scorecard *card = *(struct scorecard **)list_at(cards, i);
    offer(collector, card->name, translate_twin(card->title, card->title_ru));
  }
}

static void offer_formats(struct collector *collector) {
  for (const struct format *format = formats; format->name; format++)
    offer(collector, format->name, NULL);
}

/* Where the cursor stands in a command: the words before the one being typed. */
struct spot {
  const struct command *command;
  const struct words *words;
  size_t index;            /* of the word being typed */
  const char *current;     /* as typed so far, "" for a new word */
  const struct kind *kind; /* the line is about; or NULL */
};

/* "list deal", "set #42": the second word says the kind. */
static const struct kind *kind_in(const struct collector *collector, const struct words *words,
                                  size_t index) {
  struct book *book = session_book(collector->session);
  const struct kind *kind = NULL;
  struct error ignored;
  int64_t id = 0;
  if (!book || index < 2)
    return NULL;
  const char *word = words_at(words, 1);
  if ((kind = catalog_kind(book->catalog, word)))
    return kind;
  if (session_record_id(collector->session, word, NULL, &id, &ignored) &&
      record_kind_of(book, id, &kind, &ignored))
    return kind;
  return NULL;
}

static const struct report *report_in(const struct collector *collector, const struct spot *spot) {
  struct report *report = NULL;
  struct error ignored;
  if (!(spot->command->completes & COMPLETES_REPORTS) || spot->index < 2 ||
      !engine_find_report(collector->session->engine, words_at(spot->words, 1), &report, &ignored))
    return NULL;
  return report;
}

/* What a report or a command of the workspace takes; NULL when the line is about neither. */
static const struct list *params_in(const struct collector *collector, const struct spot *spot) {
  const struct report *report = report_in(collector, spot);
  if (spot->command->declared)
    return &spot->command->declared->params;
  return report ? &report->params : NULL;
}

static void offer_params(struct collector *collector, const struct list *params) {
  size_t before = collector->names.count;
  for (size_t i = 0; i < params->count; i++)
    offer_field(collector, list_at(params, i), "=");
  if (collector->names.count > before)
    collector->open_ended = true;
}

static void offer_words(struct collector *collector, const char *const *words) {
  for (; *words; words++)
    offer(collector, *words, NULL);
}

static void offer_days(struct collector *collector) {
  static const char *const days[] = {"today",    "tomorrow",  "yesterday", "monday",
                                     "tuesday",  "wednesday", "thursday",  "friday",
                                     "saturday", "sunday",    NULL};
  offer_words(collector, days);
}

static void offer_records_of_several(struct collector *collector, const struct field *param) {
  const struct catalog *catalog = catalog_in(collector);
  for (int i = 0; catalog && i < catalog_count(catalog); i++)
    if (param_leads_to(param, catalog_at(catalog, i)->name))
      offer_records(collector, catalog_at(catalog, i));
}

static void offer_param_value(struct collector *collector, const struct field *param) {
  if (param->type == FIELD_DATE || param->type == FIELD_INSTANT)
    offer_days(collector);
  if (param->type == FIELD_REF)
    offer_id(collector);
  offer_values(collector, NULL, param);
  if (param->type == FIELD_REF && strchr(param->target, ','))
    offer_records_of_several(collector, param);
}

static void offer_param_values(struct collector *collector, const struct list *params,
                               const char *name) {
  int param = param_find(params, name);
  if (param >= 0)
    offer_param_value(collector, list_at(params, (size_t)param));
}

/* The parameter that a word at the cursor would go to, as far as positions tell; their number when
 * there is none. */
static size_t positional(const struct spot *spot) {
  const struct list *params = &spot->command->declared->params;
  size_t position = 0, param = 0;
  for (size_t i = 1; i < spot->index; i++) {
    const char *word = words_at(spot->words, i);
    position += *word != '-' && !strchr(word, '=');
  }
  while (param < params->count && (verb_is_named(spot->command->declared, param) || position-- > 0))
    param++;
  return param;
}

static void offer_positional(struct collector *collector, const struct spot *spot) {
  const struct verb *verb = spot->command->declared;
  size_t param = positional(spot);
  if (param == verb->params.count)
    return;
  offer_param_value(collector, list_at(&verb->params, param));
  collector->files = verb_is_file(verb, param);
}

/* The value behind field= or field>. */
static bool complete_value(struct collector *collector, const struct spot *spot) {
  struct text name = {0};
  size_t length = strcspn(spot->current, "=<>!+");
  if (!length || !spot->current[length])
    return false;
  text_append_bytes(&name, spot->current, length);
  const struct list *params = params_in(collector, spot);
  const struct field *field = spot->kind ? kind_field(spot->kind, text_string(&name)) : NULL;
  if (params)
    offer_param_values(collector, params, text_string(&name));
  else if (field)
    offer_values(collector, spot->kind, field);
  text_release(&name);
  return true;
}

static void offer_files(struct collector *collector, const struct spot *spot) {
  (void)spot;
  collector->files = true;
}

static void offer_columns(struct collector *collector, const struct spot *spot) {
  offer_fields(collector, spot->kind, "");
}

static void offer_condition(struct collector *collector, const struct spot *spot) {
  offer_fields(collector, spot->kind, "=");
}

static void offer_format(struct collector *collector, const struct spot *spot) {
  (void)spot;
  offer_formats(collector);
}

static void offer_day(struct collector *collector, const struct spot *spot) {
  (void)spot;
  offer_days(collector);
}

static const char *const whens[] = {"auto", "always", "never", NULL};
static const char *const error_forms[] = {"text", "json", NULL};
static const char *const rule_parts[] = {"criteria", "rules",    "stages", "actions",
                                         "reports",  "commands", NULL};
static const char *const date_orders[] = {"ymd", "dmy", "mdy", NULL};

/* What the placeholder of an option's value stands for. */
static const struct {
  const char *argument;
  void (*offer)(struct collector *collector, const struct spot *spot);
  const char *const *words;
} option_values[] = {
    {"FILE",      offer_files,     NULL               },
    {"DIR",       offer_files,     NULL               },
    {"FORMAT",    offer_format,    NULL               },
    {"A,B",       offer_columns,   NULL               },
    {"A,-B",      offer_columns,   NULL               },
    {"CONDITION", offer_condition, NULL               },
    {"DATE",      offer_day,       NULL               },
    {"TIME",      offer_day,       NULL               },
    {"WHEN",      NULL,            whens              },
    {"FORM",      NULL,            error_forms        },
    {"CODE",      NULL,            translate_languages},
    {"ORDER",     NULL,            date_orders        },
    {"PARTS",     NULL,            rule_parts         },
};

/* The word behind --format and the like, or behind >; whether it stands at such a place. */
static bool complete_option_value(struct collector *collector, const struct spot *spot) {
  const char *before = words_at(spot->words, spot->index - 1);
  const struct option_entry *entry = option_called(spot->command->options, before);
  entry = entry ? entry : option_called(global_options, before);
  if (strcmp(before, ">") == 0)
    offer_files(collector, spot);
  else if (!entry || !entry->argument)
    return false;
  for (size_t i = 0; entry && i < sizeof option_values / sizeof *option_values; i++)
    if (strcmp(option_values[i].argument, entry->argument) == 0) {
      if (option_values[i].offer)
        option_values[i].offer(collector, spot);
      else
        offer_words(collector, option_values[i].words);
    }
  return true;
}

static void complete_first_argument(struct collector *collector, const struct command *command) {
  if (command->words)
    offer_words(collector, command->words);
  if (command->completes & COMPLETES_VERBS)
    offer_verbs(collector);
  if (command->completes & COMPLETES_KINDS)
    offer_kinds(collector);
  if (command->completes & COMPLETES_REPORTS)
    offer_reports(collector);
  if (command->completes & COMPLETES_SCORECARDS)
    offer_scorecards(collector);
}

static void complete_argument(struct collector *collector, const struct spot *spot) {
  unsigned completes = spot->command->completes;
  const struct list *params = params_in(collector, spot);
  if (spot->index == 1)
    complete_first_argument(collector, spot->command);
  if (spot->command->declared)
    offer_positional(collector, spot);
  if (params)
    offer_params(collector, params);
  if (completes & COMPLETES_STAGES && spot->index == 2)
    offer_stages_for(collector, words_at(spot->words, 1), spot->kind);
  if (completes & COMPLETES_FIELDS && spot->index > 1)
    offer_fields(collector, spot->kind, "=");
  if (completes & COMPLETES_ASSIGNMENTS && spot->index > 1)
    offer_assignments(collector, spot->kind);
  if (completes & COMPLETES_RECORDS && *collector->word) {
    offer_id(collector);
    offer_records(collector, spot->kind);
  }
  if (completes & COMPLETES_FILES)
    collector->files = true;
  collector->files = collector->files && collector->names.count == 0;
}

static void complete_command(struct collector *collector, const struct spot *spot) {
  if (complete_option_value(collector, spot))
    return;
  if (strncmp(spot->current, "-", 1) == 0) {
    offer_options(collector, spot->command->options);
    offer_options(collector, global_options);
  } else if (!complete_value(collector, spot)) {
    complete_argument(collector, spot);
  }
}

/* The tail that is a Lua expression: letters, digits, dots and colons. */
static void complete_lua(struct collector *collector, const char *before) {
  char **names = NULL;
  struct error ignored;
  size_t at = strlen(before);
  const char *marks = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:";
  while (at > 0 && strchr(marks, before[at - 1]))
    at--;
  if (!collector->session->state ||
      !state_complete(collector->session->state, before + at, &names, &ignored))
    return;
  for (size_t i = 0; names && names[i]; i++) {
    if (!command_find(collector->session, names[i], strlen(names[i]))) /* offered as a verb */
      offer(collector, names[i], NULL);
    memory_free(names[i]);
  }
  memory_free(names);
  collector->open_ended = true;
}

/* An open quote is closed for the reading; what stands in it is the word being typed. */
static bool split_before(const char *before, struct words *words) {
  struct error ignored;
  if (words_split(words, before, &ignored))
    return true;
  struct text closed = {0};
  text_format(&closed, "%s\"", before);
  bool done = words_split(words, text_string(&closed), &ignored);
  text_release(&closed);
  return done;
}

static bool ends_word(const char *before) {
  size_t length = strlen(before);
  return length == 0 || strchr(" \t\n", before[length - 1]);
}

static void complete_words(struct collector *collector, const char *before,
                           const struct words *words) {
  bool fresh = ends_word(before);
  size_t count = words->items.count;
  struct spot spot = {.words = words,
                      .index = fresh ? count : count - 1,
                      .current = fresh ? "" : words_at(words, count - 1)};
  if (spot.index == 0) {
    offer_verbs(collector);
    if (*collector->word && *before != ':')
      complete_lua(collector, before);
    return;
  }
  const char *verb = words_at(words, 0);
  spot.command = command_find(collector->session, verb, strlen(verb));
  spot.kind = kind_in(collector, words, spot.index);
  if (spot.command && collector->session->engine)
    complete_command(collector, &spot);
  else if (!spot.command)
    complete_lua(collector, before);
}

static bool hand_over(struct collector *collector, struct line_candidates *out) {
  if (!collector->failed)
    push(collector, "", ""); /* room for the end */
  if (collector->failed) {
    for (size_t i = 0; i < collector->names.count; i++)
      memory_free(*(char **)list_at(&collector->names, i));
    for (size_t i = 0; i < collector->descriptions.count; i++)
      memory_free(*(char **)list_at(&collector->descriptions, i));
    list_release(&collector->names);
    list_release(&collector->descriptions);
    return false;
  }
  out->names = collector->names.items;
  out->descriptions = collector->descriptions.items;
  size_t last = collector->names.count - 1;
  memory_free(out->names[last]);
  memory_free(out->descriptions[last]);
  out->names[last] = out->descriptions[last] = NULL;
  out->files = collector->files;
  out->open_ended = collector->open_ended && collector->names.count == 2;
  return true;
}

bool complete_line(const char *before, const char *word, struct line_candidates *out,
                   void *payload) {
  struct session *session = payload;
  struct collector collector = {
      .session = session,
      .word = word,
      .names = {.size = sizeof(char *)},
      .descriptions = {.size = sizeof(char *)},
  };
  const char *at = before + strspn(before, " \t");
  struct classification found = classify(at, command_is_verb, session);
  struct words words;
  if (found.reading == READING_VALUE || (found.reading == READING_LUA && strpbrk(at, " .(:"))) {
    complete_lua(&collector, at);
  } else if (split_before(*at == ':' || *at == '?' ? at + 1 : at, &words)) {
    complete_words(&collector, at, &words);
    words_release(&words);
  }
  return hand_over(&collector, out);
}
