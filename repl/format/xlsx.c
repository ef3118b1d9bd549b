/* A workbook (Office Open XML) by libxlsxwriter: the rows on one sheet, on a second what they were
 * made from. Text is written as text, so nothing in it can become a formula. */
#include "repl/format/xlsx.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/translate.h"
#include "repl/format/cell.h"
#include "repl/format/safe.h"
#include "repl/format/sheet_cell.h"

enum {
  NARROWEST = 6, /* columns of a sheet, in characters */
  WIDEST = 60,
  BUTTON = 3, /* what the filter's button hides of a heading */
  ABOUT_WIDTH = 100,
  NAME_MOST = LXW_SHEETNAME_MAX,
  BLOCK = 65536,
  SMALL_PARTS = 4 * 1024 * 1024, /* widths of 16,384 columns, styles, theme */
};

/* How a cell looks; the library wants each look made once. */
struct look {
  char pattern[SHEET_PATTERN_SIZE];
  bool bold, wrap, right;
  lxw_format *format; /* the workbook's */
};

struct writer {
  const struct result *result;
  const struct style *style;
  lxw_workbook *workbook;
  lxw_worksheet *sheet;
  lxw_row_t row;          /* the next one */
  struct list looks;      /* of struct look */
  struct sheet_cell cell; /* under way */
  off_t bytes;            /* of the rows, as the library put them aside */
};

const char *xlsx_library_version(void) {
  return lxw_version();
}

bool xlsx_can(struct error *err) {
  (void)err;
  return true;
}

/* The library keeps the parts of a workbook in files before they become one. */
static const char *temporary_folder(void) {
  const char *folder = getenv("TMPDIR");
  return folder && *folder ? folder : "/tmp";
}

static bool no_room(int reason, struct error *err) {
  return error_set(err, ERROR_WRITE,
                   "cannot write the workbook in the folder of temporary files, %s: %s; set TMPDIR "
                   "to another",
                   temporary_folder(), error_system_text(reason));
}

static bool fail(lxw_error failed, struct error *err) {
  int reason = errno;
  if (failed == LXW_ERROR_MEMORY_MALLOC_FAILED)
    return error_memory(err);
  if (reason && (failed == LXW_ERROR_ZIP_FILE_OPERATION || failed == LXW_ERROR_CREATING_TMPFILE))
    return no_room(reason, err);
  return error_set(err, ERROR_WRITE, "cannot write the workbook: %s", lxw_strerror(failed));
}

static bool is_look(const struct look *look, const struct sheet_cell *cell, bool bold) {
  return look->bold == bold && look->wrap == cell->lines && look->right == cell->right &&
         strcmp(look->pattern, cell->pattern) == 0;
}

static bool make_look(struct writer *writer, struct look *look, struct error *err) {
  look->format = workbook_add_format(writer->workbook);
  if (!look->format)
    return error_memory(err);
  format_set_align(look->format, LXW_ALIGN_VERTICAL_TOP);
  if (*look->pattern)
    format_set_num_format(look->format, look->pattern);
  if (look->bold)
    format_set_bold(look->format);
  if (look->wrap)
    format_set_text_wrap(look->format);
  if (look->right)
    format_set_align(look->format, LXW_ALIGN_RIGHT);
  return true;
}

/* NULL when out of memory; then err is set. */
static lxw_format *look_of(struct writer *writer, bool bold, struct error *err) {
  const struct sheet_cell *cell = &writer->cell;
  for (size_t i = 0; i < writer->looks.count; i++) {
    const struct look *look = list_at(&writer->looks, i);
    if (is_look(look, cell, bold))
      return look->format;
  }
  struct look *look = list_add(&writer->looks, err);
  if (!look)
    return NULL;
  *look = (struct look){.bold = bold, .wrap = cell->lines, .right = cell->right};
  strcpy(look->pattern, cell->pattern);
  return make_look(writer, look, err) ? look->format : NULL;
}

/* Writes the cell under way. */
static bool put(struct writer *writer, size_t column, bool bold, struct error *err) {
  const struct sheet_cell *cell = &writer->cell;
  lxw_col_t at = (lxw_col_t)column;
  if (!text_check(&cell->text, err))
    return false;
  lxw_format *look = look_of(writer, bold, err);
  if (!look)
    return false;
  lxw_error failed = LXW_NO_ERROR;
  if (cell->type == SHEET_NUMBER)
    failed = worksheet_write_number(writer->sheet, writer->row, at, cell->number, look);
  else if (cell->type == SHEET_TRUTH)
    failed = worksheet_write_boolean(writer->sheet, writer->row, at, cell->truth, look);
  else if (cell->type == SHEET_TEXT)
    failed = worksheet_write_string(writer->sheet, writer->row, at, text_string(&cell->text), look);
  return failed == LXW_NO_ERROR || fail(failed, err);
}

static const struct result_column *column_at(const struct writer *writer, size_t index) {
  return list_at(&writer->result->columns, index);
}

static const struct result_row *row_at(const struct writer *writer, size_t index) {
  return list_at(&writer->result->rows, index);
}

static bool put_headings(struct writer *writer, struct error *err) {
  const struct style plain = {0};
  struct text title = {0};
  bool done = true;
  for (size_t i = 0; done && i < writer->result->columns.count; i++) {
    text_clear(&title);
    cell_append_title(&title, column_at(writer, i), &plain);
    sheet_cell_fill_text(&writer->cell, text_string(&title), title.length);
    done = text_check(&title, err) && put(writer, i, true, err);
  }
  text_release(&title);
  writer->row++;
  return done;
}

static bool put_row(struct writer *writer, const struct result_row *row, struct error *err) {
  for (size_t i = 0; i < writer->result->columns.count; i++) {
    sheet_cell_fill(&writer->cell, column_at(writer, i), &row->values[i]);
    if (writer->cell.length > SHEET_TEXT_MOST)
      return error_set(
          err, ERROR_INVALID,
          "'%s' in row %u has %zu characters, and a cell of a workbook holds %d; leave "
          "the column out by --columns, or write csv",
          column_at(writer, i)->name, writer->row, writer->cell.length, SHEET_TEXT_MOST);
    if (!put(writer, i, row->summary, err))
      return false;
  }
  writer->row++;
  return !writer->style->stopped || !writer->style->stopped() ||
         error_set(err, ERROR_INTERRUPTED, "interrupted");
}

/* The library does not look whether the rows that it puts aside were written. */
static bool rows_are_kept(struct writer *writer, struct error *err) {
  FILE *rows = writer->sheet->optimize_tmpfile;
  if (fflush(rows) != 0 || ferror(rows))
    return no_room(errno, err);
  writer->bytes += ftello(rows);
  return true;
}

/* Nor whether a part was: there must be room for all of them once more, and for the archive. What
 * is reserved is given back when the library opens the file anew. */
static bool is_room(const struct writer *writer, int descriptor, struct error *err) {
  int reason = posix_fallocate(descriptor, 0, 2 * writer->bytes + SMALL_PARTS);
  return reason == 0 || no_room(reason, err);
}

static size_t widest_line(const struct text *cell) {
  const char *at = text_string(cell), *end = at + cell->length;
  size_t widest = 0;
  while (at < end) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    size_t length = (size_t)((newline ? newline : end) - at), width = text_width(at, length);
    widest = width > widest ? width : widest;
    at += length + (newline != NULL);
  }
  return widest;
}

static size_t width_of(const struct writer *writer, size_t index) {
  const struct style plain = {0};
  struct text cell = {0};
  cell_append_title(&cell, column_at(writer, index), &plain);
  size_t widest = text_width(text_string(&cell), cell.length) + BUTTON;
  for (size_t i = 0; i < writer->result->rows.count && widest < WIDEST; i++) {
    text_clear(&cell);
    cell_append(&cell, column_at(writer, index), &row_at(writer, i)->values[index], &plain, true);
    size_t width = widest_line(&cell) + 1;
    widest = width > widest ? width : widest;
  }
  text_release(&cell);
  return widest < NARROWEST ? NARROWEST : widest > WIDEST ? WIDEST : widest;
}

/* Totals stay where they are whatever is filtered or sorted. */
static lxw_row_t last_filtered(const struct writer *writer) {
  size_t count = writer->result->rows.count;
  while (count && row_at(writer, count - 1)->summary)
    count--;
  return (lxw_row_t)count;
}

/* Before the rows: behind them the library takes no place above the last one any more. */
static bool shape_sheet(struct writer *writer, struct error *err) {
  size_t columns = writer->result->columns.count;
  lxw_error failed = LXW_NO_ERROR;
  for (size_t i = 0; i < columns && failed == LXW_NO_ERROR; i++)
    failed = worksheet_set_column(writer->sheet, (lxw_col_t)i, (lxw_col_t)i,
                                  (double)width_of(writer, i), NULL);
  if (columns && failed == LXW_NO_ERROR)
    failed =
        worksheet_autofilter(writer->sheet, 0, 0, last_filtered(writer), (lxw_col_t)(columns - 1));
  worksheet_freeze_panes(writer->sheet, 1, 0);
  return failed == LXW_NO_ERROR || fail(failed, err);
}

static size_t utf16_units(const char *at, size_t size) {
  size_t units = 0;
  for (size_t i = 0; i < size; i++) {
    unsigned char byte = (unsigned char)at[i];
    units += (byte & 0xc0) != 0x80;
    units += byte >= 0xf0;
  }
  return units;
}

/* A sheet's name has at most 31 characters, none of []:*?/\ and no apostrophe at its ends. */
static void append_name(struct text *out, const char *title) {
  struct text safe = {0};
  size_t units = 0;
  safe_append(&safe, title, strlen(title), SAFE_KEEP_NONE, false);
  const char *at = text_string(&safe);
  while (*at) {
    size_t width, size = text_grapheme(at, strlen(at), &width);
    units += utf16_units(at, size);
    if (units > NAME_MOST)
      break;
    if (strchr("[]:*?/\\'", *at))
      text_append_char(out, ' ');
    else
      text_append_bytes(out, at, size);
    at += size;
  }
  out->failed = out->failed || safe.failed;
  text_release(&safe);
}

/* Two sheets of one name are no workbook, and Excel keeps "History" for itself. */
static bool add_sheet(struct writer *writer, const char *title, const char *taken,
                      struct error *err) {
  struct text name = {0};
  append_name(&name, title);
  if (!name.length || text_compare(text_string(&name), taken) == 0 ||
      text_compare(text_string(&name), "History") == 0) {
    text_clear(&name);
    text_append(&name, translate("Sheet 1"));
  }
  writer->sheet = NULL;
  if (text_check(&name, err)) {
    writer->sheet = workbook_add_worksheet(writer->workbook, text_string(&name));
    writer->row = 0;
    if (!writer->sheet)
      error_set(err, ERROR_WRITE, "cannot write the workbook: no sheet can be called '%s'",
                text_string(&name));
  }
  text_release(&name);
  return writer->sheet != NULL;
}

static const char *title_of(const struct result *result) {
  return result->title && *result->title ? result->title : result->name;
}

static bool put_line(struct writer *writer, const char *line, bool bold, struct error *err) {
  sheet_cell_fill_text(&writer->cell, line, strlen(line));
  writer->cell.lines = true; /* wrapped */
  bool done = put(writer, 0, bold, err);
  writer->row++;
  return done;
}

/* What stands below the rows elsewhere would be in the way of whoever filters and sums them. */
static bool put_about(struct writer *writer, const char *stamp, struct error *err) {
  const struct result *result = writer->result;
  const char *title = translate("Source and notes");
  if (!result->notes.count && !*stamp)
    return true;
  bool done = add_sheet(writer, title, writer->sheet->name, err) &&
              put_line(writer, title_of(result), true, err);
  for (size_t i = 0; done && i < result->notes.count; i++)
    done = put_line(writer, *(char **)list_at(&result->notes, i), false, err);
  done = done && (!*stamp || put_line(writer, stamp, false, err)) && rows_are_kept(writer, err);
  if (done)
    worksheet_set_column(writer->sheet, 0, 0, ABOUT_WIDTH, NULL);
  return done;
}

/* The moment is that of the answer, so that the same answer gives the same bytes. */
static bool set_properties(struct writer *writer, char *title, char *stamp, struct error *err) {
  lxw_doc_properties properties = {
      .title = title,
      .author = "Dealwright",
      .comments = stamp,
      .created = (time_t)writer->result->stamp.now,
  };
  lxw_error failed = workbook_set_properties(writer->workbook, &properties);
  return failed == LXW_NO_ERROR || fail(failed, err);
}

static bool put_all(struct writer *writer, struct error *err) {
  const struct style plain = {0};
  const struct result *result = writer->result;
  struct stamp made = result->stamp;
  struct text stamp = {0}, title = {0};
  made.command = made.command ? made.command : ""; /* no line gives it again */
  cell_append_stamp(&stamp, &made, &plain);
  safe_append(&title, title_of(result), strlen(title_of(result)), SAFE_KEEP_NONE, false);
  bool done = text_check(&stamp, err) && text_check(&title, err) &&
              add_sheet(writer, title_of(result), "", err) && shape_sheet(writer, err) &&
              put_headings(writer, err);
  for (size_t i = 0; done && i < result->rows.count; i++)
    done = put_row(writer, row_at(writer, i), err);
  done = done && rows_are_kept(writer, err) && put_about(writer, text_string(&stamp), err) &&
         set_properties(writer, (char *)text_string(&title), (char *)text_string(&stamp), err);
  text_release(&stamp);
  text_release(&title);
  return done;
}

static bool read_back(int descriptor, struct text *out, struct error *err) {
  char block[BLOCK];
  ssize_t length = 0;
  if (lseek(descriptor, 0, SEEK_SET) != 0)
    return no_room(errno, err);
  while ((length = read(descriptor, block, sizeof block)) > 0)
    text_append_bytes(out, block, (size_t)length);
  return length == 0 ? text_check(out, err) : no_room(errno, err);
}

/* The library says itself, on standard error, what it also returns. */
static lxw_error close_quietly(lxw_workbook *workbook) {
  fflush(stderr);
  int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  bool quiet = kept >= 0 && nowhere >= 0 && dup2(nowhere, STDERR_FILENO) >= 0;
  errno = 0;
  lxw_error failed = workbook_close(workbook);
  int reason = errno;
  fflush(stderr);
  if (quiet)
    dup2(kept, STDERR_FILENO);
  if (kept >= 0)
    close(kept);
  if (nowhere >= 0)
    close(nowhere);
  errno = reason;
  return failed;
}

/* The library writes to a file of a name only; its own parts it keeps in the folder, too. */
static bool write_through(struct writer *writer, char *path, int descriptor, struct error *err) {
  lxw_workbook_options options = {.constant_memory = LXW_TRUE,
                                  .tmpdir = (char *)temporary_folder()};
  writer->workbook = workbook_new_opt(path, &options);
  if (!writer->workbook)
    return error_memory(err);
  if (!put_all(writer, err) || !is_room(writer, descriptor, err)) {
    lxw_workbook_free(writer->workbook);
    return false;
  }
  lxw_error failed = close_quietly(writer->workbook);
  return failed == LXW_NO_ERROR || fail(failed, err);
}

static bool write_workbook(struct writer *writer, struct text *out, struct error *err) {
  struct text path = {0};
  text_format(&path, "%s/dealwright.XXXXXX", temporary_folder());
  if (!text_check(&path, err))
    return false;
  int descriptor = mkstemp(path.data);
  bool done = descriptor >= 0 || no_room(errno, err);
  done =
      done && write_through(writer, path.data, descriptor, err) && read_back(descriptor, out, err);
  if (descriptor >= 0) {
    unlink(path.data);
    close(descriptor);
  }
  text_release(&path);
  return done;
}

static bool check_size(const struct result *result, struct error *err) {
  if (result->rows.count >= LXW_ROW_MAX)
    return error_set(err, ERROR_INVALID,
                     "%zu rows do not fit: a sheet of a workbook holds %d with the heading; take "
                     "fewer by --limit or a condition, or write csv",
                     result->rows.count, LXW_ROW_MAX);
  return result->columns.count <= LXW_COL_MAX ||
         error_set(err, ERROR_INVALID,
                   "%zu columns do not fit: a sheet of a workbook holds %d; choose by --columns",
                   result->columns.count, LXW_COL_MAX);
}

bool xlsx_write(const struct result *result, const struct style *style, struct text *out,
                struct error *err) {
  if (result->document)
    return error_set(err, ERROR_USAGE,
                     "the answer is a document, which has no rows for %s; ask for markdown, html, "
                     "json or text",
                     "xlsx");
  if (!check_size(result, err))
    return false;
  struct writer writer = {.result = result, .style = style, .looks = {.size = sizeof(struct look)}};
  bool done = write_workbook(&writer, out, err);
  list_release(&writer.looks);
  sheet_cell_release(&writer.cell);
  return done;
}
