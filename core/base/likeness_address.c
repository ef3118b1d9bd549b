/* Addresses and telephone numbers as they are compared. */
#include <ctype.h>
#include <string.h>

#include "base/likeness.h"

/* The two names of one service, where dots in the name of a box mean nothing. */
static bool is_dotless(const char *domain) {
  return strcmp(domain, "gmail.com") == 0 || strcmp(domain, "googlemail.com") == 0;
}

void likeness_append_email(struct text *out, const char *email) {
  struct text folded = {0};
  text_append_folded(&folded, email, strlen(email));
  const char *at = strrchr(text_string(&folded), '@');
  if (at && at > folded.data && at[1]) {
    bool dotless = is_dotless(at + 1);
    for (const char *byte = folded.data; byte < at && *byte != '+'; byte++)
      if (!isspace((unsigned char)*byte) && !(dotless && *byte == '.'))
        text_append_char(out, *byte);
    text_format(out, "@%s", dotless ? "gmail.com" : at + 1);
  }
  out->failed = out->failed || folded.failed;
  text_release(&folded);
}

/* Where an extension begins: "x 12", "ext. 12", "доб. 12", "#12"; else the end. */
static size_t before_extension(const char *phone) {
  static const char *const marks[] = {"доб", "ext", "вн", "x", "#"};
  size_t least = strlen(phone);
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    const char *found = strstr(phone, marks[i]);
    if (found && (size_t)(found - phone) < least)
      least = (size_t)(found - phone);
  }
  return least;
}

enum { NATIONAL = 10 }; /* digits of a number in Russia, without 8 or +7 */

void likeness_append_phone(struct text *out, const char *phone) {
  struct text folded = {0}, digits = {0};
  text_append_folded(&folded, phone, strlen(phone));
  size_t length = before_extension(text_string(&folded));
  for (size_t i = 0; i < length; i++)
    if (isdigit((unsigned char)folded.data[i]))
      text_append_char(&digits, folded.data[i]);
  const char *at = text_string(&digits);
  bool plus = length && strchr(folded.data, '+') && strchr(folded.data, '+') < folded.data + length;
  if (!plus && digits.length > 2 && at[0] == '0' && at[1] == '0')
    at += 2;
  else if (!plus && digits.length == NATIONAL + 1 && at[0] == '8')
    digits.data[0] = '7';
  text_append(out, at);
  out->failed = out->failed || folded.failed || digits.failed;
  text_release(&folded);
  text_release(&digits);
}
