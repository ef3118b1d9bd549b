/* cmocka with the headers it wants to come before it. */
#ifndef SUPPORT_UNIT_H
#define SUPPORT_UNIT_H

/* clang-format off: cmocka.h needs the others first */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
/* clang-format on */

#endif
