#include "model/column.h"

int column_count(const struct field *field) {
  if (!field_is_stored(field))
    return 0;
  return field->type == FIELD_MONEY ? 2 : 1;
}

void column_append_name(struct text *out, const struct field *field, int part) {
  text_append(out, field->name);
  if (part == 1)
    text_append(out, "_currency");
}

const char *column_sql_type(const struct field *field, int part) {
  switch (field_value_type(field->type)) {
  case VALUE_INTEGER:
  case VALUE_BOOLEAN:
    return "integer";
  case VALUE_NUMBER:
    return "real";
  case VALUE_MONEY:
    return part == 0 ? "integer" : "text";
  default:
    return "text";
  }
}

struct value column_cell(const struct value *value, int part, char room[COLUMN_ROOM]) {
  switch (value->type) {
  case VALUE_BOOLEAN:
    return value_integer(value->as.boolean);
  case VALUE_DATE:
    date_write(value->as.day, room);
    return value_text(room);
  case VALUE_INSTANT:
    instant_write(value->as.at, room);
    return value_text(room);
  case VALUE_MONEY:
    return part == 0 ? value_integer(value->as.money.minor) : value_text(value->as.money.currency);
  case VALUE_TEXT:
    return value_text_bytes(value->as.text.data, value->as.text.length);
  default:
    return *value;
  }
}

int column_bind(struct statement *statement, int index, const struct field *field,
                const struct value *value) {
  statement_bind_value(statement, index, value);
  if (column_count(field) == 1)
    return index + 1;
  if (value_is_null(value))
    statement_bind_null(statement, index + 1);
  else
    statement_bind_text(statement, index + 1, value->as.money.currency);
  return index + 2;
}

struct value column_raw(const struct statement *statement, int column) {
  switch (statement_type(statement, column)) {
  case CELL_INTEGER:
    return value_integer(statement_integer(statement, column));
  case CELL_NUMBER:
    return value_number(statement_number(statement, column));
  case CELL_TEXT:
    return value_text_bytes(statement_text(statement, column), statement_length(statement, column));
  default:
    return value_null();
  }
}

static bool is_expected(const struct field *field, const struct value cells[2]) {
  switch (field_value_type(field->type)) {
  case VALUE_INTEGER:
  case VALUE_BOOLEAN:
    return cells[0].type == VALUE_INTEGER;
  case VALUE_NUMBER:
    return cells[0].type == VALUE_NUMBER;
  case VALUE_MONEY:
    return cells[0].type == VALUE_INTEGER && cells[1].type == VALUE_TEXT;
  default:
    return cells[0].type == VALUE_TEXT;
  }
}

bool column_value(struct value *out, const struct field *field, const struct value cells[2],
                  struct error *err) {
  bool read = true;
  *out = value_null();
  if (value_is_null(&cells[0]))
    return true;
  if (!is_expected(field, cells))
    return error_set(err, ERROR_STORE, "the stored %s is no %s; run 'check full'", field->name,
                     field_type_name(field->type));
  switch (field_value_type(field->type)) {
  case VALUE_BOOLEAN:
    *out = value_boolean(cells[0].as.integer != 0);
    break;
  case VALUE_DATE:
    out->type = VALUE_DATE;
    read = date_read(&out->as.day, cells[0].as.text.data, err);
    break;
  case VALUE_INSTANT:
    out->type = VALUE_INSTANT;
    read = instant_read(&out->as.at, cells[0].as.text.data, err);
    break;
  case VALUE_MONEY:
    out->type = VALUE_MONEY;
    read = money_from_minor(&out->as.money, cells[0].as.integer, cells[1].as.text.data, err);
    break;
  default:
    return value_copy(out, &cells[0], err);
  }
  if (read)
    return true;
  *out = value_null();
  err->code = ERROR_STORE;
  return error_prefix(err, "the stored %s: ", field->name);
}

bool column_read(struct value *out, const struct statement *statement, int column,
                 const struct field *field, struct error *err) {
  struct value cells[2] = {column_raw(statement, column), value_null()};
  if (column_count(field) == 2)
    cells[1] = column_raw(statement, column + 1);
  return column_value(out, field, cells, err);
}
