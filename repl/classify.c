#include "repl/classify.h"

#include <string.h>

#include "base/translate.h"

static const char *const keywords[] = {
    "and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
    "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
    "repeat",   "return", "then", "true", "until",  "while",
};

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_letter(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
         (unsigned char)byte >= 0x80;
}

static bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

static size_t name_length(const char *at) {
  size_t length = 0;
  if (is_letter(at[0]))
    while (is_letter(at[length]) || is_digit(at[length]))
      length++;
  return length;
}

/* Verbs may have hyphens inside: as-of. */
static size_t hyphened_length(const char *at) {
  size_t length = name_length(at);
  while (length && at[length] == '-' && name_length(at + length + 1))
    length += 1 + name_length(at + length + 1);
  return length;
}

static bool same(const char *word, size_t length, const char *other) {
  return strlen(other) == length && memcmp(word, other, length) == 0;
}

static bool is_keyword(const char *word, size_t length) {
  for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
    if (same(word, length, keywords[i]))
      return true;
  return false;
}

/* Verbs that are functions of Lua, too: alone or with an option a command, with a value Lua. */
static const char *const functions[] = {"error"};

static bool is_function(const char *word, size_t length) {
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
    if (same(word, length, functions[i]))
      return true;
  return false;
}

static bool is_and_or(const char *at) {
  size_t length = name_length(at);
  return same(at, length, "and") || same(at, length, "or");
}

/* "./file" "../folder" "/file" "~/file": no Lua expression goes on like that after a blank. */
static bool is_path(const char *at) {
  if (strncmp(at, "./", 2) == 0 || strncmp(at, "../", 3) == 0 || strncmp(at, "~/", 2) == 0)
    return true;
  return at[0] == '/' && at[1] != '/' && at[1] && !is_blank(at[1]);
}

static bool is_command_mark(const char *at) {
  if (at[0] == '-')
    return is_letter(at[1]) || (at[1] == '-' && is_letter(at[2]));
  if (at[0] == '%')
    return is_digit(at[1]);
  if (at[0] == '~')
    return is_letter(at[1]) || is_digit(at[1]) || at[1] == '"' || at[1] == '/';
  return is_path(at);
}

/* "> file" and "| program": as core/base/words.c cuts them off. Lua can neither compare a verb nor
 * take its bits, so nothing is lost. */
static bool is_redirection(const char *at) {
  return (at[0] == '>' || at[0] == '|') && (is_blank(at[1]) || !at[1]);
}

static struct classification read_as(enum reading reading, const char *rest, size_t word_length,
                                     const char *because) {
  return (struct classification){reading, rest, word_length, because};
}

/* at: behind the verb and at least one blank. */
static struct classification after_verb(const char *rest, size_t length, const char *at) {
  if (is_command_mark(at))
    return read_as(READING_COMMAND, rest, length,
                   N_("a verb followed by an option, a row, a search word or a path is a command"));
  if (is_redirection(at))
    return read_as(READING_COMMAND, rest, length,
                   N_("a verb followed by > or | and a blank is a command: its answer goes there"));
  if (strchr("+-*/%^&~|<>=,.:;([", *at) || is_and_or(at))
    return read_as(READING_LUA, rest, length, N_("a verb followed by an operator is Lua"));
  if (is_function(rest, length))
    return read_as(READING_LUA, rest, length, N_("a function of Lua followed by a value is Lua"));
  return read_as(READING_COMMAND, rest, length, N_("the line starts with a verb"));
}

/* No Lua chunk goes on so after a name and a blank. */
static bool cannot_be_lua(const char *at) {
  if (at[0] == '~')
    return is_command_mark(at);
  return is_digit(at[0]) || at[0] == '#' || (name_length(at) && !is_and_or(at));
}

/* "topic?" and "topic??": one word, a name as rules have it (sale.qualifying.fit), and the marks.
 */
static bool asks(const char *rest, struct classification *out) {
  size_t length = 0;
  while (is_letter(rest[length]) || is_digit(rest[length]) || rest[length] == '.' ||
         rest[length] == '-')
    length++;
  size_t marks = strspn(rest + length, "?");
  const char *behind = rest + length + marks;
  if (!length || !marks || marks > 2 || behind[strspn(behind, " \t\r\n")])
    return false;
  *out = marks == 1
             ? read_as(READING_HELP, rest, length, N_("a word with ? asks for help"))
             : read_as(READING_SOURCE, rest, length, N_("a word with ?? asks for its source"));
  return true;
}

static struct classification question(const char *at) {
  enum reading reading = at[1] == '?' ? READING_SOURCE : READING_HELP;
  const char *topic = at + 1 + (reading == READING_SOURCE);
  topic += strspn(topic, " \t");
  return read_as(reading, topic, strcspn(topic, " \t\r\n"),
                 reading == READING_HELP ? N_("? asks for help") : N_("?? asks for the source"));
}

static struct classification first_word(const char *rest, is_verb_fn is_verb, void *payload) {
  struct classification found;
  if (asks(rest, &found))
    return found;
  size_t length = hyphened_length(rest);
  if (!length || !is_verb(rest, length, payload))
    length = name_length(rest);
  const char *behind = rest + length;
  const char *at = behind + strspn(behind, " \t\r\n");
  if (!length)
    return read_as(READING_LUA, rest, 0, N_("the line does not start with a word"));
  if (is_keyword(rest, length))
    return read_as(READING_LUA, rest, length, N_("the first word is a keyword of Lua"));
  if (is_verb(rest, length, payload)) {
    if (!*at)
      return read_as(READING_COMMAND, rest, length, N_("a verb alone is a command"));
    if (at == behind)
      return read_as(READING_LUA, rest, length, N_("a verb followed directly by a sign is Lua"));
    return after_verb(rest, length, at);
  }
  if (at != behind && cannot_be_lua(at))
    return read_as(READING_UNKNOWN, rest, length,
                   N_("the first word is no verb, and no Lua goes on like this"));
  return read_as(READING_LUA, rest, length, N_("the first word is no verb"));
}

struct classification classify(const char *line, is_verb_fn is_verb, void *payload) {
  const char *at = line + strspn(line, " \t\r\n");
  size_t inner = strspn(at + (*at != 0), " \t");
  switch (*at) {
  case 0:
    return read_as(READING_NOTHING, at, 0, N_("the line is blank"));
  case '=':
    return read_as(READING_VALUE, at + 1 + inner, 0, N_("= shows the value of a Lua expression"));
  case ':':
    if (at[1] == ':') /* a label */
      return read_as(READING_LUA, at, 0, N_("the line does not start with a word"));
    return read_as(READING_COMMAND, at + 1 + inner, hyphened_length(at + 1 + inner),
                   N_(": makes the line a command"));
  case '?':
    return question(at);
  case '!':
    return read_as(READING_SHELL, at + 1 + inner, 0, N_("! runs a program of the system"));
  default:
    return first_word(at, is_verb, payload);
  }
}
