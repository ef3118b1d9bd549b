/* Any text as a line of Lua: it ends within its limits, breaks nothing, and the next line works. */
#include "bind/bind.h"
#include "fuzz/fuzz.h"

enum { LINES_PER_SESSION = 500 };

static const struct state_limits limits = {
    .bytes = 64 * 1024 * 1024, .deterministic = true, .instructions = 2000000};

static struct engine *engine;
static struct state *state;
static int lines;

static void close_session(void) {
  if (!engine)
    return;
  engine_use_rules(engine, NULL);
  state_close(state);
  engine_close(engine);
  engine = NULL;
}

static void open_session(void) {
  struct book *book;
  struct error err;
  PROMISE(book_open(&book, "", BOOK_MEMORY, &err));
  book->clock = (struct clock){.fixed = true, .at = INT64_C(1767261600)};
  PROMISE(engine_open(&engine, book, &err));
  PROMISE(state_load(&state, engine, &(struct state_setup){.limits = &limits}, &err));
  lines = 0;
}

static bool eval(const char *line, struct text *shown) {
  struct state_answer answer = {0};
  struct error err = {0};
  bool done = state_eval(state, line, "line", &answer, &err);
  PROMISE(done || err.message[0]);
  PROMISE(done || (size_t)err.place.mark <= strlen(err.place.excerpt));
  text_append(shown, text_string(&answer.shown));
  state_answer_release(&answer);
  return done;
}

/* A session whose variables fill its memory is the user's doing. */
static void check_next_line(void) {
  struct text shown = {0};
  bool full = !eval("=#('x'):rep(1000)", &shown);
  PROMISE(full || strcmp(text_string(&shown), "1000") == 0 ||
          strcmp(text_string(&shown), "1000\n") == 0);
  text_release(&shown);
  if (full || lines >= LINES_PER_SESSION)
    close_session();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct text shown = {0};
  if (!engine)
    open_session();
  char *line = fuzz_word(data, size);
  lines++;
  eval(line, &shown);
  check_next_line();
  text_release(&shown);
  free(line);
  return 0;
}
