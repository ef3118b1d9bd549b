/* In the place of xlsx.c where the library was not found, or not wanted, when the program was
 * built.
 */
#include "repl/format/format.h"
#include "repl/format/xlsx.h"

const char *xlsx_library_version(void) {
  return NULL;
}

bool xlsx_can(struct error *err) {
  return error_set(err, ERROR_USAGE,
                   "this dealwright was built without workbooks (xlsx); install libxlsxwriter-dev "
                   "and build it again, or write csv, which spreadsheets read as well");
}

bool xlsx_write(const struct result *result, const struct style *style, struct text *out,
                struct error *err) {
  (void)result;
  (void)style;
  (void)out;
  return xlsx_can(err);
}
