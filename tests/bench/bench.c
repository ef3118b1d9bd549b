/* The product beside the least that could do the same work, in one run: see
 * docs/reference/performance.md. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: bench [--rows N] [--runs N] --folder DIR --program FILE --workspace DIR [NAME...]\n";

static bool is_wanted(const char *name, char **names, int count) {
  for (int i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0)
      return true;
  return count == 0;
}

static void print_seconds(double seconds) {
  if (seconds < 1)
    printf("%6.1f ms", seconds * 1000);
  else
    printf("%6.2f s ", seconds);
}

static void print_row(const char *title, double other, double ours, double goal, double limit) {
  char wanted[24];
  if (limit > 0)
    snprintf(wanted, sizeof wanted, "<= %.0f ms", limit * 1000);
  else
    snprintf(wanted, sizeof wanted, "<= %.2f", goal);
  bool met = limit > 0 ? ours <= limit : ours <= goal * other;
  printf("%-58s | ", title);
  print_seconds(other);
  printf(" | ");
  print_seconds(ours);
  printf(" | %6.2f | %-8s | %s\n", ours / other, wanted, met ? "met" : "missed");
  fflush(stdout);
}

static void run_contest(const struct contest *contest, const struct scene *scene) {
  struct sample median[SIDES] = {0};
  char title[120];
  if (contest->setup)
    contest->setup(scene);
  measure_contest(median, contest, scene);
  print_row(contest->title, median[BARE].seconds, median[OURS].seconds, contest->goal,
            contest->limit);
  if (!contest->peer)
    return;
  snprintf(title, sizeof title, "%s, beside %s", contest->name, contest->peer);
  print_row(title, median[PEER].seconds, median[OURS].seconds, contest->peer_goal, 0);
}

static void run_memory(struct scene scene) {
  int64_t rows = scene.rows;
  printf("\npeak memory                       | import     | score      | search\n");
  for (int64_t part = rows / 100; part <= rows; part *= 10) {
    scene.rows = part;
    long peak[3];
    for (int i = 0; i < 3; i++) {
      contests[i].setup(&scene);
      contests[i].prepare(&scene);
      peak[i] = measure_once(contests[i].run[OURS], &scene).peak;
    }
    printf("%9lld rows                    | %6.1f MiB | %6.1f MiB | %6.1f MiB\n", (long long)part,
           (double)peak[0] / 1024, (double)peak[1] / 1024, (double)peak[2] / 1024);
    fflush(stdout);
  }
}

static bool read_option(struct scene *scene, const char *option, const char *word) {
  if (strcmp(option, "--rows") == 0)
    scene->rows = strtoll(word, NULL, 10);
  else if (strcmp(option, "--runs") == 0)
    scene->runs = (int)strtol(word, NULL, 10);
  else if (strcmp(option, "--folder") == 0)
    scene->folder = word;
  else if (strcmp(option, "--program") == 0)
    scene->program = word;
  else if (strcmp(option, "--workspace") == 0)
    scene->workspace = word;
  else
    return false;
  return true;
}

int main(int argc, char **argv) {
  struct scene scene = {.rows = 1000000, .runs = 5};
  int at = 1;
  while (at + 1 < argc && strncmp(argv[at], "--", 2) == 0 &&
         read_option(&scene, argv[at], argv[at + 1]))
    at += 2;
  bool named = at < argc && strncmp(argv[at], "--", 2) == 0;
  if (named || !scene.folder || !scene.program || !scene.workspace || scene.rows < 1000 ||
      scene.runs < 1) {
    fputs(usage, stderr);
    return 2;
  }
  printf("%-58s | %-9s | %-9s | %-6s | %-8s | verdict\n", "work", "bare", "ours", "ratio", "goal");
  for (const struct contest *contest = contests; contest->name; contest++)
    if (is_wanted(contest->name, argv + at, argc - at))
      run_contest(contest, &scene);
  if (is_wanted("memory", argv + at, argc - at))
    run_memory(scene);
  return 0;
}
