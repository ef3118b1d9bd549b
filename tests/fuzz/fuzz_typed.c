/* What people type for dates, amounts and lengths of time: read or refused with a reason, and what
 * was read is read back from how it is written. */
#include "base/date.h"
#include "base/minutes.h"
#include "base/money.h"
#include "fuzz/fuzz.h"

enum { TODAY = 20000 };

static void check_dates(const char *word, enum date_order order) {
  struct error err = {0};
  struct date_range range;
  char iso[DATE_TEXT_SIZE], iso_at[INSTANT_TEXT_SIZE];
  date day, again;
  instant at, at_again;
  if (date_parse(&day, word, order, TODAY, &err)) {
    date_write(day, iso);
    PROMISE(date_read(&again, iso, &err) && again == day);
    PROMISE(date_parse(&again, iso, order, TODAY, &err) && again == day);
  } else {
    PROMISE(err.code == ERROR_INVALID && err.message[0]);
  }
  if (instant_parse(&at, word, order, date_instant(TODAY), &err)) {
    instant_write(at, iso_at);
    PROMISE(instant_read(&at_again, iso_at, &err) && at_again == at);
  }
  if (date_range_parse(&range, word, TODAY, &err))
    PROMISE(!range.has_from || !range.has_to || range.from <= range.to);
}

static void check_money(const char *word, char decimal) {
  struct error err = {0};
  struct money amount, again;
  struct text written = {0};
  if (!money_parse(&amount, word, "EUR", decimal, &err)) {
    PROMISE(err.code == ERROR_INVALID && err.message[0]);
    return;
  }
  money_append(&written, amount);
  PROMISE(money_parse(&again, text_string(&written), "EUR", '.', &err));
  PROMISE(again.minor == amount.minor && strcmp(again.currency, amount.currency) == 0);
  text_release(&written);
}

static void check_numbers(const char *word, char decimal) {
  struct error err = {0};
  double number;
  int64_t integer, minutes;
  if (number_parse(&number, word, decimal, &err))
    PROMISE(number == number);
  (void)integer_parse(&integer, word, &err);
  if (minutes_parse(&minutes, word, &err))
    PROMISE(minutes >= 0 && minutes <= INT64_C(366) * 24 * 60);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  char *word = fuzz_word(data + 1, size - 1);
  static const char decimals[] = {0, '.', ','};
  check_dates(word, (enum date_order)(data[0] % 4));
  check_money(word, decimals[data[0] % 3]);
  check_numbers(word, decimals[data[0] % 3]);
  free(word);
  return 0;
}
