#include "base/difference.h"

#include <assert.h>
#include <string.h>

#include "base/list.h"
#include "base/memory.h"

enum { CELLS_MAX = 8 * 1024 * 1024 };
static const size_t around = 3;

struct line {
  const char *text;
  size_t length;
};

/* One line of the answer: ' ' in both, '-' only before, '+' only after. */
struct edit {
  char sign;
  struct line line;
};

struct comparing {
  struct list before, after; /* of struct line */
  struct list edits;         /* of struct edit */
  uint32_t *common;          /* owned: lengths of the longest common sequence from here on */
};

static bool split(struct list *lines, const struct difference_side *side, struct error *err) {
  for (const char *at = side->text, *end = at ? at + side->length : at; at < end;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    const char *stop = newline ? newline : end;
    struct line *line = list_add(lines, err);
    if (!line)
      return false;
    *line = (struct line){at, (size_t)(stop - at)};
    at = newline ? newline + 1 : end;
  }
  return true;
}

static const struct line *line_at(const struct list *lines, size_t index) {
  return list_at(lines, index);
}

static bool is_same(const struct line *a, const struct line *b) {
  return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static bool add_edit(struct comparing *comparing, char sign, const struct line *line,
                     struct error *err) {
  struct edit *edit = list_add(&comparing->edits, err);
  if (edit)
    *edit = (struct edit){sign, *line};
  return edit != NULL;
}

/* The stretch between what both begin and end with. */
struct middle {
  size_t start, before, after; /* before, after: how many lines */
};

static struct middle find_middle(const struct comparing *comparing) {
  size_t n = comparing->before.count, m = comparing->after.count, start = 0, tail = 0;
  while (start < n && start < m &&
         is_same(line_at(&comparing->before, start), line_at(&comparing->after, start)))
    start++;
  while (
      tail < n - start && tail < m - start &&
      is_same(line_at(&comparing->before, n - tail - 1), line_at(&comparing->after, m - tail - 1)))
    tail++;
  return (struct middle){start, n - start - tail, m - start - tail};
}

/* common[i, j]: of the lines from i and j on. */
static bool measure(struct comparing *comparing, const struct middle *middle, struct error *err) {
  size_t width = middle->after + 1;
  comparing->common = memory_new_array((middle->before + 1) * width, sizeof *comparing->common);
  if (!comparing->common)
    return error_memory(err);
  for (size_t i = middle->before; i-- > 0;)
    for (size_t j = middle->after; j-- > 0;) {
      uint32_t *here = &comparing->common[i * width + j];
      uint32_t below = here[width], right = here[1];
      if (is_same(line_at(&comparing->before, middle->start + i),
                  line_at(&comparing->after, middle->start + j)))
        *here = here[width + 1] + 1;
      else
        *here = below > right ? below : right;
    }
  return true;
}

static bool walk_middle(struct comparing *comparing, const struct middle *middle,
                        struct error *err) {
  size_t i = 0, j = 0, width = middle->after + 1;
  bool measured = (middle->before + 1) * width <= CELLS_MAX;
  if (measured && !measure(comparing, middle, err))
    return false;
  while (i < middle->before || j < middle->after) {
    const struct line *old =
        i < middle->before ? line_at(&comparing->before, middle->start + i) : NULL;
    const struct line *new =
        j < middle->after ? line_at(&comparing->after, middle->start + j) : NULL;
    const uint32_t *here = measured ? &comparing->common[i * width + j] : NULL;
    bool same = measured && old && new &&is_same(old, new);
    bool drop = !same && old && (!new || !measured || here[width] >= here[1]);
    const struct line *line = same || drop ? old : new;
    assert(line); /* where one side has ended the other has not */
    if (!add_edit(comparing, same ? ' ' : drop ? '-' : '+', line, err))
      return false;
    i += same || drop;
    j += same || !drop;
  }
  return true;
}

static bool compare(struct comparing *comparing, struct error *err) {
  struct middle middle = find_middle(comparing);
  for (size_t i = 0; i < middle.start; i++)
    if (!add_edit(comparing, ' ', line_at(&comparing->before, i), err))
      return false;
  if (!walk_middle(comparing, &middle, err))
    return false;
  for (size_t i = middle.start + middle.before; i < comparing->before.count; i++)
    if (!add_edit(comparing, ' ', line_at(&comparing->before, i), err))
      return false;
  return true;
}

static const struct edit *edit_at(const struct comparing *comparing, size_t index) {
  return list_at(&comparing->edits, index);
}

/* The end of the hunk that begins with the change at `from`: where more than twice as many lines
 * follow that both have. */
static size_t end_of_hunk(const struct comparing *comparing, size_t from) {
  size_t end = from, quiet = 0;
  for (size_t i = from; i < comparing->edits.count && quiet <= 2 * around; i++) {
    bool changed = edit_at(comparing, i)->sign != ' ';
    quiet = changed ? 0 : quiet + 1;
    end = changed ? i + 1 : end;
  }
  return end;
}

static void append_hunk(struct text *out, const struct comparing *comparing, size_t from, size_t to,
                        size_t line_before, size_t line_after) {
  size_t before = 0, after = 0;
  for (size_t i = from; i < to; i++) {
    before += edit_at(comparing, i)->sign != '+';
    after += edit_at(comparing, i)->sign != '-';
  }
  text_format(out, "@@ -%zu,%zu +%zu,%zu @@\n", line_before + (before > 0), before,
              line_after + (after > 0), after);
  for (size_t i = from; i < to; i++) {
    const struct edit *edit = edit_at(comparing, i);
    text_append_char(out, edit->sign);
    text_append_bytes(out, edit->line.text, edit->line.length);
    text_append_char(out, '\n');
  }
}

static void append_hunks(struct text *out, const struct comparing *comparing) {
  size_t before = 0, after = 0, done = 0; /* lines before `done` */
  for (size_t i = 0; i < comparing->edits.count; i++) {
    if (edit_at(comparing, i)->sign == ' ')
      continue;
    size_t end = end_of_hunk(comparing, i), from = i > done + around ? i - around : done;
    size_t to = end + around < comparing->edits.count ? end + around : comparing->edits.count;
    before += from - done; /* what is skipped is in both */
    after += from - done;
    append_hunk(out, comparing, from, to, before, after);
    for (done = from; done < to; done++) {
      before += edit_at(comparing, done)->sign != '+';
      after += edit_at(comparing, done)->sign != '-';
    }
    i = to - 1;
  }
}

static const char *name_of(const struct difference_side *side) {
  return side->text ? side->name : "/dev/null";
}

bool difference_append(struct text *out, const struct difference_side *before,
                       const struct difference_side *after, struct error *err) {
  struct comparing comparing = {.before.size = sizeof(struct line),
                                .after.size = sizeof(struct line),
                                .edits.size = sizeof(struct edit)};
  if (before->text && after->text && before->length == after->length &&
      memcmp(before->text, after->text, before->length) == 0)
    return true;
  bool done = split(&comparing.before, before, err) && split(&comparing.after, after, err) &&
              compare(&comparing, err);
  if (done) {
    text_format(out, "--- %s\n+++ %s\n", name_of(before), name_of(after));
    append_hunks(out, &comparing);
    done = text_check(out, err);
  }
  list_release(&comparing.before);
  list_release(&comparing.after);
  list_release(&comparing.edits);
  memory_free(comparing.common);
  return done;
}
