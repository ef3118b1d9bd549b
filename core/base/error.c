#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

bool error_set(struct error *err, enum error_code code, const char *format, ...) {
  va_list args;
  va_start(args, format);
  err->code = code;
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  return false;
}
