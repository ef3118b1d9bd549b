/* Lua's patterns with a step count: no hook can stop the library's own matcher, and 120 characters
 * are enough to keep it busy for minutes. Same language, same answers. */
#include <string.h>

#include "bind/failure.h"

enum {
  CAPTURES_MAX = 32,
  DEPTH_MAX = 180,
  CAPTURE_OPEN = -1,
  CAPTURE_POSITION = -2,
  CHECK_EVERY = 4096
};

struct matcher {
  lua_State *L;
  const char *text, *text_end, *pattern_end;
  int level; /* captures, finished or not */
  int depth;
  int64_t steps;
  struct {
    const char *start;
    ptrdiff_t length; /* or CAPTURE_OPEN, CAPTURE_POSITION */
  } captures[CAPTURES_MAX];
};

static const char *match(struct matcher *m, const char *s, const char *p);

static void step(struct matcher *m) {
  if (++m->steps % CHECK_EVERY == 0)
    watchdog_check(&state_of(m->L)->watchdog, m->L, CHECK_EVERY);
}

static const char *class_end(struct matcher *m, const char *p) {
  if (*p++ == '%') {
    if (p == m->pattern_end)
      bind_fail(m->L, "malformed pattern (ends with '%%')");
    return p + 1;
  }
  if (p[-1] != '[')
    return p;
  if (p < m->pattern_end && *p == '^')
    p++;
  do {
    if (p == m->pattern_end)
      bind_fail(m->L, "malformed pattern (missing ']')");
    if (*p++ == '%') {
      if (p == m->pattern_end)
        bind_fail(m->L, "malformed pattern (missing ']')");
      p++;
    }
  } while (p == m->pattern_end || *p != ']');
  return p + 1;
}

static bool is_letter(int byte) {
  return (byte | 32) >= 'a' && (byte | 32) <= 'z';
}

static bool is_digit(int byte) {
  return byte >= '0' && byte <= '9';
}

/* Of ASCII only: <ctype.h> would answer by the locale. */
static bool in_class(int byte, int class) {
  bool found;
  switch (class | 32) {
  case 'a':
    found = is_letter(byte);
    break;
  case 'c':
    found = byte < 32 || byte == 127;
    break;
  case 'd':
    found = is_digit(byte);
    break;
  case 'g':
    found = byte > 32 && byte < 127;
    break;
  case 'l':
    found = byte >= 'a' && byte <= 'z';
    break;
  case 'p':
    found = byte > 32 && byte < 127 && !is_letter(byte) && !is_digit(byte);
    break;
  case 's':
    found = byte == ' ' || (byte >= '\t' && byte <= '\r');
    break;
  case 'u':
    found = byte >= 'A' && byte <= 'Z';
    break;
  case 'w':
    found = is_letter(byte) || is_digit(byte);
    break;
  case 'x':
    found = is_digit(byte) || ((byte | 32) >= 'a' && (byte | 32) <= 'f');
    break;
  default:
    return class == byte;
  }
  return class < 'a' ? !found : found;
}

/* p is at '[', last at the closing ']'. */
static bool in_set(int byte, const char *p, const char *last) {
  bool wanted = true;
  if (p[1] == '^') {
    wanted = false;
    p++;
  }
  while (++p < last) {
    if (*p == '%') {
      p++;
      if (in_class(byte, (unsigned char)*p))
        return wanted;
    } else if (p[1] == '-' && p + 2 < last) {
      p += 2;
      if ((unsigned char)p[-2] <= byte && byte <= (unsigned char)*p)
        return wanted;
    } else if ((unsigned char)*p == byte) {
      return wanted;
    }
  }
  return !wanted;
}

static bool matches_one(struct matcher *m, const char *s, const char *p, const char *end) {
  step(m);
  if (s >= m->text_end)
    return false;
  int byte = (unsigned char)*s;
  switch (*p) {
  case '.':
    return true;
  case '%':
    return in_class(byte, (unsigned char)p[1]);
  case '[':
    return in_set(byte, p, end - 1);
  default:
    return (unsigned char)*p == byte;
  }
}

static const char *match_balance(struct matcher *m, const char *s, const char *p) {
  if (p >= m->pattern_end - 1)
    bind_fail(m->L, "malformed pattern (missing arguments to '%%b')");
  if (s >= m->text_end || *s != *p)
    return NULL;
  int open = 1;
  while (++s < m->text_end) {
    step(m);
    if (*s == p[1]) {
      if (--open == 0)
        return s + 1;
    } else if (*s == p[0]) {
      open++;
    }
  }
  return NULL;
}

static const char *expand_most(struct matcher *m, const char *s, const char *p, const char *end) {
  ptrdiff_t count = 0;
  while (matches_one(m, s + count, p, end))
    count++;
  for (; count >= 0; count--) {
    const char *found = match(m, s + count, end + 1);
    if (found)
      return found;
  }
  return NULL;
}

static const char *expand_least(struct matcher *m, const char *s, const char *p, const char *end) {
  for (;;) {
    const char *found = match(m, s, end + 1);
    if (found)
      return found;
    if (!matches_one(m, s, p, end))
      return NULL;
    s++;
  }
}

static const char *open_capture(struct matcher *m, const char *s, const char *p, ptrdiff_t what) {
  if (m->level >= CAPTURES_MAX)
    bind_fail(m->L, "too many captures");
  m->captures[m->level].start = s;
  m->captures[m->level].length = what;
  m->level++;
  const char *found = match(m, s, p);
  if (!found)
    m->level--;
  return found;
}

static const char *close_capture(struct matcher *m, const char *s, const char *p) {
  int open = m->level - 1;
  while (open >= 0 && m->captures[open].length != CAPTURE_OPEN)
    open--;
  if (open < 0)
    bind_fail(m->L, "invalid pattern capture");
  m->captures[open].length = s - m->captures[open].start;
  const char *found = match(m, s, p);
  if (!found)
    m->captures[open].length = CAPTURE_OPEN;
  return found;
}

static const char *match_back(struct matcher *m, const char *s, int digit) {
  int index = digit - '1';
  if (index < 0 || index >= m->level || m->captures[index].length == CAPTURE_OPEN)
    bind_fail(m->L, "invalid capture index %%%d", index + 1);
  ptrdiff_t length = m->captures[index].length;
  m->steps += length < 0 ? 0 : length;
  step(m);
  if (length >= 0 && m->text_end - s >= length &&
      memcmp(m->captures[index].start, s, (size_t)length) == 0)
    return s + length;
  return NULL;
}

/* %f[set]: the place where the set begins. */
static const char *match_frontier(struct matcher *m, const char *s, const char *p,
                                  const char **rest) {
  if (p >= m->pattern_end || *p != '[')
    bind_fail(m->L, "missing '[' after '%%f' in pattern");
  *rest = class_end(m, p);
  int before = s == m->text ? 0 : (unsigned char)s[-1];
  /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): s lies in the text, never NULL */
  int here = s < m->text_end ? (unsigned char)*s : 0;
  return !in_set(before, p, *rest - 1) && in_set(here, p, *rest - 1) ? s : NULL;
}

/* %b, %f, %1…: *rest is where the pattern goes on; NULL *rest: an ordinary class. */
static const char *match_escape(struct matcher *m, const char *s, const char *p,
                                const char **rest) {
  *rest = NULL;
  if (p + 1 >= m->pattern_end)
    return NULL;
  switch (p[1]) {
  case 'b':
    *rest = p + 4;
    return match_balance(m, s, p + 2);
  case 'f':
    return match_frontier(m, s, p + 2, rest);
  default:
    if (!is_digit((unsigned char)p[1]))
      return NULL;
    *rest = p + 2;
    return match_back(m, s, p[1]);
  }
}

static const char *match_item(struct matcher *m, const char *s, const char *p, const char **next) {
  const char *end = class_end(m, p);
  char suffix = '\0';
  if (end < m->pattern_end)
    suffix = *end;
  *next = NULL;
  switch (suffix) {
  case '?':
    if (matches_one(m, s, p, end)) {
      const char *found = match(m, s + 1, end + 1);
      if (found)
        return found;
    }
    *next = end + 1;
    return s;
  case '+':
    return matches_one(m, s, p, end) ? expand_most(m, s + 1, p, end) : NULL;
  case '*':
    return expand_most(m, s, p, end);
  case '-':
    return expand_least(m, s, p, end);
  default:
    if (!matches_one(m, s, p, end))
      return NULL;
    *next = end;
    return s + 1;
  }
}

static const char *match_here(struct matcher *m, const char *s, const char *p) {
  while (p < m->pattern_end) {
    step(m);
    const char *next = NULL;
    if (*p == '(')
      return p + 1 < m->pattern_end && p[1] == ')' ? open_capture(m, s, p + 2, CAPTURE_POSITION)
                                                   : open_capture(m, s, p + 1, CAPTURE_OPEN);
    if (*p == ')')
      return close_capture(m, s, p + 1);
    if (*p == '$' && p + 1 == m->pattern_end)
      return s == m->text_end ? s : NULL;
    const char *after = *p == '%' ? match_escape(m, s, p, &next) : NULL;
    if (!next)
      after = match_item(m, s, p, &next);
    if (!after || !next)
      return after;
    s = after;
    p = next;
  }
  return s;
}

static const char *match(struct matcher *m, const char *s, const char *p) {
  if (++m->depth > DEPTH_MAX)
    bind_fail(m->L, "pattern too complex");
  const char *found = match_here(m, s, p);
  m->depth--;
  return found;
}

static void push_capture(struct matcher *m, int index, const char *s, const char *end) {
  if (index >= m->level) {
    if (index != 0)
      bind_fail(m->L, "invalid capture index %%%d", index + 1);
    lua_pushlstring(m->L, s, (size_t)(end - s));
  } else if (m->captures[index].length == CAPTURE_POSITION) {
    lua_pushinteger(m->L, m->captures[index].start - m->text + 1);
  } else if (m->captures[index].length == CAPTURE_OPEN) {
    bind_fail(m->L, "unfinished capture");
  } else {
    lua_pushlstring(m->L, m->captures[index].start, (size_t)m->captures[index].length);
  }
}

static int push_captures(struct matcher *m, const char *s, const char *end) {
  int count = m->level == 0 && s ? 1 : m->level;
  luaL_checkstack(m->L, count, "too many captures");
  for (int i = 0; i < count; i++)
    push_capture(m, i, s, end);
  return count;
}

/* match(text, pattern, from) → start, end, captures…; nil when there is none. from is 1-based.
 * What find, match, gmatch and gsub of the prelude are made of. */
static int pattern_match(lua_State *L) {
  size_t text_length, pattern_length;
  const char *text = luaL_checklstring(L, 1, &text_length);
  const char *pattern = luaL_checklstring(L, 2, &pattern_length);
  lua_Integer from = luaL_optinteger(L, 3, 1);
  if (from < 1 || (size_t)from > text_length + 1)
    return lua_pushnil(L), 1;
  bool anchored = pattern_length > 0 && *pattern == '^' && !lua_toboolean(L, 4);
  struct matcher m = {L, text, text + text_length, pattern + pattern_length, 0, 0, 0, {{0}}};
  const char *s = text + from - 1;
  do {
    m.level = 0;
    m.depth = 0;
    const char *end = match(&m, s, pattern + anchored);
    if (end) {
      lua_pushinteger(L, s - text + 1);
      lua_pushinteger(L, end - text);
      return 2 + push_captures(&m, s, end);
    }
  } while (++s <= m.text_end && !anchored);
  lua_pushnil(L);
  return 1;
}

/* plain(text, part, from) → start, end. */
static int pattern_plain(lua_State *L) {
  size_t text_length, part_length;
  const char *text = luaL_checklstring(L, 1, &text_length);
  const char *part = luaL_checklstring(L, 2, &part_length);
  lua_Integer from = luaL_optinteger(L, 3, 1);
  if (from < 1 || (size_t)from > text_length + 1)
    return lua_pushnil(L), 1;
  const char *start = text + from - 1;
  const char *found = memmem(start, text_length - (size_t)(from - 1), part, part_length);
  if (!found)
    return lua_pushnil(L), 1;
  lua_pushinteger(L, found - text + 1);
  lua_pushinteger(L, found - text + (lua_Integer)part_length);
  return 2;
}

void bind_pattern_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"match", pattern_match},
      {"plain", pattern_plain},
      {NULL,    NULL         },
  };
  luaL_setfuncs(L, functions, 0);
}
