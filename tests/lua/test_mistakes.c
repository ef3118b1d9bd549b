/* Every case of mistakes.txt: what is said of a wrong declaration, line by line.
 * DEALWRIGHT_WRITE_MISTAKES=1 writes what is said now into the file: read every line of the
 * difference. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "bind/bind.h"
#include "support/unit.h"

enum { NOW = 1767261600 };

#define CASES TEST_ROOT "/tests/lua/mistakes.txt"

/* What each case is added to. */
static const char *const workspace[][2] = {
    {"workspace.lua",      "-- dealwright: api=1\nworkspace { name = \"T\" }\n"},
    {"processes/sale.lua",
     "process \"sale\" { kind = \"deal\", field = \"stage\", stages = { \"first\", \"second\" }, "
     "ends = { won = \"won\", lost = \"lost\" } }\n"                           },
};

struct place_of_work {
  char folder[64];
};

static void write_file(const char *folder, const char *name, const char *text) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
}

static int make_folder(void **context) {
  static struct place_of_work place;
  char path[128];
  snprintf(place.folder, sizeof place.folder, "/tmp/mistakes_XXXXXX");
  assert_non_null(mkdtemp(place.folder));
  static const char *const folders[] = {"processes", "stages"};
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    snprintf(path, sizeof path, "%s/%s", place.folder, folders[i]);
    mkdir(path, 0700);
  }
  for (size_t i = 0; i < sizeof workspace / sizeof *workspace; i++)
    write_file(place.folder, workspace[i][0], workspace[i][1]);
  *context = &place;
  return 0;
}

static int remove_folder(void **context) {
  struct place_of_work *place = *context;
  char command[128];
  snprintf(command, sizeof command, "rm -r %s", place->folder);
  return system(command);
}

static struct engine *open_engine(void) {
  struct error err;
  struct book *book;
  struct engine *engine;
  assert_true(book_open(&book, "", BOOK_MEMORY, &err));
  book->clock = (struct clock){.fixed = true, .at = NOW};
  assert_true(engine_open(&engine, book, &err));
  return engine;
}

static bool load(const struct place_of_work *place, struct engine *engine, struct state **state,
                 struct text *said, struct error *err) {
  const struct state_limits limits = {.milliseconds = 20000, .bytes = 64 * 1024 * 1024};
  return state_load(
      state, engine,
      &(struct state_setup){.folder = place->folder, .limits = &limits, .report = said}, err);
}

/* What is said of a script in the workspace. */
static void load_script(const struct place_of_work *place, const char *script, struct text *said) {
  struct error err = {0};
  struct engine *engine = open_engine();
  struct state *state = NULL;
  write_file(place->folder, "stages/a.lua", script);
  if (load(place, engine, &state, said, &err))
    text_append(said, "nothing\n");
  else if (strncmp(text_string(said), err.message, strlen(err.message)) != 0)
    text_format(said, "but the error was: %s\n", err.message);
  state_close(state);
  engine_close(engine);
}

/* What is said of a mapping script. */
static void load_mapping(const struct place_of_work *place, const char *script, struct text *said) {
  struct error err = {0};
  struct engine *engine = open_engine();
  struct state *state = NULL;
  struct import_plan *plan = NULL;
  char path[256];
  write_file(place->folder, "stages/a.lua", "");
  write_file(place->folder, "map.lua.txt", script);
  snprintf(path, sizeof path, "%s/map.lua.txt", place->folder);
  if (!load(place, engine, &state, said, &err))
    text_append(said, "the workspace is wrong\n");
  else if (state_import_plan(state, path, &plan, said, &err))
    text_append(said, "nothing\n");
  else if (strncmp(text_string(said), err.message, strlen(err.message)) != 0)
    text_format(said, "but the error was: %s\n", err.message);
  import_plan_free(plan);
  state_close(state);
  engine_close(engine);
}

/* What is said of a line at the prompt, in the workspace. */
static void run_line(const struct place_of_work *place, const char *script, struct text *said) {
  struct error err = {0};
  struct engine *engine = open_engine();
  struct state *state = NULL;
  struct state_answer answer = {0};
  write_file(place->folder, "stages/a.lua", "");
  if (!load(place, engine, &state, said, &err))
    text_append(said, "the workspace is wrong\n");
  else if (state_eval(state, script, "line", &answer, &err))
    text_append(said, "nothing\n");
  else
    text_format(said, "%s\n", err.message);
  state_answer_release(&answer);
  state_close(state);
  engine_close(engine);
}

/* The text up to the line that begins with the mark, which is skipped; NULL mark: to the next case
 * or comment. */
static const char *take_until(const char *at, const char *mark, struct text *out) {
  while (*at) {
    size_t length = strcspn(at, "\n");
    if (strncmp(at, mark, strlen(mark)) == 0)
      return at;
    text_append_bytes(out, at, length);
    text_append_char(out, '\n');
    at += length + (at[length] == '\n');
  }
  return at;
}

static const char *next_line(const char *at) {
  at += strcspn(at, "\n");
  return *at ? at + 1 : at;
}

/* Blank lines part the cases and belong to none. */
static void trim(struct text *text) {
  while (text->length > 1 && text->data[text->length - 1] == '\n' &&
         text->data[text->length - 2] == '\n')
    text->data[--text->length] = '\0';
}

struct tally {
  size_t cases, wrong;
  struct text written; /* the file as it would be */
};

/* "=== title", the script, "---", what is said. */
static const char *run_case(const struct place_of_work *place, const char *at,
                            struct tally *tally) {
  struct text title = {0}, script = {0}, expected = {0}, said = {0};
  text_append_bytes(&title, at, strcspn(at, "\n"));
  at = take_until(next_line(at), "---", &script);
  at = take_until(next_line(at), "===", &expected);
  trim(&expected);
  void (*say)(const struct place_of_work *, const char *, struct text *) = load_script;
  if (strncmp(text_string(&title), "=== import", 10) == 0)
    say = load_mapping;
  if (strncmp(text_string(&title), "=== prompt", 10) == 0)
    say = run_line;
  say(place, text_string(&script), &said);
  tally->cases++;
  if (strcmp(text_string(&said), text_string(&expected)) != 0) {
    tally->wrong++;
    print_error("%s\n%swanted:\n%ssaid:\n%s\n", text_string(&title), text_string(&script),
                text_string(&expected), text_string(&said));
  }
  text_format(&tally->written, "%s\n%s---\n%s%s", text_string(&title), text_string(&script),
              text_string(&said), *at ? "\n" : "");
  text_release(&title);
  text_release(&script);
  text_release(&expected);
  text_release(&said);
  return at;
}

static char *read_cases(void) {
  struct text text = {0};
  char block[4096];
  FILE *file = fopen(CASES, "r");
  assert_non_null(file);
  for (size_t count; (count = fread(block, 1, sizeof block, file)) > 0;)
    text_append_bytes(&text, block, count);
  fclose(file);
  struct error err;
  char *all = text_take(&text, &err);
  assert_non_null(all);
  return all;
}

static void every_mistake_is_told_where_it_is_and_what_to_do(void **context) {
  struct tally tally = {0};
  char *all = read_cases();
  const char *at = take_until(all, "===", &tally.written);
  while (*at)
    at = run_case(*context, at, &tally);
  if (getenv("DEALWRIGHT_WRITE_MISTAKES")) {
    FILE *file = fopen(CASES, "w");
    assert_non_null(file);
    fputs(text_string(&tally.written), file);
    fclose(file);
  } else if (tally.wrong > 0)
    fail_msg("%zu of %zu cases", tally.wrong, tally.cases);
  assert_true(tally.cases > 100);
  text_release(&tally.written);
  memory_free(all);
}

/* One more than are told. */
static void the_first_mistakes_are_told_and_the_rest_counted(void **context) {
  struct text script = {0}, said = {0};
  for (int i = 1; i <= 57; i++)
    text_format(&script, "stage \"sale.x%d\" {}\n", i);
  load_script(*context, text_string(&script), &said);
  size_t lines = 0;
  for (const char *at = text_string(&said); *at; at = next_line(at))
    lines += *at != ' '; /* without the excerpts */
  assert_int_equal(lines, 21);
  assert_non_null(
      strstr(text_string(&said), "stages/a.lua:20: process 'sale' has no stage 'x20'\n"));
  assert_null(strstr(text_string(&said), "'x21'"));
  assert_non_null(strstr(text_string(&said), "\nand 37 more\n"));
  text_release(&script);
  text_release(&said);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(every_mistake_is_told_where_it_is_and_what_to_do, make_folder,
                                      remove_folder),
      cmocka_unit_test_setup_teardown(the_first_mistakes_are_told_and_the_rest_counted, make_folder,
                                      remove_folder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
