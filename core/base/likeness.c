/* Names taken apart and compared. */
#include "base/likeness.h"

#include <string.h>
#include <utf8proc.h>

/* Legal forms in small letters without marks, the longer ones first. In letters of both scripts
 * where people type either. */
static const char *const legal_forms[] = {
    "общество с ограниченнои ответственностью",
    "публичное акционерное общество",
    "открытое акционерное общество",
    "закрытое акционерное общество",
    "индивидуальныи предприниматель",
    "акционерное общество",
    "spolka z o o",
    "sp z o o",
    "g m b h",
    "d o o",
    "s p a",
    "s r o",
    "s r l",
    "l l c",
    "l l p",
    "p l c",
    "о о о",
    "o o o",
    "з а о",
    "о а о",
    "п а о",
    "а о",
    "и п",
    "a g",
    "a s",
    "b v",
    "k g",
    "n v",
    "s a",
    "and co",
    "und co",
    "ооо",
    "ooo",
    "зао",
    "zao",
    "3ao",
    "3ао",
    "оао",
    "oao",
    "пао",
    "pao",
    "нао",
    "ао",
    "ao",
    "ип",
    "ip",
    "чп",
    "тоо",
    "гуп",
    "муп",
    "фгуп",
    "фгбу",
    "нко",
    "ано",
    "gmbh",
    "gesmbh",
    "mbh",
    "kgaa",
    "kg",
    "ohg",
    "ug",
    "ag",
    "se",
    "sa",
    "sas",
    "sarl",
    "srl",
    "sro",
    "doo",
    "nv",
    "bv",
    "ab",
    "oy",
    "oyj",
    "llc",
    "llp",
    "plc",
    "pty",
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "компания",
};

enum { WORDS_MAX = 24, WORD_BYTES = 64 };

/* A word of a text that is separated by blanks. */
struct word {
  const char *data;
  size_t length;
};

static bool is_part(utf8proc_int32_t point) {
  switch (utf8proc_category(point)) {
  case UTF8PROC_CATEGORY_LU:
  case UTF8PROC_CATEGORY_LL:
  case UTF8PROC_CATEGORY_LT:
  case UTF8PROC_CATEGORY_LM:
  case UTF8PROC_CATEGORY_LO:
  case UTF8PROC_CATEGORY_ND:
    return true;
  default:
    return false;
  }
}

/* O'Neill is one word. */
static bool is_apostrophe(utf8proc_int32_t point) {
  return point == '\'' || point == 0x2019 || point == '`' || point == 0x2BC;
}

/* The words of the name without marks and signs, separated by blanks. */
static void append_words(struct text *out, const char *name) {
  struct text bare = {0};
  text_append_bare(&bare, name, strlen(name));
  bool gap = false;
  for (size_t at = 0; at < bare.length;) {
    utf8proc_int32_t point;
    utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)bare.data + at,
                                             (utf8proc_ssize_t)(bare.length - at), &point);
    size_t size = step > 0 ? (size_t)step : 1;
    if (step > 0 && is_part(point)) {
      if (gap && out->length)
        text_append_char(out, ' ');
      text_append_bytes(out, bare.data + at, size);
      gap = false;
    } else {
      gap = gap || step <= 0 || !is_apostrophe(point);
    }
    at += size;
  }
  out->failed = out->failed || bare.failed;
  text_release(&bare);
}

static size_t split(const char *text, struct word *words) {
  size_t count = 0;
  while (*text && count < WORDS_MAX) {
    size_t length = strcspn(text, " ");
    words[count++] = (struct word){text, length};
    text += length + (text[length] == ' ');
  }
  return count;
}

/* How many words from here on are a legal form; 0: none. */
static size_t legal_form_at(const struct word *words, size_t count) {
  if (!count || !words[0].data)
    return 0;
  for (size_t i = 0; i < sizeof legal_forms / sizeof *legal_forms; i++) {
    size_t length = strlen(legal_forms[i]), used = 1;
    for (const char *blank = legal_forms[i]; (blank = strchr(blank, ' ')); blank++)
      used++;
    const char *end = used <= count ? words[used - 1].data + words[used - 1].length : NULL;
    if (end && (size_t)(end - words[0].data) == length &&
        memcmp(words[0].data, legal_forms[i], length) == 0)
      return used;
  }
  return 0;
}

/* The words that count, put to the front; all when nothing else would be left. */
static size_t without_legal_forms(struct word *words, size_t count) {
  struct word kept[WORDS_MAX];
  size_t left = 0;
  for (size_t i = 0; i < count;) {
    size_t used = legal_form_at(words + i, count - i);
    if (!used)
      kept[left++] = words[i];
    i += used ? used : 1;
  }
  if (!left)
    return count;
  memcpy(words, kept, left * sizeof *kept);
  return left;
}

/* A word that no one hears, a lone hard sign, still takes its place. */
static void add_word(struct likeness *likeness, struct word word) {
  if (likeness->sound.length)
    text_append_char(&likeness->sound, ' ');
  if (likeness->shape.length)
    text_append_char(&likeness->shape, ' ');
  size_t before = likeness->sound.length;
  likeness_append_sound(&likeness->sound, word.data, word.length);
  if (likeness->sound.length == before)
    text_append_char(&likeness->sound, '-');
  likeness_append_shape(&likeness->shape, word.data, word.length);
}

static void append_mended_words(struct text *out, const char *text) {
  struct word words[WORDS_MAX];
  size_t count = split(text, words);
  for (size_t i = 0; i < count; i++) {
    if (i)
      text_append_char(out, ' ');
    likeness_append_mended(out, words[i].data, words[i].length);
  }
}

bool likeness_init(struct likeness *likeness, const char *name, enum name_of of,
                   struct error *err) {
  struct word words[WORDS_MAX];
  struct text text = {0}, mended = {0};
  *likeness = (struct likeness){.of = of};
  append_words(&text, name);
  append_mended_words(&mended, text_string(&text));
  size_t count = split(text_string(&mended), words);
  if (of == NAME_OF_COMPANY)
    count = without_legal_forms(words, count);
  for (size_t i = 0; i < count; i++)
    add_word(likeness, words[i]);
  bool done = text_check(&text, err) && text_check(&mended, err) &&
              text_check(&likeness->sound, err) && text_check(&likeness->shape, err);
  text_release(&text);
  text_release(&mended);
  if (!done)
    likeness_release(likeness);
  return done;
}

void likeness_release(struct likeness *likeness) {
  text_release(&likeness->sound);
  text_release(&likeness->shape);
}

/* Letters of `a` that occur in `b` near the same place; *out_of_order: how many of them in another
 * order. */
static size_t count_matches(struct word a, struct word b, size_t *out_of_order) {
  bool taken[WORD_BYTES] = {false};
  char common_a[WORD_BYTES], common_b[WORD_BYTES];
  size_t longer = a.length > b.length ? a.length : b.length;
  size_t reach = longer > 3 ? longer / 2 - 1 : 0, matches = 0, kept = 0;
  for (size_t i = 0; i < a.length; i++) {
    size_t from = i > reach ? i - reach : 0,
           till = i + reach + 1 < b.length ? i + reach + 1 : b.length;
    for (size_t j = from; j < till; j++)
      if (!taken[j] && a.data[i] == b.data[j]) {
        taken[j] = true;
        common_a[matches++] = a.data[i];
        break;
      }
  }
  for (size_t j = 0; j < b.length; j++)
    if (taken[j])
      common_b[kept++] = b.data[j];
  *out_of_order = 0;
  for (size_t i = 0; i < matches; i++)
    *out_of_order += common_a[i] != common_b[i];
  return matches;
}

enum { PREFIX_MAX = 4 };

/* M. A. Jaro, "Advances in Record-Linkage Methodology", JASA 84 (1989), 414-420; the bonus for a
 * common beginning: W. E. Winkler, "String Comparator Metrics and Enhanced Decision Rules" (1990).
 */
double likeness_of_words(const char *a, size_t a_length, const char *b, size_t b_length) {
  struct word left = {a, a_length < WORD_BYTES ? a_length : WORD_BYTES};
  struct word right = {b, b_length < WORD_BYTES ? b_length : WORD_BYTES};
  size_t out_of_order, prefix = 0;
  size_t matches = count_matches(left, right, &out_of_order);
  if (!matches)
    return 0;
  double m = (double)matches, half = (double)out_of_order / 2;
  double jaro = (m / (double)left.length + m / (double)right.length + (m - half) / m) / 3;
  while (prefix < PREFIX_MAX && prefix < left.length && prefix < right.length &&
         a[prefix] == b[prefix])
    prefix++;
  return jaro + (double)prefix * 0.1 * (1 - jaro);
}

static bool holds_digit(struct word word) {
  for (size_t i = 0; i < word.length; i++)
    if (word.data[i] >= '0' && word.data[i] <= '9')
      return true;
  return false;
}

static bool same(struct word a, struct word b) {
  return a.length == b.length && strncmp(a.data, b.data, a.length) == 0;
}

static const double initial_likeness = 0.85; /* "I." beside "Ivan" */
static const double word_floor = 0.75;       /* below it two words have nothing in common */

/* Of two words: heard or seen the same, an initial of the other, or nearly the same. */
static double compare_words(struct word a, struct word b, struct word a_shape,
                            struct word b_shape) {
  if (same(a, b) || same(a_shape, b_shape))
    return 1;
  if (holds_digit(a) || holds_digit(b))
    return 0;
  if ((a.length == 1 || b.length == 1) && a.data[0] == b.data[0])
    return initial_likeness;
  double alike = likeness_of_words(a.data, a.length, b.data, b.length);
  return alike < word_floor ? 0 : alike;
}

/* The words of a name in both forms. */
struct sides {
  struct word sounds[WORDS_MAX], shapes[WORDS_MAX];
  size_t count;
};

static void take_sides(struct sides *sides, const struct likeness *likeness) {
  sides->count = split(text_string(&likeness->sound), sides->sounds);
  size_t shapes = split(text_string(&likeness->shape), sides->shapes);
  if (shapes < sides->count)
    sides->count = shapes;
}

/* How much of `a` is found in `b`: each word's best likeness, longer words counting for more. */
static double covered(const struct sides *a, const struct sides *b) {
  double sum = 0, weight = 0;
  for (size_t i = 0; i < a->count; i++) {
    double best = 0, length = (double)a->sounds[i].length;
    for (size_t j = 0; j < b->count; j++) {
      double alike = compare_words(a->sounds[i], b->sounds[j], a->shapes[i], b->shapes[j]);
      best = alike > best ? alike : best;
    }
    sum += best * length;
    weight += length;
  }
  return weight > 0 ? sum / weight : 0;
}

double likeness_compare(const struct likeness *a, const struct likeness *b) {
  struct sides left, right;
  take_sides(&left, a);
  take_sides(&right, b);
  if (!left.count || !right.count)
    return 0;
  double there = covered(&left, &right), back = covered(&right, &left);
  double more = there > back ? there : back, less = there > back ? back : there;
  bool people = a->of == NAME_OF_PERSON && b->of == NAME_OF_PERSON;
  if (people && left.count > 1 && right.count > 1)
    return 0.9 * more + 0.1 * less;
  return (more + less) / 2;
}
