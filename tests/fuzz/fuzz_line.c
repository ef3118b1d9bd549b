/* Any line at the prompt: one reading, its rest inside the line; its words come back from how they
 * are quoted. */
#include "base/words.h"
#include "fuzz/fuzz.h"
#include "repl/classify.h"

static bool is_verb(const char *word, size_t length, void *payload) {
  static const char *const verbs[] = {"show", "set", "find", "list", "as-of", "report"};
  (void)payload;
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (strlen(verbs[i]) == length && memcmp(verbs[i], word, length) == 0)
      return true;
  return false;
}

static void check_reading(const char *line) {
  struct classification found = classify(line, is_verb, NULL);
  size_t length = strlen(line);
  PROMISE(found.because && found.because[0]);
  PROMISE(found.rest >= line && found.rest <= line + length);
  PROMISE(found.word_length <= strlen(found.rest));
}

/* The words of a line, each quoted, are those words. */
static void check_quoting(const struct words *words) {
  struct text line = {0};
  struct words again;
  struct error err;
  for (size_t i = 0; i < words->items.count; i++) {
    text_append(&line, i > 0 ? " " : "");
    words_quote(&line, words_at(words, i));
  }
  PROMISE(words_split(&again, text_string(&line), &err));
  PROMISE(again.items.count == words->items.count && !again.file && !again.pipe);
  for (size_t i = 0; i < words->items.count; i++)
    PROMISE(strcmp(words_at(&again, i), words_at(words, i)) == 0);
  words_release(&again);
  text_release(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *line = fuzz_word(data, size);
  struct words words;
  struct error err = {0};
  check_reading(line);
  if (words_split(&words, line, &err))
    check_quoting(&words);
  else
    PROMISE(err.code == ERROR_USAGE && err.message[0]);
  words_release(&words);
  free(line);
  return 0;
}
