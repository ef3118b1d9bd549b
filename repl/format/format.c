#include "repl/format/format.h"

#include <string.h>

#include "base/error_place.h"
#include "repl/format/xlsx.h"

const struct format formats[] = {
    {"table",    NULL,     table_write,    false, false, NULL    },
    {"record",   NULL,     record_write,   false, false, NULL    },
    {"csv",      "csv",    csv_write,      true,  false, NULL    },
    {"tsv",      "tsv",    tsv_write,      true,  false, NULL    },
    {"json",     "json",   json_write,     true,  false, NULL    },
    {"ndjson",   "ndjson", ndjson_write,   true,  false, NULL    },
    {"markdown", "md",     markdown_write, false, false, NULL    },
    {"html",     "html",   html_write,     false, false, NULL    },
    {"svg",      "svg",    svg_write,      true,  false, NULL    },
    {"xlsx",     "xlsx",   xlsx_write,     true,  true,  xlsx_can},
    {"ical",     "ics",    ical_write,     true,  false, NULL    },
    {"dot",      "dot",    dot_write,      true,  false, NULL    },
    {NULL,       NULL,     NULL,           false, false, NULL    },
};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats - 1 };

static bool unknown_format(const char *name, const char *const *names, struct error *err) {
  struct text list = {0};
  const char *near = text_suggest(name, names, FORMAT_COUNT);
  for (size_t i = 0; i < FORMAT_COUNT; i++)
    text_format(&list, "%s%s", i > 0 ? ", " : "", names[i]);
  if (near)
    error_set(err, ERROR_USAGE, "no format '%s'; did you mean '%s'?", name, near);
  else
    error_set(err, ERROR_USAGE, "no format '%s'; there are: %s", name, text_string(&list));
  text_release(&list);
  return error_blame(err, name);
}

bool format_find(const char *name, const struct format **out, struct error *err) {
  const char *names[FORMAT_COUNT];
  name = strcmp(name, "text") == 0 ? "table" : name; /* what a document is to a person */
  for (size_t i = 0; i < FORMAT_COUNT; i++) {
    names[i] = formats[i].name;
    if (strcmp(name, names[i]) == 0) {
      *out = &formats[i];
      return true;
    }
  }
  return unknown_format(name, names, err);
}

bool format_can(const struct format *format, bool terminal, struct error *err) {
  if (terminal && format->binary)
    return error_set(err, ERROR_USAGE,
                     "%s is nothing to read in a terminal; write it to a file: -o FILE.%s",
                     format->name, format->extension);
  return !format->can || format->can(err);
}

const struct format *format_of_file(const char *path) {
  const char *dot = strrchr(path, '.');
  for (const struct format *format = formats; dot && format->name; format++)
    if (format->extension && strcmp(dot + 1, format->extension) == 0)
      return format;
  return NULL;
}
