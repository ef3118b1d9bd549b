/* A report: parameters in, a result out. Declared by scripts. */
#ifndef ENGINE_REPORT_H
#define ENGINE_REPORT_H

#include "engine/result.h"

struct report {
  char *name, *title, *title_ru, *help, *help_ru;
  struct list params;  /* of struct field: name, type, fallback, help, choices, target */
  struct list columns; /* of struct field: name, type, title; none when the rows decide */
  struct place place;
  struct seen seen; /* ran */
  void *payload;
  /* Fills an initialised result. values: by position of params, accepted. */
  bool (*run)(struct report *report, struct engine *engine, const struct value *values,
              struct result *result, struct error *err);
};

struct report *report_new(const char *name, struct error *err);
void report_free(struct report *report);
struct report_argument {
  const char *name, *word; /* since=2026-01-01 */
};
/* Reads the arguments by the parameters' types (fallbacks are words too: "30 days ago"),
 * initialises the result, runs and stamps; on success the caller releases the result. The stamp's
 * command names every parameter as it was read, so that it reproduces the report on another day.
 * Fails with ERROR_USAGE for an unknown parameter, with a suggestion, and for a missing one. */
bool report_run(struct engine *engine, struct report *report,
                const struct report_argument *arguments, size_t count, struct result *result,
                struct error *err);

#endif
