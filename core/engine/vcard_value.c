#include "engine/vcard_value.h"

#include <string.h>

#include "base/memory.h"
#include "engine/decode.h"

enum { PIECE = 4096, SHOWN = 3 };

static int digit_of(char byte) {
  if (byte >= '0' && byte <= '9')
    return byte - '0';
  if (byte >= 'A' && byte <= 'F')
    return byte - 'A' + 10;
  if (byte >= 'a' && byte <= 'f')
    return byte - 'a' + 10;
  return -1;
}

bool vcard_unquote(struct text *out, const char *bytes, size_t length, struct error *err) {
  for (size_t i = 0; i < length; i++) {
    if (bytes[i] != '=') {
      text_append_char(out, bytes[i]);
      continue;
    }
    int high = i + 1 < length ? digit_of(bytes[i + 1]) : -1;
    int low = i + 2 < length ? digit_of(bytes[i + 2]) : -1;
    if (high < 0 || low < 0) {
      int shown = length - i < SHOWN ? (int)(length - i) : SHOWN;
      return error_set(err, ERROR_DATA, "'%.*s' is no quoted-printable: '=' and two digits", shown,
                       bytes + i);
    }
    char byte = (char)(high * 16 + low);
    if (!byte)
      return error_set(err, ERROR_DATA, "'=00' stands for no character");
    text_append_char(out, byte);
    i += 2;
  }
  return text_check(out, err);
}

static bool convert(struct text *out, const struct text *bytes, const char *charset,
                    struct error *err) {
  struct decode *decode = NULL;
  char piece[PIECE];
  size_t length = 0;
  bool done = decode_open_memory(&decode, text_string(bytes), bytes->length, charset, err);
  while (done && (done = decode_read(decode, piece, sizeof piece, &length, err)) && length > 0)
    text_append_bytes(out, piece, length);
  decode_close(decode);
  if (!done && err->code != ERROR_MEMORY)
    err->code = ERROR_DATA;
  return done && text_check(out, err);
}

bool vcard_decode(struct text *out, const struct text *bytes, const char *charset,
                  const char *guess, struct error *err) {
  if (!charset && text_is_utf8(text_string(bytes), bytes->length, NULL)) {
    text_append_bytes(out, text_string(bytes), bytes->length);
    return text_check(out, err);
  }
  return convert(out, bytes, charset ? charset : guess, err);
}

/* What the escape stands for; 0: it is none. */
static char escaped(char byte, bool old) {
  if (byte == ';' || byte == ',')
    return byte;
  if (old)
    return 0;
  if (byte == 'n' || byte == 'N')
    return '\n';
  return byte == '\\' || byte == ':' ? byte : 0;
}

/* Takes one character from the text, escape undone; true if it is a semicolon that divides. */
static bool take(const char **at, bool old, char *byte) {
  char meant = **at == '\\' ? escaped((*at)[1], old) : 0;
  *byte = meant ? meant : **at;
  bool divides = **at == ';';
  *at += meant ? 2 : 1;
  return divides;
}

static bool add_part(struct list *parts, struct text *part, struct error *err) {
  char **slot = text_check(part, err) ? list_add(parts, err) : NULL;
  if (!slot)
    return false;
  *slot = text_take(part, err);
  return *slot != NULL;
}

bool vcard_split(struct vcard_property *property, const char *text, bool old, struct error *err) {
  struct text whole = {0}, part = {0};
  bool done = true;
  for (const char *at = text; done && *at;) {
    char byte;
    if (at[0] == '\r' && at[1] == '\n')
      at++;
    if (take(&at, old, &byte))
      done = add_part(&property->parts, &part, err);
    else
      text_append_char(&part, byte);
    text_append_char(&whole, byte);
  }
  done = done && add_part(&property->parts, &part, err) && text_check(&whole, err);
  if (done) {
    property->value = text_take(&whole, err);
    done = property->value != NULL;
  }
  text_release(&whole);
  text_release(&part);
  return done;
}
