#include "engine/import.h"

#include <stdio.h>
#include <string.h>

#include "base/error_place.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/translate.h"
#include "engine/accept.h"
#include "engine/csv_write.h"
#include "engine/import_sheet.h"
#include "model/history.h"

enum { MESSAGES_MAX = 20, PROGRESS_EVERY = 1000 };

struct import {
  struct engine *engine;
  const struct import_plan *plan;
  const struct import_options *options;
  struct import_summary *summary;
  struct result *verdicts;      /* may be NULL */
  struct import_sheet sheet;    /* the file under way */
  struct record_writer *writer; /* of its kind */
  struct text rejects;          /* its rejected rows as CSV */
  int64_t before[5];            /* the counts when it began */
};

/* ---- telling what happened ------------------------------------------------------------- */

static bool add_line(struct list *lines, const char *line, struct error *err) {
  char **place = list_add(lines, err);
  if (place == NULL)
    return false;
  *place = memory_copy_text(line);
  return *place != NULL || error_memory(err);
}

static bool add_verdict(struct import *import, uint64_t line, int64_t id, const char *verdict,
                        const char *reason, struct error *err) {
  if (import->verdicts == NULL)
    return true;
  struct result_row *row = result_add_row(import->verdicts, id, err);
  if (row == NULL)
    return false;
  const struct value values[] = {value_text(import->sheet.file->name), value_integer((int64_t)line),
                                 value_text(verdict), value_text(reason)};
  for (int i = 0; i < 4; i++)
    if (!result_set(row, i, &values[i], err))
      return false;
  return true;
}

static bool declare_verdicts(struct result *verdicts, struct error *err) {
  return verdicts == NULL ||
         (result_add_column(verdicts, "file", translate("File"), FIELD_TEXT, err) &&
          result_add_column(verdicts, "line", translate("Line"), FIELD_INTEGER, err) &&
          result_add_column(verdicts, "verdict", translate("Verdict"), FIELD_TEXT, err) &&
          result_add_column(verdicts, "reason", translate("Reason"), FIELD_TEXT, err));
}

static struct csv_cell text_cell(const char *text) {
  return (struct csv_cell){.data = text, .length = strlen(text), .is_text = true};
}

static bool write_reject_header(struct import *import, struct error *err) {
  const struct list *header = &import->sheet.header;
  const struct csv_style style = {0};
  struct csv_cell *cells = memory_new_array(header->count + 1, sizeof *cells);
  if (cells == NULL)
    return error_memory(err);
  for (size_t i = 0; i < header->count; i++)
    cells[i] = text_cell(*(char **)list_at(header, i));
  cells[header->count] = text_cell("reason");
  csv_write_row(&import->rejects, cells, header->count + 1, &style);
  memory_free(cells);
  return text_check(&import->rejects, err);
}

/* The row as it was, with the reason as one more cell. */
static bool write_rejected(struct import *import, const struct csv_row *row, const char *reason,
                           struct error *err) {
  const struct csv_style style = {0};
  if (import->rejects.length == 0 && !write_reject_header(import, err))
    return false;
  struct csv_cell *cells = memory_new_array(row->count + 1, sizeof *cells);
  if (cells == NULL)
    return error_memory(err);
  for (size_t i = 0; i < row->count; i++)
    cells[i] = (struct csv_cell){.data = row->fields[i].data, .length = row->fields[i].length};
  cells[row->count] = text_cell(reason);
  csv_write_row(&import->rejects, cells, row->count + 1, &style);
  memory_free(cells);
  return text_check(&import->rejects, err);
}

/* The message with the row below it. */
static bool add_message(struct import_summary *summary, const struct error *why,
                        struct error *err) {
  struct text lines = {0};
  text_format(&lines, "%s\n", why->message);
  error_append_excerpt(&lines, why);
  bool done = text_check(&lines, err) && add_line(&summary->messages, text_string(&lines), err);
  text_release(&lines);
  return done;
}

/* A complaint about one row: counted, kept, and the import goes on to find the others. */
static bool reject(struct import *import, const struct csv_row *row, const struct error *why,
                   struct error *err) {
  import->summary->rejected++;
  if (import->summary->messages.count < MESSAGES_MAX && !add_message(import->summary, why, err))
    return false;
  if (import->options->rejects != NULL && row != NULL &&
      !write_rejected(import, row, why->message, err))
    return false;
  return add_verdict(import, row == NULL ? 0 : row->line, 0, "reject", why->message, err);
}

static bool is_fatal(const struct error *why) {
  return why->code == ERROR_MEMORY || why->code == ERROR_INTERRUPTED || why->code == ERROR_STORE ||
         why->code == ERROR_BUSY;
}

/* ---- writing rows ------------------------------------------------------------------------ */

static bool log_known(struct import *import, int64_t id, struct error *err) {
  const struct import_sheet *sheet = &import->sheet;
  const struct value none = value_null();
  for (size_t i = 0; i < sheet->bindings.count; i++) {
    const struct import_binding *binding = list_at(&sheet->bindings, i);
    int position = binding->field->position;
    if (binding->since == IMPORT_ABSENT || sheet->known[position] == 0 ||
        value_is_null(&sheet->values[position]))
      continue;
    const struct replacement known = {&none, &sheet->values[position], sheet->known[position]};
    if (!change_backdate(import->engine->book, id, binding->field, &known, err))
      return false;
  }
  return true;
}

static bool check_required(const struct import_sheet *sheet, struct error *err) {
  for (int i = 0; i < sheet->kind->field_count; i++) {
    const struct field *field = sheet->kind->fields[i];
    if ((field->flags & FIELD_REQUIRED) && value_is_null(&sheet->values[i]))
      return error_set(err, ERROR_DATA, "%s is required", field->name);
  }
  return true;
}

/* The process that the row is in; NULL: none. A stage that the row tells must be one of it. */
static bool find_process(const struct import_sheet *sheet, const struct value *values,
                         const struct process **out, struct error *err) {
  *out = sheet->process;
  if (sheet->entries.count == 0) {
    *out = engine_process_for(sheet->engine, sheet->kind, values);
    return true;
  }
  if (process_covers(*out, values))
    return true;
  struct text where = {0};
  process_append_where(&where, *out);
  error_set(err, ERROR_DATA, "the row tells a stage of process '%s', which is for %s only",
            (*out)->name, text_string(&where));
  text_release(&where);
  return false;
}

static bool create_row(struct import *import, instant since, int64_t *id, struct error *err) {
  struct import_sheet *sheet = &import->sheet;
  const struct stage_story story = {.entries = sheet->entries.items,
                                    .count = sheet->entries.count,
                                    .since = since ? since : book_now(import->engine->book)};
  const struct process *process = NULL;
  if (!check_required(sheet, err) || !find_process(sheet, sheet->values, &process, err))
    return false;
  if (process != NULL &&
      !process_import_values(process, story.entries, story.count, sheet->values, err))
    return false;
  if (!record_writer_add(import->writer, sheet->values, since, id, err) ||
      !log_known(import, *id, err))
    return false;
  if (process != NULL && !process_import_log(import->engine, *id, process, &story, err))
    return false;
  import->summary->created++;
  return true;
}

/* The entries that come after the stage where the record stands already. */
static bool continue_story(struct import *import, struct record *record, bool *changed,
                           struct error *err) {
  struct import_sheet *sheet = &import->sheet;
  const struct process *process = NULL;
  if (sheet->entries.count == 0)
    return true;
  if (!find_process(sheet, record->values, &process, err))
    return false;
  const struct value *now = &record->values[process->field->position];
  const struct stage_entry *entries = sheet->entries.items;
  size_t next = 0;
  for (size_t i = 0; i < sheet->entries.count; i++)
    if (now->type == VALUE_TEXT && strcmp(now->as.text.data, entries[i].stage) == 0)
      next = i + 1;
  if (next == sheet->entries.count)
    return true;
  *changed = true;
  return process_import(import->engine, record, process, entries + next,
                        sheet->entries.count - next, err);
}

static bool set_values(struct import *import, struct record *record, bool *changed,
                       struct error *err) {
  const struct import_sheet *sheet = &import->sheet;
  for (size_t i = 0; i < sheet->bindings.count; i++) {
    const struct import_binding *binding = list_at(&sheet->bindings, i);
    int position = binding->field->position;
    if (value_equal(&record->values[position], &sheet->values[position]))
      continue;
    *changed = true;
    if (!record_set(record, import->engine->book, binding->field, &sheet->values[position], err))
      return false;
  }
  return true;
}

static bool update_row(struct import *import, int64_t id, bool *changed, struct error *err) {
  struct record record;
  if (!record_load(&record, import->engine->book, import->sheet.kind, id, err))
    return false;
  *changed = false;
  bool done = set_values(import, &record, changed, err) &&
              (!*changed || (record_save(&record, import->engine->book, err) &&
                             process_follow(import->engine, &record, err))) &&
              continue_story(import, &record, changed, err);
  record_release(&record);
  if (done && *changed)
    import->summary->updated++;
  else if (done)
    import->summary->unchanged++;
  return done;
}

static bool match_key(const struct import_sheet *sheet, struct text *key, struct error *err) {
  const struct import_binding *binding = list_at(&sheet->bindings, (size_t)sheet->match_binding);
  text_append(key, "");
  value_append_plain(key, &sheet->values[binding->field->position]);
  return text_check(key, err);
}

/* A record that rows to come can refer to or match again. */
static bool remember(struct import *import, const char *key, int64_t id, struct error *err) {
  struct import_sheet *sheet = &import->sheet;
  if (key[0] != '\0' && !map_set(&sheet->existing, key, id, err))
    return false;
  for (size_t i = 0; i < sheet->names.count; i++) {
    struct import_names *names = *(struct import_names **)list_at(&sheet->names, i);
    if (names->kind != sheet->kind)
      continue;
    const char *by = names->by != NULL ? names->by : sheet->kind->name_field;
    const struct field *field = kind_field(sheet->kind, by);
    if (field != NULL && sheet->values[field->position].type == VALUE_TEXT &&
        !import_names_add(names, sheet->values[field->position].as.text.data, id, err))
      return false;
  }
  return true;
}

static void settle_deferred(struct import_sheet *sheet, size_t first, int64_t id) {
  for (size_t i = first; i < sheet->deferred.count; i++)
    ((struct import_deferred *)list_at(&sheet->deferred, i))->record = id;
}

/* What the row became is judged now: a rejected row has to go alone. What it refers to further down
 * is not known yet. */
static bool judge_row(struct import *import, int64_t id, struct error *err) {
  struct record record;
  bool warned = false;
  if (!accept_find(import->engine, import->sheet.kind))
    return true;
  if (!record_load(&record, import->engine->book, import->sheet.kind, id, err))
    return false;
  bool done = accept_row(import->engine, &record, &warned, err);
  record_release(&record);
  import->summary->warned += done && warned;
  return done;
}

static bool write_row(struct import *import, const struct csv_row *row, instant since,
                      size_t deferred, struct error *err) {
  struct import_sheet *sheet = &import->sheet;
  struct text key = {0};
  int64_t id = 0;
  bool changed = false;
  const char *verdict = "create";
  const int64_t created = import->summary->created, updated = import->summary->updated;
  bool done = sheet->match_binding == IMPORT_ABSENT || match_key(sheet, &key, err);
  if (done && key.length > 0 && map_find(&sheet->existing, key.data, &id)) {
    done = update_row(import, id, &changed, err) && (!changed || judge_row(import, id, err));
    verdict = changed ? "update" : "unchanged";
  } else if (done) {
    done = create_row(import, since, &id, err) && judge_row(import, id, err) &&
           remember(import, text_string(&key), id, err);
  }
  if (!done) {
    import->summary->created = created;
    import->summary->updated = updated;
  }
  settle_deferred(sheet, deferred, id);
  text_release(&key);
  return done && add_verdict(import, row->line, id, verdict, NULL, err);
}

/* A row is a savepoint only where rejected rows are skipped: a row that fails while it is written
 * may have left half of itself. Otherwise one rejected row cancels everything anyway. */
static bool write_guarded(struct import *import, const struct csv_row *row, instant since,
                          size_t deferred, struct error *why) {
  struct book *book = import->engine->book;
  bool guarded = import->options->skip_rejected;
  if (guarded && !unit_begin(book, import->options->command, NULL, why))
    return false;
  bool done = write_row(import, row, since, deferred, why);
  if (guarded && done)
    return unit_commit(book, why);
  if (guarded)
    unit_cancel(book);
  return done || import_complain(&import->sheet, row, SIZE_MAX, why);
}

static void drop_deferred(struct import_sheet *sheet, size_t first) {
  while (sheet->deferred.count > first) {
    struct import_deferred *last = list_at(&sheet->deferred, sheet->deferred.count - 1);
    memory_free(last->name);
    list_remove(&sheet->deferred, sheet->deferred.count - 1);
  }
}

/* Who is asked for the order once need not be told how to say it; others are. */
static bool refuse_ambiguous(struct import *import, const struct csv_row *row, struct error *why,
                             struct error *err) {
  if (!import->options->stop_at_ambiguous) {
    error_set(
        why, why->code,
        "%s; say the file's order: order = \"dmy\" or \"mdy\" in the mapping, or --date-order",
        why->message);
    return reject(import, row, why, err);
  }
  import->summary->ambiguous = memory_copy_text(why->message);
  while (list_at(&import->plan->files, import->summary->ambiguous_file) != import->sheet.file)
    import->summary->ambiguous_file++;
  return import->summary->ambiguous ? error_set(err, ERROR_CONFIRM, "%s", why->message)
                                    : error_memory(err);
}

static bool interrupted(struct error *err) {
  return error_set(err, ERROR_INTERRUPTED, "interrupted; nothing was imported");
}

static bool take_row(struct import *import, const struct csv_row *row, struct error *err) {
  struct import_sheet *sheet = &import->sheet;
  size_t deferred = sheet->deferred.count;
  instant since = 0;
  struct error why = {0};
  import->summary->rows++;
  if (import_sheet_read(sheet, row, &since, &why) &&
      write_guarded(import, row, since, deferred, &why))
    return true;
  drop_deferred(sheet, deferred);
  if (why.code == ERROR_INTERRUPTED)
    return interrupted(err);
  if (is_fatal(&why)) {
    *err = why;
    return false;
  }
  return sheet->ambiguous ? refuse_ambiguous(import, row, &why, err)
                          : reject(import, row, &why, err);
}

static bool set_deferred(struct import *import, const struct import_deferred *deferred,
                         struct error *err) {
  struct import_sheet *sheet = &import->sheet;
  const struct import_binding *binding = list_at(&sheet->bindings, deferred->binding);
  struct book *book = import->engine->book;
  int64_t id = 0;
  struct error why = {0};
  if (!import_names_find(sheet, binding, deferred->name, &id, &why))
    id = 0;
  if (id == 0) {
    error_prefix(&why, "%s:%llu:%llu: ", sheet->file->name, (unsigned long long)deferred->line,
                 (unsigned long long)deferred->column);
    error_locate(&why, sheet->file->name, (int)deferred->line);
    return reject(import, NULL, &why, err);
  }
  struct record record;
  const struct value value = value_integer(id);
  if (!record_load(&record, book, sheet->kind, deferred->record, err))
    return false;
  bool done =
      record_set(&record, book, binding->field, &value, err) && record_save(&record, book, err);
  record_release(&record);
  return done;
}

/* ---- files -------------------------------------------------------------------------------- */

static bool report_progress(struct import *import, struct error *err) {
  const struct import_options *options = import->options;
  if (options->progress == NULL || import->summary->rows % PROGRESS_EVERY != 0)
    return true;
  uint64_t bytes = 0, total = 0;
  csv_position(import->sheet.csv, &bytes, &total);
  if (options->progress((int64_t)bytes, (int64_t)total, options->payload))
    return true;
  return interrupted(err);
}

static bool take_rows(struct import *import, struct error *err) {
  const struct csv_row *row = NULL;
  for (;;) {
    struct error why = {0};
    bool read = csv_next(import->sheet.csv, &row, &why);
    if (!read && is_fatal(&why)) {
      *err = why;
      return false;
    }
    if (!read) {
      error_prefix(&why, "%s:", import->sheet.file->name);
      error_name_file(&why, import->sheet.file->name);
      import->summary->rows++;
      if (!reject(import, NULL, &why, err))
        return false;
      if (!csv_can_continue(import->sheet.csv))
        return true;
      continue;
    }
    if (row == NULL)
      return true;
    if (row->is_blank)
      continue;
    if (!take_row(import, row, err) || !report_progress(import, err))
      return false;
  }
}

static bool describe_file(struct import *import, struct error *err) {
  const struct import_summary *summary = import->summary;
  const struct csv_dialect *dialect = csv_dialect(import->sheet.csv);
  char delimiter[8] = {dialect->delimiter, '\0'};
  if (dialect->delimiter == '\t')
    (void)snprintf(delimiter, sizeof delimiter, "%s", translate("tab"));
  struct text line = {0};
  text_format(&line,
              translate("%s: %s, '%s'; %lld rows, %lld created, %lld updated, %lld unchanged, "
                        "%lld rejected"),
              import->sheet.file->name, dialect->encoding.encoding, delimiter,
              (long long)(summary->rows - import->before[0]),
              (long long)(summary->created - import->before[1]),
              (long long)(summary->updated - import->before[2]),
              (long long)(summary->unchanged - import->before[3]),
              (long long)(summary->rejected - import->before[4]));
  bool done = text_check(&line, err) && add_line(&import->summary->files, line.data, err);
  text_release(&line);
  return done;
}

/* rejects.csv, or rejects-clients.csv when the plan has several files. */
static bool write_rejects(struct import *import, struct error *err) {
  if (import->rejects.length == 0)
    return true;
  const char *path = import->options->rejects;
  struct text name = {0};
  const char *dot = strrchr(path, '.');
  if (dot == NULL || strchr(dot, '/') != NULL)
    dot = path + strlen(path);
  const char *file = import->sheet.file->name;
  const char *stem = strrchr(file, '.');
  if (import->plan->files.count > 1 && import->options->only == NULL) {
    text_append_bytes(&name, path, (size_t)(dot - path));
    text_append_char(&name, '-');
    text_append_bytes(&name, file, stem == NULL ? strlen(file) : (size_t)(stem - file));
    text_append(&name, dot);
  } else {
    text_append(&name, path);
  }
  bool done = text_check(&name, err) &&
              file_write(name.data, import->rejects.data, import->rejects.length, err);
  text_release(&name);
  return done;
}

static bool find_path(const struct import *import, const struct import_file *file,
                      struct text *path, struct error *err) {
  const struct import_options *options = import->options;
  size_t length = strlen(file->name);
  for (const char *const *pair = options->replacements; pair != NULL && *pair != NULL; pair++)
    if (strncmp(*pair, file->name, length) == 0 && (*pair)[length] == '=') {
      text_append(path, *pair + length + 1);
      return text_check(path, err);
    }
  bool single = import->plan->files.count == 1 || options->only != NULL;
  if (single && !file_is_folder(options->path))
    text_append(path, options->path);
  else
    text_format(path, "%s/%s", options->path, file->name);
  return text_check(path, err);
}

static void note_counts(struct import *import) {
  const struct import_summary *summary = import->summary;
  const int64_t counts[] = {summary->rows, summary->created, summary->updated, summary->unchanged,
                            summary->rejected};
  memcpy(import->before, counts, sizeof counts);
}

static bool take_file(struct import *import, const struct import_file *file, struct error *err) {
  struct text path = {0};
  note_counts(import);
  text_clear(&import->rejects);
  bool done = find_path(import, file, &path, err) &&
              import_sheet_open(&import->sheet, import->engine, file, path.data,
                                import->options->order, err) &&
              record_writer_open(&import->writer, import->engine->book, import->sheet.kind, err) &&
              take_rows(import, err);
  for (size_t i = 0; done && i < import->sheet.deferred.count; i++)
    done = set_deferred(import, list_at(&import->sheet.deferred, i), err);
  done = done && describe_file(import, err) && write_rejects(import, err);
  record_writer_close(import->writer);
  import->writer = NULL;
  import_sheet_close(&import->sheet);
  import->sheet = (struct import_sheet){0};
  text_release(&path);
  return done;
}

static bool take_files(struct import *import, struct error *err) {
  const char *only = import->options->only;
  bool found = false;
  for (size_t i = 0; i < import->plan->files.count; i++) {
    const struct import_file *file = list_at(&import->plan->files, i);
    if (only != NULL && strcmp(only, file->name) != 0)
      continue;
    found = true;
    if (!take_file(import, file, err))
      return false;
  }
  if (!found)
    return error_set(err, ERROR_NOT_FOUND, "the mapping has no file '%s'",
                     only == NULL ? "" : only);
  return true;
}

static bool judge(const struct import *import, struct error *err) {
  const struct import_summary *summary = import->summary;
  if (summary->rejected == 0 || import->options->skip_rejected || import->options->dry_run)
    return true;
  return error_set(err, ERROR_DATA,
                   "%lld of %lld rows were rejected and nothing was imported; mend them, or say "
                   "--skip-rejected",
                   (long long)summary->rejected, (long long)summary->rows);
}

bool import_run(struct engine *engine, const struct import_plan *plan,
                const struct import_options *options, struct import_summary *summary,
                struct result *verdicts, struct error *err) {
  *summary = (struct import_summary){0};
  summary->files.size = summary->messages.size = sizeof(char *);
  struct import import = {engine, plan, options, summary, verdicts, {0}, NULL, {0}, {0}};
  if (!declare_verdicts(verdicts, err) || !unit_begin(engine->book, options->command, NULL, err))
    return false;
  bool done = take_files(&import, err) && judge(&import, err);
  if (done && !options->dry_run)
    done = unit_commit(engine->book, err);
  else
    unit_cancel(engine->book);
  text_release(&import.rejects);
  return done;
}
