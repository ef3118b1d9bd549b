#include "model/search_words.h"

#include <ctype.h>
#include <string.h>

/* Whether the index keeps anything of the word: it drops what has no letter and no digit. Of the
 * rest of Unicode the blocks of punctuation and symbols are U+0080–00BF and U+2000–2FFF. */
static bool has_letter(const char *word, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char byte = (unsigned char)word[i];
    if (byte < 0x80 ? isalnum(byte) != 0 : byte >= 0xC3 && byte != 0xE2)
      return true;
  }
  return false;
}

static void append_quoted(struct text *out, const char *word, size_t length) {
  text_append_char(out, '"');
  for (size_t i = 0; i < length; i++) {
    if (word[i] == '"')
      text_append_char(out, '"');
    text_append_char(out, word[i]);
  }
  text_append_char(out, '"');
}

void search_match_words(struct text *out, const char *words) {
  struct text folded = {0};
  size_t count = 0;
  text_append_folded(&folded, words, strlen(words));
  const char *rest = text_string(&folded);
  while (*(rest += strspn(rest, " \t\r\n"))) {
    size_t length = strcspn(rest, " \t\r\n");
    if (has_letter(rest, length)) {
      text_append(out, count++ > 0 ? " AND " : "");
      append_quoted(out, rest, length);
    }
    rest += length;
  }
  text_append(out, count > 0 ? " *" : "\"\"");
  out->failed = out->failed || folded.failed;
  text_release(&folded);
}

bool search_match_prefix(struct text *out, const char *prefix) {
  struct text folded = {0};
  text_append_folded(&folded, prefix, strlen(prefix));
  bool found = has_letter(text_string(&folded), folded.length);
  if (found) {
    text_append(out, "name : ^ ");
    append_quoted(out, text_string(&folded), folded.length);
    text_append(out, " *");
  }
  out->failed = out->failed || folded.failed;
  text_release(&folded);
  return found;
}
