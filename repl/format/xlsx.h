/* What is known of workbooks whether or not they can be written: this program may have been built
 * without the library for them. */
#ifndef FORMAT_XLSX_H
#define FORMAT_XLSX_H

#include "base/error.h"

/* Fails with ERROR_USAGE in a program built without the library: what to install. */
bool xlsx_can(struct error *err);
/* "1.1.4", of the library; NULL: built without. */
const char *xlsx_library_version(void);

#endif
