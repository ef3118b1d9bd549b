#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

static _Noreturn void stop(const char *what, const char *name) {
  fprintf(stderr, "bench: %s %s\n", what, name);
  exit(1);
}

double clock_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

const char *scene_path(const struct scene *scene, const char *name) {
  static char paths[8][512];
  static int next;
  char *path = paths[next++ % 8];
  snprintf(path, sizeof paths[0], "%s/%s", scene->folder, name);
  return path;
}

/* Synced, so that the run after it does not pay for it. */
void scene_copy(const struct scene *scene, const char *from, const char *to) {
  struct stat status;
  const char *path = scene_path(scene, to);
  int source = open(scene_path(scene, from), O_RDONLY | O_CLOEXEC);
  unlink(path);
  int target = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (source < 0 || target < 0 || fstat(source, &status) != 0)
    stop("cannot copy", from);
  for (off_t left = status.st_size; left > 0;) {
    ssize_t sent = sendfile(target, source, NULL, (size_t)left);
    if (sent <= 0)
      stop("cannot copy", from);
    left -= sent;
  }
  if (fsync(target) != 0)
    stop("cannot sync", to);
  close(source);
  close(target);
}

static _Noreturn void be_child(int pipe, double (*run)(const struct scene *),
                               const struct scene *scene) {
  double seconds = run(scene);
  if (write(pipe, &seconds, sizeof seconds) != sizeof seconds)
    _exit(1);
  _exit(0);
}

struct sample measure_once(double (*run)(const struct scene *), const struct scene *scene) {
  int ends[2], status = 0;
  struct rusage usage;
  double own = -1;
  if (pipe2(ends, O_CLOEXEC) != 0)
    stop("cannot make a", "pipe");
  fflush(NULL);
  double start = clock_seconds();
  pid_t child = fork();
  if (child < 0)
    stop("cannot start a", "process");
  if (child == 0)
    be_child(ends[1], run, scene);
  close(ends[1]);
  if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    stop("a run failed; see", scene->folder);
  double whole = clock_seconds() - start;
  if (read(ends[0], &own, sizeof own) != sizeof own)
    own = -1;
  close(ends[0]);
  return (struct sample){.seconds = own >= 0 ? own : whole, .peak = usage.ru_maxrss};
}

static int compare(const void *a, const void *b) {
  double left = ((const struct sample *)a)->seconds, right = ((const struct sample *)b)->seconds;
  return (left > right) - (left < right);
}

void measure_contest(struct sample median[SIDES], const struct contest *contest,
                     const struct scene *scene) {
  enum { RUNS_MAX = 101 };
  static struct sample samples[SIDES][RUNS_MAX];
  int runs = contest->heavy && scene->runs > 3 ? 3 : scene->runs;
  runs = runs > RUNS_MAX ? RUNS_MAX : runs;
  for (int i = 0; i < runs; i++)
    for (int side = 0; side < SIDES; side++) {
      if (!contest->run[side])
        continue;
      if (contest->prepare)
        contest->prepare(scene);
      samples[side][i] = measure_once(contest->run[side], scene);
    }
  for (int side = 0; side < SIDES; side++) {
    qsort(samples[side], (size_t)runs, sizeof samples[side][0], compare);
    median[side] = samples[side][runs / 2];
  }
}
