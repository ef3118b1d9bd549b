/* Any text as a file of a workspace: it loads, or everything that is wrong with it is told and the
 * rules before it stay. */
#include <sys/stat.h>
#include <unistd.h>

#include "bind/bind.h"
#include "fuzz/fuzz.h"

static char folder[64];

static void write_file(const char *name, const void *bytes, size_t size) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  PROMISE(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
}

static void remove_folder(void) {
  static const char *const names[] = {"kinds/fuzz.lua", "workspace.lua", "kinds", ""};
  char path[128];
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, names[i]);
    remove(path);
  }
}

static void make_folder(void) {
  static const char workspace[] = "-- dealwright: api=1\nworkspace { name = \"Fuzz\" }\n";
  char path[128];
  strcpy(folder, "/tmp/fuzz_declaration.XXXXXX");
  PROMISE(mkdtemp(folder));
  atexit(remove_folder);
  snprintf(path, sizeof path, "%s/kinds", folder);
  PROMISE(mkdir(path, 0700) == 0);
  write_file("workspace.lua", workspace, sizeof workspace - 1);
}

/* A book of its own each time: what was declared stays in it. */
static void load(struct engine *engine) {
  static const struct state_limits limits = {
      .bytes = 64 * 1024 * 1024, .deterministic = true, .instructions = 2000000};
  struct text report = {0};
  struct error err = {0};
  struct state *state = NULL;
  bool loaded = state_load(
      &state, engine, &(struct state_setup){.folder = folder, .limits = &limits, .report = &report},
      &err);
  PROMISE(loaded == (state != NULL));
  PROMISE(loaded || (err.message[0] && report.length > 0));
  engine_use_rules(engine, NULL);
  state_close(state);
  text_release(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct book *book;
  struct engine *engine;
  struct error err;
  if (!folder[0])
    make_folder();
  write_file("kinds/fuzz.lua", data, size);
  PROMISE(book_open(&book, "", BOOK_MEMORY, &err));
  PROMISE(engine_open(&engine, book, &err));
  load(engine);
  engine_close(engine);
  return 0;
}
