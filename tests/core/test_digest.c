/* Known answers: FIPS 180-4's example, as sha256sum and "openssl dgst -binary | base64" print it.
 */
#include "base/digest.h"
#include "support/unit.h"

static void a_known_text_has_the_known_digest(void **context) {
  (void)context;
  char hex[DIGEST_HEX_SIZE], base64[DIGEST_BASE64_SIZE];
  digest_hex("abc", 3, hex);
  assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  digest_base64("abc", 3, base64);
  assert_string_equal(base64, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  digest_base64("", 0, base64);
  assert_string_equal(base64, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_known_text_has_the_known_digest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
