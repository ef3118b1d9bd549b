#include "engine/csv_sniff.h"

#include <stdbool.h>
#include <string.h>

#include "engine/csv.h"

static const char candidates[] = {';', '\t', '|', ','};

struct division {
  size_t rows, even; /* rows seen; rows with as many delimiters as the first */
  size_t first;      /* delimiters in the first row */
};

static void end_row(struct division *division, size_t count) {
  if (division->rows++ == 0)
    division->first = count;
  division->even += count == division->first;
}

static struct division divide(const char *sample, size_t length, char delimiter) {
  struct division division = {0};
  bool in_quotes = false, at_start = true, has_closed = false;
  bool is_blank = true;
  size_t count = 0;
  for (size_t i = 0; i < length && division.rows < CSV_SAMPLE_ROWS; i++) {
    char byte = sample[i];
    bool ends = !in_quotes && (byte == '\n' || byte == '\r');
    bool turns = byte == '"' && (in_quotes || at_start || has_closed);
    in_quotes ^= turns;
    has_closed = turns && !in_quotes;
    at_start = ends || (!in_quotes && byte == delimiter);
    count += !ends && at_start;
    if (ends && !is_blank)
      end_row(&division, count);
    if (ends)
      count = 0;
    is_blank = ends;
  }
  if (!is_blank && division.rows == 0)
    end_row(&division, count);
  return division;
}

static size_t told_length(const char *sample, size_t length) {
  if (length < 5 || memcmp(sample, "sep=", 4) != 0 || strchr("\"\r\n", sample[4]) ||
      (unsigned char)sample[4] >= 0x80)
    return 0;
  if (length == 5)
    return 5;
  if (sample[5] == '\r')
    return length > 6 && sample[6] == '\n' ? 7 : 6;
  return sample[5] == '\n' ? 6 : 0;
}

char csv_sniff(const char *sample, size_t length, size_t *told) {
  *told = told_length(sample, length);
  if (*told)
    return sample[4];
  char best = ',';
  struct division ahead = {.rows = 1};
  for (size_t i = 0; i < sizeof candidates; i++) {
    struct division division = divide(sample, length, candidates[i]);
    if (division.first == 0)
      continue;
    size_t mine = division.even * ahead.rows, theirs = ahead.even * division.rows;
    if (mine > theirs || (mine == theirs && division.first > ahead.first)) {
      best = candidates[i];
      ahead = division;
    }
  }
  return best;
}
