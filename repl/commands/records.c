/* new, set, show, list, find, delete: single records and listings. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/process.h"
#include "model/search.h"
#include "repl/commands/assignment.h"
#include "repl/commands/card.h"
#include "repl/commands/confirm.h"
#include "repl/commands/differences.h"
#include "repl/commands/glance.h"
#include "repl/commands/listing.h"
#include "repl/commands/subject.h"
#include "repl/view.h"

enum { FIND_USUAL = 50, FIND_MOST = 100000, TOLD_MOST = 20 };

static struct engine *engine_of(const struct call *call) {
  return call->session->engine;
}

/* A result of one row that says which records were touched. */
static bool begin_touched(struct call *call, struct error *err) {
  return call_begin_result(call, "records", "", err) &&
         result_add_column(&call->result, "id", translate("id"), FIELD_REF, err) &&
         result_add_column(&call->result, "kind", translate("kind"), FIELD_TEXT, err) &&
         result_add_column(&call->result, "name", translate("name"), FIELD_TEXT, err);
}

static bool add_touched(struct call *call, const struct record *record, const char *what,
                        struct error *err) {
  struct text name = {0};
  struct value id = value_integer(record->id), kind = value_text(record->kind->name);
  record_append_name(&name, record);
  struct value shown = value_text(text_string(&name));
  struct result_row *row = result_add_row(&call->result, record->id, err);
  bool done = row && result_set(row, 0, &id, err) && result_set(row, 1, &kind, err) &&
              result_set(row, 2, &shown, err);
  text_append(&call->text, what);
  subject_append(&call->text, record);
  text_append_char(&call->text, '\n');
  text_release(&name);
  return done;
}

static bool fill(struct call *call, struct record *record, size_t first, struct error *err) {
  struct book *book = session_book(call->session);
  const char *word = call_word(call, first);
  if (word && !assignment_is(word)) { /* the name alone */
    const struct field *name = NULL;
    if (!kind_find_field(record->kind, record->kind->name_field, &name, err) ||
        !record_set_word(record, book, name, word, err))
      return false;
    first++;
  }
  for (; (word = call_word(call, first)); first++)
    if (!assignment_apply(call, word, record, err))
      return false;
  return true;
}

static bool create(struct call *call, const struct kind *kind, struct error *err) {
  struct record record;
  if (!record_init(&record, kind, err))
    return false;
  bool done = fill(call, &record, 1, err) &&
              engine_create(engine_of(call), &record, call->line, err) &&
              add_touched(call, &record, translate("new "), err);
  record_release(&record);
  return done;
}

static bool create_asked(struct call *call, void *payload, struct error *err) {
  return begin_touched(call, err) && create(call, payload, err);
}

static bool run_new(struct call *call, struct error *err) {
  const struct kind *kind = NULL;
  if (!call_expect(call, 1, -1, err) ||
      !catalog_find(session_book(call->session)->catalog, call_word(call, 0), &kind, err))
    return false;
  if (call_count(call) == 1) /* not every kind needs a name, but nothing at all is a slip */
    return error_set(err, ERROR_USAGE,
                     "nothing is said of the new %s; usage: new %s [NAME] [FIELD=VALUE]...",
                     kind->name, kind->name);
  const struct confirm confirm = {
      .sort = CONFIRM_CHANGE, .work = create_asked, .payload = (void *)kind};
  return confirm_run(call, &confirm, err);
}

static bool change_one(struct call *call, int64_t id, size_t first, struct error *err) {
  struct book *book = session_book(call->session);
  struct record record;
  const char *word = NULL;
  if (!record_load(&record, book, NULL, id, err))
    return false;
  bool done = true;
  for (size_t i = first; done && (word = call_word(call, i)); i++)
    done = assignment_apply(call, word, &record, err);
  done = done && engine_save(engine_of(call), &record, call->line, err) &&
         add_touched(call, &record, translate("changed "), err);
  if (!done && err->code != ERROR_INTERRUPTED)
    error_prefix(err, "%s #%lld: ", record.kind->name, (long long)id);
  record_release(&record);
  return done;
}

/* The records of a line, and the word behind them. */
struct subjects {
  struct list ids; /* of int64_t */
  size_t next;
};

/* Of few records every change is told, also those that rules made; who changes many can ask. */
static bool tell_changes(struct call *call, int64_t before, struct error *err) {
  if (call->by_script || call->settings.dry_run || call->result.rows.count > TOLD_MOST)
    return true;
  text_clear(&call->text);
  return differences_tell(&call->text, engine_of(call), before, err);
}

static bool change_all(struct call *call, void *payload, struct error *err) {
  const struct subjects *subjects = payload;
  int64_t before = 0;
  bool done = begin_touched(call, err) && book_position(session_book(call->session), &before, err);
  for (size_t i = 0; done && i < subjects->ids.count; i++)
    done = change_one(call, *(int64_t *)list_at(&subjects->ids, i), subjects->next, err);
  return done && tell_changes(call, before, err);
}

/* The records of a kind that --where names. */
static bool ids_where(struct call *call, const struct kind *kind, struct list *ids,
                      struct error *err) {
  struct query *query = NULL;
  int64_t *found = NULL;
  size_t count = 0;
  *ids = (struct list){.size = sizeof(int64_t)};
  if (!listing_query(call, kind, call_count(call), &query, err))
    return false;
  bool done = query_ids(query, session_book(call->session), &found, &count, err);
  for (size_t i = 0; done && i < count; i++) {
    int64_t *slot = list_add(ids, err);
    done = slot != NULL;
    if (slot)
      *slot = found[i];
  }
  memory_free(found);
  query_free(query);
  if (!done)
    list_release(ids);
  return done;
}

static bool find_subjects(struct call *call, struct subjects *subjects, struct error *err) {
  const struct kind *kind = listing_kind(call, call_word(call, 0));
  *subjects = (struct subjects){.next = 1};
  return kind && call_has(call, "where") ? ids_where(call, kind, &subjects->ids, err)
                                         : subject_list(call, &subjects->ids, &subjects->next, err);
}

static bool run_on_all(struct call *call, struct subjects *subjects,
                       bool (*work)(struct call *, void *, struct error *), struct error *err) {
  const struct confirm confirm = {.sort = CONFIRM_CHANGE, .work = work, .payload = subjects};
  return confirm_run(call, &confirm, err);
}

static bool run_set(struct call *call, struct error *err) {
  struct subjects subjects;
  if (!call_expect(call, 2, -1, err) || !find_subjects(call, &subjects, err))
    return false;
  bool done = subjects.next < call_count(call) ||
              error_set(err, ERROR_USAGE, "set what? write field=value behind it");
  done = done && run_on_all(call, &subjects, change_all, err);
  list_release(&subjects.ids);
  return done;
}

static bool run_show(struct call *call, struct error *err) {
  struct record record;
  const struct kind *kind = listing_kind(call, call_word(call, 0));
  size_t subject = kind && call_count(call) > 1;
  int64_t id = 0;
  if (!call_expect(call, 1, 2, err) ||
      !session_record_id(call->session, call_word(call, subject), subject ? kind : NULL, &id,
                         err) ||
      !record_load(&record, session_book(call->session), NULL, id, err))
    return false;
  call->subject = id;
  bool done = card_fill(call, &record, err);
  record_release(&record);
  return done;
}

/* Takes the query over. */
static bool list_rows(struct call *call, struct query *query, struct error *err) {
  bool done = listing_run(call, query, listing_is_machine(call), err);
  query_free(query);
  return done;
}

static bool run_list(struct call *call, struct error *err) {
  const struct kind *kind = NULL;
  struct query *query = NULL;
  return call_expect(call, 1, -1, err) &&
         catalog_find(session_book(call->session)->catalog, call_word(call, 0), &kind, err) &&
         listing_query(call, kind, 1, &query, err) && list_rows(call, query, err);
}

static bool add_hit(struct call *call, const struct search_hit *hit, struct error *err) {
  struct value kind = value_text(hit->kind), name = value_text(hit->name);
  struct result_row *row = result_add_row(&call->result, hit->id, err);
  return row && result_set(row, 0, &kind, err) && result_set(row, 1, &name, err);
}

static bool add_hits(struct call *call, const struct search_hit *hits, size_t count, int64_t most,
                     struct error *err) {
  bool done = true;
  for (size_t i = 0; done && i < count && (int64_t)i < most; i++)
    done = add_hit(call, &hits[i], err);
  if ((int64_t)count > most)
    call->result.cut_from = RESULT_CUT_UNKNOWN;
  return done;
}

/* The best ones; a limit that comes after sorting is none of the search. */
static bool read_most(const struct call *call, int64_t *most, struct error *err) {
  *most = FIND_USUAL;
  if (call->settings.limit && !call->settings.sort && !view_limit(call->settings.limit, most, err))
    return false;
  *most = *most > FIND_MOST ? FIND_MOST : *most;
  return true;
}

/* One more than is shown says whether there are more. */
static bool find_words(struct call *call, const char *words, struct error *err) {
  struct search_hit *hits = NULL;
  size_t count = 0;
  int64_t most = 0;
  if (!read_most(call, &most, err))
    return false;
  if (!call_begin_result(call, "found", "", err) ||
      !result_add_column(&call->result, "kind", translate("kind"), FIELD_TEXT, err) ||
      !result_add_column(&call->result, "name", translate("name"), FIELD_TEXT, err) ||
      !search_find(session_book(call->session),
                   &(struct search){.words = words, .limit = (int)most + 1}, &hits, &count, err))
    return false;
  bool done = add_hits(call, hits, count, most, err);
  search_release(hits, count);
  return done;
}

static bool run_find(struct call *call, struct error *err) {
  struct query *query = NULL;
  struct text words = {0};
  if (!call_expect(call, 1, -1, err) || !listing_find(call, &query, err))
    return false;
  listing_append_words(call, &words);
  bool done = query ? list_rows(call, query, err) : find_words(call, text_string(&words), err);
  text_release(&words);
  return done;
}

static bool delete_one(struct call *call, int64_t id, struct error *err) {
  struct record record;
  if (!record_load(&record, session_book(call->session), NULL, id, err))
    return false;
  bool done = engine_delete(engine_of(call), &record, call->line, err) &&
              add_touched(call, &record, translate("deleted "), err);
  record_release(&record);
  return done;
}

static bool delete_all(struct call *call, void *payload, struct error *err) {
  const struct subjects *subjects = payload;
  bool done = begin_touched(call, err);
  for (size_t i = 0; done && i < subjects->ids.count; i++)
    done = delete_one(call, *(int64_t *)list_at(&subjects->ids, i), err);
  return done;
}

static bool run_delete(struct call *call, struct error *err) {
  struct subjects subjects;
  if (!call_expect(call, 1, -1, err) || !find_subjects(call, &subjects, err))
    return false;
  bool done = run_on_all(call, &subjects, delete_all, err);
  list_release(&subjects.ids);
  return done;
}

static const char *const new_examples[] = {
    "new client \"Acme Clinic\" industry=medical employees=120",
    "new deal \"Scanners\" client=\"Acme Clinic\" amount=12,500.00", NULL};
static const char *const set_examples[] = {
    "set #42 amount=1.2M expected_close=eom", "set #42 amount+=500",
    "set deal --where stage=prospecting --where amount<1000 source=web", NULL};
static const char *const show_examples[] = {"show #42", "show client \"Acme Clinic\"", NULL};
static const char *const list_examples[] = {
    "list deal stage=won --sort -amount --limit 10",
    "list client industry=medical --columns name,employees > clients.csv", NULL};
static const char *const find_examples[] = {"find acme", "find client ~clinic industry=medical",
                                            "find stage=won amount>5000", NULL};
static const char *const delete_examples[] = {"delete #42", "delete #42 #43", NULL};

const struct command record_commands[] = {
    {.verb = "new",
     .arguments = N_("KIND [NAME] [FIELD=VALUE]..."),
     .summary = N_("create a record"),
     .examples = new_examples,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_CREATES | COMMAND_WRITES,
     .completes = COMPLETES_KINDS | COMPLETES_ASSIGNMENTS,
     .run = run_new},
    {.verb = "set",
     .arguments = N_("RECORD... FIELD=VALUE..."),
     .summary = N_("change fields of records; += and -= change by an amount"),
     .examples = set_examples,
     .options = listing_options,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_WRITES,
     .completes = COMPLETES_RECORDS | COMPLETES_KINDS | COMPLETES_ASSIGNMENTS,
     .preview = glance_set,
     .run = run_set},
    {.verb = "show",
     .arguments = N_("RECORD"),
     .summary = N_("show one record with its scores and what belongs to it"),
     .examples = show_examples,
     .flags = COMMAND_NEEDS_BOOK,
     .completes = COMPLETES_RECORDS | COMPLETES_KINDS,
     .run = run_show},
    {.verb = "list",
     .aliases = "ls",
     .arguments = N_("KIND [CONDITION]..."),
     .summary = N_("list the records of a kind"),
     .examples = list_examples,
     .options = listing_options,
     .flags = COMMAND_NEEDS_BOOK,
     .completes = COMPLETES_KINDS | COMPLETES_FIELDS,
     .preview = glance_list,
     .run = run_list},
    {.verb = "find",
     .arguments = N_("[KIND] WORD|CONDITION..."),
     .summary = N_("find records by their words or by conditions"),
     .examples = find_examples,
     .options = listing_options,
     .flags = COMMAND_NEEDS_BOOK,
     .completes = COMPLETES_KINDS | COMPLETES_RECORDS | COMPLETES_FIELDS,
     .kind = "deal",
     .preview = glance_find,
     .run = run_find},
    {.verb = "delete",
     .arguments = N_("RECORD..."),
     .summary = N_("delete records; undo brings them back"),
     .examples = delete_examples,
     .options = listing_options,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_WRITES,
     .completes = COMPLETES_RECORDS,
     .preview = glance_delete,
     .run = run_delete},
    {0                                              },
};
