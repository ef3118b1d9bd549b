/* What a query computes from a row: a path over references ("client.industry"), the period of a
 * date ("month(closed_on)"), the days between two ("days(created_on,closed_on)"). Inside the query
 * only; not for: SQL (compile). */
#ifndef MODEL_PATH_H
#define MODEL_PATH_H

#include "model/book.h"

struct path {
  const struct field **steps; /* owned: the references followed, in order */
  size_t step_count;
  const struct kind *kind;   /* where the path ends */
  const struct field *field; /* NULL: the id */
  bool is_currency;          /* the currency of the money field */
};

/* Fails with ERROR_NOT_FOUND and a suggestion. On failure there is nothing to release. */
bool path_parse(struct path *out, const struct catalog *catalog, const struct kind *kind,
                const char *text, struct error *err);
bool path_copy(struct path *out, const struct path *path, struct error *err);
void path_release(struct path *path);
/* How its values read; FIELD_REF for the id. */
enum field_type path_type(const struct path *path);
/* "closed_on", for messages. */
const char *path_name(const struct path *path);
bool path_is_formula(const struct path *path);
/* Fails with ERROR_INVALID for a formula, which only a script can compute. */
bool path_is_askable(const struct path *path, struct error *err);
/* Text that is compared and ordered as text. */
bool field_type_is_text(enum field_type type);

enum expression_shape {
  EXPRESSION_NONE, /* of the row itself: count */
  EXPRESSION_PATH,
  EXPRESSION_PERIOD,
  EXPRESSION_DAYS,
};

struct expression {
  enum expression_shape shape;
  struct path path, until; /* EXPRESSION_DAYS: from path until `until` */
  enum period period;
};

/* Parses any of the three and checks that it can be asked. */
bool expression_parse(struct expression *out, const struct catalog *catalog,
                      const struct kind *kind, const char *text, struct error *err);
bool expression_copy(struct expression *out, const struct expression *expression,
                     struct error *err);
void expression_release(struct expression *expression);
enum field_type expression_type(const struct expression *expression);

#endif
