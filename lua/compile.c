/* A tool of the build: compiles one file of the prelude, so that no session has to.
 * usage: compile_prelude SOURCE OUTPUT */
#include <lauxlib.h>
#include <stdbool.h>
#include <stdio.h>

static int write_piece(lua_State *L, const void *piece, size_t size, void *file) {
  (void)L;
  return fwrite(piece, 1, size, file) != size;
}

/* Lines and names stay in: failures are told with them. */
static bool write_chunk(lua_State *L, const char *path) {
  FILE *file = fopen(path, "wb");
  bool written = file && lua_dump(L, write_piece, file, false) == 0;
  if (file && fclose(file) != 0)
    written = false;
  if (!written)
    perror(path);
  return written;
}

/* Text only, and known as the prelude, as the program expects. */
static bool read_source(lua_State *L, const char *path) {
  FILE *file = fopen(path, "rb");
  luaL_Buffer buffer;
  size_t length;
  if (!file) {
    perror(path);
    return false;
  }
  luaL_buffinit(L, &buffer);
  do {
    length = fread(luaL_prepbuffer(&buffer), 1, LUAL_BUFFERSIZE, file);
    luaL_addsize(&buffer, length);
  } while (length > 0);
  bool read = !ferror(file);
  fclose(file);
  luaL_pushresult(&buffer);
  const char *text = lua_tolstring(L, -1, &length);
  if (read && luaL_loadbufferx(L, text, length, "=prelude", "t") == LUA_OK)
    return true;
  fprintf(stderr, "%s: %s\n", path, read ? lua_tostring(L, -1) : "cannot be read");
  return false;
}

int main(int argc, char **argv) {
  lua_State *L = argc == 3 ? luaL_newstate() : NULL;
  bool done = L && read_source(L, argv[1]) && write_chunk(L, argv[2]);
  if (!L)
    fprintf(stderr, "usage: compile_prelude SOURCE OUTPUT\n");
  else
    lua_close(L);
  return done ? 0 : 1;
}
