/* The file of typed lines: whole entries, whatever somebody did to it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "repl/history_file.h"
#include "support/unit.h"

static struct text taken; /* the entries, each with its time before and | behind it */

static void take(const char *entry, const char *at) {
  text_format(&taken, "%s %s|", at ? at : "-", entry);
}

static const char *read_all(const char *path) {
  text_clear(&taken);
  history_file_read(path, take);
  return text_string(&taken);
}

static void keep(const char *path, const char *entry) {
  struct error err = {0};
  if (!history_file_append(path, entry, 1795676948, &err))
    fail_msg("%s", err.message);
}

static void write_bytes(const char *path, const char *bytes, size_t length) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
}

static char folder[] = "/tmp/dealwright-history-XXXXXX", path[sizeof folder + 16];

static int make_folder(void **state) {
  (void)state;
  strcpy(folder + sizeof folder - 7, "XXXXXX");
  if (!mkdtemp(folder))
    return -1;
  snprintf(path, sizeof path, "%s/history", folder);
  return 0;
}

static int remove_folder(void **state) {
  (void)state;
  text_release(&taken);
  if (unlink(path) != 0)
    (void)rmdir(path);
  return rmdir(folder);
}

static void entries_come_back_in_order_with_their_lines(void **state) {
  (void)state;
  assert_string_equal(read_all(path), "");
  keep(path, "list deal");
  keep(path, "for i = 1, 2 do\n\n\tprint(i)\nend");
  keep(path, "#42");
  keep(path, "-- \xd1\x91\n#12 is no time");
  assert_string_equal(read_all(path), "#1795676948 list deal|"
                                      "#1795676948 for i = 1, 2 do\n\n\tprint(i)\nend|"
                                      "#1795676948 #42|"
                                      "#1795676948 -- \xd1\x91\n#12 is no time|");
}

static void the_file_is_its_owners_alone(void **state) {
  struct stat info;
  (void)state;
  keep(path, "a");
  assert_int_equal(stat(path, &info), 0);
  assert_int_equal(info.st_mode & 0777, 0600);
  assert_int_equal(chmod(path, 0644), 0);
  keep(path, "b");
  assert_int_equal(stat(path, &info), 0);
  assert_int_equal(info.st_mode & 0777, 0600);
}

static void half_a_line_does_not_swallow_the_next_entry(void **state) {
  static const char torn[] = "#1795676948\nwhole\n#1795676948\nto";
  (void)state;
  write_bytes(path, torn, sizeof torn - 1);
  keep(path, "next");
  assert_string_equal(read_all(path), "#1795676948 whole|#1795676948 to|#1795676948 next|");
}

static void a_foreign_file_gives_its_lines_and_goes_on(void **state) {
  static const char foreign[] = "ls\ncd /\n\0\xff\xfe\n";
  (void)state;
  write_bytes(path, foreign, sizeof foreign - 1);
  keep(path, "list deal");
  assert_string_equal(read_all(path), "- ls|- cd /|#1795676948 list deal|");
}

static void what_is_no_file_is_refused_without_waiting(void **state) {
  struct error err = {0};
  (void)state;
  assert_int_equal(mkfifo(path, 0600), 0);
  assert_string_equal(read_all(path), "");
  assert_false(history_file_append(path, "a", 1795676948, &err));
  assert_int_equal(err.code, ERROR_WRITE);
  assert_int_equal(unlink(path), 0);
  assert_int_equal(symlink("/etc/passwd", path), 0);
  assert_string_equal(read_all(path), "");
  assert_false(history_file_append(path, "a", 1795676948, &err));
  assert_int_equal(unlink(path), 0);
  assert_int_equal(mkdir(path, 0700), 0);
  assert_string_equal(read_all(path), "");
  assert_false(history_file_append(path, "a", 1795676948, &err));
  assert_non_null(strstr(err.message, path));
}

static void a_file_that_grew_too_large_loses_its_oldest_half(void **state) {
  struct stat info;
  struct text bytes = {0};
  (void)state;
  for (int i = 0; bytes.length < 9 << 20; i++)
    text_format(&bytes, "#1795676948\nentry %d with some words to make it longer\n", i);
  text_append(&bytes, "#1795676948\nnewest\n");
  write_bytes(path, text_string(&bytes), bytes.length);
  text_release(&bytes);
  const char *entries = read_all(path), *newest = "|#1795676948 newest|";
  assert_string_equal(entries + strlen(entries) - strlen(newest), newest);
  assert_int_equal(stat(path, &info), 0);
  assert_true(info.st_size <= 4 << 20);
  assert_int_equal(info.st_mode & 0777, 0600);
  keep(path, "after");
  entries = read_all(path);
  assert_memory_equal(entries, "#1795676948 entry ", 18);
  newest = "|#1795676948 newest|#1795676948 after|";
  assert_string_equal(entries + strlen(entries) - strlen(newest), newest);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(entries_come_back_in_order_with_their_lines, make_folder,
                                      remove_folder),
      cmocka_unit_test_setup_teardown(the_file_is_its_owners_alone, make_folder, remove_folder),
      cmocka_unit_test_setup_teardown(half_a_line_does_not_swallow_the_next_entry, make_folder,
                                      remove_folder),
      cmocka_unit_test_setup_teardown(a_foreign_file_gives_its_lines_and_goes_on, make_folder,
                                      remove_folder),
      cmocka_unit_test_setup_teardown(what_is_no_file_is_refused_without_waiting, make_folder,
                                      remove_folder),
      cmocka_unit_test_setup_teardown(a_file_that_grew_too_large_loses_its_oldest_half, make_folder,
                                      remove_folder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
