/* Any text from the data on its way out: no control byte reaches a terminal, no element of HTML and
 * no cell or row of a table comes from data. */
#include "fuzz/fuzz.h"
#include "repl/format/format.h"
#include "repl/format/safe.h"

static bool is_control(unsigned char byte) {
  return byte < 0x20 || byte == 0x7f;
}

static void check_filter(const char *bytes, size_t length, bool ascii) {
  struct text out = {0};
  safe_append(&out, bytes, length, SAFE_KEEP_NONE, ascii);
  PROMISE(!out.failed && text_is_utf8(text_string(&out), out.length, &(size_t){0}));
  for (size_t i = 0; i < out.length; i++)
    PROMISE(!is_control((unsigned char)out.data[i]));
  PROMISE(!strstr(text_string(&out), "\xC2\x9B")); /* CSI in one character */
  PROMISE(!strstr(text_string(&out), "\xE2\x80\xAE"));
  text_release(&out);
}

static size_t count(const struct text *text, char byte) {
  size_t found = 0;
  for (size_t i = 0; i < text->length; i++)
    found += text->data[i] == byte;
  return found;
}

/* A result of one row whose title, note and cell hold the text. */
static void write_result(const char *format_name, const char *words, struct text *out) {
  const struct format *format;
  struct style style = {.width = 60, .terminal = true, .language = "en"};
  struct result result;
  struct error err;
  struct value cell = value_text(words);
  PROMISE(format_find(format_name, &format, &err));
  PROMISE(result_init(&result, "fuzz", words, &err));
  PROMISE(result_add_column(&result, "name", words, FIELD_TEXT, &err));
  struct result_row *row = result_add_row(&result, 1, &err);
  PROMISE(row && result_set(row, 0, &cell, &err) && result_note(&result, words, &err));
  PROMISE(format->write(&result, &style, out, &err));
  result_release(&result);
}

static void check_same_count(const char *format, const char *words, char byte) {
  struct text hostile = {0}, tame = {0};
  write_result(format, words, &hostile);
  write_result(format, "x", &tame);
  PROMISE(count(&hostile, byte) == count(&tame, byte));
  text_release(&hostile);
  text_release(&tame);
}

static void check_formats(const char *words) {
  struct text out = {0};
  check_same_count("html", words, '<');
  check_same_count("html", words, '>');
  check_same_count("ndjson", words, '\n');
  write_result("table", words, &out);
  for (size_t i = 0; i < out.length; i++)
    PROMISE(out.data[i] == '\n' || !is_control((unsigned char)out.data[i]));
  write_result("markdown", words, &out);
  text_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  check_filter((const char *)data, size, true);
  check_filter((const char *)data, size, false);
  char *words = fuzz_word(data, size);
  if (words[0] && text_is_utf8(words, strlen(words), &(size_t){0}))
    check_formats(words);
  free(words);
  return 0;
}
