#include "doors/door.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "repl/classify.h"
#include "repl/failure.h"
#include "support/sales.h"

const char *const door_names[DOOR_COUNT] = {"prompt", "exec", "batch", "Lua"};

void answer_clear(struct door_answer *answer) {
  text_clear(&answer->out);
  text_clear(&answer->err);
  answer->code = 0;
  answer->ran = false;
}

void answer_release(struct door_answer *answer) {
  text_release(&answer->out);
  text_release(&answer->err);
}

void read_file(const char *path, struct text *out) {
  char bytes[4096];
  size_t length;
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  while ((length = fread(bytes, 1, sizeof bytes, file)) > 0)
    text_append_bytes(out, bytes, length);
  fclose(file);
}

void text_replace(struct text *text, const char *part, const char *by) {
  struct text replaced = {0};
  const char *at = text_string(text), *found;
  if (!*part)
    return;
  while ((found = strstr(at, part))) {
    text_append_bytes(&replaced, at, (size_t)(found - at));
    text_append(&replaced, by);
    at = found + strlen(part);
  }
  text_append(&replaced, at);
  text_release(text);
  *text = replaced;
}

void door_open(struct door *door, enum door_sort sort, const char *root, const char *from) {
  struct text command = {0};
  struct error err = {0};
  *door = (struct door){.sort = sort};
  text_format(&door->folder, "%s/%s", root, door_names[sort]);
  text_format(&door->database, "%s/sales.db", text_string(&door->folder));
  text_format(&command, "rm -rf '%s' && cp -R '%s' '%s'", text_string(&door->folder), from,
              text_string(&door->folder));
  assert_int_equal(system(text_string(&command)), 0);
  text_release(&command);
  const struct settings settings = {.database = text_string(&door->database),
                                    .now = DOORS_NOW,
                                    .no_input = true,
                                    .language = "en"};
  must(session_init(&door->session, &settings, &err));
  must(session_open(&door->session, COMMAND_NEEDS_RULES, &command, &err));
  text_release(&command);
  door->open = true;
}

void door_close(struct door *door) {
  if (door->open)
    session_release(&door->session);
  text_release(&door->folder);
  text_release(&door->database);
  *door = (struct door){0};
}

/* Standard output and error of this process, in files for a while. */
struct capture {
  int out, err;
};

static int divert(int descriptor, const char *path) {
  int kept = dup(descriptor), file = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  assert_true(kept >= 0 && file >= 0);
  assert_int_equal(dup2(file, descriptor), descriptor);
  close(file);
  return kept;
}

static void come_back(int descriptor, int kept) {
  dup2(kept, descriptor);
  close(kept);
}

static void capture_begin(struct capture *capture) {
  fflush(stdout);
  capture->out = divert(STDOUT_FILENO, "../said.out");
  capture->err = divert(STDERR_FILENO, "../said.err");
}

static void capture_end(struct capture *capture, struct door_answer *answer) {
  fflush(stdout);
  come_back(STDOUT_FILENO, capture->out);
  come_back(STDERR_FILENO, capture->err);
  read_file("../said.out", &answer->out);
  read_file("../said.err", &answer->err);
}

/* What a person types who means the command, whatever Lua makes of the words. */
static void append_typed(struct door *door, const struct line *line, struct text *out) {
  const char *typed = text_string(&line->typed);
  struct classification found = classify(typed, command_is_verb, &door->session);
  text_format(out, "%s%s", found.reading == READING_COMMAND ? "" : ":", typed);
}

static int run_words(struct door *door, const struct line *line) {
  return session_run_words(&door->session, line->words.items, line->words.count);
}

static int run_typed(struct door *door, const struct line *line) {
  struct text typed = {0};
  append_typed(door, line, &typed);
  const char *const words[] = {"exec", text_string(&typed)};
  int code = door->sort == DOOR_EXEC ? session_run_words(&door->session, words, 2)
                                     : session_run_line(&door->session, words[1]);
  text_release(&typed);
  return code;
}

static int run_captured(struct door *door, const struct line *line, struct door_answer *answer) {
  struct capture capture;
  capture_begin(&capture);
  int code = door->sort == DOOR_BATCH ? run_words(door, line) : run_typed(door, line);
  capture_end(&capture, answer);
  answer->ran = true;
  return code;
}

/* The format stands before the line, as explain says that a script has no use for it. */
static int run_lua(struct door *door, const char *lua, const struct line *line,
                   struct door_answer *answer) {
  struct capture capture;
  door->session.settings.format = line->format;
  capture_begin(&capture);
  int code = session_run_line(&door->session, lua);
  capture_end(&capture, answer);
  door->session.settings.format = NULL;
  answer->ran = true;
  return code;
}

/* What a script can't say is run all the same: the session remembers it. */
static int run_equivalent(struct door *door, const struct line *line, struct door_answer *answer) {
  struct text lua = {0};
  int code = EXIT_DONE;
  if (door_equivalent(door, line, &lua)) {
    code = run_lua(door, text_string(&lua), line, answer);
  } else {
    run_captured(door, line, answer);
    answer->ran = false;
  }
  text_release(&lua);
  return code;
}

void door_run(struct door *door, const struct line *line, struct door_answer *answer) {
  answer_clear(answer);
  assert_int_equal(chdir(text_string(&door->folder)), 0);
  answer->code = door->sort == DOOR_LUA ? run_equivalent(door, line, answer)
                                        : run_captured(door, line, answer);
}

bool door_equivalent(struct door *door, const struct line *line, struct text *lua) {
  static const char mark[] = "\nin Lua: ";
  struct text typed = {0};
  struct door_answer told = {0};
  struct capture capture;
  append_typed(door, line, &typed);
  const char *const words[] = {"explain", text_string(&typed)};
  capture_begin(&capture);
  int code = session_run_words(&door->session, words, 2);
  capture_end(&capture, &told);
  if (code != EXIT_DONE)
    fail_msg("explain '%s': %s", text_string(&typed), text_string(&told.err));
  const char *found = strstr(text_string(&told.out), mark);
  if (found) {
    found += strlen(mark);
    text_append_char(lua, '=');
    text_append_bytes(lua, found, strcspn(found, "\n"));
  }
  text_release(&typed);
  answer_release(&told);
  return found != NULL;
}
