/* One piece of work done by several hands in turn, and how long each took. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdbool.h>
#include <stdint.h>

enum side { BARE, OURS, PEER, SIDES };

/* Where a run happens: a scratch folder and the sizes. Books in it: "empty.db", "clients.db",
 * "deals.db" are made once, "work.db" is the copy that a run may change. */
struct scene {
  const char *folder;
  const char *program;   /* dealwright */
  const char *workspace; /* of the bench */
  int64_t rows;
  int runs;
};

struct contest {
  const char *name;                      /* to choose it by */
  const char *title;                     /* what is done */
  const char *peer;                      /* who else does it; or NULL */
  void (*setup)(const struct scene *);   /* once */
  void (*prepare)(const struct scene *); /* before each run, untimed; or NULL */
  double (*run[SIDES])(
      const struct scene *); /* in a process of its own; seconds, or -1: all of it */
  double goal, peer_goal;    /* ours is at most so many times the other */
  double limit;              /* or at most so many seconds; 0: none */
  bool heavy;                /* three runs are enough */
};
extern const struct contest contests[]; /* ended by a NULL name */

struct sample {
  double seconds;
  long peak; /* KiB of memory */
};
/* Runs it in a child; aborts the bench when the child fails. */
struct sample measure_once(double (*run)(const struct scene *), const struct scene *scene);
/* All sides in turn, `runs` times; the median of each. */
void measure_contest(struct sample median[SIDES], const struct contest *contest,
                     const struct scene *scene);

/* In scene->folder; kept until the next but seven. */
const char *scene_path(const struct scene *scene, const char *name);
void scene_copy(const struct scene *scene, const char *from, const char *to);
double clock_seconds(void);

/* The product inside this process. */
double product_moves(const struct scene *scene, int64_t count, bool durable);
double product_names(const struct scene *scene, int64_t count);
void product_make_book(const struct scene *scene, const char *book);

/* The product at a keyboard; seconds of all `count` together. */
double typing_prompt(const char *const *words, const char *sign);
double typing_completions(const struct scene *scene, int64_t count);
double typing_hints(const struct scene *scene, int64_t count);
double typing_previews(const struct scene *scene, int64_t count);

#endif
