/* A text file compiled into the program by cmake/embed.cmake. */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
  const char *name; /* relative path; NULL ends a table */
  const char *text; /* terminated */
  size_t length;
};

#endif
