/* Loading a workspace: its files in a fixed order, checked as a whole, swapped in as a whole. */
#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "bind/blame.h"
#include "bind/failure.h"
#include "bind/files.h"
#include "bind/formula.h"
#include "engine/process.h"
#include "model/ruleset.h"

/* complain(file, line, message): one more thing that is wrong; loading goes on to find the rest. */
static int complain(lua_State *L) {
  struct complaints *complaints = state_of(L)->complaints;
  const char *file = luaL_checkstring(L, 1);
  lua_Integer line = luaL_checkinteger(L, 2);
  const char *message = luaL_checkstring(L, 3);
  struct error failure;
  if (line > 0)
    error_set(&failure, ERROR_SCRIPT, "%s:%d: %s", file, (int)line, message);
  else
    error_set(&failure, ERROR_SCRIPT, "%s%s%s", file, file[0] ? ": " : "", message);
  error_find_hint(&failure);
  if (line > 0)
    blame_line(L, file, (int)line, &failure);
  if (!complaints) /* nothing is read: a table's columns made inside of a function */
    return bind_raise(L, &failure);
  complaints_add(complaints, &failure);
  return 0;
}

/* complaints() → how many there are so far. */
static int count_complaints(lua_State *L) {
  const struct complaints *complaints = state_of(L)->complaints;
  lua_pushinteger(L, complaints ? (lua_Integer)complaints->count : 0);
  return 1;
}

static int load_files(lua_State *L) {
  struct state *state = state_of(L);
  state_push_call(L, "begin_loading");
  lua_call(L, 0, 0);
  for (size_t i = 0; i < state->files.count; i++) {
    const struct source_file *file = list_at(&state->files, i);
    state_push_call(L, "load_file");
    lua_pushstring(L, file->name);
    lua_pushlstring(L, file->text, file->length);
    lua_call(L, 2, 0);
  }
  state_push_call(L, "end_loading");
  lua_call(L, 0, 0);
  return 0;
}

static bool read_files(struct state *state, const struct state_setup *setup, struct error *err) {
  if (setup->source)
    return files_read_source(state, setup->source, setup->source_length, err);
  return setup->folder ? files_read_folder(state, setup->folder, err)
                       : files_read_shipped(state, err);
}

static bool read_source(struct state *state, const struct state_setup *setup, struct error *err) {
  state->folder = memory_copy_text(setup->folder ? setup->folder : "");
  if (!state->folder)
    return error_memory(err);
  if (!read_files(state, setup, err))
    return false;
  for (size_t i = 0; i < state->files.count; i++) {
    const struct source_file *file = list_at(&state->files, i);
    const struct ruleset_file part = {file->name, file->text, strlen(file->name), file->length};
    if (!ruleset_append(&state->source, &part, err))
      return false;
  }
  return true;
}

static bool set_ruleset(struct book *book, const char *hash, struct error *err) {
  char *copy = memory_copy_text(hash);
  if (hash && !copy)
    return error_memory(err);
  memory_free(book->ruleset);
  book->ruleset = copy;
  return true;
}

static bool activate(struct state *state, struct error *err) {
  struct book *book = state->engine->book;
  char hash[DIGEST_HEX_SIZE];
  if (!book_is_read_only(book) && !book->has_as_of)
    return ruleset_activate(book, state->source.data, state->source.length, err);
  digest_hex(state->source.data, state->source.length, hash);
  return set_ruleset(book, hash, err);
}

/* From here on everything was checked. The catalog goes last of what can fail: after it the old
 * rules' kinds are gone. */
static bool swap(struct state *state, struct loading *loading, struct error *err) {
  struct book *book = state->engine->book;
  struct error ignored;
  char *former = memory_copy_text(book->ruleset);
  if (book->ruleset && !former)
    return error_memory(err);
  bool done = activate(state, err);
  if (done && !book_use_catalog(book, loading->catalog, err)) {
    set_ruleset(book, former, &ignored);
    done = false;
  }
  memory_free(former);
  if (!done)
    return false;
  loading->catalog = NULL;
  engine_use_rules(state->engine, loading->rules);
  loading->rules = NULL;
  state->engine->formula = bind_formula;
  state->engine->formula_payload = state;
  memcpy(book->currency, loading->currency, sizeof book->currency);
  return true;
}

static bool declare(struct state *state, struct loading *loading, struct text *report,
                    struct error *err) {
  struct complaints complaints = {0};
  struct error failure;
  if (!catalog_new(&loading->catalog, err))
    return false;
  loading->rules = rules_new(err);
  if (!loading->rules)
    return false;
  memcpy(loading->currency, state->engine->book->currency, sizeof loading->currency);
  state->loading = loading;
  state->complaints = &complaints;
  bool loaded = state_call(state, load_files, NULL, &failure);
  state->loading = NULL;
  state->complaints = NULL;
  lua_gc(state->L, LUA_GCRESTART);
  if (!loaded)
    *err = failure;
  bool well = complaints_end(&complaints, loaded ? report : NULL, loaded ? err : &failure);
  return loaded && well;
}

static void loading_release(struct loading *loading) {
  if (loading->rules)
    rules_free(loading->rules);
  if (loading->catalog)
    catalog_free(loading->catalog);
}

bool state_load(struct state **out, struct engine *engine, const struct state_setup *setup,
                struct error *err) {
  struct text *report = setup->report;
  size_t before = report ? report->length : 0;
  struct state *state;
  struct loading loading = {0};
  if (!state_new(&state, engine, setup->limits, setup->host, err))
    return false;
  bool loaded = read_source(state, setup, err) && declare(state, &loading, report, err) &&
                process_title_stages(loading.rules, loading.catalog, err) &&
                swap(state, &loading, err);
  if (report && !loaded && report->length == before)
    text_format(report, "%s\n", err->message);
  loading_release(&loading);
  if (!loaded) {
    state_close(state);
    return false;
  }
  *out = state;
  return true;
}

/* Only the list of files of a state is needed to read them. */
bool state_read_source(const char *folder, struct text *source, struct error *err) {
  struct state state = {.files.size = sizeof(struct source_file)};
  bool read = read_source(&state, &(struct state_setup){.folder = folder}, err);
  if (read)
    text_append_bytes(source, text_string(&state.source), state.source.length);
  state_release_files(&state);
  return read && text_check(source, err);
}

void bind_workspace_open(lua_State *L) {
  lua_pushcfunction(L, complain);
  lua_setfield(L, -2, "complain");
  lua_pushcfunction(L, count_complaints);
  lua_setfield(L, -2, "complaints");
}
