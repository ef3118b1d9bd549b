#include "bind/blame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error_place.h"
#include "base/translate.h"
#include "bind/failure.h"

enum { FRAMES_MAX = 30, LEVELS_MAX = 1000 };

/* A script by its name. */
struct script {
  const char *name, *text;
  size_t length;
};

/* Lua writes the end of a long name only: "...sales/month_end.lua". The bytes of the message that
 * name the script; 0: it names another. */
static size_t named_length(const char *message, const char *name) {
  size_t length = strlen(name), size = strcspn(message, ":");
  bool cut = strncmp(message, "...", 3) == 0 && size > 3 && size - 3 < length;
  if (cut && strncmp(message + 3, name + length - (size - 3), size - 3) == 0)
    return size;
  return strncmp(message, name, length) == 0 && message[length] == ':' ? length : 0;
}

/* The script under way or in force whose name the message begins with; its length, or 0. */
static size_t find_script(const struct state *state, const char *message, struct script *out) {
  size_t length = state->chunk_name ? named_length(message, state->chunk_name) : 0;
  if (length) {
    *out = (struct script){state->chunk_name, state->chunk, strlen(state->chunk)};
    return length;
  }
  for (size_t i = 0; i < state->files.count; i++) {
    const struct source_file *file = list_at(&state->files, i);
    *out = (struct script){file->name, file->text, file->length};
    if ((length = named_length(message, file->name)))
      return length;
  }
  return 0;
}

/* Whether the script up to `end` is refused in the same words. A typed "=x" is "return x". */
static bool is_refused_alike(lua_State *L, const struct script *script, size_t end,
                             const char *said) {
  struct text chunk = {0};
  size_t from = strspn(script->text, " \t\n");
  bool value = script->text[from] == '=';
  text_append(&chunk, value ? "return " : "");
  from = value ? from + 1 : 0;
  text_append_bytes(&chunk, script->text + from, end > from ? end - from : 0);
  bool refused = luaL_loadbufferx(L, text_string(&chunk), chunk.length, "=", "t") != LUA_OK;
  const char *message = refused && lua_isstring(L, -1) ? lua_tostring(L, -1) : "";
  const char *words = strstr(message, ": ");
  bool alike = words && strcmp(words + 2, said) == 0;
  lua_pop(L, 1);
  text_release(&chunk);
  return alike;
}

/* Finds "near 'token'" in the line: what stands before it can be Lua, with it nothing can. */
static void find_token(lua_State *L, const struct script *script, const char *said,
                       struct error_line *line) {
  const char *near = strstr(said, " near ");
  struct text token = {0};
  size_t length = near ? strlen(near += 6) : 0;
  if (length && strcmp(near, "<eof>") == 0) {
    line->at = line->length;
    line->marked = 1;
    return;
  }
  if (length < 3 || *near != '\'' || near[length - 1] != '\'')
    return;
  text_append_bytes(&token, near + 1, length - 2);
  const char *stop = line->text + line->length, *at = line->text;
  while (!line->marked && (at = strstr(at, text_string(&token))) && at + token.length <= stop) {
    size_t end = (size_t)(at - script->text) + token.length;
    bool more = end < script->length; /* a quote is known to be open at the end of its line */
    if (is_refused_alike(L, script, end, said) ||
        (more && is_refused_alike(L, script, end + 1, said))) {
      line->at = (size_t)(at - line->text);
      line->marked = token.length;
    }
    at++;
  }
  text_release(&token);
}

static void show(lua_State *L, const struct script *script, int number, struct error *err) {
  struct error_line line;
  const char *said = strstr(err->message, ": ");
  error_locate(err, script->name, number);
  if (!error_line_find(&line, script->text, script->length, number))
    return;
  if (said)
    find_token(L, script, said + 2, &line);
  error_show_line(err, &line);
}

void blame_message(lua_State *L, struct error *err) {
  struct script script;
  char *rest = NULL;
  size_t length = find_script(state_of(L), err->message, &script);
  long line = length ? strtol(err->message + length + 1, &rest, 10) : 0;
  if (line > 0 && line < INT_MAX && strncmp(rest, ": ", 2) == 0)
    show(L, &script, (int)line, err);
}

void blame_line(lua_State *L, const char *file, int line, struct error *err) {
  struct script script;
  struct text place = {0};
  text_format(&place, "%s:", file);
  if (find_script(state_of(L), text_string(&place), &script))
    show(L, &script, line, err);
  else
    error_locate(err, file, line);
  text_release(&place);
}

/* ---- the calls that led there ------------------------------------------------------------- */

static bool is_script(const lua_Debug *activation) {
  return activation->source[0] == '@' && activation->currentline > 0;
}

/* A function has the name by which it was called: one that the prelude gave is nobody's business.
 */
static bool is_called_by_script(lua_State *L, int level) {
  lua_Debug caller;
  return lua_getstack(L, level + 1, &caller) && lua_getinfo(L, "Sl", &caller) && is_script(&caller);
}

static void append_frame(struct text *out, lua_State *L, int level, const lua_Debug *activation) {
  text_format(out, "%s:%d: ", activation->short_src, activation->currentline);
  if (strcmp(activation->what, "main") == 0)
    text_append(out, translate("outside of functions"));
  else if (activation->name && is_called_by_script(L, level))
    text_format(out, translate("in '%s'"), activation->name);
  else
    text_format(out, translate("in the function of line %d"), activation->linedefined);
  text_append_char(out, '\n');
}

/* The lines of scripts, innermost first. Lua counts to a level from the innermost one, each time
 * anew: the 200,000 of an endless recursion would take minutes. */
static void append_frames(lua_State *L, struct text *out) {
  lua_Debug activation;
  int told = 0, more = 0, level = 0;
  for (; level < LEVELS_MAX && lua_getstack(L, level, &activation); level++) {
    lua_getinfo(L, "Sln", &activation);
    if (!is_script(&activation))
      continue;
    if (told++ < FRAMES_MAX)
      append_frame(out, L, level, &activation);
    else
      more++;
  }
  if (level == LEVELS_MAX)
    text_append(out, translate("and many more\n"));
  else if (more)
    text_format(out, translate_plural("and %lld more\n", "and %lld more\n", more), (long long)more);
}

static bool is_passed_on(const struct state *state, const char *message) {
  size_t length = strlen(message), traced = strlen(state->traced);
  return traced && traced <= length && strcmp(message + length - traced, state->traced) == 0;
}

int blame_handler(lua_State *L) {
  struct state *state = state_of(L);
  int values = bind_handler(L);
  struct error err = {0};
  bind_read_message(L, &err);
  if (is_passed_on(state, err.message))
    return values;
  memcpy(state->traced, err.message, sizeof state->traced);
  text_clear(&state->trace);
  append_frames(L, &state->trace);
  return values;
}

const char *state_trace(const struct state *state) {
  return text_string(&state->trace);
}

void state_forget_trace(struct state *state) {
  text_clear(&state->trace);
  state->traced[0] = '\0';
}
