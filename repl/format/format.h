/* The shapes a result can be printed in, one file each. Not for: where the bytes go
 * (repl/output.h). */
#ifndef FORMAT_FORMAT_H
#define FORMAT_FORMAT_H

#include "engine/result.h"

/* How the place of output looks. */
struct style {
  size_t width;  /* columns to lay out for; 0: as wide as it gets, nothing is cut */
  bool terminal; /* control characters must not get through */
  bool colour;
  bool ascii;                  /* lines and marks without Unicode */
  bool raw;                    /* no guard against spreadsheet formulas */
  bool ids;                    /* tables show the #id of a row that is a record */
  bool counts;                 /* the number of rows stands below them */
  const struct result *before; /* what was shown last: cells that changed are marked; or NULL */
  bool (*stopped)(void);       /* whether nobody wants it any more; or NULL */
};

struct format {
  const char *name;      /* "csv" */
  const char *extension; /* "csv": of a file that asks for it; NULL: of none */
  bool (*write)(const struct result *result, const struct style *style, struct text *out,
                struct error *err);
  bool machine;                   /* for programs: exact values, no colours, no paging */
  bool binary;                    /* bytes that are not for a terminal */
  bool (*can)(struct error *err); /* whether this program has it; NULL: it does */
};

extern const struct format formats[]; /* ended by a NULL name */

/* Fail with ERROR_USAGE and a suggestion. */
bool format_find(const char *name, const struct format **out, struct error *err);
/* Whether it can be written, to a terminal or elsewhere. Fails with ERROR_USAGE: what to do. */
bool format_can(const struct format *format, bool terminal, struct error *err);
/* NULL when the file's name asks for none. */
const struct format *format_of_file(const char *path);

bool table_write(const struct result *result, const struct style *style, struct text *out,
                 struct error *err);
/* In place of a table: of a result whose chart is drawn, or as its columns suggest. */
bool chart_write(const struct result *result, const struct style *style, struct text *out,
                 struct error *err);
bool record_write(const struct result *result, const struct style *style, struct text *out,
                  struct error *err);
bool csv_write(const struct result *result, const struct style *style, struct text *out,
               struct error *err);
bool tsv_write(const struct result *result, const struct style *style, struct text *out,
               struct error *err);
bool json_write(const struct result *result, const struct style *style, struct text *out,
                struct error *err);
bool markdown_write(const struct result *result, const struct style *style, struct text *out,
                    struct error *err);
bool html_write(const struct result *result, const struct style *style, struct text *out,
                struct error *err);
bool xlsx_write(const struct result *result, const struct style *style, struct text *out,
                struct error *err);
bool svg_write(const struct result *result, const struct style *style, struct text *out,
               struct error *err);
bool ical_write(const struct result *result, const struct style *style, struct text *out,
                struct error *err);
bool dot_write(const struct result *result, const struct style *style, struct text *out,
               struct error *err);
bool ndjson_write(const struct result *result, const struct style *style, struct text *out,
                  struct error *err);

#endif
