/* cmocka with the headers it wants to come before it. */
#ifndef SUPPORT_UNIT_H
#define SUPPORT_UNIT_H

/* cmocka.h needs the others first. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
/* clang-format on */

#endif
