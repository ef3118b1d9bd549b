#include "repl/commands/card.h"

#include <string.h>

#include "base/translate.h"
#include "engine/scorecard.h"
#include "engine/title.h"
#include "model/score.h"
#include "repl/commands/listing.h"
#include "repl/commands/subject.h"

/* A card is filled column by column: first the columns, then one row with the values kept here. */
struct card {
  struct call *call;
  struct record *record;
  struct list values; /* of struct value, owned */
  struct text unset;  /* names of the fields not shown */
  bool all;           /* fields without a value too */
};

/* Takes the value over, also on failure. */
static bool add(struct card *card, const char *name, const char *title, enum field_type type,
                struct value *value, struct error *err) {
  struct value *slot = list_add(&card->values, err);
  if (!slot) {
    value_release(value);
    return false;
  }
  *slot = *value;
  return result_add_column(&card->call->result, name, title, type, err);
}

/* A reference as people read it: "Acme Clinic (#12)". */
static bool name_of(struct card *card, int64_t id, struct value *out, struct error *err) {
  struct record target;
  struct text name = {0};
  if (!record_load(&target, session_book(card->call->session), NULL, id, err))
    return false;
  record_append_name(&name, &target);
  text_format(&name, " (#%lld)", (long long)id);
  struct value borrowed = value_text(text_string(&name));
  bool done = text_check(&name, err) && value_copy(out, &borrowed, err);
  text_release(&name);
  record_release(&target);
  return done;
}

/* A broken formula is told below the card: the rest of the record is as good as ever. */
static bool note_broken(struct card *card, const struct field *field, const struct error *failure,
                        struct error *err) {
  struct text note = {0};
  text_format(&note, translate("formula '%s' is broken: %s"), field->name, failure->message);
  bool done = text_check(&note, err) && result_note(&card->call->result, text_string(&note), err);
  text_release(&note);
  card->call->exit_code = 1;
  return done;
}

static bool compute(struct card *card, const struct field *field, struct value *out,
                    struct error *err) {
  struct error failure;
  if (engine_formula(card->call->session->engine, card->record, field, out, &failure))
    return true;
  if (failure.code == ERROR_SCRIPT || failure.code == ERROR_INVALID)
    return note_broken(card, field, &failure, err);
  *err = failure;
  return false;
}

/* What the field holds, for people. */
static bool read_field(struct card *card, const struct field *field, struct value *out,
                       struct error *err) {
  const struct value *value = NULL;
  if (field->flags & FIELD_FORMULA)
    return compute(card, field, out, err);
  if (!record_get(card->record, session_book(card->call->session), field, &value, err))
    return false;
  if (field->type == FIELD_REF && value->type == VALUE_INTEGER)
    return name_of(card, value->as.integer, out, err);
  return value_copy(out, value, err);
}

/* In English fields are called as they are typed. */
static const char *shown_name(const struct field *field) {
  return translate_twin(field->name, field->title_ru);
}

static bool add_field(struct card *card, const struct field *field, struct error *err) {
  struct value value = value_null();
  if (!read_field(card, field, &value, err))
    return false;
  if (value_is_null(&value) && !card->all) {
    if (field->flags & FIELD_FORMULA)
      return true; /* nobody can set it */
    text_format(&card->unset, "%s%s", card->unset.length ? ", " : "", shown_name(field));
    return true;
  }
  if (!add(card, field->name, field_title(field),
           field->type == FIELD_REF ? FIELD_TEXT : field->type, &value, err))
    return false;
  const struct list *columns = &card->call->result.columns;
  return title_column(list_at(columns, columns->count - 1), card->call->session->engine, field,
                      err);
}

static bool add_score(struct card *card, const struct scorecard *scorecard, struct error *err) {
  struct score score = {0};
  struct text shown = {0};
  bool found = false;
  if (!score_load(session_book(card->call->session), scorecard->name, card->record->id, &score,
                  &found, err))
    return false;
  struct value points = value_number(score.points);
  bool done = true;
  if (found) {
    value_append(&shown, &points);
    text_format(&shown, "%s%s", score.grade[0] ? " " : "", score.grade);
    struct value borrowed = value_text(text_string(&shown)), kept = value_null();
    done = value_copy(&kept, &borrowed, err) &&
           add(card, scorecard->name, translate_twin(scorecard->title, scorecard->title_ru),
               FIELD_TEXT, &kept, err);
  }
  text_release(&shown);
  score_release(&score);
  return done;
}

static bool add_scores(struct card *card, struct error *err) {
  const struct list *scorecards = &card->call->session->engine->rules->scorecards;
  for (size_t i = 0; i < scorecards->count; i++) {
    const struct scorecard *scorecard = *(struct scorecard **)list_at(scorecards, i);
    if (scorecard->kind == card->record->kind && !add_score(card, scorecard, err))
      return false;
  }
  return true;
}

static bool add_count(struct card *card, const struct kind *kind, const struct field *field,
                      struct error *err) {
  struct book *book = session_book(card->call->session);
  struct query *query = NULL;
  struct condition *condition = NULL;
  struct value id = value_integer(card->record->id);
  int64_t count = 0;
  if (!query_new(&query, book, kind, err))
    return false;
  bool done = condition_compare(&condition, query, field->name, COMPARE_EQUAL, &id, err) &&
              query_where(query, condition, err) && query_count(query, book, &count, err);
  query_free(query);
  struct value number = value_integer(count);
  struct text name = {0};
  bool usual = strcmp(field->name, card->record->kind->name) == 0;
  text_format(&name, usual ? "%s" : "%s (%s)", kind->plural, field->name);
  if (done && count)
    done = add(card, text_string(&name), text_string(&name), FIELD_INTEGER, &number, err);
  text_release(&name);
  return done;
}

static bool add_counts(struct card *card, struct error *err) {
  const struct catalog *catalog = session_book(card->call->session)->catalog;
  for (int k = 0; k < catalog_count(catalog); k++) {
    const struct kind *kind = catalog_at(catalog, k);
    for (int f = 0; f < kind->field_count; f++) {
      const struct field *field = kind->fields[f];
      bool refers = field->type == FIELD_REF && field_is_stored(field) &&
                    strcmp(field->target, card->record->kind->name) == 0;
      if (refers && !add_count(card, kind, field, err))
        return false;
    }
  }
  return true;
}

static bool add_everything(struct card *card, struct error *err) {
  struct value id = value_integer(card->record->id);
  if (!add(card, "id", translate("id"), FIELD_REF, &id, err))
    return false;
  for (int i = 0; i < card->record->kind->field_count; i++)
    if (!add_field(card, card->record->kind->fields[i], err))
      return false;
  return add_scores(card, err) && add_counts(card, err);
}

static bool finish(struct card *card, struct error *err) {
  struct result *result = &card->call->result;
  struct result_row *row = result_add_row(result, card->record->id, err);
  if (!row)
    return false;
  for (size_t i = 0; i < card->values.count; i++)
    if (!result_set(row, (int)i, list_at(&card->values, i), err))
      return false;
  if (!card->unset.length)
    return true;
  struct text note = {0};
  text_format(&note, translate("unset: %s"), text_string(&card->unset));
  bool done = text_check(&note, err) && result_note(result, text_string(&note), err);
  text_release(&note);
  return done;
}

bool card_fill(struct call *call, struct record *record, struct error *err) {
  struct card card = {.call = call,
                      .record = record,
                      .values = {.size = sizeof(struct value)},
                      .all = listing_is_machine(call)};
  struct text title = {0};
  subject_append(&title, record);
  bool done = call_begin_result(call, record->kind->name, text_string(&title), err);
  if (done) {
    call->result.single = true;
    done = add_everything(&card, err) && finish(&card, err);
  }
  for (size_t i = 0; i < card.values.count; i++)
    value_release(list_at(&card.values, i));
  list_release(&card.values);
  text_release(&card.unset);
  text_release(&title);
  return done;
}
