/* Who records are about, and whether two are likely about the same: declared identities go into the
 * rules, names and numbers are compared, doubles are found. */
#include "engine/identity.h"

#include <string.h>

#include "base/likeness.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "bind/record.h"
#include "engine/duplicates.h"

static bool read_among(lua_State *L, int table, struct identity *identity, struct error *err) {
  bool done = true;
  if (lua_getfield(L, table, "among") == LUA_TTABLE)
    for (lua_Integer i = 1; done && lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
      done = identity_add_kind(identity, lua_tostring(L, -1), err);
      lua_pop(L, 1);
    }
  lua_settop(L, table);
  return done;
}

/* add_identity{kind, person, company, email, phone, settled, among = {kind, …}, place}. */
static int add_identity(lua_State *L) {
  struct error err;
  lua_settop(L, 1);
  struct identity *identity =
      identity_new(state_of(L)->loading->rules, bind_option_borrowed(L, 1, "kind"), &err);
  bool done = identity != NULL;
  for (int i = 0; done && i < IDENTITY_PARTS; i++)
    done = bind_option_text(L, 1, identity_part_name((enum identity_part)i), &identity->paths[i],
                            &err);
  if (!done || !bind_option_text(L, 1, "settled", &identity->settled, &err) ||
      !bind_option_place(L, 1, &identity->place, &err) || !read_among(L, 1, identity, &err))
    return bind_raise(L, &err);
  return 0;
}

static void release_text(void *block) {
  text_release(block);
}

static void release_likeness(void *block) {
  likeness_release(block);
}

static int push_appended(lua_State *L, void (*append)(struct text *out, const char *text)) {
  struct error err;
  const char *text = luaL_checkstring(L, 1);
  struct text *out = holder_push(L, sizeof *out, release_text);
  append(out, text);
  if (!text_check(out, &err))
    return bind_raise(L, &err);
  lua_pushlstring(L, text_string(out), out->length);
  return 1;
}

/* plain_email(text) → as it is compared; "" when it is no address. */
static int plain_email(lua_State *L) {
  return push_appended(L, likeness_append_email);
}

/* plain_phone(text) → its digits as they are compared. */
static int plain_phone(lua_State *L) {
  return push_appended(L, likeness_append_phone);
}

static enum name_of check_name_of(lua_State *L, int index) {
  static const char *const words[] = {"company", "person", NULL};
  return luaL_checkoption(L, index, "company", words) ? NAME_OF_PERSON : NAME_OF_COMPANY;
}

static struct likeness *push_likeness(lua_State *L, int index, enum name_of of) {
  struct error err;
  const char *name = luaL_checkstring(L, index);
  struct likeness *likeness = holder_push(L, sizeof *likeness, release_likeness);
  if (!likeness_init(likeness, name, of, &err))
    bind_raise(L, &err);
  return likeness;
}

/* plain_name(text, "company" or "person") → its words as one hears them. */
static int plain_name(lua_State *L) {
  lua_settop(L, 2);
  struct likeness *likeness = push_likeness(L, 1, check_name_of(L, 2));
  lua_pushlstring(L, text_string(&likeness->sound), likeness->sound.length);
  return 1;
}

/* alike(name, name, "company" or "person") → 0 to 1. */
static int alike(lua_State *L) {
  lua_settop(L, 3);
  enum name_of of = check_name_of(L, 3);
  struct likeness *a = push_likeness(L, 1, of);
  struct likeness *b = push_likeness(L, 2, of);
  lua_pushnumber(L, likeness_compare(a, b));
  return 1;
}

static void release_pairs(void *block) {
  list_release(block);
}

static void set_number(lua_State *L, const char *key, double number) {
  if (number < 0)
    return;
  lua_pushnumber(L, number);
  lua_setfield(L, -2, key);
}

static void push_pair(lua_State *L, const struct duplicate *pair) {
  lua_createtable(L, 0, 7);
  bind_push_record(L, pair->first_kind, pair->first, NULL);
  lua_setfield(L, -2, "first");
  bind_push_record(L, pair->second_kind, pair->second, NULL);
  lua_setfield(L, -2, "second");
  lua_pushboolean(L, pair->evidence.email);
  lua_setfield(L, -2, "email");
  set_number(L, "score", pair->score);
  set_number(L, "phone", pair->evidence.phone);
  set_number(L, "person", pair->evidence.person);
  set_number(L, "company", pair->evidence.company);
}

/* The ids of the records in the list at the index, in a block that is pushed. */
static const int64_t *push_ids(lua_State *L, int index, size_t *count) {
  *count = lua_rawlen(L, index);
  int64_t *ids = lua_newuserdatauv(L, (*count + 1) * sizeof *ids, 0);
  for (size_t i = 0; i < *count; i++) {
    const struct kind *kind;
    lua_rawgeti(L, index, (lua_Integer)i + 1);
    ids[i] = bind_check_record(L, -1, &kind);
    lua_pop(L, 1);
  }
  return ids;
}

/* doubles(records or nil, kind or nil, least) → {{first, second, score, email, phone, person,
 * company}, …}, the likeliest first. */
static int doubles(lua_State *L) {
  struct error err;
  struct state *state = state_of(L);
  struct duplicate_search search = {.least = luaL_checknumber(L, 3)};
  lua_settop(L, 3);
  if (lua_istable(L, 1))
    search.ids = push_ids(L, 1, &search.count);
  if (lua_isstring(L, 2) &&
      !catalog_find(state->engine->book->catalog, lua_tostring(L, 2), &search.kind, &err))
    return bind_raise(L, &err);
  struct list *pairs = holder_push(L, sizeof *pairs, release_pairs);
  pairs->size = sizeof(struct duplicate);
  if (!duplicates_find(state->engine, &search, pairs, &err))
    return bind_raise(L, &err);
  lua_createtable(L, (int)pairs->count, 0);
  for (size_t i = 0; i < pairs->count; i++) {
    push_pair(L, list_at(pairs, i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

void bind_identity_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"add_identity", add_identity},
      {"plain_email",  plain_email },
      {"plain_phone",  plain_phone },
      {"plain_name",   plain_name  },
      {"alike",        alike       },
      {"doubles",      doubles     },
      {NULL,           NULL        },
  };
  luaL_setfuncs(L, functions, 0);
}
