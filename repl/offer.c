#include "repl/offer.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "base/words.h"
#include "engine/param.h"
#include "engine/process.h"
#include "engine/report.h"
#include "engine/scorecard.h"
#include "model/activation.h"
#include "model/search.h"
#include "repl/commands/declaration.h"
#include "repl/format/short.h"

enum { RECORDS_MOST = 200 };

static bool add(struct list *list, const char *mark, const char *word) {
  struct error ignored;
  struct text copy = {0};
  text_append(&copy, mark ? mark : "");
  text_append(&copy, word ? word : "");
  char *owned = text_take(&copy, &ignored);
  char **slot = owned ? list_add(list, &ignored) : NULL;
  if (slot)
    *slot = owned;
  else
    memory_free(owned);
  return slot != NULL;
}

void offer_push(struct offers *offers, const char *name, const char *description) {
  offers->failed = offers->failed || !add(&offers->names, offers->mark, name) ||
                   !add(&offers->descriptions, NULL, description);
}

void offer_name(struct offers *offers, const char *name, const char *description) {
  if (text_starts(name, offers->word))
    offer_push(offers, name, description);
}

const struct catalog *offer_catalog(const struct offers *offers) {
  struct book *book = session_book(offers->session);
  return book ? book->catalog : NULL;
}

void offer_verbs(struct offers *offers) {
  const struct command *command = NULL;
  for (size_t i = 0; (command = command_at(offers->session, i)); i++)
    offer_name(offers, command->verb, translate(command->summary));
}

static bool is_offered(const struct offers *offers, const char *name) {
  for (size_t i = 0; i < offers->names.count; i++) {
    const char *offered = *(char **)list_at(&offers->names, i);
    if (offered && strcmp(offered, name) == 0)
      return true;
  }
  return false;
}

void offer_topics(struct offers *offers, const struct command *family) {
  for (const struct command *topic = family->topics; topic->verb; topic++)
    offer_name(offers, command_topic_word(topic), translate(topic->summary));
}

static void offer_version(struct offers *offers, const struct ruleset_version *version) {
  char day[DATE_TEXT_SIZE];
  struct text hash = {0}, what = {0};
  text_format(&hash, "%.8s", version->hash);
  date_write(instant_date(version->at), day);
  text_format(&what, "%s %s", day, version->reason ? version->reason : version->actor);
  offer_name(offers, text_string(&hash), text_string(&what));
  text_release(&hash);
  text_release(&what);
}

void offer_rule_sets(struct offers *offers) {
  struct ruleset_version *versions = NULL;
  size_t count = 0;
  struct error ignored;
  if (!offers->vocabulary &&
      ruleset_versions(session_book(offers->session), &versions, &count, &ignored)) {
    for (size_t i = 0; i < count; i++)
      offer_version(offers, &versions[i]);
    ruleset_versions_free(versions, count);
  }
  offer_name(offers, "files", translate("the files of the workspace as they are"));
  offer_name(offers, "shipped", translate("the rules that come with the program"));
  offer_name(offers, "active", translate("the rules in force"));
}

static bool offer_declaration(void *payload, const struct declaration *declaration,
                              struct error *err) {
  struct offers *offers = payload;
  (void)err;
  if (!is_offered(offers, declaration->id))
    offer_name(offers, declaration->id, declaration->text ? declaration->text : declaration->what);
  return true;
}

void offer_declarations(struct offers *offers) {
  struct error ignored;
  declaration_visit(offers->session->engine->rules, offer_declaration, offers, &ignored);
}

void offer_kinds(struct offers *offers) {
  const struct catalog *catalog = offer_catalog(offers);
  for (int i = 0; catalog && i < catalog_count(catalog); i++) {
    const struct kind *kind = catalog_at(catalog, i);
    offer_name(offers, kind->name, kind_title(kind));
  }
}

void offer_field(struct offers *offers, const struct field *field, const char *ending) {
  struct text name = {0};
  text_format(&name, "%s%s", field->name, ending);
  offer_name(offers, text_string(&name), field->help ? field_help(field) : field_title(field));
  text_release(&name);
}

void offer_fields(struct offers *offers, const struct kind *kind, const char *ending) {
  size_t before = offers->names.count;
  for (int i = 0; kind && i < kind->field_count; i++)
    offer_field(offers, kind->fields[i], ending);
  if (*ending && offers->names.count > before)
    offers->open_ended = true;
}

void offer_groups(struct offers *offers, const struct kind *kind) {
  const struct catalog *catalog = offer_catalog(offers);
  for (int i = 0; kind && i < catalog_count(catalog); i++) {
    const struct kind *group = catalog_at(catalog, i);
    struct text name = {0};
    text_format(&name, "%s=", group->name);
    if (catalog_group(catalog, kind, group->name))
      offer_name(offers, text_string(&name), translate("what belongs to that one"));
    text_release(&name);
  }
}

void offer_result_columns(struct offers *offers) {
  const struct session *session = offers->session;
  const struct result *last = session->has_whole ? &session->whole : &session->last;
  for (size_t i = 0; session->has_last && i < last->columns.count; i++) {
    const struct result_column *column = list_at(&last->columns, i);
    offer_name(offers, column->name, column->title);
  }
}

void offer_assignments(struct offers *offers, const struct kind *kind) {
  for (int i = 0; kind && i < kind->field_count; i++)
    if (field_is_stored(kind->fields[i]) && !(kind->fields[i]->flags & FIELD_ENGINE))
      offer_field(offers, kind->fields[i], "=");
  offers->open_ended = true;
}

static void offer_stages_of(struct offers *offers, const struct process *process) {
  for (size_t i = 0; i < process->stages.count; i++) {
    const struct stage *stage = *(struct stage **)list_at(&process->stages, i);
    if (!is_offered(offers, stage->name))
      offer_name(offers, stage->name, stage_title(stage));
  }
}

void offer_stages(struct offers *offers, const struct kind *kind, const struct field *field) {
  const struct list *all = &offers->session->engine->rules->processes;
  for (size_t i = 0; i < all->count; i++) {
    const struct process *process = *(struct process **)list_at(all, i);
    if (field ? process->field == field : process->kind == kind)
      offer_stages_of(offers, process);
  }
}

void offer_stages_for(struct offers *offers, const char *record_word, const struct kind *kind) {
  struct book *book = session_book(offers->session);
  struct record record;
  struct error ignored;
  int64_t id = 0;
  if (!record_word || !session_record_id(offers->session, record_word, NULL, &id, &ignored) ||
      !record_load(&record, book, NULL, id, &ignored)) {
    offer_stages(offers, kind, NULL);
    return;
  }
  const struct process *process = engine_process_of(offers->session->engine, &record);
  if (process)
    offer_stages_of(offers, process);
  record_release(&record);
}

/* Whether another of them has the same name, so that the name would not say which. */
static bool is_shared(const struct search_hit *hits, size_t count, size_t index) {
  for (size_t i = 0; i < count; i++)
    if (i != index && text_compare(hits[i].name, hits[index].name) == 0)
      return true;
  return false;
}

/* In the quotes that were opened; no apostrophe fits into single ones. */
static bool append_quoted(struct text *out, const struct offers *offers, const char *name) {
  if (offers->quote == '\'')
    return words_quote_single(out, name);
  words_quote_always(out, name);
  return true;
}

static void push_record(struct offers *offers, const struct search_hit *hit, bool shared,
                        bool quoted) {
  struct text name = {0}, description = {0};
  bool named = !shared;
  if (named && quoted)
    named = append_quoted(&name, offers, hit->name);
  else if (named)
    text_append(&name, hit->name);
  if (named)
    text_format(&description, "%s #%lld", hit->kind, (long long)hit->id);
  else
    text_format(&description, "%s %s", hit->kind, hit->name);
  if (!named)
    text_format(&name, "#%lld", (long long)hit->id);
  offer_push(offers, text_string(&name), text_string(&description));
  text_release(&name);
  text_release(&description);
}

static bool needs_quotes(const char *name) {
  struct text quoted = {0};
  words_quote(&quoted, name);
  bool needs = strcmp(text_string(&quoted), name) != 0;
  text_release(&quoted);
  return needs;
}

/* If one name needs quotes all get them: what they have in common is what readline can put in. */
static void push_records(struct offers *offers, const struct search_hit *hits, size_t count) {
  bool quoted = false;
  for (size_t i = 0; i < count; i++)
    quoted = quoted || needs_quotes(hits[i].name);
  for (size_t i = 0; i < count; i++)
    push_record(offers, &hits[i], is_shared(hits, count, i), quoted);
}

void offer_records(struct offers *offers, const struct kind *kind) {
  struct book *book = session_book(offers->session);
  const struct search search = {offers->word, kind, RECORDS_MOST + 1};
  struct search_hit *hits = NULL;
  size_t count = 0;
  struct error ignored;
  if (offers->vocabulary || !book || !search_names(book, &search, &hits, &count, &ignored))
    return;
  push_records(offers, hits, count < RECORDS_MOST ? count : RECORDS_MOST);
  offers->records = offers->records || count > 0;
  offers->more = offers->more || count > RECORDS_MOST;
  search_release(hits, count);
}

void offer_id(struct offers *offers) {
  int64_t id = 0;
  struct record record;
  struct text name = {0};
  struct error ignored;
  if (offers->vocabulary || *offers->word != '#' ||
      !integer_parse(&id, offers->word + 1, &ignored) ||
      !record_load(&record, session_book(offers->session), NULL, id, &ignored))
    return;
  text_format(&name, "%s ", record.kind->name);
  record_append_name(&name, &record);
  offer_push(offers, offers->word, text_string(&name));
  text_release(&name);
  record_release(&record);
}

void offer_values(struct offers *offers, const struct kind *kind, const struct field *field) {
  for (int i = 0; field->choices && field->choices[i]; i++) {
    const char *title = field_choice_title(field, i);
    offer_name(offers, field->choices[i], strcmp(title, field->choices[i]) == 0 ? NULL : title);
  }
  if (field->type == FIELD_BOOLEAN) {
    offer_name(offers, "true", NULL);
    offer_name(offers, "false", NULL);
  }
  if (field->type == FIELD_DATE || field->type == FIELD_INSTANT)
    offer_days(offers);
  offer_stages(offers, kind, field);
  if (field->type == FIELD_REF)
    offer_records(offers, catalog_kind(offer_catalog(offers), field->target));
}

void offer_options(struct offers *offers, const struct option_entry *entry) {
  char name[64];
  for (; entry && entry->name; entry++) {
    snprintf(name, sizeof name, "--%s", entry->name);
    offer_name(offers, name, translate(entry->summary));
  }
}

void offer_reports(struct offers *offers) {
  const struct list *reports = &offers->session->engine->rules->reports;
  for (size_t i = 0; i < reports->count; i++) {
    const struct report *report = *(struct report **)list_at(reports, i);
    offer_name(offers, report->name, translate_twin(report->title, report->title_ru));
  }
}

void offer_processes(struct offers *offers) {
  const struct list *processes = &offers->session->engine->rules->processes;
  for (size_t i = 0; i < processes->count; i++) {
    const struct process *process = *(struct process **)list_at(processes, i);
    offer_name(offers, process->name, translate_twin(process->title, process->title_ru));
  }
}

void offer_scorecards(struct offers *offers) {
  const struct list *cards = &offers->session->engine->rules->scorecards;
  for (size_t i = 0; i < cards->count; i++) {
    const struct scorecard *card = *(struct scorecard **)list_at(cards, i);
    offer_name(offers, card->name, translate_twin(card->title, card->title_ru));
  }
}

void offer_settings(struct offers *offers) {
  for (const struct setting *setting = setting_table; setting->option; setting++) {
    struct text name = {0};
    text_format(&name, "%s=", setting->option);
    offer_name(offers, text_string(&name), translate(setting_summary(setting)));
    text_release(&name);
  }
  offers->open_ended = true;
}

void offer_formats(struct offers *offers) {
  for (const struct format *format = formats; format->name; format++)
    offer_name(offers, format->name, NULL);
}

void offer_words(struct offers *offers, const char *const *words) {
  for (; *words; words++)
    offer_name(offers, *words, NULL);
}

/* Behind a word the day that it means: there is no need to count. */
static void offer_day(struct offers *offers, const char *word, date today) {
  struct error ignored;
  struct text shown = {0};
  date day = 0;
  if (date_parse(&day, word, DATE_ORDER_UNKNOWN, today, &ignored))
    short_day(&shown, day);
  offer_name(offers, word, text_string(&shown));
  text_release(&shown);
}

void offer_days(struct offers *offers) {
  static const char *const words[] = {"today",     "tomorrow", "yesterday", "monday",   "tuesday",
                                      "wednesday", "thursday", "friday",    "saturday", "sunday",
                                      "eom",       "eoq",      "eoy",       "som",      "soq",
                                      "soy",       NULL};
  const struct book *book = session_book(offers->session);
  for (const char *const *word = words; book && *word; word++)
    offer_day(offers, *word, book_today(book));
}

void offer_records_of_several(struct offers *offers, const struct field *param) {
  const struct catalog *catalog = offer_catalog(offers);
  for (int i = 0; catalog && i < catalog_count(catalog); i++)
    if (param_leads_to(param, catalog_at(catalog, i)->name))
      offer_records(offers, catalog_at(catalog, i));
}

static void drop(struct offers *offers) {
  for (size_t i = 0; i < offers->names.count; i++)
    memory_free(*(char **)list_at(&offers->names, i));
  for (size_t i = 0; i < offers->descriptions.count; i++)
    memory_free(*(char **)list_at(&offers->descriptions, i));
  list_release(&offers->names);
  list_release(&offers->descriptions);
}

bool offer_hand_over(struct offers *offers, struct line_candidates *out) {
  if (!offers->failed)
    offer_push(offers, "", ""); /* room for the end */
  if (offers->failed) {
    drop(offers);
    return false;
  }
  out->names = offers->names.items;
  out->descriptions = offers->descriptions.items;
  size_t last = offers->names.count - 1;
  memory_free(out->names[last]);
  memory_free(out->descriptions[last]);
  out->names[last] = out->descriptions[last] = NULL;
  out->files = offers->files;
  out->records = offers->records;
  out->more = offers->more;
  out->open_ended = offers->open_ended && last == 1;
  offers->names = offers->descriptions = (struct list){.size = sizeof(char *)};
  return true;
}
