#include "base/words.h"

#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool push_word(struct list *items, struct text *word, struct error *err) {
  char *owned = text_take(word, err);
  if (!owned)
    return false;
  char **slot = list_add(items, err);
  if (!slot) {
    memory_free(owned);
    return false;
  }
  *slot = owned;
  return true;
}

static bool push_span(struct list *spans, size_t start, size_t end, struct error *err) {
  struct word_span *span = list_add(spans, err);
  if (span)
    *span = (struct word_span){start, end - start};
  return span != NULL;
}

/* Copies what stands between quotes; *at is on the opening one, then behind the closing one. */
static bool read_quoted(struct text *word, const char *line, size_t *at, struct error *err) {
  char quote = line[*at];
  size_t opened = *at;
  for (size_t i = *at + 1; line[i]; i++) {
    if (line[i] == quote) {
      *at = i + 1;
      return true;
    }
    if (quote == '"' && line[i] == '\\' && (line[i + 1] == '"' || line[i + 1] == '\\'))
      i++;
    text_append_char(word, line[i]);
  }
  error_set(err, ERROR_USAGE, "the quote at column %zu is never closed; add another %c", opened + 1,
            quote);
  error_locate(err, NULL, 1);
  error_show_line(err, &(struct error_line){line, strcspn(line, "\n"), opened, 1});
  return false;
}

/* An apostrophe inside a word (O'Brien) is a letter. */
static bool opens_quote(const char *line, size_t start, size_t at) {
  if (line[at] == '"')
    return true;
  return line[at] == '\'' && (at == start || line[at - 1] == '=');
}

static bool read_word(struct text *word, const char *line, size_t *at, struct error *err) {
  size_t start = *at;
  while (line[*at] && !is_blank(line[*at])) {
    if (!opens_quote(line, start, *at))
      text_append_char(word, line[(*at)++]);
    else if (!read_quoted(word, line, at, err))
      return false;
  }
  text_append(word, ""); /* an empty word is a word */
  return true;
}

static bool is_redirection(const char *line, size_t at) {
  return (line[at] == '>' || line[at] == '|') && (is_blank(line[at + 1]) || !line[at + 1]);
}

static size_t skip_blanks(const char *line, size_t at) {
  while (is_blank(line[at]))
    at++;
  return at;
}

static bool read_redirection(struct words *out, const char *line, size_t at, struct error *err) {
  size_t target = skip_blanks(line, at + 1);
  if (!line[target])
    return error_set(err, ERROR_USAGE, "%s",
                     line[at] == '>' ? "'>' needs a file name: > report.csv"
                                     : "'|' needs a program: | less");
  if (line[at] == '|') {
    out->pipe = memory_copy_text(line + target);
    return out->pipe || error_memory(err);
  }
  struct text name = {0};
  bool done = read_word(&name, line, &target, err);
  if (done && line[skip_blanks(line, target)])
    done = error_set(err, ERROR_USAGE, "one file name is expected after '>', not '%s'",
                     line + skip_blanks(line, target));
  if (done)
    done = (out->file = text_take(&name, err)) != NULL;
  text_release(&name);
  return done;
}

static bool split(struct words *out, const char *line, struct text *word, struct error *err) {
  for (size_t at = skip_blanks(line, 0); line[at]; at = skip_blanks(line, at)) {
    if (is_redirection(line, at))
      return read_redirection(out, line, at, err);
    size_t start = at;
    if (!read_word(word, line, &at, err) || !push_word(&out->items, word, err) ||
        !push_span(&out->spans, start, at, err))
      return false;
  }
  return true;
}

static const struct words none = {.items = {.size = sizeof(char *)},
                                  .spans = {.size = sizeof(struct word_span)}};

bool words_split(struct words *out, const char *line, struct error *err) {
  struct text word = {0};
  *out = none;
  bool done = split(out, line, &word, err);
  text_release(&word);
  if (!done)
    words_release(out);
  return done;
}

bool words_split_typed(struct words *out, const char *line, char *quote, struct error *err) {
  static const char *const endings[] = {"", "x", "\"", "'"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    struct text ended = {0};
    text_format(&ended, "%s%s", line, endings[i]);
    bool done = text_check(&ended, err) && words_split(out, text_string(&ended), err);
    text_release(&ended);
    *quote = i > 1 ? *endings[i] : 0;
    if (done)
      return true;
  }
  return false;
}

void words_release(struct words *words) {
  for (size_t i = 0; i < words->items.count; i++)
    memory_free(*(char **)list_at(&words->items, i));
  list_release(&words->items);
  list_release(&words->spans);
  memory_free(words->file);
  memory_free(words->pipe);
  *words = none;
}

const char *words_at(const struct words *words, size_t index) {
  return *(char **)list_at(&words->items, index);
}

void words_quote(struct text *out, const char *word) {
  if (*word && !strpbrk(word, " \t\r\n\"'|<>"))
    text_append(out, word);
  else
    words_quote_always(out, word);
}

void words_quote_always(struct text *out, const char *word) {
  text_append_char(out, '"');
  for (; *word; word++) {
    if (*word == '"' || *word == '\\')
      text_append_char(out, '\\');
    text_append_char(out, *word);
  }
  text_append_char(out, '"');
}

bool words_quote_single(struct text *out, const char *word) {
  if (strchr(word, '\''))
    return false;
  text_format(out, "'%s'", word);
  return true;
}
