/* csv-spectrum and csv-test-data: files by others with their meaning as JSON. */
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "engine/csv.h"
#include "support/unit.h"

#define SPECTRUM TEST_DATA "/csv_conformance/csv-spectrum"
#define TEST_DATA_SET TEST_DATA "/csv_conformance/csv-test-data"

static json_t *row_to_json(const struct csv_row *row) {
  json_t *array = json_array();
  for (size_t i = 0; i < row->count; i++)
    json_array_append_new(array, json_stringn(row->fields[i].data, row->fields[i].length));
  return array;
}

/* NULL when a row is malformed; err says why. */
static json_t *read_table(const char *path, struct error *err) {
  const struct csv_options comma = {.delimiter = ','};
  struct csv *csv = NULL;
  const struct csv_row *row = NULL;
  json_t *table = json_array();
  assert_true(csv_open_file(&csv, path, &comma, err));
  bool worked = true;
  while ((worked = csv_next(csv, &row, err)) && row)
    json_array_append_new(table, row_to_json(row));
  csv_close(csv);
  if (worked)
    return table;
  json_decref(table);
  return NULL;
}

/* The rows after the first as objects with its fields as names. */
static json_t *with_header(const json_t *table) {
  json_t *objects = json_array();
  const json_t *header = json_array_get(table, 0);
  for (size_t i = 1; i < json_array_size(table); i++) {
    const json_t *row = json_array_get(table, i);
    json_t *object = json_object();
    for (size_t k = 0; k < json_array_size(row); k++)
      json_object_set(object, json_string_value(json_array_get(header, k)), json_array_get(row, k));
    json_array_append_new(objects, object);
  }
  return objects;
}

static void matches(const char *csv_path, const char *json_path) {
  struct error err = {0};
  json_error_t json_err;
  json_t *expected = json_load_file(json_path, 0, &json_err);
  assert_non_null(expected);
  json_t *table = read_table(csv_path, &err);
  if (!table)
    fail_msg("%s: %s", csv_path, err.message);
  bool is_named = json_array_size(expected) == 0 || json_is_object(json_array_get(expected, 0));
  json_t *got = is_named ? with_header(table) : json_incref(table);
  if (!json_equal(got, expected))
    fail_msg("%s is not read as %s", csv_path, json_path);
  json_decref(got);
  json_decref(table);
  json_decref(expected);
}

static int match_folder(const char *csv_folder, const char *json_folder) {
  DIR *folder = opendir(csv_folder);
  if (!folder)
    return 0;
  int count = 0;
  for (const struct dirent *entry; (entry = readdir(folder));) {
    char csv_path[1024], json_path[1024];
    size_t stem = strlen(entry->d_name);
    if (stem < 5 || strcmp(entry->d_name + stem - 4, ".csv") != 0 ||
        strncmp(entry->d_name, "bad-", 4) == 0)
      continue;
    snprintf(csv_path, sizeof csv_path, "%s/%s", csv_folder, entry->d_name);
    snprintf(json_path, sizeof json_path, "%s/%.*s.json", json_folder, (int)(stem - 4),
             entry->d_name);
    matches(csv_path, json_path);
    count++;
  }
  closedir(folder);
  return count;
}

static bool is_absent(void) {
  DIR *folder = opendir(TEST_DATA_SET);
  if (folder)
    closedir(folder);
  else
    print_message("skipped: no csv_conformance in " TEST_DATA "\n");
  return !folder;
}

static void every_file_means_what_its_authors_say(void **state) {
  (void)state;
  if (is_absent())
    skip();
  assert_int_equal(match_folder(SPECTRUM "/csvs", SPECTRUM "/json"), 11);
  assert_int_equal(match_folder(TEST_DATA_SET "/csv", TEST_DATA_SET "/json"), 18);
}

static void malformed_files_are_refused_where_they_are_wrong(void **state) {
  static const struct {
    const char *name, *place;
  } cases[] = {
      {"bad-missing-quote",               "2:3: "                      },
      {"bad-quotes-with-unescaped-quote",
       "2:19: text after the closing quote of the field opened at 2:3;"},
      {"bad-unescaped-quote",             "2:8: "                      },
  };
  (void)state;
  if (is_absent())
    skip();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char path[1024];
    struct error err = {0};
    snprintf(path, sizeof path, TEST_DATA_SET "/csv/%s.csv", cases[i].name);
    assert_null(read_table(path, &err));
    assert_int_equal(err.code, ERROR_DATA);
    assert_memory_equal(err.message, cases[i].place, strlen(cases[i].place));
  }
}

/* What is wrong with these is for the caller to see: the reader gives the rows as they are. */
static void ragged_and_headless_files_are_given_as_they_are(void **state) {
  static const struct {
    const char *name, *rows;
  } cases[] = {
      {"bad-header-less-fields",  "[[\"foo\",\"bar\",\"baz\"],[\"1\",\"2\"]]"            },
      {"bad-header-more-fields",  "[[\"foo\",\"bar\",\"baz\"],[\"1\",\"2\",\"3\",\"4\"]]"},
      {"bad-header-no-header",    "[]"                                                   },
      {"bad-header-wrong-header", "[[\"qux\",\"quux\",\"quuz\"]]"                        },
  };
  (void)state;
  if (is_absent())
    skip();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char path[1024];
    struct error err = {0};
    json_error_t json_err;
    snprintf(path, sizeof path, TEST_DATA_SET "/csv/%s.csv", cases[i].name);
    json_t *expected = json_loads(cases[i].rows, 0, &json_err);
    json_t *table = read_table(path, &err);
    assert_true(json_equal(table, expected));
    json_decref(table);
    json_decref(expected);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_file_means_what_its_authors_say),
      cmocka_unit_test(malformed_files_are_refused_where_they_are_wrong),
      cmocka_unit_test(ragged_and_headless_files_are_given_as_they_are),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
