/* "did you mean": edit distance and the nearest of a list of words. */
#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"
#include "base/text.h"

enum { PREFIX_LETTERS = 3 };

/* The folded word as code points. */
struct letters {
  utf8proc_int32_t *points; /* owned */
  size_t count;
};

static bool letters_init(struct letters *letters, const char *word) {
  struct text folded = {0};
  text_append_folded(&folded, word, strlen(word));
  *letters = (struct letters){0};
  if (!folded.failed) {
    letters->points = memory_new_array(folded.length + 1, sizeof *letters->points);
  }
  if (!letters->points) {
    text_release(&folded);
    return false;
  }
  for (size_t at = 0; at < folded.length;) {
    utf8proc_ssize_t step =
        utf8proc_iterate((const utf8proc_uint8_t *)folded.data + at,
                         (utf8proc_ssize_t)(folded.length - at), &letters->points[letters->count]);
    letters->count++;
    at += step > 0 ? (size_t)step : 1;
  }
  text_release(&folded);
  return true;
}

static void letters_release(struct letters *letters) {
  memory_free(letters->points);
}

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

/* One row of the table: rows[0] is filled from rows[1] (the row before) and rows[2]. */
static void fill_row(size_t *const rows[3], const struct letters *a, const struct letters *b,
                     size_t i) {
  rows[0][0] = i;
  for (size_t j = 1; j <= b->count; j++) {
    size_t change = rows[1][j - 1] + (a->points[i - 1] != b->points[j - 1]);
    size_t best = least(change, least(rows[1][j], rows[0][j - 1]) + 1);
    if (i > 1 && j > 1 && a->points[i - 1] == b->points[j - 2] &&
        a->points[i - 2] == b->points[j - 1]) {
      best = least(best, rows[2][j - 2] + 1);
    }
    rows[0][j] = best;
  }
}

/* SIZE_MAX when out of memory: infinitely far. */
static size_t letters_distance(const struct letters *a, const struct letters *b) {
  size_t width = b->count + 1;
  size_t *table = memory_new_array(3 * width, sizeof *table);
  if (!table) {
    return SIZE_MAX;
  }
  size_t *rows[3] = {table, table + width, table + 2 * width};
  for (size_t j = 0; j < width; j++) {
    rows[0][j] = j;
  }
  for (size_t i = 1; i <= a->count; i++) {
    size_t *oldest = rows[2];
    rows[2] = rows[1];
    rows[1] = rows[0];
    rows[0] = oldest;
    fill_row(rows, a, b, i);
  }
  size_t distance = rows[0][b->count];
  memory_free(table);
  return distance;
}

size_t text_distance(const char *a, const char *b) {
  struct letters left;
  struct letters right = {0};
  size_t distance = SIZE_MAX;
  if (letters_init(&left, a) && letters_init(&right, b)) {
    distance = letters_distance(&left, &right);
  }
  letters_release(&left);
  letters_release(&right);
  return distance;
}

static bool is_prefix(const struct letters *part, const struct letters *whole) {
  return part->count >= PREFIX_LETTERS && part->count <= whole->count &&
         memcmp(part->points, whole->points, part->count * sizeof *part->points) == 0;
}

static bool parts_words(utf8proc_int32_t point) {
  return point == '_' || point == '-' || point == ' ' || point == '.';
}

/* A whole word of several: reason of lost_reason. */
static bool is_part(const struct letters *part, const struct letters *whole) {
  if (part->count < PREFIX_LETTERS)
    return false;
  for (size_t at = 1; at + part->count <= whole->count; at++) {
    size_t end = at + part->count;
    if (parts_words(whole->points[at - 1]) &&
        (end == whole->count || parts_words(whole->points[end])) &&
        memcmp(part->points, whole->points + at, part->count * sizeof *part->points) == 0)
      return true;
  }
  return false;
}

static size_t farthest(size_t count) {
  return count <= 4 ? 1 : count <= 8 ? 2 : 3;
}

struct search {
  struct letters word;
  const char *nearest;
  size_t distance;    /* of the nearest */
  const char *longer; /* begins with the word */
  size_t longer_count;
  const char *holder; /* has it as one of its words */
  size_t holder_count;
};

static void consider(struct search *search, const char *candidate) {
  struct letters letters;
  if (letters_init(&letters, candidate)) {
    size_t gap = letters.count > search->word.count ? letters.count - search->word.count
                                                    : search->word.count - letters.count;
    size_t distance =
        gap > farthest(search->word.count) ? SIZE_MAX : letters_distance(&search->word, &letters);
    if (distance < search->distance) {
      search->distance = distance;
      search->nearest = candidate;
    }
    if (is_prefix(&search->word, &letters)) {
      search->longer = candidate;
      search->longer_count++;
    }
    if (is_part(&search->word, &letters)) {
      search->holder = candidate;
      search->holder_count++;
    }
  }
  letters_release(&letters);
}

const char *text_suggest(const char *word, const char *const *candidates, size_t count) {
  struct search search = {.distance = SIZE_MAX};
  const char *found = NULL;
  if (letters_init(&search.word, word)) {
    for (size_t i = 0; i < count; i++) {
      consider(&search, candidates[i]);
    }
    bool is_near = search.distance <= farthest(search.word.count);
    if (search.longer_count == 1 && search.distance > 0) {
      found = search.longer;
    } else if (is_near) {
      found = search.nearest;
    } else if (search.holder_count == 1) {
      found = search.holder;
    }
  }
  letters_release(&search.word);
  return found;
}
