/* SHA-256 as others write it. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>

enum {
  DIGEST_HEX_SIZE = 65,    /* with the terminator, as sha256sum prints it */
  DIGEST_BASE64_SIZE = 45, /* with the terminator, as content security policies want it */
};

void digest_hex(const void *bytes, size_t length, char out[DIGEST_HEX_SIZE]);
void digest_base64(const void *bytes, size_t length, char out[DIGEST_BASE64_SIZE]);

#endif
