#include "base/digest.h"

#include <sha2.h>
#include <stdint.h>

void digest_hex(const void *bytes, size_t length, char out[DIGEST_HEX_SIZE]) {
  SHA256Data(bytes, length, out);
}

/* RFC 4648, section 4. 32 bytes are ten groups of three and two bytes more: one "=" at the end. */
void digest_base64(const void *bytes, size_t length, char out[DIGEST_BASE64_SIZE]) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  uint8_t digest[SHA256_DIGEST_LENGTH + 1] = {0}; /* the last group is filled up with zeros */
  SHA2_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, bytes, length);
  SHA256Final(digest, &context);
  for (size_t i = 0; i < sizeof digest; i += 3) {
    uint32_t group = (uint32_t)digest[i] << 16 | (uint32_t)digest[i + 1] << 8 | digest[i + 2];
    for (int shift = 18; shift >= 0; shift -= 6)
      *out++ = digits[group >> shift & 63];
  }
  out[-1] = '=';
  *out = '\0';
}
