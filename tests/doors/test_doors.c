/* The same line at the prompt, by exec, in batch and as a Lua function says and does the same.
 * Lines are drawn from the command table by a seed: DOORS_SEED=… draws others. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "doors/door.h"
#include "support/sales.h"

enum { LINES = 200, DIFFERENCES_MOST = 10 };

struct house {
  char root[64];
  struct door doors[DOOR_COUNT];
  struct door_answer answers[DOOR_COUNT];
  int differences;
};

static const char *const sample[] = {
    "new user \"Анна Орлова\"",
    "new client \"Acme Clinic\" industry=medical employees=120",
    "new client \"Клиника «Сокол»\" industry=medical",
    "new deal Scanners client=\"Acme Clinic\" amount=12,500.00",
    "new deal \"Ёлочные игрушки\" client=#3 owner=#1 amount=\"900 RUB\"",
    "new deal Pumps client=\"Acme Clinic\" amount=0",
    "new contact \"Ann Lee\" client=\"Acme Clinic\" email=ann@acme.example",
    "meet #4 2026-04-20 \"first talk\"",
    "advance #4 owner=#1",
    "score fit",
    "delete #6",
};

static void write_file(const char *folder, const char *name, const char *bytes) {
  struct text path = {0};
  text_format(&path, "%s/%s", folder, name);
  FILE *file = fopen(text_string(&path), "w");
  assert_non_null(file);
  assert_true(fputs(bytes, file) >= 0);
  assert_int_equal(fclose(file), 0);
  text_release(&path);
}

static void write_samples(const char *folder) {
  write_file(folder, "people.csv", "name;industry\nКлиника Заря;medical\nBeta;retail\n");
  write_file(folder, "broken.csv", "name;industry\n\"never closed;medical\n");
  write_file(
      folder, "people.lua",
      "import { file \"people.csv\" { kind = \"client\", match = \"name\",\n"
      "  column \"name\" { to = \"name\" }, column \"industry\" { to = \"industry\" } } }\n");
  write_file(folder, "cards.vcf",
             "BEGIN:VCARD\nVERSION:3.0\nFN:Иван Петров\nORG:Beta\nEND:VCARD\n");
}

/* The sample is made by the commands themselves, at the prompt. */
static void make_sample(struct house *house) {
  struct text folder = {0}, copy = {0};
  struct door door;
  text_format(&folder, "%s/sample", house->root);
  assert_int_equal(mkdir(text_string(&folder), 0700), 0);
  write_samples(text_string(&folder));
  door_open(&door, DOOR_PROMPT, house->root, text_string(&folder));
  for (size_t i = 0; i < sizeof sample / sizeof *sample; i++)
    if (session_run_line(&door.session, sample[i]) != EXIT_DONE)
      fail_msg("the sample: %s", sample[i]);
  text_format(&copy, "cp %s/sales.db %s", text_string(&door.folder), text_string(&folder));
  door_close(&door);
  assert_int_equal(system(text_string(&copy)), 0);
  text_release(&folder);
  text_release(&copy);
}

static void open_doors(struct house *house, const char *from) {
  for (int i = 0; i < DOOR_COUNT; i++)
    door_open(&house->doors[i], (enum door_sort)i, house->root, from);
}

/* All go on from what the prompt has, and remember nothing. */
static void agree(struct house *house) {
  struct text copy = {0}, from = {0};
  text_format(&from, "%s/agreed", house->root);
  text_format(&copy, "cd / && rm -rf %s && cp -R %s %s", text_string(&from),
              text_string(&house->doors[DOOR_PROMPT].folder), text_string(&from));
  for (int i = 0; i < DOOR_COUNT; i++)
    door_close(&house->doors[i]);
  assert_int_equal(system(text_string(&copy)), 0);
  open_doors(house, text_string(&from));
  text_release(&copy);
  text_release(&from);
}

static bool begins(const char *line, const char *with) {
  return strncmp(line, with, strlen(with)) == 0;
}

/* "   57 | " */
static bool is_of_file(const char *line) {
  const char *number = line + strspn(line, " "), *behind = number + strspn(number, "0123456789");
  return number > line && behind > number && begins(behind, " | ");
}

static bool is_mark(const char *line) {
  const char *at = line + strspn(line, " ");
  return at > line && *at == '^' && strchr("~\n", at[1]);
}

/* Without what shows the line itself: the place in a script, the excerpt, the mark below it. */
static void drop_excerpt(struct text *text) {
  struct text rest = {0};
  text_replace(text, "dealwright: prompt:1: ", "dealwright: ");
  for (const char *line = text_string(text); *line;) {
    const char *next = line + strcspn(line, "\n");
    next += *next == '\n';
    if (!is_of_file(line) && !is_mark(line) && !(is_mark(next) && begins(line, "  ")))
      text_append_bytes(&rest, line, (size_t)(next - line));
    line = next;
  }
  text_release(text);
  *text = rest;
}

/* Behind the value of a member. */
static const char *skip_value(const char *at) {
  if (*at != '"')
    return at + strcspn(at, ",}");
  for (at++; *at && *at != '"'; at++)
    at += *at == '\\';
  return at + (*at == '"');
}

static void drop_member(struct text *text, const char *mark) {
  struct text rest = {0};
  const char *at = text_string(text), *found;
  while ((found = strstr(at, mark))) {
    text_append_bytes(&rest, at, (size_t)(found - at));
    at = skip_value(found + strlen(mark));
  }
  text_append(&rest, at);
  text_release(text);
  *text = rest;
}

/* The stamp of an answer tells the line that gives it again; that of a line of Lua is about the
 * whole, which may look at several days. */
static void drop_stamp(struct text *text, const struct line *line) {
  drop_member(text, "\"command\":");
  drop_member(text, "\"as_of\":");
  if (strstr(text_string(&line->typed), "as-of"))
    drop_member(text, "\"now\":");
}

static bool is_for_programs(const struct line *line) {
  static const char *const shapes[] = {"csv", "tsv", "json", "ndjson"};
  for (size_t i = 0; line->format && i < sizeof shapes / sizeof *shapes; i++)
    if (strcmp(line->format, shapes[i]) == 0)
      return true;
  return false;
}

static void print_first_difference(const char *a, const char *b) {
  while (*a && *b) {
    size_t length = strcspn(a, "\n"), other = strcspn(b, "\n");
    if (length != other || memcmp(a, b, length) != 0)
      break;
    a += length + (a[length] == '\n');
    b += other + (b[other] == '\n');
  }
  if (*a || *b)
    print_error("< %.*s\n> %.*s\n", (int)strcspn(a, "\n"), a, (int)strcspn(b, "\n"), b);
}

/* To a script a document is the text that a person reads. */
static bool is_document(const struct house *house) {
  const struct session *session = &house->doors[DOOR_PROMPT].session;
  return session->has_last && session->last.document;
}

/* It is drawn, or refused in a format, when it is shown; a script has what is to be shown. */
static bool is_shown_only(const struct house *house, const struct line *line) {
  const struct door_answer *prompt = &house->answers[DOOR_PROMPT];
  bool is_drawn = strcmp(line->command->verb, "chart") == 0 && !is_for_programs(line);
  return is_drawn || strstr(text_string(&prompt->err), "the answer is a document") != NULL;
}

/* What may differ: a script says the line in other words, and a shell has taken its quotes off.
 * In words for people a script has its own: it is given the records where they are given a
 * sentence.
 */
static void compare(struct house *house, const struct line *line, enum door_sort sort) {
  struct door_answer *first = &house->answers[DOOR_PROMPT], *other = &house->answers[sort];
  struct text texts[4] = {{0}, {0}, {0}, {0}};
  struct door_answer *of[2] = {first, other};
  bool same_line = sort == DOOR_EXEC || (sort == DOOR_BATCH && line->usual && !line->tied);
  bool compares_out = same_line || (is_for_programs(line) && !is_document(house));
  for (int i = 0; i < 2; i++) {
    const struct door *door = &house->doors[i ? sort : DOOR_PROMPT];
    struct text *out = &texts[2 * i], *err = &texts[2 * i + 1];
    text_append(out, compares_out ? text_string(&of[i]->out) : "");
    text_append(err, text_string(&of[i]->err));
    text_replace(out, text_string(&door->folder), "FOLDER");
    text_replace(err, text_string(&door->folder), "FOLDER");
    if (!same_line) {
      drop_excerpt(err);
      drop_stamp(out, line);
    }
  }
  bool same = first->code == other->code &&
              strcmp(text_string(&texts[0]), text_string(&texts[2])) == 0 &&
              strcmp(text_string(&texts[1]), text_string(&texts[3])) == 0;
  if (!same) {
    house->differences++;
    print_error("--- %s\nprompt ends with %d, %s with %d\n", text_string(&line->typed), first->code,
                door_names[sort], other->code);
    print_first_difference(text_string(&texts[0]), text_string(&texts[2]));
    print_first_difference(text_string(&texts[1]), text_string(&texts[3]));
  }
  for (int i = 0; i < 4; i++)
    text_release(&texts[i]);
}

static bool books_agree(struct house *house, const struct line *line, enum door_sort sort) {
  struct text mine = {0}, others = {0};
  bool commands = sort != DOOR_LUA;
  door_dump(&house->doors[DOOR_PROMPT], commands, &mine);
  door_dump(&house->doors[sort], commands, &others);
  text_replace(&mine, text_string(&house->doors[DOOR_PROMPT].folder), "FOLDER");
  text_replace(&others, text_string(&house->doors[sort].folder), "FOLDER");
  bool same = strcmp(text_string(&mine), text_string(&others)) == 0;
  if (!same) {
    house->differences++;
    print_error("--- %s\nleaves another book at the prompt than by %s\n", text_string(&line->typed),
                door_names[sort]);
    print_first_difference(text_string(&mine), text_string(&others));
  }
  text_release(&mine);
  text_release(&others);
  return same;
}

/* A line of Lua stands in the history as it was typed; from then on that would tell the doors
 * apart.
 */
static void run_line(struct house *house, const struct line *line) {
  bool same = true;
  for (int i = 0; i < DOOR_COUNT; i++)
    door_run(&house->doors[i], line, &house->answers[i]);
  for (int i = DOOR_PROMPT + 1; i < DOOR_COUNT; i++) {
    if (!house->answers[i].ran)
      continue;
    if (i != DOOR_LUA || !is_shown_only(house, line))
      compare(house, line, (enum door_sort)i);
    same = books_agree(house, line, (enum door_sort)i) && same;
  }
  if (same)
    for (int i = DOOR_BATCH; i < DOOR_COUNT; i++)
      door_take_history(&house->doors[i], &house->doors[DOOR_PROMPT]);
  else
    agree(house);
}

/* The same lines each time, until the commands change; other seeds are for who looks for more. */
static uint64_t seed_of(void) {
  const char *given = getenv("DOORS_SEED");
  return given ? strtoull(given, NULL, 10) : 1;
}

static void every_line_means_the_same_at_four_doors(void **state) {
  struct house *house = *state;
  struct random source;
  uint64_t seed = seed_of();
  random_init(&source, seed, 0);
  print_message("DOORS_SEED=%llu\n", (unsigned long long)seed);
  for (int i = 0; i < LINES && house->differences < DIFFERENCES_MOST; i++) {
    struct line line;
    line_make(&line, &source, &house->doors[DOOR_PROMPT].session);
    run_line(house, &line);
    line_release(&line);
  }
  if (house->differences)
    fail_msg("%d differences; DOORS_SEED=%llu shows them again", house->differences,
             (unsigned long long)seed);
}

static int open_house(void **state) {
  static struct house house;
  struct text sample_folder = {0};
  *state = &house;
  strcpy(house.root, "/tmp/doors-XXXXXX");
  assert_non_null(mkdtemp(house.root));
  setlocale(LC_ALL, "C.UTF-8");
  setenv("DEALWRIGHT_CONFIG", "/dev/null", 1);
  setenv("TZ", "UTC", 1);
  make_sample(&house);
  text_format(&sample_folder, "%s/sample", house.root);
  open_doors(&house, text_string(&sample_folder));
  text_release(&sample_folder);
  return 0;
}

static int close_house(void **state) {
  struct house *house = *state;
  struct text command = {0};
  for (int i = 0; i < DOOR_COUNT; i++) {
    door_close(&house->doors[i]);
    answer_release(&house->answers[i]);
  }
  text_format(&command, "rm -rf '%s'", house->root);
  int code = chdir("/") || system(text_string(&command));
  text_release(&command);
  return code;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_line_means_the_same_at_four_doors),
  };
  return cmocka_run_group_tests(tests, open_house, close_house);
}
